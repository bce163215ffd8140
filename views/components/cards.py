"""Surfaces: card, link row, badge, notice."""

from enum import StrEnum
from typing import Any, Final

import flet as ft

from views import theme
from views.components.buttons import as_link
from views.components.text import body, heading, quiet
from views.context import use_app
from views.guard import component, use_guard


def card(*controls: ft.Control, ground: str = theme.SURFACE) -> ft.Control:
    """Return a white surface around what belongs together."""
    return ft.Semantics(
        container=True,  # read aloud by itself, not in one breath with its neighbours
        content=ft.Container(
            bgcolor=ground,
            padding=theme.SPACE_4,
            border_radius=theme.RADIUS,
            border=ft.Border.all(theme.LINE_WIDTH, theme.LINE),
            content=stack(*controls),
        ),
    )


def stack(*controls: ft.Control, spacing: int = theme.SPACE_3, visible: bool = True) -> ft.Control:
    """Return controls under each other, as wide as there is room."""
    return ft.Column(
        visible=visible,
        spacing=spacing,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=list(controls),
    )


def side_by_side(left: ft.Control, right: ft.Control) -> ft.Control:
    """Return two columns of a wide window; the left one is read first."""
    return ft.Row(
        spacing=theme.SPACE_5,
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            ft.Container(expand=True, content=_read_as_one(left)),
            ft.Container(expand=True, content=_read_as_one(right)),
        ],
    )


def _read_as_one(column: ft.Control) -> ft.Control:
    """Return a column that is read, and gone through by key, before what stands beside it.

    A list that could scroll is a part of its own for a screen reader, with parts of its own; a
    plain container would take the words in it for its name.
    """
    return ft.Column(
        scroll=ft.ScrollMode.HIDDEN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[column],
    )


def section(title: str, *controls: ft.Control, level: int = 2) -> ft.Control:
    """Return a part of a page under its heading."""
    return stack(heading(title, level), *controls)


class NoticeKind(StrEnum):
    """What a notice is about; each has its own sign."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


_NOTICES: Final = {
    NoticeKind.INFO: (theme.INFO_SOFT, theme.INFO, ft.Icons.INFO_OUTLINE),
    NoticeKind.SUCCESS: (theme.SUCCESS_SOFT, theme.SUCCESS, ft.Icons.CHECK_CIRCLE_OUTLINE),
    NoticeKind.WARNING: (theme.WARNING_SOFT, theme.TEXT, ft.Icons.WARNING_AMBER),
    NoticeKind.ERROR: (theme.ERROR_SOFT, theme.ERROR, ft.Icons.ERROR_OUTLINE),
}


def notice(kind: NoticeKind, text: str, *controls: ft.Control, said: str = "") -> ft.Control:
    """Return something to notice, read aloud when it appears; ``controls`` offer a way on.

    ``said`` is what is read aloud where that is more than ``text``.
    """
    ground, color, icon = _NOTICES[kind]
    return ft.Container(
        bgcolor=ground,
        padding=theme.SPACE_4,
        border_radius=theme.RADIUS,
        content=ft.Row(
            vertical_alignment=ft.CrossAxisAlignment.START,
            spacing=theme.SPACE_3,
            controls=[
                ft.Icon(icon, color=color, size=theme.ICON_LARGE),
                ft.Container(
                    expand=True,
                    content=ft.Column(
                        spacing=theme.SPACE_2,
                        controls=[_said_at_once(text, said), *controls],
                    ),
                ),
            ],
        ),
    )


def _said_at_once(text: str, said: str) -> ft.Control:
    if not said:
        return ft.Semantics(live_region=True, content=body(text))
    return ft.Semantics(live_region=True, label=said, exclude_semantics=True, content=body(text))


_ROW: Final = ft.ButtonStyle(
    color=theme.TEXT,
    bgcolor=theme.SURFACE,
    side=theme.focus_ring(theme.line()),
    shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
    padding=theme.SPACE_4,
)


@component
def LinkRow(
    title: str,
    to: str,
    detail: str = "",
    leading: ft.Control | None = None,
    below: ft.Control | None = None,
    key: str | None = None,
) -> ft.Control:
    """Draw a row that leads to another page; read aloud as one link."""
    del key
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(to)

    return as_link(
        ft.TextButton(
            style=_ROW,
            on_click=guarded(go),
            content=ft.Row(
                spacing=theme.SPACE_3,
                controls=[
                    *([leading] if leading else []),
                    ft.Column(
                        expand=True,
                        spacing=theme.SPACE_1,
                        controls=[
                            body(title, strong=True),
                            *([quiet(detail)] if detail else []),
                            *([below] if below else []),
                        ],
                    ),
                    ft.Icon(
                        ft.Icons.ARROW_FORWARD_IOS, size=theme.ICON_SMALL, color=theme.TEXT_QUIET
                    ),
                ],
            ),
        )
    )


def badge(text: str, *, strong: bool = False) -> ft.Control:
    """Return a word on a soft ground: a state, a number of days."""
    word = ft.Container(
        bgcolor=theme.WARNING_SOFT if strong else theme.ACCENT_SOFT,
        border_radius=theme.RADIUS,
        padding=ft.Padding.symmetric(horizontal=theme.SPACE_2, vertical=theme.SPACE_HALF),
        content=ft.Text(text, size=theme.SMALL, weight=theme.BOLD, color=theme.TEXT),
    )
    # A column that stretches its parts would draw the ground as wide as the page.
    return ft.Row(tight=True, wrap=True, controls=[word])
