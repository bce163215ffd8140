"""Somebody asks for a fact: what yes means, what no means, and the answer."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.told_facts import (
    FactRequest,
    FactRequestState,
    GrantFact,
    RefuseFact,
    StopFact,
    ToldFact,
    ToldFactList,
)
from views import theme
from views.acting import Act, use_act
from views.addresses import use_id
from views.citizen.facts.wording import (
    fact_of,
    read_facts,
    request_about,
    request_state,
    request_title,
)
from views.components.buttons import PrimaryButton, SecondaryButton, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.fields import Choice, TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, OutdatedNote, shown
from views.components.text import body, own_words
from views.context import use_app
from views.drafts import Draft, use_draft
from views.failures import Failure, FailureKind
from views.forms import FieldError, use_form
from views.guard import component
from views.loading import Loaded, Ready, use_loaded

_HALF_A_YEAR: Final = 6
_MONTHS: Final = (3, _HALF_A_YEAR, 12)
_MONTHS_A_YEAR: Final = 12
_STOPPED: Final = frozenset({FactRequestState.REFUSED, FactRequestState.STOPPED})


@component
def FactRequestScreen() -> ft.Control:
    """Draw the request that the address names."""
    t = use_app().t
    request_id = use_id("request_id")
    if request_id is None:
        return Page(t("Nogen spørger dig"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _RequestPage(request_id, key=str(request_id))


@component
def _RequestPage(request_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_facts(app.client), on={"fact"})
    back = (t("Fakta om mig"), "/facts")
    if not isinstance(loaded.state, Ready):
        return Page(t("Nogen spørger dig"), shown(loaded, lambda _: body("")), back=back)
    found = loaded.state.value
    request = next((one for one in found.requests if one.id == request_id), None)
    if request is None:
        note = FailureNote(Failure(FailureKind.NOT_FOUND))
        return Page(t("Nogen spørger dig"), note, back=back)
    return Page(
        request_title(t, request),
        *([OutdatedNote(loaded.reload)] if loaded.state.outdated else []),
        RequestView(found, request, loaded),
        back=back,
    )


@component
def RequestView(
    found: ToldFactList, request: FactRequest, loaded: Loaded[ToldFactList]
) -> ft.Control:
    """Draw what is asked, what stands there already, and the answer."""
    t = use_app().t
    fact = fact_of(found, request.topic.code)
    parts: list[ft.Control] = [body(request_about(t, request))]
    if request.state is not FactRequestState.OPEN:
        kind = NoticeKind.INFO if request.state in _STOPPED else NoticeKind.SUCCESS
        parts.append(notice(kind, request_state(t, request)))
    if fact:
        parts.append(section(t("Det har du fortalt"), card(own_words(fact.text))))
    # GIVE is absent where the login is too old; saying yes then leads to MitID and back.
    if request.state is not FactRequestState.GRANTED and found.may_grant:
        parts.append(AnswerForm(request, fact, loaded, key=request.state.value))
    if request.may(Action.WITHDRAW):
        parts.append(Stop(request, loaded))
    return stack(*parts, spacing=theme.SPACE_5)


@component
def AnswerForm(
    request: FactRequest,
    fact: ToldFact | None,
    loaded: Loaded[ToldFactList],
    key: str | None = None,
) -> ft.Control:
    """Draw yes with how long, and no; each with what it means."""
    del key
    app = use_app()
    t = app.t
    yes, no = use_act(), use_act()
    draft = use_draft(f"fact-request:{request.id}", {"text": "", "months": str(_HALF_A_YEAR)})
    form = use_form(yes, {"text": t("Skriv dit svar")})

    async def choose(months: str) -> None:
        await draft.change("months", months)

    async def answer(act: Act, command: GrantFact | RefuseFact) -> None:
        newer = await act.run(
            lambda _: app.client.answer_fact_request(request.id, command, request.version),
            (command, request.version),
        )
        if newer:
            await draft.drop()
            loaded.reload()

    async def say_yes() -> None:
        command = form.read(lambda: _grant(draft, fact))
        if command:
            await answer(yes, command)

    async def say_no() -> None:
        await answer(no, RefuseFact(answer="refuse"))

    if not draft.ready:
        return LoadingNote()
    failure = form.failure or no.failure
    return form_stack(
        form,
        *([] if fact else [OwnAnswer(draft, form.error("text"))]),
        Choice(t("Hvor længe må de bruge det?"), _periods(t), draft.text("months"), choose),
        *_meanings(t, request),
        with_failure(
            failure,
            buttons=button_row(
                PrimaryButton(t("Ja, de må bruge det"), say_yes, ft.Icons.CHECK),
                *([SecondaryButton(t("Nej tak"), say_no)] if request.may(Action.DECLINE) else []),
            ),
            spacing=theme.SPACE_4,
        ),
        spacing=theme.SPACE_4,
    )


@component
def OwnAnswer(draft: Draft, error: FieldError | None) -> ft.Control:
    """Draw the field for an answer that was not told before."""
    t = use_app().t

    async def write(text: str) -> None:
        await draft.change("text", text)

    return TextInput(
        t("Dit svar"),
        draft.text("text"),
        write,
        on_leave=draft.save,
        error=error,
        hint=t("Du skriver det én gang. Andre skal spørge dig, før de må bruge det."),
        lines=4,
        max_length=4000,
    )


@component
def Stop(request: FactRequest, loaded: Loaded[ToldFactList]) -> ft.Control:
    """Draw the way to end what was allowed: one tap, as it was to say yes."""
    app = use_app()
    t = app.t
    act = use_act()

    async def stop() -> None:
        command = StopFact(answer="stop")
        await act.run(
            lambda _: app.client.answer_fact_request(request.id, command, request.version),
            request.version,
        )
        loaded.reload()

    return stack(
        body(t("Stopper du det, kan de ikke se svaret mere. Det, de har brugt det til, bliver.")),
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(SecondaryButton(t("Stop det nu"), stop, doing=t("Stopper …"))),
    )


def _grant(draft: Draft, fact: ToldFact | None) -> GrantFact:
    """Return yes as it is typed; an answer goes along where none was told before."""
    return GrantFact.model_validate(
        {
            "answer": "grant",
            "valid_until": _last_day(int(draft.text("months"))),
            "text": None if fact else draft.text("text"),
        }
    )


def _meanings(t: Translator, request: FactRequest) -> list[ft.Control]:
    parts = [body(t("Siger du ja, kan de læse svaret. Du kan stoppe det, når du vil."))]
    if request.may(Action.DECLINE):
        parts.append(body(t("Siger du nej, får de det ikke. Du behøver ikke sige hvorfor.")))
    return parts


def _periods(t: Translator) -> tuple[tuple[str, str], ...]:
    return tuple((str(months), t.plural("{n} måned", "{n} måneder", months)) for months in _MONTHS)


def _last_day(months: int) -> date:
    """Return the last day of so many months that begin today."""
    today = formats.today()
    years, month = divmod(today.month - 1 + months, _MONTHS_A_YEAR)
    year = today.year + years
    _, longest = monthrange(year, month + 1)
    return date(year, month + 1, min(today.day, longest)) - timedelta(days=1)
