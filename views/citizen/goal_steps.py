"""The steps of a goal: ticked with one tap, undone with one, and new ones added."""

from collections.abc import Callable
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.goals import Goal, NewStep, Step, TickStep
from portal.contract.households import Member
from views import direction, theme, words
from views.acting import use_act
from views.citizen import assignee
from views.citizen.assignee import AssigneeChoice
from views.components.buttons import QuietButton, SecondaryButton, button_row
from views.components.cards import section, stack
from views.components.charts import progress
from views.components.fields import TextInput, Tick, Ticked
from views.components.form import form_stack, with_failure
from views.components.paging import paged
from views.components.states import FailureNote, shown
from views.components.text import body, isolated, quiet
from views.context import use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import component
from views.loading import use_loaded

ShowGoal = Callable[[Goal], None]


@component
def GoalSteps(goal: Goal, show: ShowGoal) -> ft.Control:
    """Draw the steps of ``goal``; a changed goal is given to ``show``."""
    app = use_app()
    t = app.t
    me = app.viewer.person_id
    added, count_added = ft.use_state(0)

    def replace(step: Step) -> None:
        show(with_step(goal, step))

    def add(step: Step) -> None:
        count_added(lambda number: number + 1)
        show(with_step(goal, step))

    def row(step: Step) -> ft.Control:
        return StepRow(step, replace, whose=_whose(t, goal, step, me), key=str(step.id))

    return section(
        t("Skridt"),
        *([progress(goal.steps_done, goal.steps_total, words.steps_done(t, goal))]),
        *([paged(goal.steps, row)] if goal.steps else []),
        # A new key after each step: the field begins empty again.
        *([_NewStep(goal, add, key=f"add-{added}")] if goal.may(Action.ADD_STEP) else []),
    )


@component
def StepRow(
    step: Step, show: Callable[[Step], None], *, whose: str = "", key: str | None = None
) -> ft.Control:
    """Draw one step. Just after a tick, it offers to undo that. ``whose`` stands below it."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    just_done, show_just_done = ft.use_state(initial=False)

    async def tick(done: bool) -> None:
        command = TickStep(done=done)
        changed = await act.run(
            lambda _: app.client.tick_step(step.id, command, step.version),
            (step.id, done, step.version),
        )
        if changed:
            show_just_done(done)
            show(changed)

    async def undo() -> None:
        await tick(False)

    def show_what_is_there_now() -> None:
        if act.failure and act.failure.current:
            show(Step.model_validate(act.failure.current))

    ft.use_effect(show_what_is_there_now, dependencies=[act.failure])

    done = step.done_at is not None
    details = _details(t, step, whose)
    box: ft.Control
    if step.may(Action.TICK):
        box = Tick(isolated(step.title), done, tick)
    else:
        box = Ticked(isolated(step.title), done)
    return stack(
        box,
        *([_below_words(quiet(details))] if details else []),
        *(
            [
                _below_words(
                    ft.Row(
                        wrap=True,
                        controls=[
                            ft.Semantics(live_region=True, content=body(t("Flot, det er gjort."))),
                            QuietButton(t("Fortryd"), undo, ft.Icons.UNDO, about=step.title),
                        ],
                    )
                )
            ]
            if just_done and done
            else []
        ),
        *([FailureNote(act.failure)] if act.failure else []),
        spacing=0,
    )


def _below_words(content: ft.Control) -> ft.Control:
    return ft.Container(padding=direction.padding(start=theme.TOUCH), content=content)


@component
def _NewStep(goal: Goal, add: Callable[[Step], None], key: str | None = None) -> ft.Control:
    del key
    if goal.household_id is None:
        return AddStep(goal.id, add)
    return _NewJointStep(goal.id, goal.household_id, add)


@component
def _NewJointStep(goal_id: UUID, household_id: UUID, add: Callable[[Step], None]) -> ft.Control:
    loaded = use_loaded(use_app().client.households, on={"household"})
    return shown(
        loaded, lambda found: AddStep(goal_id, add, assignee.members_of(found, household_id))
    )


@component
def AddStep(
    goal_id: UUID, add: Callable[[Step], None], members: tuple[Member, ...] = ()
) -> ft.Control:
    """Draw the field for a new step; with ``members`` it asks which of them will do it."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    nobody = assignee.first_choice(app.viewer.person_id) if members else {}
    draft = use_draft(f"step:{goal_id}", {"title": "", **nobody})
    form = use_form(
        act,
        {
            "title": t("Skriv, hvad du vil gøre"),
            "assignee_id": t("Vælg en, der er med i familien nu"),
        },
    )

    async def change(text: str) -> None:
        await draft.change("title", text)

    async def save() -> None:
        command = form.read(lambda: NewStep(title=draft.text("title"), **assignee.chosen(draft)))
        if command is None:
            return
        step = await act.run(lambda key: app.client.add_step(goal_id, command, key), command)
        if step:
            await draft.drop()
            add(step)

    if not draft.ready:
        return ft.Container()
    who = AssigneeChoice(draft, members, error=form.error("assignee_id"))
    return form_stack(
        form,
        TextInput(
            t("Nyt skridt"),
            draft.text("title"),
            change,
            on_leave=draft.save,
            error=form.error("title"),
        ),
        *([who] if members else []),
        with_failure(
            form.failure,
            buttons=button_row(SecondaryButton(t("Tilføj skridt"), save, ft.Icons.ADD)),
            spacing=theme.SPACE_2,
        ),
        spacing=theme.SPACE_2,
    )


def _whose(t: Translator, goal: Goal, step: Step, me: UUID) -> str:
    """Return who will do a step; nothing where it is the reader, or goes without saying."""
    if step.assignee:
        return "" if step.assignee.id == me else words.person(t, step.assignee)
    return t("Alle kan gøre det") if goal.household_id else ""


def _details(t: Translator, step: Step, whose: str) -> str:
    parts = [whose] if whose else []
    if step.done_at:
        day = formats.day_in_words(t, step.done_at.astimezone(formats.DENMARK).date())
        parts.append(t("gjort {day}", day=day))
    elif step.due:
        parts.append(t("senest {day}", day=formats.day_in_words(t, step.due)))
    return " · ".join(parts)


def with_step(goal: Goal, changed: Step) -> Goal:
    """Return ``goal`` with a step that was changed or added, and its count of steps."""
    known = {step.id for step in goal.steps}
    steps = tuple(changed if step.id == changed.id else step for step in goal.steps)
    if changed.id not in known:
        steps = (*steps, changed)
    done = sum(step.done_at is not None for step in steps)
    return goal.model_copy(update={"steps": steps, "steps_done": done, "steps_total": len(steps)})
