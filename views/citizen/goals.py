"""Mål: every goal of the citizen and the household, grouped by where it is."""

from collections.abc import Iterator
from dataclasses import dataclass

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import GoalList, GoalState, GoalSummary
from views import theme
from views.citizen.goal_row import goal_row
from views.components.buttons import LinkButton, PrimaryLink
from views.components.cards import section, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.context import use_app
from views.guard import component
from views.loading import use_loaded


@dataclass(frozen=True)
class Group:
    """Goals under one heading; ``in_order`` those that the citizen puts in order."""

    title: str
    goals: tuple[GoalSummary, ...]
    in_order: bool = False


@component
def GoalsScreen() -> ft.Control:
    """Draw all goals, those that need an answer first."""
    app = use_app()
    loaded = use_loaded(app.client.goals, on={"goal", "plan", "household"})
    return Page(app.t("Mål"), shown(loaded, lambda goals: _list(app.t, goals)))


def groups(t: Translator, goals: GoalList) -> Iterator[Group]:
    """Yield the goals by where they are; no group is empty."""
    of_state = {
        state: tuple(goal for goal in goals.own if goal.state is state) for state in GoalState
    }
    found = (
        Group(t("Foreslået til dig"), of_state[GoalState.PROPOSED]),
        Group(t("I gang"), of_state[GoalState.ACTIVE], in_order=True),
        Group(t("Familiens mål"), goals.household),
        Group(t("På pause"), of_state[GoalState.PAUSED]),
        Group(t("Nået"), of_state[GoalState.REACHED]),
        Group(t("Droppet"), of_state[GoalState.DROPPED]),
    )
    return (group for group in found if group.goals)


def _list(t: Translator, goals: GoalList) -> ft.Control:
    new_goal = PrimaryLink(t("Nyt mål"), "/goals/new", ft.Icons.ADD)
    parts: list[ft.Control] = [new_goal] if goals.may_create else []
    found = list(groups(t, goals))
    if not found and goals.may_create:
        parts.append(empty(t("Her er ingen mål endnu. Skriv noget, du gerne vil nå.")))
    elif not found:
        ask = PrimaryLink(t("Bed om en plan"), "/")
        parts.append(empty(t("Du kan skrive mål, når du har en plan."), ask))
    for group in found:
        orderable = group.in_order and goals.may_order and len(group.goals) > 1
        parts.append(_group(t, group, orderable=orderable))
    return stack(*parts, spacing=theme.SPACE_6)


def _group(t: Translator, group: Group, *, orderable: bool) -> ft.Control:
    order = LinkButton(t("Ret rækkefølgen"), "/goals/order", ft.Icons.SWAP_VERT)
    return section(
        group.title,
        paged(group.goals, lambda goal: goal_row(t, goal)),
        *([order] if orderable else []),
    )
