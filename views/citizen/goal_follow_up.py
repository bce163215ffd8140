"""When a goal is talked about next, what is on the agenda, and a field to add to it."""

from collections.abc import Callable
from uuid import UUID

import flet as ft

from i18n import formats
from portal.contract.actions import Action
from portal.contract.follow_ups import (
    AgendaItem,
    FollowUp,
    FollowUpList,
    FollowUpState,
    NewAgendaItem,
)
from views import theme, words
from views.acting import use_act
from views.components.buttons import SecondaryButton, button_row
from views.components.cards import card, section, stack
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.text import body, own_words, quiet
from views.context import App, use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import component
from views.loading import Ready, use_loaded


def next_follow_up(found: FollowUpList, goal_id: UUID) -> FollowUp | None:
    """Return the first planned talk about a goal; else about the whole plan; else None."""
    planned = [one for one in found.follow_ups if one.state is FollowUpState.PLANNED]
    of_goal = [one for one in planned if one.goal_id == goal_id]
    of_plan = [one for one in planned if one.goal_id is None and one.intervention_id is None]
    return min(of_goal or of_plan, key=lambda one: one.day, default=None)


@component
def GoalFollowUp(goal_id: UUID, plan_id: UUID) -> ft.Control:
    """Draw the next talk about a goal; nothing where none is planned or it cannot be read."""
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.follow_ups(plan_id), on={"follow_up"})
    if not isinstance(loaded.state, Ready):
        return ft.Container()
    found = next_follow_up(loaded.state.value, goal_id)
    if found is None:
        return ft.Container()
    return section(t("Opfølgning"), Agenda(found, loaded.reload, of_plan=found.goal_id is None))


@component
def Agenda(follow_up: FollowUp, changed: Callable[[], None], *, of_plan: bool) -> ft.Control:
    """Draw the day and what both sides want to talk about."""
    app = use_app()
    t = app.t
    added, count_added = ft.use_state(0)

    def add() -> None:
        count_added(lambda number: number + 1)
        changed()

    day = formats.day_in_words(t, follow_up.day)
    return card(
        body(
            t("I taler om hele planen {day}.", day=day)
            if of_plan
            else t("I taler om målet {day}.", day=day),
            strong=True,
        ),
        *(_item(app, item) for item in follow_up.agenda),
        *(
            [AddToAgenda(follow_up.id, add, key=f"add-{added}")]
            if follow_up.may(Action.ADD_ITEM)
            else []
        ),
    )


def _item(app: App, item: AgendaItem) -> ft.Control:
    mine = item.added_by.id == app.viewer.person_id
    who = app.t("Fra dig") if mine else app.t("Fra {name}", name=words.person(app.t, item.added_by))
    return stack(own_words(item.text, title=True), quiet(who), spacing=0)


@component
def AddToAgenda(
    follow_up_id: UUID, added: Callable[[], None], key: str | None = None
) -> ft.Control:
    """Draw the field for something that one wants to talk about."""
    del key
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"agenda:{follow_up_id}", {"text": ""})
    form = use_form(act, {"text": t("Skriv, hvad du vil tale om")})

    async def change(text: str) -> None:
        await draft.change("text", text)

    async def save() -> None:
        command = form.read(lambda: NewAgendaItem(text=draft.text("text")))
        if command is None:
            return
        done = await act.run(
            lambda key: app.client.add_agenda_item(follow_up_id, command, key), command
        )
        if done:
            await draft.drop()
            added()

    if not draft.ready:
        return ft.Container()
    return form_stack(
        form,
        TextInput(
            t("Hvad vil du tale om?"),
            draft.text("text"),
            change,
            on_leave=draft.save,
            error=form.error("text"),
            optional=True,
        ),
        with_failure(
            form.failure,
            buttons=button_row(SecondaryButton(t("Sæt på dagsordenen"), save, ft.Icons.ADD)),
            spacing=theme.SPACE_2,
        ),
        spacing=theme.SPACE_2,
    )
