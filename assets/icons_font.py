"""The icon font with only those icons that the screens use: 1.2 MB become some 10 kB.

Which ones they are is found in the code. Made once and kept in the build folder by what goes into
it; used by `portal.web.files` and by `enplan assets build`.
"""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assets.kept_files import key_of, made_once

_USED: Final = re.compile(r"\bIcons\.([A-Z][A-Z0-9_]*)\b")
_BUILT_BY: Final = b"1"  # raised when the way of making it changes

# What Flutter's own widgets draw: arrows of fields and calendars, ticks, the cross of a notice.
OF_FLUTTER: Final = frozenset(
    {
        "ACCESS_TIME",
        "ARROW_BACK",
        "ARROW_BACK_IOS",
        "ARROW_BACK_IOS_NEW_ROUNDED",
        "ARROW_DOWNWARD",
        "ARROW_DROP_DOWN",
        "ARROW_DROP_UP",
        "ARROW_RIGHT",
        "ARROW_UPWARD",
        "CALENDAR_TODAY",
        "CANCEL",
        "CHECK",
        "CHEVRON_LEFT",
        "CHEVRON_RIGHT",
        "CLEAR",
        "CLOSE",
        "EDIT",
        "EDIT_OUTLINED",
        "ERROR",
        "EXPAND_MORE",
        "KEYBOARD",
        "KEYBOARD_ARROW_DOWN",
        "KEYBOARD_ARROW_UP",
        "KEYBOARD_OUTLINED",
        "MENU",
        "MORE_HORIZ",
        "MORE_VERT",
        "SEARCH",
        "VISIBILITY",
        "VISIBILITY_OFF",
        "WARNING",
    }
)


def icons_in_use(folders: Iterable[Path]) -> frozenset[str]:
    """Return the names of all icons that the code in `folders` and Flutter's widgets draw."""
    texts = (
        path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py")
    )
    return OF_FLUTTER | {name for text in texts for name in _USED.findall(text)}


def glyphs_of(icons: Iterable[str], glyph_names: Iterable[str]) -> dict[str, str]:
    """Return the glyph of each icon; raises `LookupError` for one that the font has not."""
    known = set(glyph_names)
    found: dict[str, str] = {}
    for icon in icons:
        name = icon.lower()
        candidates = (name, f"{name}_baseline", f"_{name}", f"_{name}_baseline")
        glyph = next((one for one in candidates if one in known), None)
        if glyph is None:
            raise LookupError(f"the icon font has no {icon}")
        found[icon] = glyph
    return found


def icon_font(source: Path, icons: frozenset[str], kept_in: Path) -> Path | bytes:
    """Return the font `source` with these icons alone, the same bytes wherever it is made.

    Kept in the folder `kept_in`; returns the bytes where that cannot be written.
    """
    key = key_of(_BUILT_BY, "\n".join(sorted(icons)).encode(), source.read_bytes())
    return made_once(kept_in / f"icons-{key}.otf", lambda: _subset(source, icons))


def _subset(source: Path, icons: frozenset[str]) -> bytes:
    # Half a second, which a portal that starts with a font at hand need not wait.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.notdef_outline = True
    options.layout_features = []
    options.desubroutinize = True
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=glyphs_of(icons, font.getGlyphOrder()).values(), unicodes=[0x20])
    subsetter.subset(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
