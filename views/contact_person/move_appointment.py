"""A meeting at another time: the contact person picks it, and the citizen answers anew."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.plans import Appointment, MoveAppointment
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.citizen.calendar.answers import appointment_when, wished_in_words
from views.components.buttons import PrimaryButton, SecondaryButton, SecondaryLink, button_row
from views.components.cards import NoticeKind, card, notice, stack
from views.components.fields import DayInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.select import Select
from views.components.states import LoadingNote, shown
from views.components.text import body, isolated, own_words, quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.failures import Failure, FailureKind
from views.forms import FieldError, use_form
from views.guard import component
from views.loading import use_loaded
from views.not_found import NotFoundScreen

ROUTE: Final = "/work/citizens/:citizen_id/appointments/:appointment_id"

_CLOCKS: Final = tuple(time(hour, minute) for hour in range(7, 19) for minute in (0, 15, 30, 45))
_LENGTHS: Final = (15, 30, 45, 60, 90, 120, 180)
_MINUTE: Final = timedelta(minutes=1)

Take = Callable[[datetime], Awaitable[None]]


def move_address(citizen_id: UUID, appointment: Appointment) -> str:
    """Return where ``appointment`` of the citizen gets another time."""
    return f"/work/citizens/{citizen_id}/appointments/{appointment.id}"


@component
def MoveAppointmentScreen() -> ft.Control:
    """Draw the form for the meeting that the address names."""
    citizen_id, appointment_id = use_id("citizen_id"), use_id("appointment_id")
    if citizen_id is None or appointment_id is None:
        return NotFoundScreen()
    return _MovePage(citizen_id, appointment_id, key=str(appointment_id))


@component
def _MovePage(citizen_id: UUID, appointment_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.appointment(appointment_id))
    back = f"/work/citizens/{citizen_id}"
    return Page(
        app.t("Flyt mødet"),
        shown(loaded, lambda appointment: MoveForm(appointment, back)),
        back=(app.t("Borgeren"), back),
    )


@component
def MoveForm(appointment: Appointment, back: str) -> ft.Control:
    """Draw which meeting it is, what the citizen said to it, and the new time."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"move:{appointment.id}", _fields_of(appointment))
    seen = act.newest(Appointment) or appointment
    form = use_form(act)
    taken, count_taken = ft.use_state(0)

    async def take(start: datetime) -> None:
        local = start.astimezone(formats.DENMARK)
        await draft.change("day", local.date().isoformat())
        await draft.change("time", f"{local:%H:%M}")
        count_taken(lambda times: times + 1)

    async def move() -> None:
        command = _command(draft)
        if command.starts_at <= datetime.now(formats.DENMARK):
            form.refuse({"starts_at": t("Vælg en tid, der ikke er gået")})
            return
        form.refuse({})
        moved = await act.run(
            lambda _: app.client.move_appointment(seen.id, command, seen.version),
            (command, seen.version),
        )
        if moved:
            await draft.drop()
            await app.navigate(back)

    if not appointment.may(Action.MOVE):
        return stack(
            notice(NoticeKind.INFO, t("Mødet kan ikke flyttes herfra.")),
            SecondaryLink(t("Borgeren"), back),
        )
    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        card(body(isolated(seen.title), strong=True), quiet(appointment_when(t, seen))),
        *([Said(seen, take)] if seen.answer else []),
        # The fields remember what was chosen in them: another time comes with other fields.
        NewTime(draft, appointment, form.error("starts_at"), key=str(taken)),
        body(t("Borgeren får besked og svarer på den nye tid.")),
        with_failure(
            form.failure,
            buttons=button_row(PrimaryButton(t("Flyt mødet"), move)),
            spacing=theme.SPACE_5,
            note=_changed(t, form.failure),
        ),
        spacing=theme.SPACE_5,
    )


@component
def Said(appointment: Appointment, take: Take) -> ft.Control:
    """Draw what the citizen answered; a time that fits them is taken with one tap."""
    t = use_app().t
    answer = appointment.answer
    if answer is None:
        return stack()
    said = (
        t("Borgeren har sagt ja til mødet.")
        if answer.answer == "coming"
        else t("Borgeren kan ikke komme.")
    )
    wished = zip(answer.wished_times, wished_in_words(t, answer), strict=True)
    times = [TakeTime(at, text, take, key=at.isoformat()) for at, text in wished]
    return notice(
        NoticeKind.INFO,
        said,
        *([own_words(answer.wish)] if answer.wish else []),
        *([quiet(t("Det passer borgeren bedre:")), button_row(*times)] if times else []),
    )


@component
def TakeTime(at: datetime, text: str, take: Take, key: str | None = None) -> ft.Control:
    """Draw one time that the citizen has proposed."""
    del key

    async def choose() -> None:
        await take(at)

    return SecondaryButton(text, choose)


@component
def NewTime(
    draft: Draft, appointment: Appointment, error: FieldError | None, key: str | None = None
) -> ft.Control:
    """Draw day, time of day and length; they begin with those of the meeting."""
    del key
    t = use_app().t

    async def choose_day(day: date | None) -> None:
        await draft.change("day", day.isoformat() if day else _fields_of(appointment)["day"])

    async def choose_time(clock: str) -> None:
        await draft.change("time", clock)

    async def choose_length(minutes: str) -> None:
        await draft.change("length", minutes)

    start = time.fromisoformat(draft.text("time"))
    clocks = sorted({*_CLOCKS, start})
    length = int(draft.text("length"))
    lengths = sorted({*_LENGTHS, length})
    return stack(
        DayInput(
            t("Ny dag"),
            date.fromisoformat(draft.text("day")),
            choose_day,
            optional=False,
            error=error,
        ),
        Select(
            t("Klokken"),
            tuple((f"{clock:%H:%M}", formats.clock(t, clock)) for clock in clocks),
            f"{start:%H:%M}",
            choose_time,
        ),
        Select(
            t("Hvor længe"),
            tuple((str(n), t.plural("{n} minut", "{n} minutter", n)) for n in lengths),
            str(length),
            choose_length,
        ),
    )


def _fields_of(appointment: Appointment) -> dict[str, str]:
    start = appointment.starts_at.astimezone(formats.DENMARK)
    minutes = (appointment.ends_at - appointment.starts_at) // _MINUTE
    return {
        "day": start.date().isoformat(),
        "time": f"{start:%H:%M}",
        "length": str(minutes),
    }


def _command(draft: Draft) -> MoveAppointment:
    start = datetime.combine(
        date.fromisoformat(draft.text("day")),
        time.fromisoformat(draft.text("time")),
        formats.DENMARK,
    )
    return MoveAppointment(starts_at=start, ends_at=start + int(draft.text("length")) * _MINUTE)


def _changed(t: Translator, failure: Failure | None) -> ft.Control | None:
    """Return what to do where somebody else has changed the meeting meanwhile."""
    if failure is None or failure.kind is not FailureKind.CONFLICT:
        return None
    text = t("Aftalen er ændret, mens du valgte. Se det nye, og flyt den igen.")
    return notice(NoticeKind.WARNING, text)
