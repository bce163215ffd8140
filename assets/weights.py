"""What a visit weighs: bytes on the wire of a first and a second visit, by kind of browser.

`enplan assets build` prints it; a test compares it with `weights.json` and fails when it has grown.
"""

import json
import re
from collections.abc import Callable
from importlib.resources import files as package_files
from typing import Final

from portal.web.compression import Encoding, compress
from portal.web.files import COMPRESSED_SUFFIXES, ENGINES, OF_EVERY_VISIT, PublicFiles

_TEMPLATES: Final = ("templates/shell.html", "templates/outline.html", "styles/shell.css")
"""The page itself, without what stands in it; it is fetched anew each time."""
_NOT_SENT: Final = re.compile(rb"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
"""What a template says to whoever reads or fills it."""

_GROWTH: Final = 1.03

SizeOf = Callable[[str, bytes], int]


def visits(files: PublicFiles, size_of: SizeOf) -> dict[str, int]:
    """Return bytes by visit; `size_of` tells what a file of this name and content weighs."""
    assets = package_files("assets")
    page = sum(len(_NOT_SENT.sub(b"", (assets / name).read_bytes())) for name in _TEMPLATES)
    shared = sum(size_of(name, files.read(name)) for name in OF_EVERY_VISIT)
    weighed: dict[str, int] = {}
    for browsers, engine in ENGINES.items():
        own = sum(size_of(name, files.read(name)) for name in engine)
        weighed[f"{browsers.value}, first visit"] = page + shared + own
        weighed[f"{browsers.value}, second visit"] = page
    return weighed


def table(files: PublicFiles) -> str:
    """Return what visits weigh with the best compression, as lines for a person."""

    def best(name: str, content: bytes) -> int:
        if not _is_compressed(name):
            return len(content)
        return files.compressed.size(content, Encoding.BROTLI)

    rows = [f"{visit:<32} {size:>12,}" for visit, size in visits(files, best).items()]
    return "\n".join([f"{'visit':<32} {'bytes':>12}", *rows])


def quick(name: str, content: bytes) -> int:
    """Weigh a file with a compression that takes no time: it grows where the best one does."""
    if not _is_compressed(name):
        return len(content)
    return len(compress(content, Encoding.BROTLI, best=False))


def known() -> dict[str, int]:
    """Return the weights (`quick`) that were last agreed to."""
    text = (package_files("assets") / "weights.json").read_text(encoding="utf-8")
    found: dict[str, int] = json.loads(text)
    return found


def grown(before: dict[str, int], now: dict[str, int]) -> dict[str, float]:
    """Return the visits that weigh over 3 % more than before, and by which factor."""
    return {
        visit: size / before[visit] for visit, size in now.items() if size > before[visit] * _GROWTH
    }


def _is_compressed(name: str) -> bool:
    return any(name.endswith(suffix) for suffix in COMPRESSED_SUFFIXES)
