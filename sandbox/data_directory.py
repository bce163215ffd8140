"""The directory in which a demo keeps everything: whose it is, what is in it, who uses it now.

Used by the demo. A marker file tells our directories from others: only those are ever cleared.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self, TypeVar

import psutil
from pydantic import TypeAdapter

from sandbox.lifeline import has_ended
from sandbox.postgres import EmbeddedPostgres, PostgresError

LAYOUT = 1
"""Raise when an older demo could not read what a newer one wrote."""

_MARKER = "enplan-demo.json"
_LOCK = "lock"
_SECRETS = "secrets.json"
_SUCCESSOR_PATIENCE_SECONDS = 40.0
_DYING_SECONDS = 1.0

Content = TypeVar("Content")


class DataDirectoryError(Exception):
    """The directory cannot be used; the text says why and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made once for each data directory, known to nobody else."""

    portal_key: str
    plan_api_key: str
    client_secret: str

    @classmethod
    def new(cls) -> Self:
        """Return fresh random secrets."""
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class _Marker:
    """What the directory says of itself."""

    layout: int
    seeded_on: date | None = None
    schema: str | None = None


class DataDirectory:
    """A data directory that no other demo can use until `close`.

    Args:
        path: Made when missing.

    Raises:
        DataDirectoryError: It is not ours, not writable or in use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        with self._explained():
            self.path.mkdir(parents=True, exist_ok=True)
            self._check_ownership()
            self._lock = self._take()

    def prepare(self, *, fresh: bool) -> Secrets:
        """Make the directory ready for use, and return its secrets.

        Args:
            fresh: Remove what an earlier demo left.

        Raises:
            DataDirectoryError: It is damaged, or was written by a newer version.
        """
        with self._explained():
            if fresh:
                self._clear()
            self._check_layout()
            for directory in (self.logs, self.simulator):
                directory.mkdir(mode=0o700, exist_ok=True)
            return self._read_or_make_secrets()

    @property
    def postgres(self) -> Path:
        """Where the embedded PostgreSQL lives."""
        return self.path / "postgres"

    @property
    def logs(self) -> Path:
        """Where the servers' logs are."""
        return self.path / "logs"

    @property
    def simulator(self) -> Path:
        """Where the MitID simulator keeps its key."""
        return self.path / "simulator"

    @property
    def lock(self) -> int:
        """The descriptor that holds the lock: whoever inherits it keeps successors waiting."""
        return self._lock

    @property
    def seeded_on(self) -> date | None:
        """The day that the sample data's dates count from; None before there is any."""
        return self._read(_MARKER, _Marker).seeded_on

    @property
    def schema(self) -> str | None:
        """What `note_complete` was told of the databases' schema; None before that."""
        return self._read(_MARKER, _Marker).schema

    def note_complete(self, *, seeded_on: date, schema: str) -> None:
        """Remember that the databases have this schema, and that the sample data is complete."""
        content = {"layout": LAYOUT, "seeded_on": seeded_on.isoformat(), "schema": schema}
        self._write(_MARKER, content)

    def close(self) -> None:
        """Let others use the directory."""
        os.close(self._lock)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DataDirectoryError(
                f"Cannot use the data directory {self.path}: {error.strerror} ({error.filename}). "
                "Give another one with --data."
            ) from error
        except PostgresError as error:
            raise DataDirectoryError(f"{error}. End it, then start the demo again.") from error

    def _check_ownership(self) -> None:
        if not (self.path / _MARKER).exists() and any(self.path.iterdir()):
            raise DataDirectoryError(
                f"{self.path} is not empty and no demo made it. Give another one with --data."
            )

    def _take(self) -> int:
        """Lock the directory; wait while a killed demo's processes are still ending."""
        if not (self.path / _MARKER).exists():
            self._write(_MARKER, {"layout": LAYOUT})
        descriptor = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + _SUCCESSOR_PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.pread(descriptor, 20, 0).decode().strip()
                if _runs(holder) or time.monotonic() > deadline:
                    os.close(descriptor)
                    raise DataDirectoryError(
                        f"Another demo (process {holder}) uses {self.path}. "
                        "Stop it, or give another directory with --data."
                    ) from error
                time.sleep(0.1)
            else:
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
                return descriptor

    def _clear(self) -> None:
        EmbeddedPostgres(self.postgres).end_leftover()
        for entry in self.path.iterdir():
            if entry.name in {_MARKER, _LOCK}:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        self._write(_MARKER, {"layout": LAYOUT})

    def _check_layout(self) -> None:
        if self._read(_MARKER, _Marker).layout > LAYOUT:
            raise DataDirectoryError(
                f"{self.path} was written by a newer version of Én Plan. Update this one, "
                "give another directory with --data, or begin anew with --fresh."
            )

    def _read_or_make_secrets(self) -> Secrets:
        if not (self.path / _SECRETS).exists():
            self._write(_SECRETS, asdict(Secrets.new()))
        return self._read(_SECRETS, Secrets)

    def _read(self, name: str, kind: type[Content]) -> Content:
        try:
            return TypeAdapter(kind).validate_json((self.path / name).read_bytes())
        except ValueError as error:
            raise self._damaged(name) from error

    def _write(self, name: str, content: object) -> None:
        """Write a file that only we read, whole or not at all."""
        unfinished = self.path / f"{name}.unfinished"
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path / name)

    def _damaged(self, name: str) -> DataDirectoryError:
        return DataDirectoryError(
            f"{self.path / name} is damaged. Begin anew with --fresh, "
            "or give another directory with --data."
        )


def _runs(pid: str) -> bool:
    """Whether a process runs; one that was killed this moment does not."""
    try:
        return not has_ended(psutil.Process(int(pid)), within=_DYING_SECONDS)
    except (ValueError, psutil.NoSuchProcess):
        return False
