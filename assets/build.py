"""Builds what the browser loads: `enplan assets build`, before a release is shipped.

Compresses the public files as well as it can be done; the portal serves what it finds here, named
by content, and compresses the rest quickly itself. Prints what a visit weighs.
"""

import fcntl
import os
from typing import Final

import structlog

from assets.weights import table
from portal.logs import configure_logging
from portal.web.compression import Encoding
from portal.web.files import PublicFiles

logger = structlog.get_logger(__name__)

_COURTESY: Final = 10
"""Steps by which portals that serve meanwhile go before the compression (nice(2))."""


def build() -> str:
    """Compress every file that is worth it and not compressed yet; returns a table of weights.

    Takes some minutes when everything is new. Where another process is at it, waits for that one.
    """
    files = PublicFiles()
    with files.compressed.folder_lock() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _compress_all(files)
    return table(files)


def _compress_all(files: PublicFiles) -> None:
    for name in sorted(files.compressible()):
        content = files.read(name)
        for encoding in Encoding:
            if files.compressed.keep_best(content, encoding):
                size = files.compressed.size(content, encoding)
                logger.info(
                    "file_compressed", name=name, encoding=encoding, size=len(content), made=size
                )


if __name__ == "__main__":
    os.nice(_COURTESY)
    configure_logging()
    build()
