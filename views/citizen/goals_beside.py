"""The other goals, beside the one that is open in a wide window."""

from uuid import UUID

import flet as ft

from portal.contract.goals import GoalList, GoalSummary
from views import direction, theme
from views.citizen.goal_row import goal_row
from views.citizen.goals import Group, groups
from views.components.cards import section, stack
from views.components.paging import paged
from views.components.states import shown
from views.context import App, use_app
from views.guard import component
from views.loading import use_loaded


@component
def GoalsBeside(current: UUID, key: str | None = None) -> ft.Control:
    """Draw the list that the open goal, ``current``, was chosen from."""
    del key
    app = use_app()
    loaded = use_loaded(app.client.goals, on={"goal", "household"})
    return ft.Container(
        width=theme.LIST_WIDTH,
        border=direction.border(end=theme.line()),
        content=ft.ListView(
            padding=theme.SPACE_4,
            controls=[shown(loaded, lambda goals: _groups(app, goals, current))],
        ),
    )


def _groups(app: App, goals: GoalList, current: UUID) -> ft.Control:
    def row(goal: GoalSummary) -> ft.Control:
        return ft.Semantics(
            key=str(goal.id),
            selected=goal.id == current,
            content=ft.Container(
                border=direction.border(start=_edge(goal.id, current)),
                content=goal_row(app.t, goal),
            ),
        )

    def rows(group: Group) -> ft.Control:
        places = [place for place, goal in enumerate(group.goals, 1) if goal.id == current]
        return paged(group.goals, row, at_least=max(places, default=0))

    return stack(
        *(section(group.title, rows(group)) for group in groups(app.t, goals)),
        spacing=theme.SPACE_5,
    )


def _edge(goal_id: UUID, current: UUID) -> ft.BorderSide:
    return ft.BorderSide(theme.EDGE_WIDTH, theme.ACCENT if goal_id == current else theme.NONE)
