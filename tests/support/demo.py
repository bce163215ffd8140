"""Runs the real `enplan demo` as a person would, for tests that need all of it."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

from sandbox.settings import environment_for_servers

READY = "Én Plan is ready:"
_STOP_SECONDS = 60


class RunningDemo:
    """A demo in a process of its own, from `wait_until_ready` on ready for people."""

    def __init__(
        self,
        data: Path,
        port: int,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.url = f"http://localhost:{port}"
        self.data = data
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            command(data, port, *arguments),
            env=environment_for_servers(with_broker=False) | dict(settings or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_until_ready(self) -> Self:
        """Return when the demo has announced itself and the people in it."""
        self.read_until(READY)
        self.read_until("Stop with Ctrl-C")
        return self

    def read_until(self, words: str) -> str:
        """Read what the demo says until a line holds `words`; return that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if words in line:
                return line
        raise AssertionError(f"The demo ended without saying {words!r}: {self.lines}")

    def server(self, name: str) -> psutil.Process:
        """Return the running process of `postgres`, `planapi`, `simulator` or `portal`."""
        for child in psutil.Process(self.process.pid).children():
            command_line = child.cmdline()
            if command_line and (name in command_line or Path(command_line[0]).name == name):
                return child
        raise LookupError(name)

    def everything(self) -> list[psutil.Process]:
        """Return the supervisor and all that it started."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def stop(self) -> int:
        """Stop the demo as `kill` does; return its exit code."""
        self.process.terminate()
        try:
            rest, _ = self.process.communicate(timeout=_STOP_SECONDS)
            self.lines += (rest or "").splitlines()
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode


def command(data: Path, port: int, *arguments: str) -> Sequence[str]:
    """Return the command that `bin/demo` ends in."""
    program = (sys.executable, "-P", "-m", "portal.cli", "demo")
    return [*program, "--data", str(data), "--port", str(port), *arguments]
