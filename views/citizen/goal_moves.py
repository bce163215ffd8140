"""Accepts, declines, pauses, takes up, drops or reaches a goal; a page asks for the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.goals import Goal, GoalState, MoveGoal
from views import words
from views.acting import use_act
from views.addresses import use_id
from views.components.buttons import PrimaryButton, SecondaryButton, SecondaryLink, button_row
from views.components.cards import card, section
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, shown, stands_now
from views.components.text import body, isolated, own_words
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import component
from views.loading import use_loaded

ROUTE: Final = ":move(pause|take-up|drop|reach)"
"""The last part of the addresses of ``MoveGoalScreen``."""


@dataclass(frozen=True)
class _Move:
    """One way to move a goal; ``needs_reason`` where the plan API asks for it."""

    path: str
    action: Action
    state: GoalState
    needs_reason: bool = False


_MOVES: Final = (
    _Move("reach", Action.REACH, GoalState.REACHED),
    _Move("pause", Action.PAUSE, GoalState.PAUSED),
    _Move("take-up", Action.ACTIVATE, GoalState.ACTIVE),
    _Move("drop", Action.DROP, GoalState.DROPPED, needs_reason=True),
)


@component
def ProposedGoal(goal: Goal, show: Callable[[Goal], None]) -> ft.Control:
    """Draw a proposal with yes and no; the answered goal goes to ``show``."""
    app = use_app()
    t = app.t
    act = use_act()

    async def answer(state: GoalState) -> None:
        command = MoveGoal(state=state)
        moved = await act.run(
            lambda _: app.client.move_goal(goal.id, command, goal.version), command
        )
        if moved:
            show(moved)

    def show_what_is_there_now() -> None:
        if act.failure and act.failure.current:
            show(type(goal).model_validate(act.failure.current))

    ft.use_effect(show_what_is_there_now, dependencies=[act.failure])

    async def accept() -> None:
        await answer(GoalState.ACTIVE)

    async def decline() -> None:
        await answer(GoalState.DROPPED)

    ways: list[ft.Control] = []
    if goal.may(Action.ACTIVATE):
        ways.append(PrimaryButton(t("Ja tak"), accept, ft.Icons.CHECK))
    if goal.may(Action.DECLINE):
        ways.append(SecondaryButton(t("Nej tak"), decline))
    return card(
        body(
            t("{name} foreslår dette mål. Vil du have det?", name=words.person(t, goal.created_by))
        ),
        body(t("Du bestemmer selv. Siger du nej, sker der ikke andet.")),
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(*ways),
    )


@component
def GoalMoves(goal: Goal) -> ft.Control:
    """Draw the ways to move ``goal`` that are open now."""
    t = use_app().t
    ways = [
        SecondaryLink(_name(t, move), f"/goals/{goal.id}/{move.path}", key=move.path)
        for move in _MOVES
        if goal.may(move.action) and goal.state is not move.state
    ]
    return section(t("Hvad nu?"), button_row(*ways)) if ways else ft.Container()


@component
def MoveGoalScreen() -> ft.Control:
    """Draw the page that asks why, and moves the goal."""
    app = use_app()
    t = app.t
    goal_id = use_id("goal_id")
    path = ft.use_route_params().get("move", "")
    move = next((known for known in _MOVES if known.path == path), None)
    if goal_id is None or move is None:
        return Page(t("Mål"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _MovePage(goal_id, move, key=f"{goal_id}/{path}")


@component
def _MovePage(goal_id: UUID, move: _Move, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.goal(goal_id))
    return Page(
        _name(app.t, move),
        shown(loaded, lambda goal: MoveForm(goal, move)),
        back=(app.t("Tilbage til målet"), f"/goals/{goal_id}"),
    )


@component
def MoveForm(goal: Goal, move: _Move) -> ft.Control:
    """Draw the reason and "Gem"."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"goal:{goal.id}:{move.path}", {"reason": ""})
    newest = act.newest(type(goal))
    missing = {"reason": t("Skriv kort, hvorfor du dropper målet")}
    form = use_form(act, missing)

    async def change(text: str) -> None:
        await draft.change("reason", text)

    async def save() -> None:
        command = form.read(lambda: MoveGoal(state=move.state, reason=draft.text("reason")))
        if command is None:
            return
        if move.needs_reason and not command.reason:
            form.refuse(missing)
            return
        seen = newest or goal
        moved = await act.run(
            lambda _: app.client.move_goal(goal.id, command, seen.version), command
        )
        if moved:
            await draft.drop()
            await app.navigate(f"/goals/{goal.id}")

    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        body(isolated(words.goal_title(goal)), strong=True),
        body(_meaning(t, move)),
        TextInput(
            t("Hvad hjalp?") if move.state is GoalState.REACHED else t("Hvorfor?"),
            draft.text("reason"),
            change,
            on_leave=draft.save,
            error=form.error("reason"),
            optional=not move.needs_reason,
            lines=3,
            max_length=4000,
        ),
        with_failure(
            form.failure,
            *([_now(t, newest)] if newest else []),
            buttons=button_row(PrimaryButton(t("Gem"), save)),
        ),
    )


def _now(t: Translator, goal: Goal) -> ft.Control:
    """Return where a goal is that somebody else has moved or reworded meanwhile."""
    return stands_now(
        t,
        own_words(words.goal_title(goal), title=True),
        body(words.goal_state(t, goal.state)),
        *([own_words(goal.state_reason)] if goal.state_reason else []),
    )


def _name(t: Translator, move: _Move) -> str:
    return {
        "reach": t("Jeg har nået målet"),
        "pause": t("Sæt på pause"),
        "take-up": t("Tag målet op igen"),
        "drop": t("Drop målet"),
    }[move.path]


def _meaning(t: Translator, move: _Move) -> str:
    return {
        "reach": t("Flot! Målet flyttes til dem, du har nået."),
        "pause": t("Målet venter, til du tager det op igen."),
        "take-up": t("Målet kommer tilbage til dem, der er i gang."),
        "drop": t("Målet flyttes væk. Du kan altid tage det op igen."),
    }[move.path]
