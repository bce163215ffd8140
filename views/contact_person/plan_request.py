"""A citizen asks for a plan: who they are, what they wrote, and yes or no."""

from typing import Final

import flet as ft

from i18n import formats
from portal.contract.actions import Action
from portal.contract.people import AnswerPlanRequest
from portal.contract.work import CitizenRequest
from views.acting import use_act
from views.components.buttons import QuietButton, SecondaryButton, button_row
from views.components.cards import card
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.text import body, isolated, own_words, quiet
from views.context import use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import Handler, component

_YES: Final = "yes"
_NO: Final = "no"


@component
def PlanRequestCard(asked: CitizenRequest, key: str | None = None) -> ft.Control:
    """Draw a request; answering opens a field for a few words to the citizen."""
    del key
    t = use_app().t
    answering, show_answering = ft.use_state("")

    async def accept() -> None:
        show_answering(_YES)

    async def decline() -> None:
        show_answering(_NO)

    async def not_now() -> None:
        show_answering("")

    request, name = asked.request, asked.citizen.name
    ways = [
        *([SecondaryButton(t("Sig ja"), accept, about=name)] * request.may(Action.ACCEPT)),
        *([QuietButton(t("Sig nej"), decline, about=name)] * request.may(Action.DECLINE)),
    ]
    return card(
        body(isolated(name), strong=True),
        quiet(t("Bad om en plan {day}", day=formats.day_in_words(t, request.created_on))),
        *([own_words(request.text)] if request.text else []),
        *([button_row(*ways)] if ways and not answering else []),
        *(
            [AnswerForm(asked, not_now, accept=answering == _YES, key=answering)]
            if answering
            else []
        ),
    )


@component
def AnswerForm(
    asked: CitizenRequest, not_now: Handler, *, accept: bool, key: str | None = None
) -> ft.Control:
    """Draw what the answer means, and send it. The inbox reads itself anew afterwards."""
    del key
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"plan-request:{asked.request.id}", {"answer": ""})
    form = use_form(act)

    async def write(text: str) -> None:
        await draft.change("answer", text)

    async def send() -> None:
        command = form.read(lambda: AnswerPlanRequest(accept=accept, answer=draft.text("answer")))
        if command is None:
            return
        request = asked.request
        answered = await act.run(
            lambda _: app.client.answer_plan_request(request.id, command, request.version), command
        )
        if answered:
            await draft.drop()
            app.feed.refresh()

    if not draft.ready:
        return ft.Container()
    name = isolated(asked.citizen.name)
    meaning = (
        t("Du bliver kontaktperson for {name}, og planen er klar med det samme.", name=name)
        if accept
        else t("{name} får at vide, at svaret er nej, og kan bede igen.", name=name)
    )
    return form_stack(
        form,
        body(meaning),
        TextInput(
            t("Et par ord til borgeren"),
            draft.text("answer"),
            write,
            on_leave=draft.save,
            error=form.error("answer"),
            optional=True,
            lines=3,
            max_length=4000,
        ),
        with_failure(
            form.failure,
            buttons=button_row(
                SecondaryButton(
                    t("Send ja") if accept else t("Send nej"), send, doing=t("Sender …")
                ),
                QuietButton(t("Fortryd"), not_now),
            ),
        ),
    )
