"""Reading for a screen: loading, ready or failed, and read again when something changes."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import InitVar, dataclass, field
from typing import Final, Generic, TypeVar, cast

import flet as ft

from portal.contract.events import EventKind
from views.context import use_app
from views.failures import Failure, FailureKind, understand
from views.feed import Feed

Value = TypeVar("Value")

_SETTLE_SECONDS: Final = 0.15
"""One write often tells of several changes; they are read together."""


@dataclass(frozen=True)
class Loading:
    """Nothing has been read yet."""


@dataclass(frozen=True)
class Ready(Generic[Value]):
    """What was read. ``outdated`` when a later reading found no connection."""

    value: Value
    outdated: bool = False


@dataclass(frozen=True)
class Failed:
    """The first reading did not succeed, or the thing is gone."""

    failure: Failure


Reading = Loading | Ready[Value] | Failed


@dataclass(frozen=True, eq=False)
class Loaded(Generic[Value]):
    """The state of a reading and what one can do with it.

    ``reload`` reads now; ``replace`` shows a newer value that a write has returned.
    """

    state: Reading[Value]
    reload: Callable[[], None]
    replace: Callable[[Value], None]


def use_loaded(
    fetch: Callable[[], Awaitable[Value]], *, on: Collection[EventKind] = ()
) -> Loaded[Value]:
    """Read with ``fetch`` when the component appears, and again after events of the kinds ``on``.

    What the page below the app has just read is there at once: nothing is drawn in between.
    For another thing (another goal), give the component another ``key``.
    """
    app = use_app()
    known: Value | None = ft.use_memo(lambda: app.client.at_hand(fetch), [])
    first: Reading[Value] = Loading() if known is None else Ready(known)
    state, show = ft.use_state(first)
    reader: _Reader[Value] = ft.use_memo(lambda: _Reader(fetch, show, known), [])
    reader.fetch, reader.show = fetch, show

    def start() -> None:
        reader.start(app.feed, on)

    ft.use_effect(start, dependencies=[], cleanup=reader.stop)
    return Loaded(
        cast("Reading[Value]", state), reload=reader.read_from_scratch, replace=reader.replace
    )


@dataclass(eq=False)
class _Reader(Generic[Value]):
    """Reads one thing, never twice at a time, so that no older answer can win over a newer one."""

    fetch: Callable[[], Awaitable[Value]]
    show: Callable[[Reading[Value]], None]
    known: InitVar[Value | None]
    _value: list[Value] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None
    _again: bool = False
    _settling: asyncio.TimerHandle | None = None
    _stop_listening: Callable[[], None] | None = None

    def __post_init__(self, known: Value | None) -> None:
        if known is not None:
            self._value = [known]

    def start(self, feed: Feed, kinds: Collection[EventKind]) -> None:
        self._stop_listening = feed.listen(kinds, self._read_soon)
        if not self._value:
            self._read()

    def stop(self) -> None:
        if self._stop_listening:
            self._stop_listening()
            self._stop_listening = None
        if self._settling:
            self._settling.cancel()
        if self._task:
            self._task.cancel()

    def read_from_scratch(self) -> None:
        if not self._value:
            self.show(Loading())
        self._read()

    def replace(self, value: Value) -> None:
        self._again = self._task is not None
        self._value = [value]
        self.show(Ready(value))

    def _read_soon(self) -> None:
        if self._settling is None:
            self._settling = asyncio.get_running_loop().call_later(_SETTLE_SECONDS, self._read)

    def _read(self) -> None:
        self._settling = None
        if self._task:
            self._again = True
        else:
            self._task = asyncio.get_running_loop().create_task(self._read_until_fresh())

    async def _read_until_fresh(self) -> None:
        try:
            state = await self._read_once()
            while self._again:
                self._again = False
                state = await self._read_once()
        finally:
            self._task = None
        self.show(state)

    async def _read_once(self) -> Reading[Value]:
        try:
            value = await self.fetch()
        except Exception as error:  # noqa: BLE001 - every failure becomes a state of the screen
            failure = understand(error)
            if self._value and failure.kind in {FailureKind.OFFLINE, FailureKind.BROKEN}:
                return Ready(self._value[0], outdated=True)
            return Failed(failure)
        self._value = [value]
        return Ready(value)
