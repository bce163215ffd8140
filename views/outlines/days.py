"""Outlines of what has a day: calendar, one meeting, promises, minutes."""

from collections.abc import Iterable
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.calendar import CalendarAddress
from portal.contract.follow_ups import FollowUp, FollowUpState
from portal.contract.minutes import Minutes, MinutesList
from portal.contract.plans import Appointment, Plan, Promise
from portal.plan_client import PlanNotFound
from views import words
from views.citizen.appointment_card import is_address, route_address
from views.citizen.calendar.answers import answer_in_words, appointment_when, wished_in_words
from views.citizen.calendar.entries import (
    Calendar,
    Entry,
    EntryKind,
    entry_what,
    entry_when,
    read_calendar,
)
from views.citizen.calendar.follow_up import held_in_words, outcome_in_words
from views.citizen.minutes.wording import (
    minutes_about,
    minutes_state,
    read_all_minutes,
    remark_title,
)
from views.citizen.promise_form import promise_state
from views.citizen.promises import promise_owner, sorted_promises
from views.components.text import isolated
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Tone,
    Words,
    more,
    notice,
    own,
    quiet,
)
from views.outlines.visit import Draw, Visit
from views.viewer import Viewer

_MOST: Final = 20
_AHEAD, _PAST, _ALL = "ahead", "past", "all"
"""Parts that a page is asked for when it does not show all."""


def calendar_outline(t: Translator, calendar: Calendar, part: str | None) -> Outline:
    """Return the next that is ahead, by time, or a whole ``part`` of the calendar."""
    title = t("Kalender")
    if not calendar.has_plan:
        text = t("Her kommer dine aftaler, når du har en plan.")
        return Outline(title, (Words(text), Link(t("Bed om en plan"), "/")))
    today = formats.today()
    ahead, past = calendar.ahead(today), calendar.past(today)
    if part == _PAST and past:
        gone = Section(t("Tidligere"), (Items(tuple(_entry(t, entry) for entry in past)),))
        return Outline(title, (gone,), Link(t("Kalender"), "/calendar"))
    first = ahead if part == _AHEAD else ahead[:_MOST]
    items = Items(tuple(_entry(t, entry) for entry in first))
    following = more(t("Vis flere"), "/calendar", _AHEAD if first != ahead else None)
    earlier = more(t("Vis tidligere"), "/calendar", _PAST if past else None)
    return Outline(
        title,
        (
            items if ahead else Words(t("Du har ingen aftaler forude.")),
            Section(
                t("På din telefon"),
                (
                    Words(t("Du kan have dine aftaler i telefonens egen kalender.")),
                    Link(t("Hold kalenderen på din telefon ved lige"), "/calendar/address"),
                    Link(t("Hent alle aftaler nu"), "/ics/appointments.ics"),
                ),
            ),
        ),
        more=(*following, *earlier),
    )


def _entry(t: Translator, entry: Entry) -> Item:
    what = entry_what(t, entry)
    blocks: list[Block] = [quiet(formats.at_start(entry_when(t, entry)))]
    if entry.kind is not EntryKind.MEETING and entry.title:
        blocks.append(quiet(what))
    if entry.place:
        blocks.append(quiet(entry.place))
    if entry.cannot_come:
        blocks.append(notice(t("Du kan ikke komme")))
    return Item(entry.title or what, tuple(blocks), entry.path)


def appointment_outline(t: Translator, appointment: Appointment) -> Outline:
    """Return when, where, with whom, and what one has said to it."""
    names = formats.listed(t, appointment.with_names)
    facts = [(t("Hvornår"), appointment_when(t, appointment))]
    if appointment.place:
        facts.append((t("Hvor"), appointment.place))
    if names:
        facts.append((t("Sammen med"), names))
    facts.append((t("Hvem i kommunen?"), words.administration(t, appointment.administration)))
    blocks: list[Block] = [Facts(tuple(facts))]
    if answer := appointment.answer:
        blocks.append(notice(answer_in_words(t, answer)))
        if answer.wish:
            blocks += [quiet(t("Du skrev:")), own(answer.wish)]
        if wished := wished_in_words(t, answer):
            blocks.append(quiet(t("Det passer dig bedre:")))
            blocks += [Words(one) for one in wished]
    file = f"/ics/appointments/{appointment.id}.ics"
    blocks.append(Link(t("Læg i telefonens kalender"), file))
    if is_address(appointment.place):
        blocks.append(Link(t("Vis vej"), route_address(appointment.place)))
    blocks.append(Link(t("Skriv til din kontaktperson"), "/messages/new"))
    return Outline(isolated(appointment.title), tuple(blocks), Link(t("Kalender"), "/calendar"))


def follow_up_outline(t: Translator, found: FollowUp) -> Outline:
    """Return what will be talked about, or what came of it."""
    day = formats.day_in_words(t, found.day)
    if found.state is FollowUpState.PLANNED:
        when = (
            t("I taler om målet {day}.", day=day)
            if found.goal_id
            else t("I taler om hele planen {day}.", day=day)
        )
    else:
        when = held_in_words(t, found)
    blocks: list[Block] = [Words(when, Tone.STRONG), *(own(item.text) for item in found.agenda)]
    if found.outcome:
        blocks.append(Words(outcome_in_words(t, found.outcome)))
    blocks += [own(text) for text in (found.conclusion, found.replacement) if text]
    return Outline(t("Opfølgning"), tuple(blocks), Link(t("Kalender"), "/calendar"))


def address_outline(t: Translator, address: CalendarAddress) -> Outline:
    """Return whether there is a private address; the address itself is nowhere to be read."""
    text = (
        t("Du har en adresse, der virker.")
        if address.active
        else t("Du har ikke en adresse endnu.")
    )
    later = Words(t("Du kan skrive her, så snart siden er hentet helt."))
    back = Link(t("Kalender"), "/calendar")
    return Outline(t("Kalenderen på din telefon"), (Words(text), later), back)


def promises_outline(t: Translator, plan: Plan | None) -> Outline:
    """Return what was promised by whom, and whether it was kept."""
    title = t("Løfter")
    if plan is None:
        text = t("Her står løfter, når du har en plan.")
        return Outline(title, (Words(text), Link(t("Bed om en plan"), "/")))
    theirs, mine, kept = sorted_promises(plan)
    nothing = quiet(t("Kommunen har ikke lovet noget lige nu."))
    blocks: list[Block] = [
        Words(t("Her kan du se, om det, der blev lovet, også sker.")),
        Section(t("Kommunen har lovet"), (_promises(t, theirs) if theirs else nothing,)),
        Section(t("Du har lovet"), (_promises(t, mine),) if mine else ()),
    ]
    if kept:
        blocks.append(Section(t("Holdt"), (_promises(t, kept),)))
    return Outline(title, tuple(blocks))


def _promises(t: Translator, promises: Iterable[Promise]) -> Items:
    return Items(
        tuple(
            Item(one.text, (quiet(promise_state(t, one)), quiet(promise_owner(t, one))))
            for one in promises
        )
    )


def all_minutes_outline(t: Translator, found: MinutesList | None, part: str | None) -> Outline:
    """Return the latest minutes of the plan, or ``part``: all. None is a citizen without one."""
    title = t("Referater")
    if found is None:
        text = t("Her kommer referater, når du har en plan.")
        return Outline(title, (Words(text), Link(t("Bed om en plan"), "/")))
    if not found.minutes:
        return Outline(title, (Words(t("Her er ingen referater endnu. De kommer efter et møde.")),))
    first = found.minutes if part == _ALL else found.minutes[:_MOST]
    items = tuple(
        Item(
            one.title,
            (quiet(minutes_about(t, one)), quiet(minutes_state(t, one))),
            f"/minutes/{one.id}",
        )
        for one in first
    )
    intro = Words(t("Læs, hvad der blev sagt. Passer det ikke, så skriv det."))
    older = more(t("Vis flere"), "/minutes", _ALL if first != found.minutes else None)
    return Outline(title, (intro, Items(items)), more=older)


def minutes_outline(t: Translator, minutes: Minutes, viewer: Viewer) -> Outline:
    """Return the text of one meeting with what people say to it."""
    remarks: list[Block] = []
    for remark in minutes.remarks:
        remarks.append(Words(remark_title(t, remark, viewer.person_id), Tone.STRONG))
        if remark.text:
            remarks.append(own(remark.text))
        remarks.append(quiet(formats.at_start(formats.moment_in_words(t, remark.at))))
    nothing = quiet(t("Ingen har skrevet noget endnu."))
    return Outline(
        isolated(minutes.title),
        (
            quiet(minutes_about(t, minutes)),
            own(minutes.text),
            Section(t("Ved siden af referatet"), tuple(remarks) or (nothing,)),
        ),
        Link(t("Referater"), "/minutes"),
    )


async def _calendar(visit: Visit) -> Outline:
    return calendar_outline(visit.t, await read_calendar(visit.client), visit.more)


async def _address(visit: Visit) -> Outline:
    return address_outline(visit.t, await visit.client.calendar_address())


async def _appointment(visit: Visit) -> Outline:
    return appointment_outline(visit.t, await visit.client.appointment(visit.id("appointment_id")))


async def _follow_up(visit: Visit) -> Outline:
    return follow_up_outline(visit.t, await visit.client.follow_up(visit.id("follow_up_id")))


async def _promises_page(visit: Visit) -> Outline:
    try:
        return promises_outline(visit.t, await visit.client.plan())
    except PlanNotFound:
        return promises_outline(visit.t, None)


async def _all_minutes(visit: Visit) -> Outline:
    found: MinutesList | None
    try:
        found = await read_all_minutes(visit.client)
    except PlanNotFound:
        found = None
    return all_minutes_outline(visit.t, found, visit.more)


async def _minutes(visit: Visit) -> Outline:
    found = await visit.client.minutes(visit.id("minutes_id"))
    return minutes_outline(visit.t, found, visit.viewer)


DAYS: Final[dict[str, Draw]] = {
    "/calendar": _calendar,
    "/calendar/address": _address,
    "/calendar/follow-ups/:follow_up_id": _follow_up,
    "/calendar/:appointment_id": _appointment,
    "/calendar/:appointment_id/cannot": _appointment,
    "/promises": _promises_page,
    "/minutes": _all_minutes,
    "/minutes/:minutes_id": _minutes,
}
