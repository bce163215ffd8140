"""Compares a picture with the one that is kept; a picture of what differs helps to judge."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

_NOTICEABLE = 40
"""Of 255: edges of letters differ by less between two versions of the browser."""
_MOST_CHANGED = 0.004
"""Share of the pixels: what another machine draws differently is less, something that moved is
more. A changed word may be less too: the transcripts tell of it."""


@dataclass(frozen=True)
class Difference:
    """What differs between a kept picture and one just taken."""

    share: float
    marked: Image.Image
    """The new picture, red where it differs."""

    @property
    def is_change(self) -> bool:
        """Whether a person would call it a change."""
        return self.share > _MOST_CHANGED


def difference(kept: bytes, taken: bytes) -> Difference:
    """Return the difference between two picture files. Another size is all different."""
    before, after = _opened(kept), _opened(taken)
    if before.size != after.size:
        return Difference(1.0, after)
    red, green, blue = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = most.point(lambda value: 255 if value > _NOTICEABLE else 0)
    share = changed.histogram()[255] / (after.width * after.height)
    marked = Image.composite(Image.new("RGB", after.size, "red"), after, changed)
    return Difference(share, marked)


def complaint(kept: Path, taken: bytes, folder: Path | None) -> str | None:
    """Return how a picture differs from the kept one; None when it does not.

    Args:
        kept: The picture that is kept.
        taken: The file of the new one.
        folder: Where the new picture, and one of the difference, are put for a person to look at.
    """
    if not kept.exists():
        return f"{kept.name} is not kept yet{_shown(folder, kept.name, taken)}"
    found = difference(kept.read_bytes(), taken)
    if not found.is_change:
        return None
    marked = io.BytesIO()
    found.marked.save(marked, "PNG")
    return (
        f"{found.share:.2%} of {kept.name} differs{_shown(folder, kept.name, taken)}"
        f"{_shown(folder, f'{kept.stem}.difference.png', marked.getvalue())}"
    )


def _shown(folder: Path | None, name: str, picture: bytes) -> str:
    if folder is None:
        return ""
    (folder / name).write_bytes(picture)
    return f", see {folder / name}"


def _opened(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGB")
