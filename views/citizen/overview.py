"""Overblik: what a citizen needs to know or do now, on one calm page."""

from datetime import datetime
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.goals import GoalSummary
from portal.contract.overview import DuePromise, Overview
from views import theme
from views.citizen.appointment_card import NextAppointment
from views.citizen.ask_for_plan import AskForPlanForm
from views.citizen.contact_card import contact_card
from views.citizen.goal_row import goal_row
from views.citizen.waiting import ADDRESS as WAITING
from views.citizen.waiting import CHANGES, due_in_words, nothing_waits, waiting_row
from views.citizen.welcome import FirstWelcome, is_new
from views.components.buttons import LinkButton
from views.components.cards import LinkRow, section, side_by_side, stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import isolated
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_FIRST: Final = 3
"""So many of each list stand here; the rest is a tap away."""

_MORNING: Final = range(5, 10)
_EVENING: Final = range(18, 24)


@component
def OverviewScreen() -> ft.Control:
    """Draw the first page of a citizen."""
    app = use_app()
    loaded = use_loaded(app.client.overview, on=CHANGES)

    def draw(overview: Overview) -> ft.Control:
        return OverviewView(overview)

    return Page(
        app.t("Overblik"),
        shown(loaded, draw),
        lead=greeting(app.t, app.viewer.name, datetime.now(formats.DENMARK)),
        width=theme.PAGE_WIDTH if app.wide else theme.TEXT_WIDTH,
    )


@component
def OverviewView(overview: Overview) -> ft.Control:
    """Draw what was read: one column, or two where there is room."""
    app = use_app()
    t = app.t
    top = [FirstWelcome()] if is_new(overview) else []
    if overview.plan_id is None:
        # Who has a child can be asked for a signature without a plan of their own.
        todo = _todo(t, overview) if overview.waiting else []
        return stack(*top, *todo, AskForPlanForm(overview.plan_request), spacing=theme.SPACE_5)
    todo, people, goals = _todo(t, overview), _people(t, overview), _goals(t, overview)
    if app.wide:
        columns = side_by_side(_column([*todo, *goals]), _column(people))
        return stack(*top, columns, spacing=theme.SPACE_5)
    return stack(*top, _column([*todo, *people, *goals]), spacing=theme.SPACE_5)


def greeting(t: Translator, name: str, now: datetime) -> str:
    """Return "Goddag, Mette", by the time of day; without a name where it is not known."""
    first = isolated(name.split(maxsplit=1)[0]) if name.strip() else ""
    if now.hour in _MORNING:
        return t("Godmorgen, {name}", name=first) if first else t("Godmorgen")
    if now.hour in _EVENING:
        return t("Godaften, {name}", name=first) if first else t("Godaften")
    return t("Goddag, {name}", name=first) if first else t("Goddag")


def _column(parts: list[ft.Control]) -> ft.Control:
    return stack(*parts, spacing=theme.SPACE_6)


def _todo(t: Translator, overview: Overview) -> list[ft.Control]:
    """Return what waits, three things at most, and how many messages are not read.

    A message may be unread without waiting for an answer.
    """
    parts = []
    if waiting := overview.waiting:
        rows = [waiting_row(t, item) for item in waiting[:_FIRST]]
        if len(waiting) > _FIRST:
            rows.append(LinkButton(t("Vis alle {n}", n=len(waiting)), WAITING))
        parts.append(section(t("Det venter på dig"), *rows))
    if overview.unread_messages:
        parts.append(section(t("Beskeder"), _unread(t, overview.unread_messages)))
    return parts or [empty(nothing_waits(t), icon=ft.Icons.DONE_ALL)]


def _unread(t: Translator, number: int) -> ft.Control:
    icon = ft.Icon(ft.Icons.MARK_EMAIL_UNREAD_OUTLINED, size=theme.ICON_LARGE, color=theme.ACCENT)
    text = t.plural("Du har {n} ulæst besked", "Du har {n} ulæste beskeder", number)
    return LinkRow(text, "/messages", leading=icon)


def _people(t: Translator, overview: Overview) -> list[ft.Control]:
    """Return the next meeting, the contact person, and what others owe."""
    parts = []
    if overview.next_appointment:
        meeting = NextAppointment(overview.next_appointment)
        parts.append(section(t("Din næste aftale"), meeting))
    if overview.contact_person:
        contact = contact_card(
            t, overview.contact_person, overview.deputy, handover=overview.handover
        )
        parts.append(section(t("Din kontaktperson"), contact))
    if overview.promises:
        rows = [_promise(t, promise) for promise in overview.promises[:_FIRST]]
        parts.append(section(t("Kommunen har lovet"), *rows))
    return parts


def _promise(t: Translator, promise: DuePromise) -> ft.Control:
    due = formats.at_start(due_in_words(t, promise.due))
    return LinkRow(
        isolated(promise.text),
        "/promises",
        f"{due} · {isolated(promise.owner)}",
        leading=ft.Icon(ft.Icons.HANDSHAKE_OUTLINED, size=theme.ICON_LARGE, color=theme.ACCENT),
        key=str(promise.id),
    )


def _goals(t: Translator, overview: Overview) -> list[ft.Control]:
    parts = [_own_goals(t, overview.goals)]
    if overview.household_goals:
        rows = [goal_row(t, goal) for goal in overview.household_goals[:_FIRST]]
        parts.append(section(t("Familiens mål"), *rows))
    return parts


def _own_goals(t: Translator, goals: tuple[GoalSummary, ...]) -> ft.Control:
    if not goals:
        invitation = empty(
            t("Du har ikke skrevet et mål endnu. Hvad vil du gerne nå?"),
            LinkButton(t("Nyt mål"), "/goals/new", ft.Icons.ADD),
            icon=ft.Icons.FLAG_OUTLINED,
        )
        return section(t("Dine mål"), invitation)
    return section(
        t("Dine mål"),
        *(goal_row(t, goal) for goal in goals[:_FIRST]),
        LinkButton(t("Se alle mål"), "/goals"),
    )
