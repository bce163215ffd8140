"""Starts processes, starts again what dies, stops all of it in order. Used by the demo.

Nothing here knows what the processes are for. A part is anything with a process: one of our servers
(`Server`) or the embedded PostgreSQL.
"""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx

from sandbox.lifeline import Lifeline

MOST_RESTARTS = 5
"""So often in `RESTART_WINDOW` seconds may a part die before the supervisor gives up."""
RESTART_WINDOW = 60.0
READY_SECONDS = 60.0

_POLL_SECONDS = 0.1
_STOP_SECONDS = 15.0
_LARGE_LOG_BYTES = 5_000_000


class SupervisorError(Exception):
    """A part does not come up, or does not stay up; the text says which, in one line."""


class Part(Protocol):
    """Something that the supervisor keeps running."""

    name: str
    ending: signal.Signals
    """The signal that ends it in good order."""
    process: subprocess.Popen[bytes] | None

    def start(self) -> None:
        """Start it; may take a while."""

    def stop(self) -> None:
        """Stop it and wait until it has ended."""


@dataclass
class Server:
    """One of our own servers, its words kept in a log file.

    Args:
        name: What the supervisor calls it.
        command: The program and its arguments.
        environment: All of its environment.
        log: The file that it writes standard output and error to.
        health_url: Answers with success as soon as the server can work.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    health_url: str
    ending: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process; `health_url` tells when it is ready."""
        with contextlib.suppress(FileNotFoundError):
            if self.log.stat().st_size > _LARGE_LOG_BYTES:
                self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - the demo's own commands
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for the supervisor alone
            )

    def stop(self) -> None:
        """End the process; one that does not listen is killed."""
        if self.process is None:
            return
        self.process.send_signal(self.ending)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@dataclass
class _Kept:
    """A part that runs, and how it did lately."""

    part: Part
    pid: int
    deaths: deque[float] = field(default_factory=deque)
    start_at: float | None = None
    """When to start it again; None while it runs."""

    def died(self, first_pause: float) -> float:
        """Note a death; return how many seconds to wait before the next start."""
        now = time.monotonic()
        self.deaths.append(now)
        while self.deaths[0] < now - RESTART_WINDOW:
            self.deaths.popleft()
        pause = first_pause * 2.0 ** (len(self.deaths) - 1)
        self.start_at = now + pause
        return pause


class Supervisor:
    """Keeps parts running until it is told to stop.

    Args:
        lifeline: Ends the parts should this process be killed.
        say: Takes a line for the person at the terminal.
        first_pause: Seconds before a part that died is started again; doubled each time.
    """

    def __init__(
        self, lifeline: Lifeline, say: Callable[[str], None], *, first_pause: float = 0.2
    ) -> None:
        self._lifeline = lifeline
        self._say = say
        self._first_pause = first_pause
        self._kept: list[_Kept] = []

    async def start(self, part: Part) -> None:
        """Start `part`, and keep it running from the next `watch` on."""
        await asyncio.to_thread(part.start)
        if part.process is None:
            raise SupervisorError(f"{part.name} did not start")
        self._lifeline.hold(part.process.pid, part.ending)
        self._kept.append(_Kept(part, part.process.pid))

    async def ready(self, servers: Sequence[Server], stopping: asyncio.Event) -> None:
        """Wait until every server answers, or until `stopping` is set.

        Raises:
            SupervisorError: A server ended, or does not answer in time.
        """
        waiting = list(servers)
        deadline = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=2.0) as http:
            while waiting and not stopping.is_set():
                for server in waiting:
                    if server.process is None or server.process.poll() is not None:
                        raise SupervisorError(f"{server.name} ended at once; see {server.log}")
                answers = await asyncio.gather(*(_answers(http, each) for each in waiting))
                waiting = [each for each, ok in zip(waiting, answers, strict=True) if not ok]
                if waiting and time.monotonic() > deadline:
                    slow = waiting[0]
                    raise SupervisorError(f"{slow.name} does not answer; see {slow.log}")
                await _pause(stopping)

    async def watch(self, stopping: asyncio.Event) -> None:
        """Start again what dies, until `stopping` is set.

        Raises:
            SupervisorError: A part died more than `MOST_RESTARTS` times in a minute.
        """
        while not stopping.is_set():
            self._lifeline.mend()
            for kept in self._kept:
                await self._look_after(kept)
            await _pause(stopping)

    def stop(self) -> None:
        """Stop every part, the last one started first."""
        while self._kept:
            kept = self._kept.pop()
            kept.part.stop()
            self._lifeline.release(kept.pid)

    async def _look_after(self, kept: _Kept) -> None:
        process = kept.part.process
        if kept.start_at is not None:
            if time.monotonic() >= kept.start_at:
                await self._start_again(kept)
        elif process is None or process.poll() is not None:
            self._lifeline.release(kept.pid)
            self._bury(kept, f"{kept.part.name} ended")

    async def _start_again(self, kept: _Kept) -> None:
        try:
            await asyncio.to_thread(kept.part.start)
        except Exception as error:  # noqa: BLE001 - whatever it is, it counts as one more death
            self._bury(kept, f"{kept.part.name} does not start: {error}")
            return
        if kept.part.process is not None:
            kept.pid = kept.part.process.pid
            self._lifeline.hold(kept.pid, kept.part.ending)
        kept.start_at = None

    def _bury(self, kept: _Kept, what_happened: str) -> None:
        pause = kept.died(self._first_pause)
        if len(kept.deaths) > MOST_RESTARTS:
            times = f"{len(kept.deaths)} times in {RESTART_WINDOW:.0f} s"
            raise SupervisorError(f"{what_happened}, {times}: giving up")
        self._say(f"{what_happened}: starting it again in {pause:.1f} s")


async def _answers(http: httpx.AsyncClient, server: Server) -> bool:
    try:
        response = await http.get(server.health_url)
    except httpx.HTTPError:
        return False
    return response.is_success


async def _pause(stopping: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), _POLL_SECONDS)
