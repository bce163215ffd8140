"""Files that are made from others once and kept in the build folder, named by what goes into them.

Used by `portal.web.files`.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

_DIGITS: Final = 16


def key_of(*parts: bytes) -> str:
    """Return a name for what is made of `parts` in this order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:_DIGITS]


def made_once(kept: Path, make: Callable[[], bytes]) -> Path | bytes:
    """Return the file `kept`, made where it is not there yet; its bytes where none can be written.

    Whatever `make` raises is raised.
    """
    if kept.is_file():
        return kept
    content = make()
    try:
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")  # others may be at it
        part.write_bytes(content)
        part.replace(kept)
    except OSError:
        return content  # installed where nothing can be written: made anew at each start
    return kept
