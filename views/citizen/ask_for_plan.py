"""The overview of a citizen without a plan: what a plan is, and how to ask for one."""

from collections.abc import Callable
from typing import cast

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.people import AskForPlan, PlanRequest, PlanRequestState
from views import theme
from views.acting import use_act
from views.components.buttons import PrimaryButton
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.fields import TextInput, Ticked
from views.components.form import form_stack, with_failure
from views.components.states import LoadingNote
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import component

_DRAFT = "plan:request"


@component
def AskForPlanForm(request: PlanRequest | None) -> ft.Control:
    """Draw where a request for a plan is, or the form that asks for one."""
    t = use_app().t
    made, show_made = ft.use_state(cast("PlanRequest | None", None))
    # What was just made is the newest until it has been read; then what was read is.
    sent = made if made and (request is None or request.id != made.id) else request
    if sent and sent.state is not PlanRequestState.DECLINED:
        return _under_way(t, sent)
    # Another key after each answer: one can ask anew.
    return AskForm(sent, show_made, key=str(sent.id) if sent else "first")


@component
def AskForm(
    declined: PlanRequest | None, show: Callable[[PlanRequest], None], key: str | None = None
) -> ft.Control:
    """Draw what a plan is, and the field to ask for one; above it an earlier no."""
    del key
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(_DRAFT, {"text": ""})
    form = use_form(act)

    async def change(text: str) -> None:
        await draft.change("text", text)

    async def ask() -> None:
        command = form.read(lambda: AskForPlan(text=draft.text("text")))
        if command is None:
            return
        made = await act.run(lambda key: app.client.request_plan(command, key), command)
        if made:
            show(made)
            await draft.drop()

    return form_stack(
        form,
        *([_declined(t, declined)] if declined else []),
        body(t("Du har ikke en plan endnu. I en plan samler vi al din hjælp ét sted.")),
        body(t("Du får én kontaktperson, og du skriver dine egne mål.")),
        TextInput(
            t("Hvad vil du gerne have hjælp til?"),
            draft.text("text"),
            change,
            on_leave=draft.save,
            error=form.error("text"),
            optional=True,
            lines=4,
            max_length=4000,
        )
        if draft.ready
        else LoadingNote(),
        with_failure(
            form.failure,
            buttons=PrimaryButton(t("Bed om en plan"), ask, doing=t("Sender …")),
        ),
    )


def _under_way(t: Translator, request: PlanRequest) -> ft.Control:
    """Return where a request is: who does what now, and what the citizen wrote."""
    return stack(
        notice(NoticeKind.SUCCESS, asked_on(t, request)),
        section(
            t("Hvad sker der nu?"),
            Ticked(t("Kommunen har fået det"), done=True),
            Ticked(t("En kontaktperson læser det"), done=False),
            Ticked(t("Du får svar her på siden"), done=False),
        ),
        *([section(t("Du skrev"), card(own_words(request.text)))] if request.text else []),
        spacing=theme.SPACE_5,
    )


def _declined(t: Translator, request: PlanRequest) -> ft.Control:
    return notice(
        NoticeKind.INFO,
        t("Kommunen har sagt nej til en plan. Du kan bede igen."),
        *([quiet(t("Kommunen skrev:")), own_words(request.answer)] if request.answer else []),
    )


def asked_on(t: Translator, request: PlanRequest) -> str:
    """Return when a plan was asked for, and what comes."""
    day = formats.day_in_words(t, request.created_on)
    return t("Du bad om en plan {day}. En kontaktperson skriver til dig.", day=day)
