"""Compressed forms of the public files: the best ones from the build folder, else quick ones.

A start waits for no compression, and no request for the best: `enplan assets build` makes that
beforehand, or a process of its own does while the quick ones serve. Used by `portal.web.files`.
"""

import asyncio
import gzip
import hashlib
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import brotli
import structlog

logger = structlog.get_logger(__name__)

QUICK_BROTLI: Final = 5
BEST_BROTLI: Final = 11
QUICK_GZIP: Final = 5
BEST_GZIP: Final = 9


class Encoding(StrEnum):
    """A content coding, the better first."""

    BROTLI = "br"
    GZIP = "gzip"


def compress(content: bytes, encoding: Encoding, *, best: bool) -> bytes:
    """Return `content` compressed; `best` takes some 20 s for 10 MB."""
    if encoding is Encoding.GZIP:
        return gzip.compress(content, BEST_GZIP if best else QUICK_GZIP, mtime=0)
    quality = BEST_BROTLI if best else QUICK_BROTLI
    made: bytes = brotli.compress(content, quality=quality)
    return made


class Compressed:
    """Compressed contents by what they hold, each made once.

    Args:
        folder: where the best ones are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[str, Encoding], bytes] = {}
        self._making = asyncio.Lock()

    def path(self, content: bytes, encoding: Encoding) -> Path:
        """Where the best compression of `content` is kept, if it was made."""
        return self.folder / f"{hashlib.sha256(content).hexdigest()}.{encoding.value}"

    def size(self, content: bytes, encoding: Encoding) -> int:
        """Bytes of the best compression; raises `FileNotFoundError` where it was not made."""
        return self.path(content, encoding).stat().st_size

    def keep_best(self, content: bytes, encoding: Encoding) -> bool:
        """Make the best compression unless it is there; tells whether it was made now."""
        target = self.path(content, encoding)
        if target.is_file():
            return False
        self.folder.mkdir(exist_ok=True)
        part = target.with_suffix(f".{encoding.value}.part")
        part.write_bytes(compress(content, encoding, best=True))
        part.replace(target)
        return True

    def folder_lock(self) -> BinaryIO:
        """Open the file that whoever makes the best forms locks: nothing is made twice."""
        self.folder.mkdir(exist_ok=True)
        return (self.folder / ".lock").open("wb")

    async def get(self, name: str, read: Callable[[], bytes], encoding: Encoding) -> bytes:
        """Return the file `name` compressed as well as it is at hand."""
        made = self._made.get((name, encoding))
        if made is not None:
            return made
        async with self._making:
            if (name, encoding) not in self._made:
                made = await asyncio.to_thread(self._at_hand, read, encoding)
                self._made[name, encoding] = made
        return self._made[name, encoding]

    def _at_hand(self, read: Callable[[], bytes], encoding: Encoding) -> bytes:
        content = read()
        try:
            return self.path(content, encoding).read_bytes()
        except FileNotFoundError:
            return compress(content, encoding, best=False)

    async def improve(self, contents: Iterable[Callable[[], bytes]]) -> None:
        """Let a process of its own make what is missing of the best, then serve that."""
        if not await asyncio.to_thread(self._lacks_any, contents):
            return
        logger.info("compression_started")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "assets.build", stdin=asyncio.subprocess.DEVNULL
        )
        try:
            code = await process.wait()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
        self._made.clear()
        logger.info("compression_ended", code=code)

    def _lacks_any(self, contents: Iterable[Callable[[], bytes]]) -> bool:
        return any(
            not self.path(content, encoding).is_file()
            for content in (read() for read in contents)
            for encoding in Encoding
        )
