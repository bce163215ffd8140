"""Giv samtykke: which of the things on offer somebody would like to say yes to."""

import flet as ft

from i18n.translator import Translator
from portal.contract.consents import ConsentOffers
from views import words
from views.components.cards import LinkRow, stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body
from views.context import use_app
from views.guard import component
from views.loading import use_loaded


@component
def OffersScreen() -> ft.Control:
    """Draw what the citizen can consent to."""
    language = use_app().language
    return _Offers(language, key=language)


@component
def _Offers(language: str, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.consent_offers(language))
    return Page(
        app.t("Giv samtykke"),
        shown(loaded, lambda found: _rows(app.t, found)),
        back=(app.t("Deling"), "/sharing"),
    )


def _rows(t: Translator, found: ConsentOffers) -> ft.Control:
    if not found.offers:
        return empty(t("Der er ikke noget, du kan give samtykke til lige nu."))
    return stack(
        body(t("Hvad vil du sige ja til? Du får teksten at læse, før du svarer.")),
        *(
            LinkRow(
                words.consent_title(t, offer.text),
                f"/sharing/new/{offer.text.id}",
                offer.text.purpose,
                key=offer.text.id,
            )
            for offer in found.offers
        ),
    )
