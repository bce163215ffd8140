"""Portraits of people of the sample, drawn from a few shapes: nobody real looks like that.

Some have one and some have not, as in a municipality. Used by `municipality`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final, Literal

from PIL import Image, ImageDraw

from sandbox.sample import rows
from sandbox.sample.ids import person_id

SIZE: Final = 144
"""Pixels of a side: the largest picture on a screen that shows two pixels for one."""

_SCALE: Final = 4
"""Drawn so much larger, then made smaller: shapes have no edges otherwise."""
_QUALITY: Final = 82
_INK: Final = "#3a2a24"
_LIPS: Final = "#a8574f"

Hair = Literal["short", "long", "bun", "curls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What somebody looks like; lengths are parts of the side."""

    slug: str
    ground: str
    skin: str
    hair_color: str
    hair: Hair
    clothes: str
    glasses: bool = False
    beard: bool = False


PORTRAITS: Final = (
    Portrait(
        slug="louise",
        ground="#dbe8d3",
        skin="#f0c9ae",
        hair_color="#7a4a2b",
        hair="long",
        clothes="#3c5c22",
        glasses=True,
    ),
    Portrait(
        slug="naja",
        ground="#d7e6f2",
        skin="#e3b08d",
        hair_color="#2b211e",
        hair="bun",
        clothes="#8c3f5a",
    ),
    Portrait(
        slug="birgitte",
        ground="#f1e3cf",
        skin="#f3d2bd",
        hair_color="#c9c4bd",
        hair="short",
        clothes="#004d99",
    ),
    Portrait(
        slug="mette",
        ground="#eadcef",
        skin="#f2ccb2",
        hair_color="#b8803f",
        hair="curls",
        clothes="#1b6e86",
    ),
    Portrait(
        slug="jonas",
        ground="#d9e9e6",
        skin="#ecc0a2",
        hair_color="#5b3d2a",
        hair="short",
        clothes="#7c5a1e",
        beard=True,
    ),
    Portrait(
        slug="freja",
        ground="#fbe6d4",
        skin="#f4d0b6",
        hair_color="#a5602f",
        hair="long",
        clothes="#b8443a",
    ),
)


def picture_rows() -> Iterator[rows.PersonPicture]:
    """Yield the pictures."""
    for portrait in PORTRAITS:
        yield rows.PersonPicture(
            person_id=person_id(portrait.slug), media_type="image/webp", content=drawn(portrait)
        )


@cache
def drawn(portrait: Portrait) -> bytes:
    """Return a portrait as a small WebP file."""
    canvas = _Canvas(portrait.ground)
    _hair_behind(canvas, portrait)
    canvas.oval(0.14, 0.76, 0.86, 1.36, portrait.clothes)
    canvas.oval(0.42, 0.60, 0.58, 0.84, _darker(portrait.skin))
    for x in (0.31, 0.69):
        canvas.oval(x - 0.04, 0.42, x + 0.04, 0.53, portrait.skin)
    _hair_on_top(canvas, portrait)
    if portrait.beard:
        canvas.oval(0.31, 0.34, 0.69, 0.74, portrait.hair_color)
        canvas.oval(0.32, 0.25, 0.68, 0.63, portrait.skin)
    else:
        canvas.oval(0.31, 0.25, 0.69, 0.72, portrait.skin)
    if portrait.hair == "short":
        canvas.cap(0.36, 0.19, 0.70, 0.42, portrait.hair_color)
    _face(canvas, portrait)
    return canvas.webp()


def _hair_behind(canvas: "_Canvas", portrait: Portrait) -> None:
    match portrait.hair:
        case "long":
            canvas.oval(0.24, 0.14, 0.76, 0.86, portrait.hair_color)
        case "bun":
            canvas.oval(0.39, 0.04, 0.61, 0.25, portrait.hair_color)
        case "curls":
            for x in (0.28, 0.72):
                for y in (0.34, 0.46, 0.58):
                    canvas.oval(x - 0.1, y - 0.1, x + 0.1, y + 0.1, portrait.hair_color)


def _hair_on_top(canvas: "_Canvas", portrait: Portrait) -> None:
    canvas.cap(0.27, 0.14, 0.73, 0.70, portrait.hair_color)
    if portrait.hair == "curls":
        for x, y in ((0.35, 0.24), (0.45, 0.18), (0.55, 0.18), (0.65, 0.24)):
            canvas.oval(x - 0.09, y - 0.09, x + 0.09, y + 0.09, portrait.hair_color)


def _face(canvas: "_Canvas", portrait: Portrait) -> None:
    brow = _INK if portrait.hair_color > "#b" else portrait.hair_color
    for x in (0.42, 0.58):
        canvas.oval(x - 0.018, 0.435, x + 0.018, 0.475, _INK)
        canvas.arc(x - 0.05, 0.385, x + 0.05, 0.45, 205, 335, brow, 0.014)
    canvas.arc(0.475, 0.47, 0.525, 0.54, 20, 160, _darker(portrait.skin), 0.012)
    for x in (0.375, 0.625):
        canvas.oval(x - 0.035, 0.515, x + 0.035, 0.565, _rosy(portrait.skin))
    canvas.arc(0.43, 0.50, 0.57, 0.62, 25, 155, _LIPS, 0.016)
    if portrait.glasses:
        for x in (0.42, 0.58):
            canvas.arc(x - 0.068, 0.39, x + 0.068, 0.52, 0, 360, _INK, 0.01)
        canvas.arc(0.48, 0.43, 0.52, 0.47, 200, 340, _INK, 0.01)


class _Canvas:
    """A square to draw on, in parts of its side."""

    def __init__(self, ground: str) -> None:
        self._side = SIZE * _SCALE
        self._image = Image.new("RGB", (self._side, self._side), ground)
        self._draw = ImageDraw.Draw(self._image)

    def oval(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        self._draw.ellipse(self._box(left, top, right, bottom), fill=color)

    def cap(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        """Draw hair above a forehead: the upper part of an oval."""
        self._draw.chord(self._box(left, top, right, bottom), 180, 360, fill=color)

    def arc(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        start: int,
        end: int,
        color: str,
        width: float,
    ) -> None:
        box = self._box(left, top, right, bottom)
        self._draw.arc(box, start, end, fill=color, width=round(width * self._side))

    def webp(self) -> bytes:
        small = self._image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
        file = BytesIO()
        small.save(file, "WEBP", quality=_QUALITY)
        return file.getvalue()

    def _box(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        side = self._side
        return left * side, top * side, right * side, bottom * side


def _darker(color: str) -> str:
    red, green, blue = _parts(color)
    return f"#{red * 88 // 100:02x}{green * 84 // 100:02x}{blue * 80 // 100:02x}"


def _rosy(color: str) -> str:
    red, green, blue = _parts(color)
    return f"#{min(red + 4, 255):02x}{green * 86 // 100:02x}{blue * 84 // 100:02x}"


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
