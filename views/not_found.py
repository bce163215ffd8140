"""The page for an address that leads nowhere."""

import flet as ft

from views.components.buttons import PrimaryLink
from views.components.page import Page
from views.components.text import body
from views.context import use_app
from views.guard import component


@component
def NotFoundScreen() -> ft.Control:
    """Draw that there is nothing here, and the way home."""
    t = use_app().t
    return Page(
        t("Siden findes ikke"),
        body(t("Måske er adressen skrevet forkert, eller siden er flyttet.")),
        PrimaryLink(t("Gå til forsiden"), "/"),
    )
