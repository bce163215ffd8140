"""One meeting: when, where, with whom, what one has said to it, and what one can do."""

from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.plans import Appointment, Coming
from views import theme, words
from views.acting import use_act
from views.addresses import use_id
from views.citizen.appointment_card import is_address, route_button
from views.citizen.calendar.answers import answer_in_words, appointment_when, wished_in_words
from views.components.buttons import (
    LinkButton,
    SecondaryButton,
    SecondaryLink,
    button_row,
    outside_button,
)
from views.components.cards import NoticeKind, card, notice, stack
from views.components.page import Page
from views.components.states import FailureNote, OutdatedNote, shown
from views.components.text import body, fact, isolated, own_words, quiet
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Loaded, Ready, use_loaded


@component
def AppointmentScreen() -> ft.Control:
    """Draw the meeting that the address names."""
    t = use_app().t
    appointment_id = use_id("appointment_id")
    if appointment_id is None:
        return Page(t("Aftale"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _AppointmentPage(appointment_id, key=str(appointment_id))


@component
def _AppointmentPage(appointment_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.appointment(appointment_id), on={"plan"})
    back = (t("Kalender"), "/calendar")
    if not isinstance(loaded.state, Ready):
        return Page(t("Aftale"), shown(loaded, lambda _: body("")), back=back)
    appointment = loaded.state.value
    return Page(
        isolated(appointment.title),
        *([OutdatedNote(loaded.reload)] if loaded.state.outdated else []),
        AppointmentView(appointment, loaded),
        back=back,
    )


@component
def AppointmentView(appointment: Appointment, loaded: Loaded[Appointment]) -> ft.Control:
    """Draw the facts, the answer, and the ways on."""
    t = use_app().t
    return stack(
        _facts(t, appointment),
        *([_answer(t, appointment)] if appointment.answer else []),
        *([AnswerButtons(appointment, loaded)] if appointment.may(Action.ANSWER) else []),
        stack(
            outside_button(
                t("Læg i telefonens kalender"),
                f"/ics/appointments/{appointment.id}.ics",
                ft.Icons.EVENT_AVAILABLE_OUTLINED,
            ),
            *([route_button(t, appointment.place)] if is_address(appointment.place) else []),
            LinkButton(t("Skriv til din kontaktperson"), "/messages/new"),
        ),
        spacing=theme.SPACE_5,
    )


@component
def AnswerButtons(appointment: Appointment, loaded: Loaded[Appointment]) -> ft.Control:
    """Draw "Jeg kommer" and "Jeg kan ikke", whichever has not been said."""
    app = use_app()
    t = app.t
    act = use_act()
    said = appointment.answer.answer if appointment.answer else ""

    async def come() -> None:
        command = Coming(answer="coming")
        answered = await act.run(
            lambda _: app.client.answer_appointment(appointment.id, command, appointment.version),
            (appointment.version, command),
        )
        if answered:
            loaded.replace(answered)
        else:
            loaded.reload()

    cannot = t("Ret dit svar") if said == "cannot" else t("Jeg kan ikke")
    return stack(
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(
            *([] if said == "coming" else [SecondaryButton(t("Jeg kommer"), come, ft.Icons.CHECK)]),
            SecondaryLink(cannot, f"/calendar/{appointment.id}/cannot", ft.Icons.EVENT_BUSY),
        ),
    )


def _facts(t: Translator, appointment: Appointment) -> ft.Control:
    names = formats.listed(t, appointment.with_names)
    return card(
        fact(t("Hvornår"), appointment_when(t, appointment)),
        *([fact(t("Hvor"), isolated(appointment.place))] if appointment.place else []),
        *([fact(t("Sammen med"), isolated(names))] if names else []),
        fact(t("Hvem i kommunen?"), words.administration(t, appointment.administration)),
    )


def _answer(t: Translator, appointment: Appointment) -> ft.Control:
    answer = appointment.answer
    if answer is None:
        return stack()
    coming = answer.answer == "coming"
    wished = wished_in_words(t, answer)
    return notice(
        NoticeKind.SUCCESS if coming else NoticeKind.INFO,
        answer_in_words(t, answer),
        *([quiet(t("Du skrev:")), own_words(answer.wish)] if answer.wish else []),
        *([quiet(t("Det passer dig bedre:"))] if wished else []),
        *(body(one) for one in wished),
    )
