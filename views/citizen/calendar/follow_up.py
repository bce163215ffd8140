"""One follow-up: the day, what both sides want to talk about, and afterwards what came of it."""

from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.follow_ups import FollowUp, FollowUpOutcome, FollowUpState
from views import theme
from views.addresses import use_id
from views.citizen.goal_follow_up import Agenda
from views.components.buttons import LinkButton
from views.components.cards import card, section, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Loaded, use_loaded


@component
def FollowUpScreen() -> ft.Control:
    """Draw the follow-up that the address names."""
    t = use_app().t
    follow_up_id = use_id("follow_up_id")
    if follow_up_id is None:
        return Page(t("Opfølgning"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _FollowUpPage(follow_up_id, key=str(follow_up_id))


@component
def _FollowUpPage(follow_up_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.follow_up(follow_up_id), on={"follow_up"})
    return Page(
        t("Opfølgning"),
        shown(loaded, lambda found: follow_up_view(t, found, loaded)),
        back=(t("Kalender"), "/calendar"),
    )


def follow_up_view(t: Translator, found: FollowUp, loaded: Loaded[FollowUp]) -> ft.Control:
    """Return the agenda while it is ahead, else what was agreed."""
    more = [LinkButton(t("Åbn målet"), f"/goals/{found.goal_id}")] if found.goal_id else []
    if found.state is FollowUpState.PLANNED:
        agenda = Agenda(found, loaded.reload, of_plan=found.goal_id is None)
        return stack(agenda, *more, spacing=theme.SPACE_5)
    talked = [own_words(item.text, title=True) for item in found.agenda]
    return stack(
        body(held_in_words(t, found)),
        *([section(t("Det talte I om"), card(*talked))] if talked else []),
        *([section(t("Det blev aftalt"), card(*_agreed(t, found)))] if _agreed(t, found) else []),
        *more,
        spacing=theme.SPACE_5,
    )


def held_in_words(t: Translator, found: FollowUp) -> str:
    """Return when a follow-up was, or that it was not."""
    day = formats.day_in_words(t, found.day)
    if found.state is FollowUpState.CANCELLED:
        return t("Opfølgningen {day} blev ikke til noget.", day=day)
    return t("I talte sammen {day}.", day=day)


def outcome_in_words(t: Translator, outcome: FollowUpOutcome) -> str:
    """Return what a follow-up led to."""
    return {
        FollowUpOutcome.CONTINUE: t("Det går videre som nu."),
        FollowUpOutcome.END: t("Det er slut."),
        FollowUpOutcome.END_AND_REPLACE: t("Det er slut, og noget nyt begynder."),
    }[outcome]


def _agreed(t: Translator, found: FollowUp) -> list[ft.Control]:
    parts: list[ft.Control] = []
    if found.outcome:
        parts.append(body(outcome_in_words(t, found.outcome), strong=True))
    parts += [own_words(text) for text in (found.conclusion, found.replacement) if text]
    if found.next_day:
        day = formats.day_in_words(t, found.next_day)
        parts.append(quiet(t("I tales ved igen {day}.", day=day)))
    return parts
