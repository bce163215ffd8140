"""One piece of work at a time, its outcome shared by everybody who waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class SingleFlight(Generic[Result]):
    """Runs `work` once for all who ask while it runs, success and failure alike.

    So a broker that hangs costs every waiting person one time-out, and not one after another.
    """

    def __init__(self, work: Callable[[], Awaitable[Result]]) -> None:
        self._work = work
        self._task: asyncio.Task[Result] | None = None

    @property
    def is_flying(self) -> bool:
        """Whether the work is going on."""
        return self._task is not None

    async def result(self) -> Result:
        """What the work returns, or raises. Someone who gives up does not stop it for others."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(self._landed)
        return await asyncio.shield(self._task)

    async def _run(self) -> Result:
        return await self._work()

    def _landed(self, task: asyncio.Task[Result]) -> None:
        self._task = None
        if not task.cancelled():
            task.exception()  # looked at, so that an outcome nobody waits for is no warning
