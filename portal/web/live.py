"""Tells open screens that something changed: one event stream a process, fanned out by topic.

Implements `views.live.Live`. The plan API sends ids and kinds, never content; a screen that
hears of a change reads again with its own person's rights.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection
from typing import Final, get_args
from uuid import UUID

import httpx
import structlog
from httpx_sse import ServerSentEvent, SSEError, aconnect_sse
from pydantic import ValidationError

from portal.contract.events import Event, EventKind

logger = structlog.get_logger(__name__)

Listener = Callable[[Event], None]

PATH: Final = "/v1/events"
SILENCE_SECONDS: Final = 45.0  # the plan API says something every 15 s
CONNECT_SECONDS: Final = 10.0
FIRST_RETRY_SECONDS: Final = 0.5
LONGEST_RETRY_SECONDS: Final = 10.0
UNKNOWN_EVENT_ID: Final = 0


class LiveHub:
    """Holds the event stream and the listeners.

    Args:
        http: client with the plan API's base URL.
        token: signs a fresh service token.
    """

    def __init__(self, http: httpx.AsyncClient, token: Callable[[], str]) -> None:
        self._http = http
        self._token = token
        self._listeners: defaultdict[str, dict[object, Listener]] = defaultdict(dict)
        self._last_id: str | None = None
        self._missed_some = False
        self.connected = asyncio.Event()

    def subscribe(self, topics: Collection[str], listener: Listener) -> Callable[[], None]:
        """Call `listener` for each event of the topics; returns the way to stop that."""
        key = object()
        for topic in topics:
            self._listeners[topic][key] = listener

        def unsubscribe() -> None:
            for topic in topics:
                self._listeners[topic].pop(key, None)
                if not self._listeners[topic]:
                    del self._listeners[topic]

        return unsubscribe

    async def run(self) -> None:
        """Follow the stream for ever; reconnects with growing pauses."""
        pause = FIRST_RETRY_SECONDS
        while True:
            try:
                async for message in self._messages():
                    pause = FIRST_RETRY_SECONDS
                    self._handle(message)
            except (httpx.HTTPError, SSEError) as error:
                logger.warning("live_lost", error=type(error).__name__)
            self.connected.clear()
            self._missed_some = True
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_RETRY_SECONDS)

    async def _messages(self) -> AsyncIterator[ServerSentEvent]:
        """One connection's messages; raises `httpx.HTTPError` or `SSEError` when it is lost."""
        headers = {"Authorization": f"Bearer {self._token()}"}
        if self._last_id:
            headers["Last-Event-ID"] = self._last_id
        timeout = httpx.Timeout(CONNECT_SECONDS, read=SILENCE_SECONDS)
        async with aconnect_sse(
            self._http, "GET", PATH, headers=headers, timeout=timeout
        ) as source:
            source.response.raise_for_status()
            self.connected.set()
            self._tell_what_may_be_missed()
            async for message in source.aiter_sse():
                yield message

    def _handle(self, message: ServerSentEvent) -> None:
        if message.id:
            self._last_id = message.id
        if not message.data:
            return
        try:
            event = Event.model_validate_json(message.data)
        except ValidationError:
            logger.warning("live_event_invalid", event_id=message.id)
            return
        self._tell(event)

    def _tell(self, event: Event) -> None:
        for listener in list(self._listeners.get(event.topic, {}).values()):
            _call(listener, event)

    def _tell_what_may_be_missed(self) -> None:
        """After a gap: let every subscriber read everything again, by an event of each kind."""
        if not self._missed_some:
            return
        self._missed_some = False
        subscribers: dict[object, tuple[str, Listener]] = {}
        for topic, listeners in self._listeners.items():
            for key, listener in listeners.items():
                subscribers.setdefault(key, (topic, listener))
        for topic, listener in subscribers.values():
            for kind in get_args(EventKind):
                _call(
                    listener,
                    Event(
                        id=UNKNOWN_EVENT_ID, topic=topic, kind=kind, resource_id=_resource(topic)
                    ),
                )


def _call(listener: Listener, event: Event) -> None:
    try:
        listener(event)
    except Exception:
        logger.exception("live_listener_failed", topic=event.topic)


def _resource(topic: str) -> UUID:
    """The id in a topic such as `plan:<uuid>`."""
    return UUID(topic.partition(":")[2])
