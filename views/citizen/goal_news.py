"""Siden sidst: what others changed in a goal since the reader's last visit of its page."""

import contextlib
from typing import Final

import flet as ft

from i18n import formats
from portal.contract.goals import Goal, History, HistoryEntry, MarkGoalSeen
from portal.plan_client import PlanError
from views import theme
from views.citizen.goal_changes import change_in_words, news, who_changed
from views.components.buttons import LinkButton
from views.components.cards import card, stack
from views.components.text import body, heading, quiet
from views.context import App, use_app
from views.guard import component

_MOST: Final = 3


@component
def GoalNews(goal: Goal) -> ft.Control:
    """Draw what is new, if anything is; it stays until the page is left."""
    app = use_app()
    t = app.t
    page = ft.context.page
    nothing: tuple[HistoryEntry, ...] = ()
    found, show = ft.use_state(nothing)
    still_open = ft.use_ref(initial_value=True)

    async def read() -> None:
        with contextlib.suppress(PlanError):  # what is new is told at the next visit then
            history = await app.client.goal_history(goal.id)
            show(news(history, app.viewer.person_id))
            await page.wait_until_visible()  # a tab in the background shows nothing to anybody
            if still_open.current:
                await _mark(app, goal, history)

    def leave() -> None:
        still_open.current = False

    ft.use_effect(read, dependencies=[])
    ft.use_effect(lambda: None, dependencies=[], cleanup=leave)
    if not found:
        return ft.Container()
    return card(
        heading(t("Siden sidst"), 2),
        *(_line(app, goal, entry) for entry in found[:_MOST]),
        *(
            [LinkButton(t("Se alt det nye"), f"/goals/{goal.id}/history", ft.Icons.HISTORY)]
            if len(found) > _MOST
            else []
        ),
        ground=theme.INFO_SOFT,
    )


async def _mark(app: App, goal: Goal, history: History) -> None:
    newest = max((entry.id for entry in history.entries), default=0)
    if newest > (history.seen_up_to or 0):
        await app.client.mark_goal_seen(goal.id, MarkGoalSeen(up_to=newest))


def _line(app: App, goal: Goal, entry: HistoryEntry) -> ft.Control:
    t = app.t
    who = who_changed(t, entry, app.viewer.person_id)
    return stack(
        body(change_in_words(t, who, goal, entry)),
        quiet(formats.at_start(formats.moment_in_words(t, entry.at))),
        spacing=0,
    )
