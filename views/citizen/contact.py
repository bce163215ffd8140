"""The contact person, one tap from anywhere."""

import flet as ft

from portal.contract.overview import Overview
from views.citizen.contact_card import contact_card
from views.components.page import Page
from views.components.states import empty, shown
from views.context import use_app
from views.guard import component
from views.loading import use_loaded


@component
def ContactScreen() -> ft.Control:
    """Draw who one's contact person is and how to reach them."""
    app = use_app()
    loaded = use_loaded(app.client.overview, on={"plan", "person"})

    def draw(overview: Overview) -> ft.Control:
        if overview.contact_person is None:
            return empty(app.t("Du har ikke en kontaktperson endnu. Du får én sammen med en plan."))
        return contact_card(
            app.t, overview.contact_person, overview.deputy, handover=overview.handover
        )

    return Page(app.t("Din kontaktperson"), shown(loaded, draw))
