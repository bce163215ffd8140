"""The reply below a thread: kept while one types, sent once, never lost."""

from collections.abc import Callable
from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.messages import NewMessage, Thread
from portal.contract.people import Role
from views.acting import Act, use_act
from views.components.buttons import PrimaryButton
from views.components.cards import stack
from views.components.fields import TextInput, Tick
from views.components.form import form_stack, with_failure
from views.components.states import LoadingNote
from views.components.text import quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.forms import use_form
from views.guard import component
from views.messages.care_note import CareNote, Listener
from views.messages.file_field import FileField, use_files

_BODY: Final = "body"


@component
def ReplyForm(
    thread: Thread, on_sent: Callable[[Thread], None], key: str | None = None
) -> ft.Control:
    """Draw the field for a reply. ``on_sent`` gets the thread with the new message."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    draft = use_draft(f"message:{thread.id}", {_BODY: ""})
    files = use_files(draft)
    listener: Listener = ft.use_memo(Listener, [])
    answer_wanted, want_answer = ft.use_state(initial=True)
    form = use_form(act, {_BODY: t("Skriv din besked")})
    times_sent, count_sent = ft.use_state(0)
    just_sent = ft.use_ref(initial_value=False)

    async def change(text: str) -> None:
        if text:
            just_sent.current = False
        listener.heard(text)
        await draft.change(_BODY, text)

    async def choose(wanted: bool) -> None:
        want_answer(wanted)

    async def send() -> None:
        typed = draft.text(_BODY)
        if just_sent.current and not typed.strip():
            return  # the second tap of two finds the field already empty
        if files.waiting:
            form.refuse({_BODY: t("Vent lidt, til filen er hentet")})
            return
        command = form.read(
            lambda: NewMessage(body=typed, answer_wanted=answer_wanted, attachment_ids=files.ids)
        )
        if command is None:
            return
        sent = await act.run(lambda key: app.client.send_message(thread.id, command, key), command)
        if sent is None:
            return
        just_sent.current = True
        await files.clear()
        await _leave_only_the_rest(draft, typed)
        listener.heard(draft.text(_BODY))
        count_sent(times_sent + 1)
        on_sent(sent)

    if not draft.ready:
        return LoadingNote()
    can_wish = app.viewer.role is Role.CONTACT_PERSON  # a citizen's message always waits
    return form_stack(
        form,
        stack(
            TextInput(
                t("Dit svar"),
                draft.text(_BODY),
                change,
                on_leave=draft.save,
                error=form.error(_BODY),
                lines=3,
                max_length=10_000,
                key=f"reply-{times_sent}",  # the browser's own field would keep what was sent
            ),
            CareNote(listener, draft.text(_BODY), key="care"),
            spacing=0,
        ),
        *([Tick(_wish(t, thread), answer_wanted, choose)] if can_wish else []),
        with_failure(
            form.failure,
            buttons=FileField(
                files,
                thread.plan_id,
                PrimaryButton(t("Send"), send, ft.Icons.SEND, doing=t("Sender …")),
                key="files",
            ),
        ),
        ft.Semantics(live_region=True, content=quiet(_progress(t, act, sent=times_sent > 0))),
    )


async def _leave_only_the_rest(draft: Draft, typed: str) -> None:
    """Keep what was typed on while the message was on its way."""
    await draft.change(_BODY, draft.text(_BODY).removeprefix(typed))
    if not draft.text(_BODY):
        await draft.drop()


def _wish(t: Translator, thread: Thread) -> str:
    return t("Jeg venter på svar fra {name}", name=thread.citizen.name)


def _progress(t: Translator, act: Act, *, sent: bool) -> str:
    if act.busy or act.failure or not sent:
        return ""
    return t("Din besked er sendt")
