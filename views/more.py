"""The places that the bar of a phone has no room for, with what belongs together together."""

from itertools import groupby

import flet as ft

from views import theme
from views.components.cards import LinkRow, section, stack
from views.components.page import Page
from views.context import use_app
from views.guard import component
from views.navigation import Destination, destinations, part_name


@component
def MoreScreen() -> ft.Control:
    """Draw the rest of the menu."""
    app = use_app()
    t = app.t
    places = [place for place in destinations(t, app.viewer.role) if not place.main]
    return Page(
        t("Mere"),
        stack(
            *(
                section(part_name(t, part), *(_row(place) for place in group))
                for part, group in groupby(places, lambda place: place.part)
            ),
            spacing=theme.SPACE_5,
        ),
    )


def _row(place: Destination) -> ft.Control:
    icon = ft.Icon(place.icon, color=theme.ACCENT)
    return LinkRow(place.label, place.path, leading=icon, key=place.path)
