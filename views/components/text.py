"""Text: headings that screen readers know, the house's own words, and words that people wrote."""

from typing import Final

import flet as ft

from i18n.direction import has_right_to_left, is_right_to_left, isolated_in
from views import theme
from views.direction import reads_right_to_left

_HEADING_SIZES: Final = {1: theme.H1, 2: theme.H2, 3: theme.H3}
_FACT_NAME_WIDTH: Final = 72
_LINE_OF_PHONE: Final = 40
_LINE_OF_COLUMN: Final = 56
"""Characters that surely fit on a line: of a phone, of a column where there is more room."""


def heading(text: str, level: int) -> ft.Control:
    """Return a heading of ``level`` 1 to 3; each page has one of level 1."""
    return ft.Semantics(
        container=True,  # else the words around it become part of the heading
        header=True,
        heading_level=level,
        content=_text(
            text,
            size=_HEADING_SIZES[level],
            weight=theme.BOLD,
            color=theme.HEADING if level == 1 else theme.TEXT,
        ),
    )


def body(text: str, *, strong: bool = False, color: str = theme.TEXT) -> ft.Control:
    """Return a paragraph of the house's own words."""
    return _text(text, size=theme.BODY, color=color, weight=_weight(strong=strong))


def quiet(text: str) -> ft.Control:
    """Return words that matter less: dates, units."""
    return _text(text, size=theme.SMALL, color=theme.TEXT_QUIET, weight=ft.FontWeight.NORMAL)


def fact(name: str, value: str) -> ft.Control:
    """Return a fact with its name above: "Ansvarlig" and who it is. Read aloud as one."""
    return ft.MergeSemantics(ft.Column(spacing=0, controls=[quiet(name), body(value)]))


def fact_line(name: str, value: str) -> ft.Control:
    """Return a fact on one line where it fits, for cards with many. Read aloud as one."""
    return ft.MergeSemantics(
        ft.Row(
            spacing=theme.SPACE_3,
            vertical_alignment=ft.CrossAxisAlignment.START,
            controls=[
                ft.Container(width=_FACT_NAME_WIDTH, content=quiet(name)),
                ft.Container(expand=True, content=body(value)),
            ],
        )
    )


def own_words(text: str, *, size: int = theme.BODY, strong: bool = False) -> ft.Control:
    """Return what a person wrote: as written, in its own direction, and to be copied."""
    runs_left = is_right_to_left(text)
    content = ft.Text(
        text if runs_left else isolated(text),
        size=size,
        color=theme.TEXT,
        weight=_weight(strong=strong),
        # A container can turn its text to the right-to-left order, but not back again.
        text_align=ft.TextAlign.START if runs_left else _align(text),
    )
    return ft.Container(rtl=runs_left, content=ft.SelectionArea(content=content))


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
