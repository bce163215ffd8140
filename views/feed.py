"""One session's ear for changes: knows the person's topics, and tells screens by kind of thing."""

import asyncio
import contextlib
import contextvars
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from portal.contract.events import Event, EventKind
from portal.plan_client import PlanClient, PlanError
from views.live import Live

_RETRY_SECONDS: Final = 10
_TOPIC_KINDS: Final[frozenset[EventKind]] = frozenset({"person", "household"})
"""What may change which topics concern a person."""


@dataclass(eq=False)
class _Listener:
    kinds: frozenset[EventKind]
    changed: Callable[[], None]


@dataclass(eq=False)
class Feed:
    """Subscribes to the topics that ``GET /v1/me`` names and fans out to the open screens.

    Events arrive in the task of whoever hears them first; screens are told in the context in
    which the feed was made, because Flet finds the page of a change in its context.
    """

    client: PlanClient
    live: Live
    _context: contextvars.Context = field(default_factory=contextvars.copy_context)
    _listeners: list[_Listener] = field(default_factory=list)
    _unsubscribe: Callable[[], None] | None = None
    _topics: frozenset[str] = frozenset()
    _task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to listen; called again, it learns the person's topics anew."""
        if self._task:
            self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self._subscribe())

    def close(self) -> None:
        """Stop listening."""
        if self._task:
            self._task.cancel()
        if self._unsubscribe:
            self._unsubscribe()
        self._unsubscribe, self._topics = None, frozenset()

    def listen(
        self, kinds: Collection[EventKind], changed: Callable[[], None]
    ) -> Callable[[], None]:
        """Call ``changed`` after each event of ``kinds``; returns what ends that."""
        listener = _Listener(frozenset(kinds), changed)
        self._listeners.append(listener)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def refresh(self) -> None:
        """Tell every screen to read again: after a lost connection nobody knows what was missed."""
        for listener in list(self._listeners):
            listener.changed()

    async def _subscribe(self) -> None:
        while True:
            try:
                me = await self.client.me()
            except PlanError:
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            break
        if me.topics == self._topics and self._unsubscribe:
            return
        before = self._unsubscribe
        if before:
            before()
        self._topics = me.topics
        self._unsubscribe = self.live.subscribe(me.topics, self._heard)
        if before:
            self.refresh()

    def _heard(self, event: Event) -> None:
        asyncio.get_running_loop().call_soon(self._tell, event, context=self._context)

    def _tell(self, event: Event) -> None:
        if event.kind in _TOPIC_KINDS:
            self.open()
        for listener in list(self._listeners):
            if event.kind in listener.kinds:
                listener.changed()
