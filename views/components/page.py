"""The frame of every page: its heading, its width, the way back."""

import flet as ft

from views import theme
from views.components.buttons import BackLink
from views.components.text import heading
from views.context import Room, use_app
from views.guard import component


@component
def Page(
    title: str,
    *controls: ft.Control,
    back: tuple[str, str] | None = None,
    width: int = theme.TEXT_WIDTH,
    lead: str = "",
) -> ft.Control:
    """Draw a page under its heading. ``back`` is the text and address of the way back.

    ``lead`` is said large, right below the heading.
    """
    app = use_app()
    use_window_name(title)
    roomy = app.room is not Room.NARROW
    side = theme.SPACE_5 if roomy else theme.SPACE_4
    return ft.Column(
        expand=True,
        scroll=ft.ScrollMode.AUTO,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            ft.Container(
                width=width + 2 * side if roomy else None,
                padding=ft.Padding.only(
                    left=side, right=side, top=theme.SPACE_4, bottom=theme.SPACE_6
                ),
                content=ft.Column(
                    spacing=theme.SPACE_5,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                    controls=[_top(title, back, lead), *controls],
                ),
            )
        ],
    )


def use_window_name(title: str) -> None:
    """Name the browser's window after the page; a hook."""
    page = ft.context.page

    def name_window() -> None:
        page.title = f"{title} – Én Plan"  # Flet updates a page that draws components by itself

    ft.use_effect(name_window, dependencies=[title])


def _top(title: str, back: tuple[str, str] | None, lead: str) -> ft.Control:
    below = [ft.Text(lead, size=theme.H2, color=theme.TEXT)] if lead else []
    way_back = [BackLink(*back)] if back else []
    return ft.Column(spacing=0, controls=[*way_back, heading(title, 1), *below])
