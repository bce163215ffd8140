"""What stands around every page: the top line and the menu, below on a phone, at the side else."""

from typing import cast

import flet as ft

from portal.contract.people import Role
from views import theme
from views.components.buttons import LinkButton
from views.components.cards import stack
from views.context import use_app
from views.ending import EndingNote
from views.guard import component
from views.menus import BottomMenu, SideMenu


@ft.component
def Frame() -> ft.View:
    """Draw the frame around the page of the current address."""
    app = use_app()
    location = ft.use_route_location()
    page = ft.use_route_outlet()
    menu = SideMenu(location) if app.wide else BottomMenu(location)
    navigation = _landmark("menu", menu, app.t("Menu"))
    return ft.View(
        route="/",  # the same for all pages: no page slides in over another
        padding=0,
        spacing=0,
        bgcolor=theme.PAGE,
        rtl=app.t.direction == "rtl",
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            _landmark("top", stack(TopLine(), EndingNote(), spacing=0)),
            ft.Row(
                expand=True,
                spacing=0,
                vertical_alignment=ft.CrossAxisAlignment.STRETCH,
                controls=[
                    # With keys, a window that grows gets a menu and keeps its page.
                    *([ft.Container(key="menu", content=navigation)] if app.wide else []),
                    ft.Container(key="page", expand=True, content=_landmark("page", page)),
                ],
            ),
        ],
        # Flet names its own bar here; the browser draws any control, above the keyboard's edge.
        navigation_bar=None if app.wide else cast("ft.NavigationBar", navigation),
    )


def _landmark(name: str, content: ft.Control, label: str = "") -> ft.Semantics:
    """Return a part of the page that screen readers jump to; ``boot.js`` gives it its role."""
    return ft.Semantics(container=True, identifier=name, label=label or None, content=content)


@component
def TopLine() -> ft.Control:
    """Draw the product's name, and the way to the contact person from anywhere."""
    app = use_app()
    ways = []
    if app.viewer.role is Role.CITIZEN:
        ways.append(LinkButton(app.t("Kontaktperson"), "/contact", ft.Icons.PHONE))
    return ft.Container(
        bgcolor=theme.SURFACE,
        border=ft.Border(bottom=theme.line()),
        padding=ft.Padding.symmetric(horizontal=theme.SPACE_4, vertical=theme.SPACE_1),
        content=ft.Row(
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
            wrap=True,
            controls=[
                ft.Semantics(
                    container=True,  # else the name becomes the landmark's
                    content=ft.Text(
                        "Én Plan", size=theme.H2, weight=theme.BOLD, color=theme.ACCENT
                    ),
                ),
                *ways,
            ],
        ),
    )
