"""Referater: all minutes that were shared with the citizen, the latest meeting first."""

from functools import partial

import flet as ft

from i18n.translator import Translator
from portal.contract.minutes import Minutes, MinutesList, MinutesState
from views import theme
from views.citizen.minutes.wording import minutes_about, minutes_state, read_all_minutes
from views.components.buttons import PrimaryLink
from views.components.cards import LinkRow, badge, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import body, isolated
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Failed, use_loaded


@component
def MinutesScreen() -> ft.Control:
    """Draw the list."""
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_all_minutes(app.client), on={"minutes", "plan"})
    match loaded.state:
        case Failed(failure=failure) if failure.kind is FailureKind.NOT_FOUND:
            content = empty(
                t("Her kommer referater, når du har en plan."),
                PrimaryLink(t("Bed om en plan"), "/"),
            )
        case _:
            content = shown(loaded, lambda found: minutes_rows(t, found))
    return Page(t("Referater"), content)


def minutes_rows(t: Translator, found: MinutesList) -> ft.Control:
    """Return the latest minutes, and older ones on request."""
    if not found.minutes:
        return empty(t("Her er ingen referater endnu. De kommer efter et møde."))
    return stack(
        body(t("Læs, hvad der blev sagt. Passer det ikke, så skriv det.")),
        paged(found.minutes, partial(_row, t)),
    )


def _row(t: Translator, minutes: Minutes) -> ft.Control:
    return LinkRow(
        isolated(minutes.title),
        f"/minutes/{minutes.id}",
        minutes_about(t, minutes),
        leading=ft.Icon(ft.Icons.DESCRIPTION_OUTLINED, color=theme.ACCENT),
        below=badge(minutes_state(t, minutes), strong=minutes.state is MinutesState.SHARED),
        key=str(minutes.id),
    )
