"""Rækkefølge: which of one's goals stands first, moved up and down by buttons and the keyboard."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import GoalList, GoalState, GoalSummary, OrderGoals
from portal.plan_client import on_newest
from views import words
from views.acting import use_act
from views.components.buttons import SecondaryButton, button_row
from views.components.cards import card, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import FailureNote, empty, shown
from views.components.text import body, isolated
from views.context import use_app
from views.guard import component
from views.loading import Loaded, use_loaded

_IN_ORDER: Final = frozenset({GoalState.ACTIVE, GoalState.PAUSED})

Move = Callable[[UUID, int], Awaitable[None]]
"""Moves a goal so many places towards the end."""


def moved(goals: tuple[GoalSummary, ...], goal_id: UUID, by: int) -> tuple[UUID, ...]:
    """Return all ids in order after ``goal_id`` has changed places with its neighbour.

    Its neighbour is the next goal that is in order; what was reached or dropped stays in between.
    """
    ids = [goal.id for goal in goals]
    ordered = [goal.id for goal in goals if goal.state in _IN_ORDER]
    place = ordered.index(goal_id)
    neighbour = ordered[min(max(place + by, 0), len(ordered) - 1)]
    here, there = ids.index(goal_id), ids.index(neighbour)
    ids[here], ids[there] = ids[there], ids[here]
    return tuple(ids)


@component
def GoalsOrderScreen() -> ft.Control:
    """Draw the goals that are under way, to be put in order."""
    app = use_app()
    loaded = use_loaded(app.client.goals, on={"goal"})
    return Page(
        app.t("Rækkefølge"),
        shown(loaded, lambda goals: OrderList(goals, loaded)),
        back=(app.t("Mål"), "/goals"),
    )


@component
def OrderList(goals: GoalList, loaded: Loaded[GoalList]) -> ft.Control:
    """Draw each goal with its two buttons; what was moved is read aloud."""
    app = use_app()
    t = app.t
    act = use_act()
    said, say = ft.use_state("")
    rows = _rows(goals)
    if not goals.may_order or len(rows) < 2:  # noqa: PLR2004 - one alone has no order
        return empty(t("Når du har flere mål i gang, kan du vælge, hvad der skal stå først."))

    async def move(goal_id: UUID, by: int) -> None:
        if goal_id == rows[0 if by < 0 else -1].id:
            say(t("Målet står allerede øverst.") if by < 0 else t("Målet står allerede nederst."))
            return
        wanted = moved(goals.own, goal_id, by)

        async def send(seen: GoalList) -> GoalList:
            if not _stands_in(seen, goal_id) or wanted == tuple(goal.id for goal in seen.own):
                return seen
            command = OrderGoals(goal_ids=moved(seen.own, goal_id, by))
            return await app.client.order_goals(command, seen.version)

        # Where another tab has given another order meanwhile, the goal is moved in that one.
        newer = await act.run(lambda _: on_newest(send, goals), wanted)
        if newer:
            loaded.replace(newer)
            say(_place(t, newer, goal_id))

    return stack(
        body(t("Det øverste mål vises først på forsiden og i din plan.")),
        ft.Semantics(live_region=True, content=body(said)) if said else ft.Container(),
        *([FailureNote(act.failure)] if act.failure else []),
        paged(
            tuple(enumerate(rows, start=1)),
            lambda placed: OrderRow(placed[1], placed[0], move, key=str(placed[1].id)),
        ),
    )


@component
def OrderRow(goal: GoalSummary, place: int, move: Move, key: str | None = None) -> ft.Control:
    """Draw one goal with "Flyt op" and "Flyt ned"; at an end one of them only says so.

    The buttons are always both there: the one that was tapped keeps the focus while its goal moves.
    """
    del key
    t = use_app().t
    title = isolated(words.goal_title(goal))

    async def up() -> None:
        await move(goal.id, -1)

    async def down() -> None:
        await move(goal.id, 1)

    return card(
        body(t("{place}. {goal}", place=place, goal=title), strong=True),
        button_row(
            SecondaryButton(t("Flyt op"), up, ft.Icons.ARROW_UPWARD, about=title),
            SecondaryButton(t("Flyt ned"), down, ft.Icons.ARROW_DOWNWARD, about=title),
        ),
    )


def _rows(goals: GoalList) -> list[GoalSummary]:
    return [goal for goal in goals.own if goal.state in _IN_ORDER]


def _stands_in(goals: GoalList, goal_id: UUID) -> bool:
    return any(goal.id == goal_id for goal in _rows(goals))


def _place(t: Translator, goals: GoalList, goal_id: UUID) -> str:
    if not _stands_in(goals, goal_id):
        return t("Målet er ikke i gang længere.")
    place, title = next(
        (number, words.goal_title(goal))
        for number, goal in enumerate(_rows(goals), 1)
        if goal.id == goal_id
    )
    return t("“{goal}” står nu som nummer {place}.", goal=isolated(title), place=place)
