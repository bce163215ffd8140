"""Ends processes whose supervisor is gone: even after `kill -9` nothing stays behind.

The demo's supervisor and the tests' fixtures start one watcher (`python -m sandbox.lifeline`) and
tell it through a pipe which processes they own. When the pipe closes, the supervisor is dead, and
the watcher ends what is left. A pipe works alike on Linux and macOS, and needs nothing from the
watched programs.
"""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from typing import IO

import psutil

GRACE_SECONDS = 20.0
"""How long a process may take to end before it is killed: PostgreSQL writes a checkpoint first."""


class Lifeline:
    """The supervisor's end of the pipe."""

    def __init__(self, keep_open: Sequence[int] = ()) -> None:
        """Start the watcher.

        Args:
            keep_open: File descriptors that stay open until the watcher has ended everything: with
                a lock in them, a successor knows when it may begin.
        """
        self._keep_open = keep_open
        self._held: dict[int, signal.Signals] = {}
        self._watcher = self._start()

    def hold(self, pid: int, ending: signal.Signals = signal.SIGTERM) -> None:
        """Have process `pid` ended by the signal `ending` should this process disappear."""
        self._held[pid] = ending
        self._tell(f"hold {pid} {int(ending)}")

    def release(self, pid: int) -> None:
        """Forget process `pid`: it has ended."""
        self._held.pop(pid, None)
        self._tell(f"release {pid}")

    def mend(self) -> None:
        """Start the watcher again if somebody killed it."""
        if self._watcher.poll() is not None:
            self._close_pipe()
            self._watcher = self._start()
            for pid, ending in self._held.items():
                self._tell(f"hold {pid} {int(ending)}")

    def close(self) -> None:
        """End the watcher, and whatever is still held."""
        self._close_pipe()
        self._watcher.wait()

    def _start(self) -> subprocess.Popen[str]:
        # -P: a folder of the same name where the demo is started is not ours. Its own session: a
        # Ctrl-C in the terminal is for the supervisor.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "sandbox.lifeline"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            pass_fds=self._keep_open,
        )

    def _tell(self, line: str) -> None:
        # Without its watcher a supervisor still works, and `mend` gives it a new one.
        with contextlib.suppress(BrokenPipeError):
            pipe = self._pipe()
            pipe.write(f"{line}\n")
            pipe.flush()

    def _close_pipe(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._pipe().close()

    def _pipe(self) -> IO[str]:
        if self._watcher.stdin is None:
            raise RuntimeError("the watcher was started without a pipe")
        return self._watcher.stdin


def watch(lines: Iterable[str]) -> None:
    """Follow `hold` and `release` lines to their end, then end what is held, newest first."""
    held: dict[int, tuple[psutil.Process, int]] = {}
    for line in lines:
        order, pid, *ending = line.split()
        if order == "release":
            held.pop(int(pid), None)
        else:
            # The object knows when the process began: a later one with the same id is safe.
            with contextlib.suppress(psutil.NoSuchProcess):
                held[int(pid)] = (psutil.Process(int(pid)), int(ending[0]))
    for process, number in reversed(held.values()):
        _end(process, number)


def has_ended(process: psutil.Process, within: float) -> bool:
    """Wait up to `within` seconds for a process that need not be our child.

    A zombie has ended: in a container nobody may be there to bury it.
    """
    deadline = time.monotonic() + within
    with contextlib.suppress(psutil.NoSuchProcess):
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
    return True


def _end(process: psutil.Process, number: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)
        if not has_ended(process, GRACE_SECONDS):
            process.kill()


if __name__ == "__main__":
    watch(sys.stdin)
