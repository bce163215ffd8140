"""The form that begins a thread: kept while one types, sent once. For both sides."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import GoalState
from portal.contract.messages import NewThread
from portal.contract.people import Role
from views import theme, words
from views.acting import use_act
from views.components.buttons import PrimaryButton
from views.components.cards import stack
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.select import Select
from views.components.states import LoadingNote
from views.components.text import isolated
from views.context import use_app
from views.drafts import Draft, use_draft
from views.forms import Form, use_form
from views.guard import component
from views.loading import Ready, use_loaded
from views.messages.care_note import CareNote, Listener
from views.messages.file_field import FileField, use_files
from views.messages.files import Files

_OFFERED: Final = frozenset({GoalState.ACTIVE, GoalState.PAUSED, GoalState.PROPOSED})
_NO_GOAL: Final = "none"


@component
def NewThreadForm(draft_name: str, plan_id: UUID | None = None, subject: str = "") -> ft.Control:
    """Draw subject and message, and for citizens a goal; ``plan_id`` only in another's plan.

    ``subject`` is what it begins with, until another one is written.
    """
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(draft_name, {"subject": subject, "body": "", "goal": _NO_GOAL})
    files = use_files(draft)
    listener: Listener = ft.use_memo(Listener, [])
    form = use_form(act, {"subject": t("Skriv et emne"), "body": t("Skriv din besked")})

    async def send() -> None:
        if files.waiting:
            form.refuse({"body": t("Vent lidt, til filen er hentet")})
            return
        command = form.read(lambda: _command(draft, plan_id, files))
        if command is None:
            return
        started = await act.run(lambda key: app.client.start_thread(command, key), command)
        if started:
            await draft.drop()
            await app.leave_for(f"/messages/{started.id}")

    if not draft.ready:
        return LoadingNote()
    about_a_goal = app.viewer.role is Role.CITIZEN
    return form_stack(
        form,
        *_fields(t, draft, form, listener),
        FilesOfPlan(files, plan_id, key="files"),
        *([GoalChoice(draft)] if about_a_goal else []),
        with_failure(
            form.failure,
            buttons=PrimaryButton(t("Send"), send, ft.Icons.SEND, doing=t("Sender …")),
            spacing=theme.SPACE_5,
        ),
        spacing=theme.SPACE_5,
    )


def _fields(t: Translator, draft: Draft, form: Form, listener: Listener) -> list[ft.Control]:
    async def write(text: str) -> None:
        listener.heard(text)
        await draft.change("body", text)

    return [
        TextInput(
            t("Emne"),
            draft.text("subject"),
            _changes(draft, "subject"),
            on_leave=draft.save,
            error=form.error("subject"),
        ),
        stack(
            TextInput(
                t("Din besked"),
                draft.text("body"),
                write,
                on_leave=draft.save,
                error=form.error("body"),
                lines=6,
                max_length=10_000,
            ),
            CareNote(listener, draft.text("body"), key="care"),
            spacing=0,
        ),
    ]


@component
def FilesOfPlan(files: Files, plan_id: UUID | None, key: str | None = None) -> ft.Control:
    """Draw the field for files of a message in a plan; in one's own where none is named."""
    del key
    app = use_app()
    loaded = use_loaded(app.client.me)
    if plan_id is None and isinstance(loaded.state, Ready):
        plan_id = loaded.state.value.plan_id
    return FileField(files, plan_id, key=str(plan_id)) if plan_id else ft.Container()


@component
def GoalChoice(draft: Draft) -> ft.Control:
    """Draw which goal the message is about. Without goals to choose from, nothing."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.goals)
    goals = loaded.state.value.own if isinstance(loaded.state, Ready) else ()
    offered = {
        str(goal.id): isolated(words.goal_title(goal)) for goal in goals if goal.state in _OFFERED
    }
    if not offered:
        return ft.Container()
    chosen = draft.text("goal")
    return Select(
        t("Hvilket mål handler det om?"),
        ((_NO_GOAL, t("Intet mål")), *offered.items()),
        chosen if chosen in offered else _NO_GOAL,
        _changes(draft, "goal"),
        optional=True,
    )


def _changes(draft: Draft, name: str) -> Callable[[str], Awaitable[None]]:
    async def change(text: str) -> None:
        await draft.change(name, text)

    return change


def _command(draft: Draft, plan_id: UUID | None, files: Files) -> NewThread:
    goal = draft.text("goal")
    return NewThread(
        subject=draft.text("subject"),
        body=draft.text("body"),
        goal_id=None if goal == _NO_GOAL else UUID(goal),
        plan_id=plan_id,
        attachment_ids=files.ids,
    )
