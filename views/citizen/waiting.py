"""What waits for the citizen: rows that lead to where each thing is done, and the page of all."""

from datetime import date
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.events import EventKind
from portal.contract.overview import Overview, Waiting, WaitingKind
from views import theme
from views.components.cards import LinkRow
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import isolated
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

ADDRESS: Final = "/waiting"

CHANGES: Final[frozenset[EventKind]] = frozenset(
    {
        "plan",
        "goal",
        "thread",
        "consent",
        "request",
        "person",
        "household",
        "minutes",
        "fact",
        "follow_up",
    }
)
"""Kinds of events after which something else may wait."""

_ICONS: Final = {
    WaitingKind.REPLY: ft.Icons.CHAT_BUBBLE_OUTLINE,
    WaitingKind.PROPOSED_GOAL: ft.Icons.FLAG_OUTLINED,
    WaitingKind.APPEAL: ft.Icons.GAVEL,
    WaitingKind.STEP: ft.Icons.CHECK_CIRCLE_OUTLINE,
    WaitingKind.PROMISE: ft.Icons.HANDSHAKE_OUTLINED,
    WaitingKind.CONSENT_EXPIRES: ft.Icons.LOCK_OUTLINE,
    WaitingKind.CONSENT_UNSIGNED: ft.Icons.DRAW_OUTLINED,
    WaitingKind.MINUTES: ft.Icons.DESCRIPTION_OUTLINED,
    WaitingKind.FACT_REQUEST: ft.Icons.HELP_OUTLINE,
    WaitingKind.FOLLOW_UP: ft.Icons.EVENT_REPEAT,
    WaitingKind.INVITATION: ft.Icons.FAMILY_RESTROOM,
}


@component
def WaitingScreen() -> ft.Control:
    """Draw everything that waits."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.overview, on=CHANGES)

    def draw(overview: Overview) -> ft.Control:
        if not overview.waiting:
            return empty(nothing_waits(t), icon=ft.Icons.DONE_ALL)
        return paged(overview.waiting, lambda item: waiting_row(t, item))

    return Page(t("Det venter på dig"), shown(loaded, draw), back=(t("Overblik"), "/"))


def waiting_row(t: Translator, item: Waiting) -> ft.Control:
    """Return one thing that waits, as a link to where it is done."""
    late = item.due is not None and item.due < formats.today()
    return LinkRow(
        isolated(waiting_title(t, item)),
        waiting_path(item),
        waiting_in_words(t, item),
        leading=ft.Icon(
            _ICONS[item.kind],
            size=theme.ICON_LARGE,
            color=theme.WARNING if late else theme.ACCENT,
        ),
        key=f"{item.kind}-{item.resource_id}-{item.title}",
    )


def waiting_title(t: Translator, item: Waiting) -> str:
    """Return what it is about: the whole plan where nothing else is named."""
    return item.title or t("Din plan")


def waiting_in_words(t: Translator, item: Waiting) -> str:
    """Return what is to be done, and by when."""
    what = {
        WaitingKind.REPLY: t("Svar på en besked"),
        WaitingKind.PROPOSED_GOAL: t("Sig ja eller nej til et mål"),
        WaitingKind.APPEAL: t("Du kan klage over en afgørelse"),
        WaitingKind.STEP: t("Tag et skridt"),
        WaitingKind.PROMISE: t("Du har lovet det"),
        WaitingKind.CONSENT_EXPIRES: t("Et samtykke udløber"),
        WaitingKind.CONSENT_UNSIGNED: t("Et samtykke venter på din underskrift"),
        WaitingKind.MINUTES: t("Læs referatet, og sig, om det er rigtigt"),
        WaitingKind.FACT_REQUEST: t("Svar på et spørgsmål"),
        WaitingKind.FOLLOW_UP: t("I taler om, hvordan det går"),
        WaitingKind.INVITATION: t("Du er inviteret til en familie"),
    }[item.kind]
    return f"{what} · {_when(t, item.kind, item.due)}" if item.due else what


def waiting_path(item: Waiting) -> str:
    """Return where it is done."""
    return {
        WaitingKind.REPLY: f"/messages/{item.resource_id}",
        WaitingKind.PROPOSED_GOAL: f"/goals/{item.resource_id}",
        WaitingKind.APPEAL: "/plan",
        WaitingKind.STEP: f"/goals/{item.resource_id}",
        WaitingKind.PROMISE: "/promises",
        WaitingKind.CONSENT_EXPIRES: f"/sharing/{item.resource_id}",
        WaitingKind.CONSENT_UNSIGNED: f"/sharing/{item.resource_id}/sign",
        WaitingKind.MINUTES: f"/minutes/{item.resource_id}",
        WaitingKind.FACT_REQUEST: f"/facts/requests/{item.resource_id}",
        WaitingKind.FOLLOW_UP: f"/calendar/follow-ups/{item.resource_id}",
        WaitingKind.INVITATION: "/family",
    }[item.kind]


def nothing_waits(t: Translator) -> str:
    """Return that one can breathe."""
    return t("Der er ikke noget, der venter på dig lige nu.")


def due_in_words(t: Translator, due: date) -> str:
    """Return "senest i morgen", or that the day is over."""
    day = formats.day_in_words(t, due)
    if due < formats.today():
        return t("skulle være sket {day}", day=day)
    return t("senest {day}", day=day)


def _when(t: Translator, kind: WaitingKind, due: date) -> str:
    if kind in {WaitingKind.CONSENT_EXPIRES, WaitingKind.FOLLOW_UP}:
        return formats.day_in_words(t, due)
    return due_in_words(t, due)
