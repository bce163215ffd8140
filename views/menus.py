"""The two menus: at the side of a wide window, below the page on a phone."""

from typing import Any

import flet as ft

from views import direction, theme
from views.components.buttons import as_link
from views.context import use_app
from views.guard import component, use_guard
from views.navigation import Destination, destinations, more


@component
def SideMenu(location: str) -> ft.Control:
    """Draw the menu of a wide window."""
    app = use_app()
    return ft.Container(
        width=theme.MENU_WIDTH,
        bgcolor=theme.SURFACE,
        padding=theme.SPACE_3,
        border=direction.border(end=theme.line()),
        content=ft.Column(
            scroll=ft.ScrollMode.AUTO,  # a low window, or large text
            spacing=theme.SPACE_1,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            controls=[
                MenuItem(place, place.holds(location), key=place.path)
                for place in destinations(app.t, app.viewer.role)
            ],
        ),
    )


@component
def MenuItem(
    place: Destination,
    here: bool,
    key: str | None = None,
) -> ft.Control:
    """Draw one place of the menu."""
    del key
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(place.path)

    return as_link(
        ft.TextButton(
            place.label,
            icon=place.icon,
            on_click=guarded(go),
            style=ft.ButtonStyle(
                color=theme.HEADING if here else theme.TEXT,
                bgcolor=theme.ACCENT_SOFT if here else theme.SURFACE,
                alignment=direction.at_start(),
                side=theme.focus_ring(ft.BorderSide(0, theme.NONE)),
                shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
                padding=theme.SPACE_3,
                text_style=ft.TextStyle(
                    size=theme.BODY,
                    height=theme.LINE_HEIGHT,
                    weight=theme.BOLD if here else None,
                    font_family=theme.FONT,
                    font_family_fallback=theme.FONTS_BEHIND,
                ),
                icon_size=theme.ICON,
            ),
        ),
        here=here,
    )


@component
def BottomMenu(location: str) -> ft.Control:
    """Draw the menu of a phone: on a second line where large text or long words need one."""
    app = use_app()
    places = destinations(app.t, app.viewer.role)
    shown = [place for place in places if place.main]
    if len(shown) < len(places):
        shown.append(more(app.t))
    here = next((place for place in shown if place.holds(location)), shown[-1])
    return ft.Container(
        bgcolor=theme.SURFACE,
        border=ft.Border(top=theme.line()),
        padding=ft.Padding.symmetric(vertical=theme.SPACE_1),
        content=ft.Row(
            wrap=True,
            alignment=ft.MainAxisAlignment.SPACE_EVENLY,
            spacing=0,
            run_spacing=0,
            controls=[BottomItem(place, place is here, key=place.path) for place in shown],
        ),
    )


@component
def BottomItem(place: Destination, here: bool, key: str | None = None) -> ft.Control:
    """Draw one place: its icon above its whole name, however large that is."""
    del key
    app, guarded = use_app(), use_guard()
    ink = theme.HEADING if here else theme.TEXT

    async def go(_: Any) -> None:
        await app.navigate(place.path)

    icon = ft.Container(
        bgcolor=theme.ACCENT_SOFT if here else theme.SURFACE,
        border_radius=theme.SPACE_4,
        padding=ft.Padding.symmetric(horizontal=theme.SPACE_3, vertical=theme.SPACE_1),
        content=ft.Icon(place.icon, size=theme.ICON_LARGE, color=ink),
    )
    name = ft.Text(
        place.label,
        size=theme.TAB,
        weight=theme.BOLD if here else theme.NORMAL,
        color=ink,
    )
    return as_link(
        ft.TextButton(
            ft.Column(
                tight=True,
                spacing=theme.SPACE_0,
                horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                controls=[icon, name],
            ),
            on_click=guarded(go),
            style=ft.ButtonStyle(
                side=theme.focus_ring(ft.BorderSide(0, theme.NONE)),
                shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
                padding=theme.SPACE_1,
            ),
        ),
        here=here,
    )
