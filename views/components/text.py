"""Text: headings that screen readers know, the house's own words, and words that people wrote."""

from typing import Final

import flet as ft

from i18n.direction import has_right_to_left, is_right_to_left, isolated_in, without_marks
from views import theme
from views.direction import reads_right_to_left

_HEADING_SIZES: Final = {1: theme.H1, 2: theme.H2, 3: theme.H3}
_FACT_NAME_WIDTH: Final = 72
_LINE_OF_PHONE: Final = 40
_LINE_OF_COLUMN: Final = 56
"""Characters that surely fit on a line: of a phone, of a column where there is more room."""

_LONGEST_TITLE: Final = 200
"""Characters of a title in the contract; what is longer is a paragraph."""


def heading(text: str, level: int) -> ft.Control:
    """Return a heading of ``level`` 1 to 3; each page has one of level 1."""
    return ft.Semantics(
        container=True,  # else the words around it become part of the heading
        header=True,
        heading_level=level,
        content=_line(
            text,
            size=_HEADING_SIZES[level],
            weight=theme.BOLD,
            color=theme.HEADING if level == 1 else theme.TEXT,
        ),
    )


def body(
    text: str, *, strong: bool = False, color: str = theme.TEXT, title: bool = False
) -> ft.Control:
    """Return a paragraph of the house's own words; what is ``strong`` or a ``title`` is none."""
    draw = _line if strong or title else _text
    return draw(text, size=theme.BODY, color=color, weight=_weight(strong=strong))


def quiet(text: str) -> ft.Control:
    """Return words that matter less: dates, units."""
    return _line(text, size=theme.SMALL, color=theme.TEXT_QUIET, weight=ft.FontWeight.NORMAL)


def fact(name: str, value: str) -> ft.Control:
    """Return a fact with its name above: "Ansvarlig" and who it is. Read aloud as one."""
    return ft.MergeSemantics(ft.Column(spacing=0, controls=[quiet(name), body(value, title=True)]))


def fact_line(name: str, value: str) -> ft.Control:
    """Return a fact on one line where it fits, for cards with many. Read aloud as one."""
    return ft.MergeSemantics(
        ft.Row(
            spacing=theme.SPACE_3,
            vertical_alignment=ft.CrossAxisAlignment.START,
            controls=[
                ft.Container(width=_FACT_NAME_WIDTH, content=quiet(name)),
                ft.Container(expand=True, content=body(value, title=True)),
            ],
        )
    )


def own_words(
    text: str, *, size: int = theme.BODY, strong: bool = False, title: bool = False
) -> ft.Control:
    """Return what a person wrote: as written, in its own direction, and to be copied.

    A ``title`` or a name begins where the lines of the page begin, however long it is.
    """
    runs_left = is_right_to_left(text)
    content = ft.Text(
        text if runs_left else isolated(text),
        size=size,
        color=theme.TEXT,
        weight=_weight(strong=strong),
        # A container can turn its text to the right-to-left order, but not back again.
        text_align=ft.TextAlign.START if runs_left or title else _align(text),
    )
    return ft.Container(rtl=runs_left, content=ft.SelectionArea(content=content))


def _line(text: str, *, size: int, color: str, weight: ft.FontWeight | None) -> ft.Text:
    """Return a title, a name, a place: it begins where the lines of the page begin.

    It takes several lines only where it is long. What has paragraphs is no such line.
    """
    drawn = _text(text, size=size, color=color, weight=weight)
    if len(without_marks(text)) <= _LONGEST_TITLE and "\n" not in text:
        drawn.text_align = ft.TextAlign.START
    return drawn


def _text(text: str, *, size: int, color: str, weight: ft.FontWeight | None) -> ft.Text:
    """Return text that stands right in Arabic and Persian too.

    There, words without a letter of those scripts are somebody's, or a number: they run their own
    way, and from the left where they take more than a line.
    """
    if not reads_right_to_left() or has_right_to_left(text):
        return ft.Text(text, size=size, color=color, weight=weight)
    return ft.Text(isolated(text), size=size, color=color, weight=weight, text_align=_align(text))


def _align(text: str) -> ft.TextAlign:
    """Return where the lines of a left-to-right text begin: at the left if there are several."""
    if not reads_right_to_left():
        return ft.TextAlign.START
    roomy = (ft.context.page.width or 0) >= theme.MEDIUM
    one_line = _LINE_OF_COLUMN if roomy else _LINE_OF_PHONE
    turned = len(text) > one_line or "\n" in text
    return ft.TextAlign.LEFT if turned else ft.TextAlign.START


def _weight(*, strong: bool) -> ft.FontWeight:
    # Said outright: inside a button, text without a weight becomes as heavy as the button's.
    return theme.BOLD if strong else ft.FontWeight.NORMAL


def isolated(text: str) -> str:
    """Return a person's words so that their direction leaves what is around them alone."""
    return isolated_in(text, right_to_left=reads_right_to_left())
