"""Foreslå et mål: the contact person writes a goal, and the citizen says yes or no to it."""

from typing import Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import NewGoal
from portal.contract.work import Briefing
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.citizen.goal_fields import empty_fields, values_of
from views.citizen.goal_form import GoalFields, Questions
from views.components.buttons import PrimaryButton, button_row
from views.components.cards import stack
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import LoadingNote, empty, shown
from views.components.text import body
from views.context import use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import component
from views.loading import use_loaded
from views.not_found import NotFoundScreen

_FIELDS: Final = {name: "" for name in empty_fields() if name != "first_step"}


@component
def ProposeGoalScreen() -> ft.Control:
    """Draw the form for a goal of the citizen of the address."""
    citizen_id = use_id("citizen_id")
    if citizen_id is None:
        return NotFoundScreen()
    return _ProposeTo(citizen_id, key=str(citizen_id))


@component
def _ProposeTo(citizen_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.briefing(citizen_id))

    def draw(briefing: Briefing) -> ft.Control:
        if briefing.plan is None or not briefing.may_propose_goal:
            return empty(t("Du kan ikke foreslå et mål til denne borger."))
        return _Form(citizen_id, briefing.plan.id, briefing.citizen.name)

    return Page(
        t("Foreslå et mål"),
        shown(loaded, draw),
        back=(t("Borgeren"), f"/work/citizens/{citizen_id}"),
    )


@component
def _Form(citizen_id: UUID, plan_id: UUID, name: str) -> ft.Control:
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"goal:propose:{citizen_id}", _FIELDS)
    form = use_form(act, {"title": t("Skriv et mål")})

    async def propose() -> None:
        values = {**values_of(draft, _FIELDS), "plan_id": plan_id}
        command = form.read(lambda: NewGoal.model_validate(values))
        if command is None:
            return
        goal = await act.run(lambda key: app.client.create_goal(command, key), command)
        if goal:
            await draft.drop()
            await app.navigate(f"/work/citizens/{citizen_id}")

    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        stack(
            body(t("Til {name}", name=name), strong=True),
            body(t("Borgeren ser målet som et forslag og siger selv ja eller nej.")),
            spacing=theme.SPACE_1,
        ),
        GoalFields(draft, form, questions=_questions(t)),
        with_failure(
            form.failure,
            buttons=button_row(PrimaryButton(t("Foreslå målet"), propose, doing=t("Sender …"))),
            spacing=theme.SPACE_5,
        ),
        spacing=theme.SPACE_5,
    )


def _questions(t: Translator) -> Questions:
    return Questions(
        title=t("Hvad kunne målet være?"),
        hint=t("Skriv det, så borgeren kan kende sig selv i det."),
        why=t("Hvorfor foreslår du det?"),
        day=t("Hvornår kunne det være nået?"),
        helped_by=t("Hvem kan hjælpe?"),
    )
