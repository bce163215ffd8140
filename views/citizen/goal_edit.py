"""Changes a goal's words. Where somebody was faster, both texts are shown and nothing is lost."""

from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import EditGoal, Goal
from views import words
from views.acting import use_act
from views.addresses import use_id
from views.citizen.goal_fields import fields_of, missing_words, values_of
from views.citizen.goal_form import GoalFields
from views.components.buttons import PrimaryButton, button_row
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, shown, stands_now
from views.components.text import own_words
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import component
from views.loading import use_loaded


@component
def EditGoalScreen() -> ft.Control:
    """Draw the form of the goal that the address names."""
    t = use_app().t
    goal_id = use_id("goal_id")
    if goal_id is None:
        return Page(t("Ret målet"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _EditPage(goal_id, key=str(goal_id))


@component
def _EditPage(goal_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.goal(goal_id))
    return Page(
        app.t("Ret målet"),
        shown(loaded, EditForm),
        back=(app.t("Tilbage til målet"), f"/goals/{goal_id}"),
    )


@component
def EditForm(goal: Goal) -> ft.Control:
    """Draw the fields of ``goal`` as they stood when the form was opened."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"goal:{goal.id}", fields_of(goal))
    newest = act.newest(type(goal))
    form = use_form(act, missing_words(t))

    async def save() -> None:
        values = values_of(draft, fields_of(goal))
        command = form.read(lambda: EditGoal.model_validate(values))
        if command is None:
            return
        seen = newest or goal
        edited = await act.run(
            lambda _: app.client.edit_goal(goal.id, command, seen.version), command
        )
        if edited:
            await draft.drop()
            await app.navigate(f"/goals/{goal.id}")

    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        GoalFields(draft, form, rated=True),
        with_failure(
            form.failure,
            *([_newest_words(t, newest)] if newest else []),
            buttons=button_row(PrimaryButton(t("Gem"), save)),
        ),
    )


def _newest_words(t: Translator, goal: Goal) -> ft.Control:
    return stands_now(
        t,
        own_words(words.goal_title(goal), title=True),
        *([own_words(goal.why)] if goal.why else []),
        several_fields=True,
    )
