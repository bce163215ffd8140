"""The briefing: one citizen's whole situation, read in a minute before a meeting or a call."""

from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.people import Administration
from portal.contract.work import Briefing, CitizenSummary
from views import theme, words
from views.addresses import use_id
from views.components.buttons import SecondaryLink, button_row, outside_button
from views.components.cards import NoticeKind, notice, side_by_side, stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body
from views.contact_person.briefing_parts import (
    about_the_person,
    appointments,
    consents,
    contacts,
    decisions,
    goals,
    household,
    interventions,
    promises,
    waiting_threads,
)
from views.contact_person.citizens import signs_of
from views.context import App, use_app
from views.guard import component
from views.loading import Ready, use_loaded
from views.not_found import NotFoundScreen


@component
def BriefingScreen() -> ft.Control:
    """Draw the briefing of the citizen of the address."""
    citizen_id = use_id("citizen_id")
    if citizen_id is None:
        return NotFoundScreen()
    return BriefingReader(citizen_id, key=str(citizen_id))


@component
def BriefingReader(citizen_id: UUID, key: str | None = None) -> ft.Control:
    """Read a briefing, and read it again when anything in it changes."""
    del key
    app = use_app()
    t = app.t

    async def fetch() -> Briefing:
        return await app.client.briefing(citizen_id)

    loaded = use_loaded(fetch, on={"plan", "goal", "thread", "consent", "household", "person"})
    name = loaded.state.value.citizen.name if isinstance(loaded.state, Ready) else t("Borgeren")
    return Page(
        name,
        shown(loaded, lambda briefing: _briefing(app, briefing)),
        back=(t("Borgere"), "/work/citizens"),
        width=theme.PAGE_WIDTH,
    )


def _briefing(app: App, briefing: Briefing) -> ft.Control:
    t, plan = app.t, briefing.plan
    now = stack(
        *waiting_threads(app, briefing.threads),
        *([] if plan else [empty(t("Borgeren har ikke en plan, som du kan se."))]),
        *(about_the_person(t, plan.about_me) if plan and plan.about_me else []),
        *(goals(t, plan.goals) if plan else []),
        *(promises(t, plan.promises) if plan else []),
        spacing=theme.SPACE_6,
    )
    around = stack(
        *(appointments(t, plan.appointments, briefing.citizen.id) if plan else []),
        *(decisions(t, plan.decisions) if plan else []),
        *(interventions(t, plan.interventions) if plan else []),
        *contacts(t, briefing),
        *consents(t, briefing.consents),
        *household(t, briefing.household),
        spacing=theme.SPACE_6,
    )
    return stack(
        _top(t, briefing),
        *(withheld(t, Administration(code)) for code in briefing.withheld),
        side_by_side(now, around) if app.wide else stack(now, around, spacing=theme.SPACE_6),
        spacing=theme.SPACE_5,
    )


def _top(t: Translator, briefing: Briefing) -> ft.Control:
    citizen = briefing.citizen
    ways: list[ft.Control] = []
    if citizen.plan_id:
        to = f"/work/citizens/{citizen.id}/write"
        ways.append(SecondaryLink(t("Skriv besked"), to, ft.Icons.EDIT_OUTLINED))
    if briefing.may_propose_goal:
        to = f"/work/citizens/{citizen.id}/propose-goal"
        ways.append(SecondaryLink(t("Foreslå et mål"), to, ft.Icons.FLAG_OUTLINED))
    if briefing.phone:
        call = t("Ring {phone}", phone=formats.phone(briefing.phone))
        ways.append(outside_button(call, f"tel:{briefing.phone}", ft.Icons.PHONE))
    return stack(
        body(t.plural("{n} år", "{n} år", briefing.age)),
        *_signs(t, citizen),
        *([button_row(*ways)] if ways else []),
    )


def _signs(t: Translator, citizen: CitizenSummary) -> list[ft.Control]:
    signs = signs_of(t, citizen)
    return [ft.Row(wrap=True, spacing=theme.SPACE_2, controls=signs)] if signs else []


def withheld(t: Translator, code: Administration) -> ft.Control:
    """Return that an administration holds more than the reader may see."""
    return notice(
        NoticeKind.INFO,
        t(
            "{administration} har flere oplysninger. "
            "Du kan kun se dem, hvis borgeren giver samtykke.",
            administration=words.administration(t, code),
        ),
    )
