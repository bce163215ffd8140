"""A goal as a row that leads to its page, in every list of goals."""

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import GoalState, GoalSummary
from views import words
from views.components.cards import LinkRow
from views.components.charts import goal_ring
from views.components.text import isolated

_SHOWS_STEPS = {GoalState.ACTIVE, GoalState.PAUSED}


def goal_row(t: Translator, goal: GoalSummary) -> ft.Control:
    """Return a goal with its next step and how far it is."""
    next_step = t("Næste skridt: {step}", step=isolated(goal.next_step)) if goal.next_step else ""
    if goal.state not in _SHOWS_STEPS:
        return LinkRow(
            isolated(words.goal_title(goal)),
            f"/goals/{goal.id}",
            words.goal_owner(t, goal.owner),
            key=str(goal.id),
        )
    return LinkRow(
        isolated(words.goal_title(goal)),
        f"/goals/{goal.id}",
        next_step,
        leading=goal_ring(t, goal.steps_done, goal.steps_total),
        key=str(goal.id),
    )
