"""Indbakke: who waits for the contact person, the nearest deadline first."""

from collections.abc import Sequence

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.messages import ThreadSummary
from portal.contract.work import CitizenRequest, DeclinedAppointment, DueFollowUp, Inbox
from views import theme
from views.citizen.calendar.answers import appointment_when, wished_in_words
from views.components.buttons import LinkButton
from views.components.cards import LinkRow, card, section, stack
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
    loaded = use_loaded(app.client.inbox, on={"thread", "request", "person", "plan", "follow_up"})
    return Page(app.t("Indbakke"), shown(loaded, lambda inbox: _inbox(app, inbox)))


def _inbox(app: App, inbox: Inbox) -> ft.Control:
    t = app.t
    today = formats.today()
    overdue = [thread for thread in inbox.waiting if is_overdue(thread, today)]
    in_time = [thread for thread in inbox.waiting if not is_overdue(thread, today)]
    parts = [
        *_threads(app, t("Over tiden"), overdue),
        *_threads(app, t("Venter på dit svar"), in_time),
        *_follow_ups(t, inbox.follow_ups),
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


def _follow_ups(t: Translator, due: Sequence[DueFollowUp]) -> list[ft.Control]:
    """Return the follow-ups that are near, or over and not concluded."""
    if not due:
        return []
    return [
        section(
            t("{title} ({n})", title=t("Opfølgninger"), n=len(due)),
            *(_follow_up(t, one) for one in due),
        )
    ]


def _follow_up(t: Translator, due: DueFollowUp) -> ft.Control:
    return LinkRow(
        isolated(due.citizen.name),
        f"/work/citizens/{due.citizen.id}",
        f"{formats.at_start(follow_up_when(t, due))} · {isolated(follow_up_of(t, due))}",
        leading=ft.Icon(ft.Icons.EVENT_REPEAT, size=theme.ICON_LARGE, color=theme.ACCENT),
        key=str(due.follow_up.id),
    )


def follow_up_of(t: Translator, due: DueFollowUp) -> str:
    """Return what it is about."""
    return due.title or t("Hele planen")


def follow_up_when(t: Translator, due: DueFollowUp) -> str:
    """Return "i morgen kl. 10.00", or that the day is over."""
    day = formats.day_in_words(t, due.follow_up.day)
    if due.follow_up.day < formats.today():
        return t("skulle være sket {day}", day=day)
    if due.follow_up.starts is None:
        return day
    return t("{day} kl. {time}", day=day, time=formats.clock(t, due.follow_up.starts))


def _meeting(t: Translator, declined: DeclinedAppointment) -> ft.Control:
    appointment, answer = declined.appointment, declined.appointment.answer
    wished = wished_in_words(t, answer) if answer else ()
    return card(
        body(isolated(declined.citizen.name), strong=True),
        body(isolated(appointment.title), title=True),
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
