"""The answer "Jeg kan ikke": a few words, and up to three times that would fit better."""

from datetime import date, datetime, time
from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Appointment, CannotCome
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.citizen.calendar.answers import appointment_when
from views.components.buttons import PrimaryButton, QuietButton, button_row
from views.components.cards import NoticeKind, card, notice, stack
from views.components.fields import DayInput, TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.select import Select
from views.components.states import FailureNote, LoadingNote, shown
from views.components.text import body, isolated, quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.failures import Failure, FailureKind
from views.forms import FieldError, use_form
from views.guard import component
from views.loading import use_loaded

_MOST_TIMES: Final = 3
_FIRST_TIME: Final = "09:00"
_CLOCKS: Final = tuple(time(hour, minute) for hour in range(8, 19) for minute in (0, 30))
_EMPTY: Final = {"wish": "", **{f"day{n}": "" for n in range(_MOST_TIMES)}}


@component
def CannotComeScreen() -> ft.Control:
    """Draw the form for the meeting that the address names."""
    t = use_app().t
    appointment_id = use_id("appointment_id")
    if appointment_id is None:
        return Page(t("Jeg kan ikke"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _CannotComePage(appointment_id, key=str(appointment_id))


@component
def _CannotComePage(appointment_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.appointment(appointment_id))
    return Page(
        app.t("Jeg kan ikke"),
        shown(loaded, CannotComeForm),
        back=(app.t("Aftalen"), f"/calendar/{appointment_id}"),
    )


@component
def CannotComeForm(appointment: Appointment) -> ft.Control:
    """Draw which meeting it is, what one can write, and times to propose."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"cannot:{appointment.id}", _EMPTY)
    newest = act.newest(Appointment)
    form = use_form(act)

    async def write(text: str) -> None:
        await draft.change("wish", text)

    async def send() -> None:
        wished = _wished(draft)
        if any(at <= datetime.now(formats.DENMARK) for at in wished):
            form.refuse({"wished_times": t("Vælg en tid, der ikke er gået")})
            return
        command = form.read(
            lambda: CannotCome(answer="cannot", wish=draft.text("wish"), wished_times=wished)
        )
        if command is None:
            return
        seen = newest or appointment
        answered = await act.run(
            lambda _: app.client.answer_appointment(seen.id, command, seen.version), command
        )
        if answered:
            await draft.drop()
            await app.navigate(f"/calendar/{appointment.id}")

    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        card(
            body(isolated(appointment.title), strong=True),
            quiet(appointment_when(t, newest or appointment)),
        ),
        TextInput(
            t("Skriv en besked"),
            draft.text("wish"),
            write,
            on_leave=draft.save,
            error=form.error("wish"),
            hint=t("For eksempel hvorfor, eller hvornår på dagen det er bedst."),
            optional=True,
            lines=3,
            max_length=4000,
        ),
        WishedTimes(draft, form.error("wished_times")),
        with_failure(
            form.failure,
            buttons=button_row(PrimaryButton(t("Send"), send, doing=t("Sender …"))),
            spacing=theme.SPACE_5,
            note=_changed(t, form.failure, newest),
        ),
        spacing=theme.SPACE_5,
    )


@component
def WishedTimes(draft: Draft, error: FieldError | None) -> ft.Control:
    """Draw the times that would fit better: one, then up to three on request."""
    t = use_app().t
    written = sum(bool(draft.text(f"day{n}")) for n in range(_MOST_TIMES))
    number, show_number = ft.use_state(max(written, 1))

    async def one_more() -> None:
        show_number(lambda now: now + 1)

    return stack(
        *(WishedTime(draft, n, None if n else error, key=str(n)) for n in range(number)),
        *([QuietButton(t("Endnu et tidspunkt"), one_more, ft.Icons.ADD)] * (number < _MOST_TIMES)),
        spacing=theme.SPACE_4,
    )


@component
def WishedTime(
    draft: Draft, number: int, error: FieldError | None, key: str | None = None
) -> ft.Control:
    """Draw a day and, once there is one, a time of day."""
    del key
    t = use_app().t
    day, show_day = ft.use_state(_day(draft.text(f"day{number}")))

    async def choose_day(chosen: date | None) -> None:
        show_day(chosen)
        await draft.change(f"day{number}", chosen.isoformat() if chosen else "")

    async def choose_time(clock: str) -> None:
        await draft.change(f"time{number}", clock)

    options = tuple((f"{clock:%H:%M}", formats.clock(t, clock)) for clock in _CLOCKS)
    label = t("Forslag {n} til en ny tid", n=number + 1)
    clock = draft.text(f"time{number}") or _FIRST_TIME
    return stack(
        DayInput(label, day, choose_day, error=error),
        *([Select(t("Klokken"), options, clock, choose_time)] if day else []),
        spacing=theme.SPACE_2,
    )


def _wished(draft: Draft) -> tuple[datetime, ...]:
    """Return the times that are chosen."""
    return tuple(
        datetime.combine(
            day,
            time.fromisoformat(draft.text(f"time{number}") or _FIRST_TIME),
            formats.DENMARK,
        )
        for number in range(_MOST_TIMES)
        if (day := _day(draft.text(f"day{number}")))
    )


def _changed(
    t: Translator, failure: Failure | None, newest: Appointment | None
) -> ft.Control | None:
    """Return when the appointment is now, where that is what the answer came too late for."""
    if failure is None or newest is None or failure.kind is not FailureKind.CONFLICT:
        return None
    when = appointment_when(t, newest)
    text = t(
        "Aftalen er ændret, mens du skrev. Nu er den: {when}. Send igen, hvis du ikke kan.",
        when=when,
    )
    return notice(NoticeKind.WARNING, text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
