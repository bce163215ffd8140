"""Writing from a screen: one act at a time, done once however often it is tapped or repeated.

What was tapped hears that its act is under way: see ``telling``.
"""

import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast

import flet as ft

from portal.contract.base import Model
from views.failures import Failure, understand

Outcome = TypeVar("Outcome")
Found = TypeVar("Found", bound=Model)

_DOUBLE_TAP_SECONDS: Final = 3.0

_tell_tapped: ContextVar[Callable[[bool], None] | None] = ContextVar("tell_tapped", default=None)


@contextmanager
def telling(tell: Callable[[bool], None]) -> Iterator[None]:
    """Within it, an act that is run tells ``tell`` when it begins (True) and when it ends.

    The buttons use it, so that each says that it works without any screen knowing of it.
    """
    token = _tell_tapped.set(tell)
    try:
        yield
    finally:
        _tell_tapped.reset(token)


@dataclass(frozen=True)
class _ActState:
    busy: bool = False
    failure: Failure | None = None


@dataclass(frozen=True, eq=False)
class Act:
    """What an act is doing, for the component that offers it."""

    busy: bool
    failure: Failure | None
    _actor: "_Actor"

    async def run(
        self, send: Callable[[str], Awaitable[Outcome]], command: object
    ) -> Outcome | None:
        """Send ``command`` under an idempotency key, which ``send`` is given.

        Returns None while another act is under way, and where it failed (see ``failure``). A
        repeated ``command`` keeps its key, so a try whose answer was lost is not done twice; one
        repeated at once after a success returns the same outcome and sends nothing.
        """
        return await self._actor.run(send, command)

    def newest(self, kind: type[Found]) -> Found | None:
        """Return what stood there when a try came too late: kept until an act succeeds."""
        current = self._actor.current
        return kind.model_validate(current) if current else None

    def forgive(self) -> None:
        """Forget the failure, for example when the person writes on."""
        self._actor.show(_ActState())


def use_act(*, once: bool = False) -> Act:
    """Give a component one act. ``once``: after a success nothing is ever sent again.

    A form that creates something and then leaves the screen acts ``once``: taps that were on
    their way meanwhile do nothing.
    """
    state, show = ft.use_state(_ActState())
    actor: _Actor = ft.use_memo(lambda: _Actor(show, once=once), [])
    actor.show = show
    return Act(state.busy, state.failure, actor)


@dataclass(frozen=True)
class _Done(Generic[Outcome]):
    command: object
    outcome: Outcome
    at: float


class _Actor:
    """Remembers across renders what is under way, under which key, and what was done last."""

    def __init__(self, show: Callable[[_ActState], None], *, once: bool) -> None:
        self.show = show
        self._once = once
        self._busy = False
        self._command: object = None
        self._key = ""
        self._done: _Done[Any] | None = None
        self.current: dict[str, Any] | None = None

    async def run(
        self, send: Callable[[str], Awaitable[Outcome]], command: object
    ) -> Outcome | None:
        if self._busy:
            return None
        if done := self._repeated(command):
            return cast("Outcome", done.outcome)
        if not self._key or command != self._command:
            self._command, self._key = command, str(uuid.uuid4())
        tell = _tell_tapped.get() or _tell_nobody
        self._busy = True
        self.show(_ActState(busy=True))
        tell(True)
        try:
            outcome = await send(self._key)
        except Exception as error:  # noqa: BLE001 - every failure is shown where the act is offered
            failure = understand(error)
            self.current = failure.current or self.current
            self.show(_ActState(failure=failure))
            return None
        finally:
            self._busy = False
            tell(False)
        self._done = _Done(command, outcome, time.monotonic())
        self._key = ""
        self.current = None
        self.show(_ActState())
        return outcome

    def _repeated(self, command: object) -> _Done[Any] | None:
        done = self._done
        if done is None or self._once:
            return done
        at_once = time.monotonic() - done.at < _DOUBLE_TAP_SECONDS
        return done if at_once and done.command == command else None


def _tell_nobody(busy: bool) -> None:
    """Stand in where no button was tapped: a field that keeps itself when it is left."""
