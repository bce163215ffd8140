"""Where one writes a promise of one's own, and words it anew."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import EditPromise, NewPromise, Promise, PromiseState
from views.acting import use_act
from views.components.buttons import PrimaryButton, QuietButton, SecondaryButton, button_row
from views.components.fields import DayInput, TextInput
from views.components.form import form_stack, with_failure
from views.components.states import stands_now
from views.components.text import own_words, quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.forms import Form, Problems, use_form
from views.guard import component


@component
def NewPromiseForm(
    plan_id: UUID, add: Callable[[Promise], None], key: str | None = None
) -> ft.Control:
    """Draw where one writes a promise; what was made goes to ``add``."""
    del key
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft("promise:new", {"text": "", "due": ""})
    form = use_form(act, _advice(t))

    async def save() -> None:
        command = form.read(lambda: NewPromise.model_validate(_typed(draft)))
        if command is None:
            return
        made = await act.run(
            lambda act_key: app.client.make_promise(plan_id, command, act_key), command
        )
        if made:
            await draft.drop()
            add(made)

    if not draft.ready:
        return ft.Container()
    return form_stack(
        form,
        *_fields(t, draft, form),
        with_failure(
            form.failure,
            buttons=button_row(SecondaryButton(t("Tilføj løfte"), save, ft.Icons.ADD)),
        ),
    )


@component
def RewordForm(promise: Promise, finish: Callable[[Promise | None], None]) -> ft.Control:
    """Draw the words and the day of ``promise`` to be changed.

    ``finish`` gets the promise as it stands then; None where it stays as it was.
    """
    app = use_app()
    t = app.t
    act = use_act()
    stands = {"text": promise.text, "due": promise.due.isoformat()}
    draft = use_draft(f"promise:{promise.id}", stands)
    newest = act.newest(Promise)
    form = use_form(act, _advice(t))

    async def save() -> None:
        command = form.read(lambda: EditPromise.model_validate(_typed(draft)))
        if command is None:
            return
        seen = newest or promise
        reworded = await act.run(
            lambda _: app.client.edit_promise(promise.id, command, seen.version),
            (command, seen.version),
        )
        if reworded:
            await draft.drop()
            finish(reworded)

    async def leave() -> None:
        await draft.drop()
        finish(None)

    if not draft.ready:
        return ft.Container()
    return form_stack(
        form,
        *_fields(t, draft, form),
        with_failure(
            form.failure,
            *([_newest_words(t, newest)] if newest else []),
            buttons=button_row(PrimaryButton(t("Gem"), save), QuietButton(t("Fortryd"), leave)),
        ),
    )


def _fields(t: Translator, draft: Draft, form: Form) -> list[ft.Control]:
    async def write(text: str) -> None:
        await draft.change("text", text)

    async def choose(day: date | None) -> None:
        await draft.change("due", day.isoformat() if day else "")

    due = draft.text("due")
    return [
        TextInput(
            t("Dit løfte"),
            draft.text("text"),
            write,
            on_leave=draft.save,
            error=form.error("text"),
        ),
        DayInput(
            t("Senest"),
            date.fromisoformat(due) if due else None,
            choose,
            optional=False,
            error=form.error("due"),
        ),
    ]


def _typed(draft: Draft) -> dict[str, str | None]:
    return {"text": draft.text("text"), "due": draft.text("due") or None}


def _advice(t: Translator) -> Problems:
    return {"text": t("Skriv, hvad du vil gøre"), "due": t("Vælg en dag for løftet")}


def _newest_words(t: Translator, newest: Promise) -> ft.Control:
    text, day = own_words(newest.text, title=True), quiet(promise_state(t, newest))
    return stands_now(t, text, day, several_fields=True)


def promise_state(t: Translator, promise: Promise) -> str:
    """Return "Senest i morgen", or how late it is, or when it was kept."""
    match promise.state:
        case PromiseState.OPEN:
            return t("Senest {day}", day=formats.day_in_words(t, promise.due))
        case PromiseState.OVERDUE:
            return t("Skulle være sket {day}", day=formats.day_in_words(t, promise.due))
        case PromiseState.KEPT if promise.kept_on:
            return t("Holdt {day}", day=formats.day_in_words(t, promise.kept_on))
        case PromiseState.KEPT:
            return t("Holdt")
