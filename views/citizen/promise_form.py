"""Where one writes a promise of one's own, and words it anew."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import flet as ft
from pydantic import ValidationError

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import EditPromise, NewPromise, Promise, PromiseState
from views.acting import use_act
from views.components.buttons import PrimaryButton, QuietButton, SecondaryButton, button_row
from views.components.cards import stack
from views.components.fields import DayInput, TextInput
from views.components.states import FailureNote, stands_now
from views.components.text import own_words, quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.forms import Problems, problems_in, problems_of
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
    no_problems: Problems = {}
    problems, show_problems = ft.use_state(no_problems)

    async def save() -> None:
        try:
            command = NewPromise.model_validate(_typed(draft))
        except ValidationError as error:
            show_problems(_problems_of(t, error))
            return
        show_problems({})
        made = await act.run(
            lambda act_key: app.client.make_promise(plan_id, command, act_key), command
        )
        if made:
            await draft.drop()
            add(made)

    if not draft.ready:
        return ft.Container()
    return stack(
        *_fields(t, draft, problems or problems_in(t, act.failure, _advice(t))),
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(SecondaryButton(t("Tilføj løfte"), save, ft.Icons.ADD)),
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
    no_problems: Problems = {}
    problems, show_problems = ft.use_state(no_problems)

    async def save() -> None:
        try:
            command = EditPromise.model_validate(_typed(draft))
        except ValidationError as error:
            show_problems(_problems_of(t, error))
            return
        show_problems({})
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
    return stack(
        *_fields(t, draft, problems or problems_in(t, act.failure, _advice(t))),
        *([FailureNote(act.failure)] if act.failure else []),
        *([_newest_words(t, newest)] if newest else []),
        button_row(PrimaryButton(t("Gem"), save), QuietButton(t("Fortryd"), leave)),
    )


def _fields(t: Translator, draft: Draft, problems: Problems) -> list[ft.Control]:
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
            error=problems.get("text", ""),
        ),
        DayInput(
            t("Senest"),
            date.fromisoformat(due) if due else None,
            choose,
            optional=False,
            error=problems.get("due", ""),
        ),
    ]


def _typed(draft: Draft) -> dict[str, str | None]:
    return {"text": draft.text("text"), "due": draft.text("due") or None}


def _advice(t: Translator) -> Problems:
    return {"text": t("Skriv, hvad du vil gøre"), "due": t("Vælg en dag")}


def _problems_of(t: Translator, error: ValidationError) -> Problems:
    advice = _advice(t)
    wrong = problems_of(t, error, advice)
    return wrong | ({"due": advice["due"]} if "due" in wrong else {})


def _newest_words(t: Translator, newest: Promise) -> ft.Control:
    text, day = own_words(newest.text), quiet(promise_state(t, newest))
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
