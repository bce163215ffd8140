"""The sides of a screen: what is left in Danish is right in Arabic and Persian.

Rows, texts and arrows mirror by themselves; paddings, borders and alignments do not. The page
that is drawn knows its direction: ``views.app`` tells it.
"""

import flet as ft

from views import theme


def reads_right_to_left() -> bool:
    """Tell the direction of the screen that is drawn; left to right where there is none."""
    try:
        return ft.context.page.rtl
    except RuntimeError:  # an outline, which the browser lays out
        return False


def padding(*, start: float = 0, end: float = 0, top: float = 0, bottom: float = 0) -> ft.Padding:
    """Return room around something, by where a line of text starts and ends."""
    left, right = (end, start) if reads_right_to_left() else (start, end)
    return ft.Padding(left=left, right=right, top=top, bottom=bottom)


def margin(*, start: float = 0, end: float = 0) -> ft.Margin:
    """Return room beside something, by where a line of text starts and ends."""
    left, right = (end, start) if reads_right_to_left() else (start, end)
    return ft.Margin(left=left, right=right)


def border(*, start: ft.BorderSide | None = None, end: ft.BorderSide | None = None) -> ft.Border:
    """Return lines beside something, by where a line of text starts and ends."""
    left, right = (end, start) if reads_right_to_left() else (start, end)
    none = ft.BorderSide(0, theme.NONE)
    return ft.Border(left=left or none, right=right or none)


def at_start() -> ft.Alignment:
    """Return the place where a line of text starts, in the middle of the height."""
    return ft.Alignment.CENTER_RIGHT if reads_right_to_left() else ft.Alignment.CENTER_LEFT
