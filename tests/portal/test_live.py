"""Live events: one stream in, each screen hears what concerns it, gaps are made up for."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import get_args
from uuid import uuid4

import httpx
import pytest
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.contract.events import Event, EventKind
from portal.web.live import LiveHub
from tests.support.serving import listen, served


class EventSource:
    """A plan API that has nothing but the event stream."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.refuse_next = 0
        self._out: asyncio.Queue[dict[str, str] | None] = asyncio.Queue()

    def say(self, event: Event) -> None:
        self._out.put_nowait({"id": str(event.id), "data": event.model_dump_json()})

    def say_something_odd(self) -> None:
        self._out.put_nowait({"id": "0", "data": '{"kind": "unheard of"}'})

    def break_off(self) -> None:
        self._out.put_nowait(None)

    async def _stream(self) -> AsyncIterator[dict[str, str]]:
        while (message := await self._out.get()) is not None:
            yield message

    async def answer(self, request: Request) -> Response:
        self.requests.append(request)
        if self.refuse_next:
            self.refuse_next -= 1
            return Response(status_code=503)
        return EventSourceResponse(self._stream())


@pytest.fixture
async def source(free_port):
    source = EventSource()
    port = free_port()
    app = Starlette(routes=[Route("/v1/events", source.answer)])
    async with served(app, listen(port)):
        source.url = f"http://localhost:{port}"
        yield source
        source.break_off()


@pytest.fixture
async def hub(source) -> AsyncIterator[LiveHub]:
    async with httpx.AsyncClient(base_url=source.url) as http:
        hub = LiveHub(http, lambda: "a-service-token")
        running = asyncio.create_task(hub.run())
        async with asyncio.timeout(10):
            await hub.connected.wait()
        yield hub
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Ear:
    def __init__(self) -> None:
        self.heard: list[Event] = []
        self._news = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.heard.append(event)
        self._news.set()

    async def wait_for(self, count: int) -> list[Event]:
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()
        return self.heard


def change(topic: str, number: int = 1) -> Event:
    return Event(id=number, topic=topic, kind="goal", resource_id=uuid4())


def plan_topic() -> str:
    return f"plan:{uuid4()}"


async def test_each_listener_hears_its_own_topics(source, hub):
    mine, yours = plan_topic(), plan_topic()
    me, you = Ear(), Ear()
    hub.subscribe({mine}, me)
    hub.subscribe({yours}, you)
    event = change(mine)
    source.say(change(plan_topic()))
    source.say(event)
    source.say(change(yours, 2))
    assert await me.wait_for(1) == [event]
    assert (await you.wait_for(1))[0].topic == yours
    assert source.requests[0].headers["authorization"] == "Bearer a-service-token"


async def test_whoever_unsubscribed_hears_no_more(source, hub):
    topic = plan_topic()
    gone, here = Ear(), Ear()
    stop = hub.subscribe({topic}, gone)
    hub.subscribe({topic}, here)
    stop()
    stop()
    source.say(change(topic))
    await here.wait_for(1)
    assert gone.heard == []


async def test_a_listener_that_fails_does_not_keep_others_from_hearing(source, hub):
    topic = plan_topic()

    def fails(_event: Event) -> None:
        raise RuntimeError("a screen is broken")

    ear = Ear()
    hub.subscribe({topic}, fails)
    hub.subscribe({topic}, ear)
    source.say_something_odd()
    source.say(change(topic))
    await ear.wait_for(1)


async def test_after_a_gap_every_listener_reads_everything_again_once(source, hub):
    topics = {plan_topic(), f"person:{uuid4()}"}
    ear = Ear()
    hub.subscribe(topics, ear)
    source.say(change(next(iter(topics)), number=41))
    await ear.wait_for(1)
    source.refuse_next = 1
    source.break_off()
    kinds = get_args(EventKind)
    heard = (await ear.wait_for(1 + len(kinds)))[1:]
    counted: dict[str, int] = defaultdict(int)
    for event in heard:
        counted[event.kind] += 1
    assert counted == dict.fromkeys(kinds, 1)
    assert source.requests[-1].headers["last-event-id"] == "41"
