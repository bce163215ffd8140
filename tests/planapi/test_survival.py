"""Processes die in the middle of things: nothing that was promised is lost, nothing comes twice."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from planapi.database import Database
from planapi.events import person_topic, publish
from planapi.migrations import upgrade
from planapi.policy.actors import Actor, Loa
from portal.contract.people import Role
from sandbox.lifeline import Lifeline
from sandbox.postgres import APP, OWNER, EmbeddedPostgres, with_user
from tests.planapi.conftest import World
from tests.planapi.sector_system import SectorSystem, an_appointment
from tests.support.api_process import ApiProcess

MESSAGES = 2_000
AT_ONCE = 40
EVENTS = 5_000
ITEMS = 2_500
PEOPLE = 50


@pytest.fixture
async def processes() -> AsyncIterator[AsyncExitStack]:
    """What is killed at the end of the test, if it lives by then."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def start_api(processes, signer, free_port, tmp_path):
    async def start(database_url: str) -> ApiProcess:
        api = ApiProcess(database_url, free_port(), signer.jwks, tmp_path / "api.log")
        processes.push_async_callback(api.kill)
        await api.start()
        return api

    return start


@pytest.fixture
def durable(tmp_path_factory):
    """A PostgreSQL that keeps its word after a crash, unlike that of the other tests."""
    directory = Path(tmp_path_factory.mktemp("pg"))
    for parent in (directory, *directory.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    server = EmbeddedPostgres(directory, durable=True)
    lifeline = Lifeline()
    server.start()
    lifeline.hold(server.process.pid, server.ending)
    yield server
    server.stop()
    lifeline.close()


class Writer:
    """Somebody whose phone sends a message again, with the same key, until it is acknowledged."""

    def __init__(self, http: httpx.AsyncClient, token, thread) -> None:
        self._http = http
        self._token = token
        self._path = f"/v1/threads/{thread}/messages"

    async def send(self, body: str) -> None:
        headers = {"Idempotency-Key": uuid4().hex}
        while True:
            headers["Authorization"] = f"Bearer {self._token()}"
            try:
                answer = await self._http.post(self._path, json={"body": body}, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.status_code == 201:
                return
            assert answer.status_code in {500, 503}, answer.text
            await asyncio.sleep(0.1)


@pytest.mark.timeout(600)
async def test_killing_the_api_and_postgresql_loses_no_message_and_doubles_none(
    durable, start_api, signer
):
    durable.create_database("town", owner=OWNER)
    owner_url = durable.url("town", OWNER)
    upgrade(owner_url)
    world = World(owner_url)
    anna = world.a_person()
    plan = world.a_plan(anna)
    threads = [world.a_thread(plan) for _ in range(AT_ONCE)]
    for thread in threads:
        world.a_message(thread, anna, body="Først")
    world.close()
    api = await start_api(with_user(owner_url, APP))
    acknowledged: list[str] = []
    enough = {MESSAGES // 4: asyncio.Event(), MESSAGES // 2: asyncio.Event()}
    numbers = iter(range(MESSAGES))

    async def write(thread) -> None:
        # With a client of its own: one for all would look through its connections at each request.
        async with httpx.AsyncClient(base_url=api.url, timeout=60) as http:
            writer = Writer(http, lambda: signer.for_person(anna, "citizen"), thread)
            for number in numbers:
                await writer.send(f"besked {number}")
                acknowledged.append(f"besked {number}")
                if len(acknowledged) in enough:
                    enough[len(acknowledged)].set()

    async def kill_in_between() -> list[str]:
        await enough[MESSAGES // 4].wait()
        await api.kill()
        await api.start()
        await enough[MESSAGES // 2].wait()
        before = list(acknowledged)
        durable.process.kill()
        await asyncio.to_thread(durable.process.wait)
        await asyncio.to_thread(durable.start)
        return before

    killing = asyncio.create_task(kill_in_between())
    await asyncio.gather(*(write(thread) for thread in threads))
    before_the_last_kill = await killing

    with psycopg.connect(owner_url) as connection:
        kept = [
            body for (body,) in connection.execute("SELECT body FROM message WHERE body <> 'Først'")
        ]
    assert set(before_the_last_kill) <= set(kept)
    assert len(acknowledged) == MESSAGES
    assert sorted(kept) == sorted(acknowledged)


def a_number(n: int) -> str:
    return f"0101{n // 100:02}{1000 + n % 100}"


async def test_a_batch_that_is_cut_off_is_sent_again_and_doubles_nothing(
    start_api, database_url, world
):
    """The process is killed between two parts; whoever got no answer sends the whole file again."""
    for n in range(PEOPLE):
        world.a_plan(world.a_person(cpr=a_number(n)))
    batch = [
        {"kind": "appointment", "external_id": f"a-{n}", **an_appointment(cpr=a_number(n % PEOPLE))}
        for n in range(ITEMS)
    ]
    api = await start_api(database_url)
    async with httpx.AsyncClient(base_url=api.url, timeout=120) as http:
        token = (await SectorSystem(world).ask(http)).json()["access_token"]

        async def deliver() -> httpx.Response:
            headers = {"Authorization": f"Bearer {token}"}
            return await http.put("/v1/integration/items", json={"items": batch}, headers=headers)

        first = asyncio.create_task(deliver())
        while not world.rows("SELECT FROM delivery LIMIT 1"):  # noqa: ASYNC110 - of a process
            await asyncio.sleep(0.01)
        await api.kill()
        with pytest.raises(httpx.TransportError):
            await first
        (before,) = world.rows("SELECT count(*) AS n FROM delivery")
        await api.start()
        again = await deliver()

    outcomes = [one["outcome"] for one in again.json()["items"]]
    assert 0 < before["n"] < ITEMS
    assert outcomes == ["unchanged"] * before["n"] + ["created"] * (ITEMS - before["n"])
    for table in ("appointment", "delivered_item", "delivery"):
        assert world.rows(f"SELECT count(*) AS n FROM {table}") == [{"n": ITEMS}]  # noqa: S608


async def change(database: Database, person) -> None:
    actor = Actor(person, Role.CITIZEN, Loa.SUBSTANTIAL, datetime.now(UTC), "s")
    async with database.transaction(actor) as tx:
        await tx.rows("SELECT 1")
        publish(tx, person_topic(person), "person", uuid4())


async def listening_portal(processes, api: ApiProcess, signer, topic: str):
    """A process with the portal's own hub, listening by now."""
    token = signer.for_portal()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.listening_portal"),
        *(api.url, token, topic, str(EVENTS)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )

    async def end() -> None:
        if process.returncode is None:
            process.kill()
            await process.wait()

    processes.push_async_callback(end)
    assert await process.stdout.readline() == b"listening\n"
    return process


async def test_a_burst_reaches_two_portals_in_order_across_a_killed_plan_api(
    processes, start_api, signer, database_url, world
):
    anna = world.a_person()
    api = await start_api(database_url)
    portals = [await listening_portal(processes, api, signer, person_topic(anna)) for _ in range(2)]

    async with Database(database_url, pool_size=8) as database:
        for part in range(10):
            await asyncio.gather(*(change(database, anna) for _ in range(EVENTS // 10)))
            if part == 4:
                await api.kill()
                await api.start()
    heard = [(await portal.stdout.read()).splitlines()[-1].split() for portal in portals]

    published = [str(row["id"]).encode() for row in world.rows("SELECT id FROM event ORDER BY id")]
    assert len(published) == EVENTS
    assert heard == [published, published]
