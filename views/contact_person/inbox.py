"""Indbakke: who waits for the contact person, the nearest deadline first."""

from collections.abc import Sequence

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.messages import ThreadSummary
from portal.contract.work import CitizenRequest, DeclinedAppointment, Inbox
from views import theme
from views.citizen.calendar.answers import appointment_when, wished_in_words
from views.components.buttons import LinkButton
from views.components.cards import card, section, stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body, isolated, own_words, quiet
from views.contact_person.plan_request import PlanRequestCard
from views.context import App, use_app
from views.guard import component
from views.loading import use_loaded
from views.messages.rows import thread_row
from views.messages.turns import is_overdue


@component
def InboxScreen() -> ft.Control:
    """Draw the first page of a contact person."""
    app = use_app()
    loaded = use_loaded(app.client.inbox, on={"thread", "request", "person", "plan"})
    return Page(app.t("Indbakke"), shown(loaded, lambda inbox: _inbox(app, inbox)))


def _inbox(app: App, inbox: Inbox) -> ft.Control:
    t = app.t
    today = formats.today()
    overdue = [thread for thread in inbox.waiting if is_overdue(thread, today)]
    in_time = [thread for thread in inbox.waiting if not is_overdue(thread, today)]
    parts = [
        *_threads(app, t("Over tiden"), overdue),
        *_threads(app, t("Venter på dit svar"), in_time),
        *_declined(t, inbox.declined),
        *_requests(t, inbox.requests),
        *_threads(app, t("Andre samtaler"), inbox.others),
    ]
    if not inbox.waiting:
        parts.insert(0, empty(t("Ingen venter på svar fra dig lige nu.")))
    return stack(*parts, spacing=theme.SPACE_6)


def _threads(app: App, title: str, threads: Sequence[ThreadSummary]) -> list[ft.Control]:
    """Return a part of the inbox, nothing where it is empty; the title says how many."""
    if not threads:
        return []
    t = app.t
    return [
        section(
            t("{title} ({n})", title=title, n=len(threads)),
            *(thread_row(t, thread, app.viewer, named=True) for thread in threads),
        )
    ]


def _requests(t: Translator, requests: Sequence[CitizenRequest]) -> list[ft.Control]:
    if not requests:
        return []
    return [
        section(
            t("{title} ({n})", title=t("Vil gerne have en plan"), n=len(requests)),
            *(PlanRequestCard(asked, key=str(asked.request.id)) for asked in requests),
        )
    ]


def _declined(t: Translator, declined: Sequence[DeclinedAppointment]) -> list[ft.Control]:
    """Return the meetings to which a citizen cannot come, with what would fit better."""
    if not declined:
        return []
    return [
        section(
            t("{title} ({n})", title=t("Skal have en ny tid"), n=len(declined)),
            *(_meeting(t, one) for one in declined),
        )
    ]


def _meeting(t: Translator, declined: DeclinedAppointment) -> ft.Control:
    appointment, answer = declined.appointment, declined.appointment.answer
    wished = wished_in_words(t, answer) if answer else ()
    return card(
        body(isolated(declined.citizen.name), strong=True),
        body(isolated(appointment.title)),
        quiet(appointment_when(t, appointment)),
        *([own_words(answer.wish)] if answer and answer.wish else []),
        *([quiet(t("Det passer bedre:"))] if wished else []),
        *(body(one) for one in wished),
        LinkButton(
            t("Skriv til borgeren"),
            f"/work/citizens/{declined.citizen.id}/write",
            about=declined.citizen.name,
        ),
    )
