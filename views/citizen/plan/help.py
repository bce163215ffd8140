"""The help in a plan, the same in four ways: under goals, by theme, in weeks, by who gives it."""

from collections.abc import Callable
from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import GoalState, GoalSummary, Theme
from portal.contract.people import Administration
from portal.contract.plans import Intervention, InterventionState, Plan
from views import direction, theme, words
from views.citizen.goal_row import goal_row
from views.citizen.plan.intervention_card import InterventionCard
from views.citizen.plan.weeks import PlanInWeeks
from views.components.cards import section, stack
from views.components.fields import Choice
from views.components.paging import paged
from views.components.text import quiet
from views.context import use_app
from views.guard import component

_OPEN_GOALS: Final = frozenset({GoalState.ACTIVE, GoalState.PAUSED})


@component
def Help(plan: Plan, key: str | None = None) -> ft.Control:
    """Draw the interventions of ``plan`` in the way that the reader chose."""
    del key
    t = use_app().t
    way, show_way = ft.use_state("goal")

    async def choose(value: str) -> None:
        show_way(value)

    options = (
        ("goal", t("Mine mål")),
        ("theme", t("Emne")),
        ("weeks", t("Uger")),
        ("administration", t("Hvem der hjælper")),
    )
    groups = _WAYS[way](t, plan)
    if not plan.interventions and way != "theme":
        groups = [quiet(t("Der er ingen hjælp i gang lige nu."))]
    return section(
        t("Din hjælp"),
        Choice(t("Vis efter"), options, way, choose),
        stack(*groups, spacing=theme.SPACE_5),
    )


def _by_goal(t: Translator, plan: Plan) -> list[ft.Control]:
    """Return each open goal with what serves it; nothing stands under two goals."""
    left = {item.id: item for item in current(plan)}
    served: list[tuple[GoalSummary, list[Intervention]]] = []
    for goal in plan.goals:
        if goal.state not in _OPEN_GOALS:
            continue
        serving = [item for item in left.values() if goal.id in item.goal_ids]
        for item in serving:
            del left[item.id]
        served.append((goal, serving))
    groups: list[ft.Control] = []
    if served:
        groups.append(paged(served, lambda one: _served(t, *one), spacing=theme.SPACE_5))
    if left:
        groups.append(section(t("Anden hjælp"), paged(list(left.values()), _card), level=3))
    return groups


def _served(t: Translator, goal: GoalSummary, serving: list[Intervention]) -> ft.Control:
    return stack(goal_row(t, goal), *([paged(serving, _below_goal)] if serving else []))


def _by_theme(t: Translator, plan: Plan) -> list[ft.Control]:
    """Return each theme with its goals and help; work and education also where it is empty."""
    groups = []
    for code in Theme:
        goals = [goal for goal in plan.goals if goal.theme is code and goal.state in _OPEN_GOALS]
        helping = [item for item in current(plan) if item.theme is code]
        parts = [paged(goals, lambda goal: goal_row(t, goal))] if goals else []
        parts += [paged(helping, _card)] if helping else []
        if not parts and code is Theme.WORK:
            parts = [quiet(t("Der er ingen hjælp til arbejde eller uddannelse lige nu."))]
        if parts:
            groups.append(section(words.theme(t, code), *parts, level=3))
    return groups


def _by_administration(t: Translator, plan: Plan) -> list[ft.Control]:
    groups = []
    for code in Administration:
        of_code = [item for item in current(plan) if item.administration is code]
        if of_code:
            groups.append(section(words.administration(t, code), paged(of_code, _card), level=3))
    return groups


def _in_weeks(_: Translator, plan: Plan) -> list[ft.Control]:
    return [PlanInWeeks(plan.id, current(plan), key=f"weeks-{plan.version}")]


_WAYS: Final[dict[str, Callable[[Translator, Plan], list[ft.Control]]]] = {
    "goal": _by_goal,
    "theme": _by_theme,
    "weeks": _in_weeks,
    "administration": _by_administration,
}


def current(plan: Plan) -> tuple[Intervention, ...]:
    """Return what goes on or begins soon."""
    return tuple(item for item in plan.interventions if item.state is not InterventionState.ENDED)


def _card(item: Intervention) -> ft.Control:
    return InterventionCard(item, key=str(item.id))


def _below_goal(item: Intervention) -> ft.Control:
    return ft.Container(
        padding=direction.padding(start=theme.SPACE_3),
        border=direction.border(start=ft.BorderSide(theme.EDGE_WIDTH, theme.TRACK)),
        content=_card(item),
    )
