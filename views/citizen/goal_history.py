"""What was changed in a goal: what, who, when, before and after, in plain words."""

from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from portal.contract.goals import Goal, History, HistoryEntry
from views.addresses import use_id
from views.citizen.goal_changes import Wording, change_in_words, who_changed, wordings
from views.components.buttons import SecondaryButton
from views.components.cards import card, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, own_words, quiet
from views.context import App, use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import use_loaded

_A_PAGE: Final = 20


@component
def GoalHistoryScreen() -> ft.Control:
    """Draw the history of the goal that the address names."""
    t = use_app().t
    goal_id = use_id("goal_id")
    if goal_id is None:
        return Page(t("Historik"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _HistoryPage(goal_id, key=str(goal_id))


@component
def _HistoryPage(goal_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()

    async def read() -> tuple[Goal, History]:
        return await app.client.goal(goal_id), await app.client.goal_history(goal_id)

    loaded = use_loaded(read, on={"goal"})
    return Page(
        app.t("Historik"),
        shown(loaded, lambda found: Entries(*found)),
        back=(app.t("Tilbage til målet"), f"/goals/{goal_id}"),
    )


@component
def Entries(goal: Goal, history: History) -> ft.Control:
    """Draw the newest changes, and the older ones on request."""
    app = use_app()
    pages, show_pages = ft.use_state(1)

    async def more() -> None:
        show_pages(lambda now: now + 1)

    first = history.entries[: pages * _A_PAGE]
    return stack(
        *(_entry(app, goal, entry) for entry in first),
        *([SecondaryButton(app.t("Vis ældre"), more)] if len(first) < len(history.entries) else []),
    )


def _entry(app: App, goal: Goal, entry: HistoryEntry) -> ft.Control:
    t = app.t
    who = who_changed(t, entry, app.viewer.person_id)
    return card(
        quiet(formats.at_start(formats.moment_in_words(t, entry.at))),
        body(change_in_words(t, who, goal, entry)),
        *(_both(app, wording) for wording in wordings(t, entry)),
        *([own_words(str(entry.after["state_reason"]))] if entry.after.get("state_reason") else []),
    )


def _both(app: App, wording: Wording) -> ft.Control:
    t = app.t
    parts = [body(wording.name, strong=True)]
    for when, text in ((t("Før:"), wording.before), (t("Nu:"), wording.after)):
        parts += [quiet(when), own_words(text) if text else quiet(t("Intet"))]
    return stack(*parts, spacing=0)
