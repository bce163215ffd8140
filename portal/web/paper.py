"""Writes an outline as a PDF (ISO 32000): headings that are bookmarks, text to search and to hear.

The fonts are the project's own. What runs from right to left does so here too, and its letters are
joined. Nothing is fetched. It takes seconds where there is much, so call it in a thread.
"""

import atexit
import logging
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextDirection, XPos, YPos
from fpdf.fonts import TTFFont

from i18n.direction import has_right_to_left, is_right_to_left, without_marks
from i18n.translator import Translator
from views.outlines.document import Block, Facts, Items, Link, Outline, Section, Tone, Who, Words

_FONT: Final = "IBM Plex Sans"
_BEHIND: Final = ("IBM Plex Sans Arabic", "Noto Color Emoji", "Noto Color Emoji More")
_FILES: Final = {
    (_FONT, ""): "IBMPlexSans-Regular.woff2",
    (_FONT, "B"): "IBMPlexSans-SemiBold.woff2",
    (_BEHIND[0], ""): "IBMPlexSansArabic-Regular.woff2",
    (_BEHIND[0], "B"): "IBMPlexSansArabic-SemiBold.woff2",
    (_BEHIND[1], ""): "NotoColorEmoji.woff2",
    (_BEHIND[1], "B"): "NotoColorEmoji.woff2",
    (_BEHIND[2], ""): "NotoColorEmoji-More.woff2",
    (_BEHIND[2], "B"): "NotoColorEmoji-More.woff2",
}

_FONTS: Final = Path(str(package_files("assets"))) / "fonts"

# Sizes in points, lengths in millimetres. 12 points is what large-print guides begin with.
_BODY: Final = 12
_SMALL: Final = 11
_HEADINGS: Final = (24, 18, 15, 13)
_LINE: Final = 1.4
_MARGIN: Final = 20
_INDENT: Final = 5
_GAP: Final = 2
_STAYS_WITH_HEADING: Final = 40
_MILLIMETRES: Final = 25.4 / 72
_TEXT: Final = (27, 27, 27)
_QUIET: Final = (82, 82, 82)

# It writes letters that a font lacks into the log: they are somebody's words.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def pdf_of(outline: Outline, t: Translator) -> bytes:
    """Return an outline as a PDF on A4, in the language and direction of ``t``."""
    paper = _Paper(t)
    paper.set_title(without_marks(outline.title))
    paper.heading(outline.title, 0)
    paper.blocks(outline.blocks, 1)
    try:
        return bytes(paper.output())
    finally:
        paper.close_fonts()


class _Paper(FPDF):
    """A document that is written from its top to its end."""

    def __init__(self, t: Translator) -> None:
        super().__init__(format="A4")
        self._t = t
        self._right_to_left = t.direction == "rtl"
        self._indent = 0
        self.set_lang(t.language)
        self.set_creator("Én Plan")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        for (family, style), name in _FILES.items():
            self.add_font(family, style, _ttf(name))
        self.set_fallback_fonts(list(_BEHIND), exact_match=True)
        self.add_page()

    def close_fonts(self) -> None:
        """Close also those that no letter was taken from."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def footer(self) -> None:
        """Number each page."""
        self.set_y(-_MARGIN + _GAP)
        t = self._t
        self._write(t("Side {page}", page=self.page_no()), _SMALL, _QUIET, align="C")

    def heading(self, text: str, level: int) -> None:
        """Write a heading, which is a bookmark too."""
        self.ln(_GAP * 2)
        size = _HEADINGS[min(level, len(_HEADINGS) - 1)]
        if self.will_page_break(_STAYS_WITH_HEADING):
            self.add_page()
        self.start_section(without_marks(text).strip() or "–", level=level, strict=False)
        self._write(text, size, _TEXT, style="B")
        self.ln(_GAP)

    def blocks(self, parts: tuple[Block, ...], level: int) -> None:
        """Write what stands under a heading of the ``level`` above."""
        for part in parts:
            match part:
                case Words(text=text, tone=tone):
                    self._words(text, tone)
                case Link(text=text):
                    self._words(text, Tone.PLAIN)
                case Who(name=name):
                    self._words(name, Tone.STRONG)
                case Facts(facts=facts):
                    for name, value in facts:
                        self._words(name, Tone.QUIET)
                        self._words(value, Tone.OWN)
                case Items(items=items):
                    for item in items:
                        self._words(item.title, Tone.STRONG)
                        self._indent += 1
                        self.blocks(item.blocks, level)
                        self._indent -= 1
                        self.ln(_GAP)
                case Section(title=title, blocks=inner):
                    self.heading(title, level)
                    self.blocks(inner, level + 1)

    def _words(self, text: str, tone: Tone) -> None:
        if tone is Tone.OWN:
            self._write(text, _BODY, _TEXT, turned=is_right_to_left(text))
        elif tone is Tone.QUIET:
            self._write(text, _SMALL, _QUIET)
        else:
            self._write(text, _BODY, _TEXT, style="" if tone is Tone.PLAIN else "B")

    def _write(
        self,
        text: str,
        size: int,
        color: tuple[int, int, int],
        *,
        style: Literal["", "B"] = "",
        align: Literal["L", "R", "C"] | None = None,
        turned: bool | None = None,
    ) -> None:
        """Write a paragraph at the side where its reader begins.

        It runs as the reader's language does; ``turned``: what somebody wrote runs as they wrote.
        """
        if not text.strip():
            return
        self.set_font(_FONT, style, size)
        self.set_text_color(*color)
        turned = self._right_to_left if turned is None else turned
        # Joining costs four times the rest, and only some letters are joined.
        if has_right_to_left(text):
            direction = TextDirection.RTL if turned else TextDirection.LTR
            self.set_text_shaping(use_shaping_engine=True, direction=direction)
        else:
            self.set_text_shaping(use_shaping_engine=False)
        inside = self._indent * _INDENT
        self.set_x(_MARGIN if self._right_to_left else _MARGIN + inside)
        self.multi_cell(
            self.epw - inside,
            size * _LINE * _MILLIMETRES,
            text,
            align=align or ("R" if turned or self._right_to_left else "L"),
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )


@cache
def _ttf(name: str) -> Path:
    """Return a font of the project, unpacked: that takes longer than to write most documents."""
    font = TTFont(_FONTS / name)
    font.flavor = None
    path = _unpacked() / Path(name).with_suffix(".ttf")
    font.save(path)
    return path


@cache
def _unpacked() -> Path:
    directory = TemporaryDirectory(prefix="enplan-fonts-")
    atexit.register(directory.cleanup)
    return Path(directory.name)
