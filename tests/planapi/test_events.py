"""The event stream over real HTTP: in order, nothing lost, only for the portal."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from httpx_sse import aconnect_sse

from planapi.app import create_app
from planapi.database import Database
from planapi.events import EventFeed, person_topic, publish
from planapi.policy.actors import Actor, Loa
from portal.contract.events import Event
from portal.contract.people import Role
from tests.support.served import ServedApi


@pytest.fixture
async def served(settings, signer, free_port) -> AsyncIterator[ServedApi]:
    keys = httpx.MockTransport(lambda _request: httpx.Response(200, json=signer.jwks))
    http = httpx.AsyncClient(transport=keys)
    served = ServedApi(create_app(settings, http=http), free_port())
    await served.start()
    yield served
    await served.stop()


@pytest.fixture
async def database(database_url) -> AsyncIterator[Database]:
    async with Database(database_url, pool_size=4) as database:
        yield database


class Stream:
    """The portal's end of the stream; remembers the last id, as `portal.web.live` does."""

    def __init__(self, url: str, signer) -> None:
        self._url = url
        self._signer = signer
        self.last_id: str | None = None

    async def messages(self) -> AsyncIterator[Event | None]:
        """Yield None once connected, then events."""
        headers = {"Authorization": f"Bearer {self._signer.for_portal()}"}
        if self.last_id is not None:
            headers["Last-Event-ID"] = self.last_id
        async with (
            httpx.AsyncClient(timeout=20) as client,
            aconnect_sse(client, "GET", f"{self._url}/v1/events", headers=headers) as source,
        ):
            source.response.raise_for_status()
            async for message in source.aiter_sse():
                self.last_id = message.id or self.last_id
                yield Event.model_validate_json(message.data) if message.data else None

    async def take(self, count: int, *, once_connected=None) -> list[UUID]:
        """Read ``count`` events; return the ids of what they are about."""
        taken: list[UUID] = []
        async with aclosing(self.messages()) as messages:
            async for event in messages:
                if event is not None:
                    taken.append(event.resource_id)
                elif once_connected is not None:
                    await once_connected()
                if len(taken) == count:
                    break
        return taken


def an_actor(person_id: UUID) -> Actor:
    return Actor(person_id, Role.CITIZEN, Loa.SUBSTANTIAL, datetime.now(UTC), "s")


async def change(database: Database, person_id: UUID) -> UUID:
    """Change something; return its id."""
    resource_id = uuid4()
    async with database.transaction(an_actor(person_id)) as tx:
        publish(tx, person_topic(person_id), "person", resource_id)
    return resource_id


async def test_a_change_is_heard_with_ids_and_kind_and_nothing_else(
    served, signer, database, world
):
    anna = world.a_person()
    stream = Stream(served.url, signer)
    async with aclosing(stream.messages()) as messages:
        assert await anext(messages) is None
        changed = await change(database, anna)
        event = await anext(messages)

    assert event is not None
    assert set(json.loads(event.model_dump_json())) == {"id", "topic", "kind", "resource_id"}
    assert (event.topic, event.kind, event.resource_id) == (f"person:{anna}", "person", changed)


async def test_who_was_cut_off_gets_what_was_missed_in_order_and_nothing_twice(
    served, signer, database, world
):
    anna = world.a_person()
    stream = Stream(served.url, signer)
    first: list[UUID] = []

    async def change_once() -> None:
        first.append(await change(database, anna))

    heard = await stream.take(1, once_connected=change_once)
    missed = [await change(database, anna) for _ in range(3)]
    caught_up = await stream.take(3)

    assert heard == first
    assert caught_up == missed


async def test_who_was_cut_off_before_the_first_event_misses_nothing_either(
    served, signer, database, world
):
    anna = world.a_person()
    await change(database, anna)
    stream = Stream(served.url, signer)
    async with aclosing(stream.messages()) as messages:
        assert await anext(messages) is None
    missed = await change(database, anna)

    assert await stream.take(1) == [missed]


async def test_many_writers_at_once_reach_every_listener_in_one_order(
    served, signer, database, world
):
    anna = world.a_person()
    streams = [Stream(served.url, signer) for _ in range(2)]
    connected = asyncio.Barrier(3)
    listening = [
        asyncio.create_task(stream.take(200, once_connected=connected.wait)) for stream in streams
    ]
    await connected.wait()

    changed = await asyncio.gather(*(change(database, anna) for _ in range(200)))

    first, second = await asyncio.gather(*listening)
    assert first == second
    assert sorted(first) == sorted(changed)


async def test_nothing_is_heard_of_what_was_rolled_back(database, world):
    anna = world.a_person()

    async def stumble() -> None:
        async with database.transaction(an_actor(anna)) as tx:
            await tx.rows("SELECT 1")
            publish(tx, person_topic(anna), "person", uuid4())
            raise LookupError

    with pytest.raises(LookupError):
        await stumble()

    assert world.rows("SELECT * FROM event") == []


async def test_a_listener_whose_connection_was_cut_comes_back_by_itself(postgres, database, world):
    anna = world.a_person()
    feed = EventFeed(database)
    async with feed.running(), aclosing(feed.follow(0)) as events:
        first = await change(database, anna)
        assert (await anext(events)).resource_id == first

        with psycopg.connect(postgres.server.url("postgres")) as superuser:
            superuser.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%'"
            )
        second = await change(database, anna)

        assert (await anext(events)).resource_id == second


def how_many_each_is_given(feed: EventFeed, monkeypatch) -> list[int]:
    """Count, for each who follows from now on, the events taken out of the database."""
    counts: list[int] = []
    follow = feed.follow

    async def counted(after_id: int) -> AsyncIterator[Event]:
        mine = len(counts)
        counts.append(0)
        async with aclosing(follow(after_id)) as events:
            async for event in events:
                counts[mine] += 1
                yield event

    monkeypatch.setattr(feed, "follow", counted)
    return counts


async def test_who_does_not_read_holds_nobody_up_fills_no_memory_and_is_let_go(
    served, signer, world, monkeypatch
):
    monkeypatch.setattr("planapi.routes.events._SEND_TIMEOUT_SECONDS", 1)
    feed = served.server.config.app.state.context.events
    given = how_many_each_is_given(feed, monkeypatch)
    _, silent = await asyncio.open_connection("127.0.0.1", served.server.config.port, limit=1)
    silent.write(
        f"GET /v1/events HTTP/1.1\r\nHost: plan-api\r\n"
        f"Authorization: Bearer {signer.for_portal()}\r\n\r\n".encode()
    )
    stream = Stream(served.url, signer)
    connected = asyncio.Event()

    async def note() -> None:
        connected.set()

    listening = asyncio.create_task(stream.take(8_000, once_connected=note))
    await connected.wait()
    while len(given) < 2:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.02)

    world.execute(
        "INSERT INTO event (topic, kind, resource_id)"
        " SELECT repeat('x', 2000), 'goal', gen_random_uuid() FROM generate_series(1, 8000)"
    )
    world.execute("NOTIFY enplan_event")

    assert await listening == [
        row["resource_id"] for row in world.rows("SELECT resource_id FROM event ORDER BY id")
    ]
    assert min(given) < 8_000 == max(given)
    while feed._followers:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.05)
    silent.close()


async def test_whoever_listens_to_nothing_hears_that_the_stream_lives(served, signer, monkeypatch):
    monkeypatch.setattr("planapi.routes.events._HEARTBEAT_SECONDS", 0.1)
    headers = {"Authorization": f"Bearer {signer.for_portal()}"}
    async with (
        httpx.AsyncClient(timeout=5) as client,
        client.stream("GET", f"{served.url}/v1/events", headers=headers) as answer,
    ):
        beats = 0
        async for line in answer.aiter_lines():
            beats += line.startswith(": ping")
            if beats == 2:
                break

    assert beats == 2


async def test_a_consent_that_is_withdrawn_while_the_stream_is_open_is_told_and_works_at_once(
    served, signer, world
):
    anna, bo = world.a_person(), world.a_person()
    goal = world.a_goal(plan_id=world.a_plan(anna), created_by=anna)
    world.a_household(anna, bo)
    consent = world.a_consent(
        anna,
        "family",
        recipient_person=bo,
        recipient_administration=None,
        source=None,
        categories=["goals"],
    )
    stream = Stream(served.url, signer)

    def as_(person: UUID) -> dict[str, str]:
        token = signer.for_person(person, "citizen")
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}

    async with (
        httpx.AsyncClient(base_url=served.url, timeout=20) as http,
        aclosing(stream.messages()) as messages,
    ):
        assert await anext(messages) is None
        before = await http.get(f"/v1/goals/{goal}", headers=as_(bo))
        await http.post(f"/v1/consents/{consent}/withdrawal", headers=as_(anna))
        async for event in messages:
            if event.topic == person_topic(bo):
                break
        after = await http.get(f"/v1/goals/{goal}", headers=as_(bo))

    assert (event.kind, event.resource_id) == ("consent", consent)
    assert (before.status_code, after.status_code) == (200, 404)


async def test_people_have_no_event_stream(api, world):
    anna = await api.as_citizen(world.a_person())

    assert (await anna.get("/v1/events")).status_code == 403


async def test_a_broken_last_event_id_is_refused(api):
    portal = await api.as_portal()

    answer = await portal.get("/v1/events", headers={"Last-Event-ID": "x"})

    assert answer.status_code == 422
