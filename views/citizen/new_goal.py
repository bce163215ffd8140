"""Nyt mål: a goal in the citizen's own words, asked for one question at a time; also joint ones."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import Goal, NewGoal
from portal.contract.households import Member
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.citizen import assignee
from views.citizen.assignee import members_of
from views.citizen.goal_fields import empty_fields, missing_words, values_of
from views.citizen.goal_talk import CHECK, CheckAnswers, Question, part_with
from views.components.buttons import PrimaryButton, QuietButton, SecondaryButton, button_row
from views.components.cards import stack
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, shown
from views.components.text import body
from views.context import use_app
from views.drafts import Draft, use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import Handler, component
from views.loading import Ready, use_loaded

Go = Callable[[int], Awaitable[None]]
"""Goes to a question of the talk."""

_PART: Final = "part"
"""The field of the draft that holds how far the talk is."""


@component
def NewGoalScreen() -> ft.Control:
    """Draw the talk about a new goal of one's own."""
    t = use_app().t
    return NewGoalForm(t("Nyt mål"), (t("Mål"), "/goals"))


@component
def NewJointGoalScreen() -> ft.Control:
    """Draw the talk about a new goal of the household that the address names."""
    t = use_app().t
    household_id = use_id("household_id")
    if household_id is None:
        return Page(t("Nyt fælles mål"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _NewJointGoal(household_id, key=str(household_id))


@component
def _NewJointGoal(household_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    title, back = app.t("Nyt fælles mål"), (app.t("Familie"), "/family")
    loaded = use_loaded(app.client.households, on={"household"})
    if not isinstance(loaded.state, Ready):
        return Page(title, shown(loaded, lambda _: body("")), back=back)
    return NewGoalForm(title, back, household_id, members_of(loaded.state.value, household_id))


@component
def NewGoalForm(
    title: str,
    back: tuple[str, str],
    household_id: UUID | None = None,
    members: tuple[Member, ...] = (),
) -> ft.Control:
    """Draw the talk; ``household_id`` makes the goal a joint one, with parts for ``members``."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    who = assignee.first_choice(app.viewer.person_id) if members else {}
    name = f"goal:new:{household_id}" if household_id else "goal:new"
    draft = use_draft(name, {**empty_fields(), **who, _PART: "0"})
    form = use_form(act, missing_words(t))
    moved_to, show_part = ft.use_state(-1)

    async def go(number: int) -> None:
        show_part(number)
        await draft.change(_PART, str(number))
        await draft.save()

    async def save() -> None:
        command = form.read(lambda: _command(draft, household_id, members))
        if command is None:
            return
        goal: Goal | None = await act.run(lambda key: app.client.create_goal(command, key), command)
        if goal:
            await draft.drop()
            await app.leave_for(f"/goals/{goal.id}")

    async def show_what_was_refused() -> None:
        wrong = part_with(form.problems)
        if wrong is not None:
            await go(wrong)

    ft.use_effect(show_what_was_refused, dependencies=[form.tries, act.failure])
    if not draft.ready:
        return Page(title, LoadingNote())
    part = moved_to if moved_to >= 0 else _part_of(draft)
    questions = form_stack(
        form,
        *_about(t, household_id, part),
        CheckAnswers(draft, go)
        if part == CHECK
        else Question(part, draft, form, members, key=str(part)),
        with_failure(
            form.failure,
            buttons=stack(
                button_row(PrimaryButton(t("Gem"), save), *_onwards(t, part, go)),
                *([QuietButton(t("Forrige spørgsmål"), _going(go, part - 1))] if part else []),
                spacing=theme.SPACE_2,
            ),
            spacing=theme.SPACE_5,
        ),
        spacing=theme.SPACE_5,
    )
    return Page(title, questions, back=back)


def _about(t: Translator, household_id: UUID | None, part: int) -> list[ft.Control]:
    if part:
        return []
    if household_id:
        return [body(t("Alle i familien kan se målet. Hver tager sine egne skridt."))]
    return [body(t("Du kan gemme, når du vil, og svare på resten en anden dag."))]


def _onwards(t: Translator, part: int, go: Go) -> list[ft.Control]:
    if part == CHECK:
        return []
    text = t("Se dine svar") if part == CHECK - 1 else t("Næste spørgsmål")
    return [SecondaryButton(text, _going(go, part + 1))]


def _going(go: Go, part: int) -> Handler:
    async def gone() -> None:
        await go(part)

    return gone


def _part_of(draft: Draft) -> int:
    """Return how far the talk was when it was left; at its beginning where nobody knows."""
    text = draft.text(_PART)
    return min(int(text), CHECK) if text.isdecimal() else 0


def _command(draft: Draft, household_id: UUID | None, members: tuple[Member, ...]) -> NewGoal:
    """Return what is saved. Raises ``ValidationError`` for what the contract refuses."""
    values = {**values_of(draft, empty_fields()), "household_id": household_id}
    if values["first_step"] and members:
        values |= assignee.chosen(draft, prefix="first_step_")
    return NewGoal.model_validate(values)
