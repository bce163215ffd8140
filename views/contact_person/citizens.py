"""Borgere: the contact person's citizens, and those they are deputy for."""

from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.work import CitizenList, CitizenSummary
from views import theme
from views.components.cards import LinkRow, badge, stack
from views.components.fields import TextInput
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_MANY: Final = 10
"""From this number of citizens on, one can look for a name."""


@component
def CitizensScreen() -> ft.Control:
    """Draw the citizens by name."""
    app = use_app()
    loaded = use_loaded(app.client.citizens, on={"thread", "plan", "person"})

    def draw(found: CitizenList) -> ft.Control:
        if not found.citizens:
            return empty(app.t("Du er ikke kontaktperson for nogen endnu."))
        return Citizens(found.citizens)

    return Page(app.t("Borgere"), shown(loaded, draw))


@component
def Citizens(citizens: tuple[CitizenSummary, ...]) -> ft.Control:
    """Draw the list, and a search where it is long."""
    t = use_app().t
    wanted, look_for = ft.use_state("")

    async def search(text: str) -> None:
        look_for(text)

    found = [one for one in citizens if wanted.strip().casefold() in one.name.casefold()]
    many = len(citizens) >= _MANY
    return stack(
        *([TextInput(t("Søg efter navn"), wanted, search)] if many else []),
        *(citizen_row(t, citizen) for citizen in found),
        *([] if found else [body(t("Ingen med det navn."))]),
    )


def citizen_row(t: Translator, citizen: CitizenSummary) -> ft.Control:
    """Return a citizen as a link to the briefing."""
    signs = signs_of(t, citizen)
    waiting = t.plural(
        "{n} besked venter på svar", "{n} beskeder venter på svar", citizen.waiting_messages
    )
    if citizen.next_due:
        waiting = t(
            "{messages}, senest {day}",
            messages=waiting,
            day=formats.day_in_words(t, citizen.next_due),
        )
    return LinkRow(
        citizen.name,
        f"/work/citizens/{citizen.id}",
        waiting if citizen.waiting_messages else t("Ingen beskeder venter"),
        below=ft.Row(wrap=True, spacing=theme.SPACE_2, run_spacing=theme.SPACE_2, controls=signs)
        if signs
        else None,
        key=str(citizen.id),
    )


def signs_of(t: Translator, citizen: CitizenSummary) -> list[ft.Control]:
    """Return what one must know before anything else about a citizen."""
    signs = []
    if citizen.protected:
        signs.append(badge(t("Navn og adresse er beskyttet"), strong=True))
    if citizen.deputy_for:
        signs.append(badge(t("Du er stedfortræder for {name}", name=citizen.deputy_for.name)))
    if citizen.plan_id is None:
        signs.append(badge(t("Har ikke en plan")))
    return signs
