"""Min plan: every administration's help in one plan, with appointments, decisions, promises."""

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Plan, Promise, PromiseState
from views import theme
from views.citizen.appointment_card import appointment_card
from views.citizen.plan.decision_card import decision_card
from views.citizen.plan.help import Help
from views.citizen.plan.overlaps import OverlapsNote
from views.components.buttons import LinkButton, PrimaryLink
from views.components.cards import LinkRow, badge, card, section, side_by_side, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Failed, use_loaded


@component
def PlanScreen() -> ft.Control:
    """Draw the citizen's whole plan."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.plan, on={"plan", "goal", "consent", "request"})
    match loaded.state:
        case Failed(failure=failure) if failure.kind is FailureKind.NOT_FOUND:
            content = empty(t("Du har ikke en plan endnu."), PrimaryLink(t("Bed om en plan"), "/"))
        case _:
            content = shown(loaded, lambda plan: _columns(t, plan, wide=app.wide))
    return Page(t("Min plan"), content, width=theme.PAGE_WIDTH if app.wide else theme.TEXT_WIDTH)


def _columns(t: Translator, plan: Plan, *, wide: bool) -> ft.Control:
    """Return the plan in one column; in a wide window the help has one of its own."""
    first = [_about_me(t, plan), Help(plan, key="help")]
    then = _around(t, plan)
    if wide:
        return side_by_side(
            stack(*first, spacing=theme.SPACE_6), stack(*then, spacing=theme.SPACE_6)
        )
    return stack(*first, *then, spacing=theme.SPACE_6)


def _around(t: Translator, plan: Plan) -> list[ft.Control]:
    """Return what stands beside the help: overlaps, decisions, meetings, promises."""
    parts: list[ft.Control] = [OverlapsNote(plan.id, key=f"overlaps-{plan.version}")]
    if plan.decisions:
        decisions = paged(plan.decisions, lambda item: decision_card(t, item))
        parts.append(section(t("Afgørelser"), decisions))
    if plan.appointments:
        meetings = paged(plan.appointments, lambda item: appointment_card(t, item))
        parts.append(section(t("Dine aftaler"), meetings))
    if plan.promises:
        promises = paged(plan.promises, lambda item: _promise_card(t, item))
        parts.append(section(t("Løfter"), promises))
    parts.append(_assessment(t))
    return parts


def _about_me(t: Translator, plan: Plan) -> ft.Control:
    matters = plan.about_me.matters if plan.about_me else ""
    return card(
        body(t("Det er vigtigt for mig"), strong=True),
        own_words(matters) if matters else quiet(t("Du har ikke skrevet noget endnu.")),
        LinkButton(t("Om mig"), "/about-me", ft.Icons.EDIT_OUTLINED),
        ground=theme.ACCENT_SOFT,
    )


def _assessment(t: Translator) -> ft.Control:
    return LinkRow(
        t("Min udredning"),
        "/plan/assessment",
        t("Sådan ser du det selv, og sådan ser kommunen det."),
        leading=ft.Icon(ft.Icons.BALANCE_OUTLINED, color=theme.ACCENT),
    )


def _promise_card(t: Translator, promise: Promise) -> ft.Control:
    day = formats.day_in_words(t, promise.due)
    state = {
        PromiseState.OPEN: badge(t("Senest {day}", day=day)),
        PromiseState.OVERDUE: badge(t("Skulle være sket {day}", day=day), strong=True),
        PromiseState.KEPT: badge(t("Holdt")),
    }[promise.state]
    return card(
        own_words(promise.text, title=True),
        ft.Row(
            wrap=True,
            spacing=theme.SPACE_3,
            run_spacing=theme.SPACE_2,
            controls=[state, quiet(t("Lovet af {name}", name=promise.owner))],
        ),
    )
