"""The contact person's side: who waits, which citizens, and one citizen in one minute."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from planapi.alphabet import danish_order
from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotAllowed, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.follow_ups import of_follow_up, without_hidden
from planapi.services.plans import show_plan, withheld
from planapi.services.resources import (
    new_goal_of_administration,
    of_appointment,
    of_plan_request,
    own,
)
from planapi.services.sight import Sight, look
from planapi.services.threads import show_threads
from planapi.store import work as work_store
from planapi.store.consents import StoredConsent, read_consents
from planapi.store.work import BriefingRow, DueFollowUpRow, HouseholdOfCitizen
from portal.contract.actions import Action
from portal.contract.consents import Consent, ToAdministration
from portal.contract.people import PersonRef, Role
from portal.contract.work import (
    Briefing,
    CitizenList,
    CitizenSummary,
    DeclinedAppointment,
    DueFollowUp,
    Inbox,
)

_FOLLOW_UPS_AHEAD: Final = timedelta(days=7)
"""So long before its day a follow-up is called to mind."""


async def inbox(tx: Transaction, actor: Actor, now: datetime) -> Inbox:
    """Return the threads of those whom a contact person answers for today."""
    _require_contact_person(actor)
    today = danish_date(now)
    reading = work_store.reading_of_inbox(actor.person_id, today, now, today + _FOLLOW_UPS_AHEAD)
    sight, rows = await look(tx, actor, now, reading)
    rows = rows or work_store.InboxRows()
    shown = Inbox(
        waiting=show_threads(sight, rows.waiting),
        others=show_threads(sight, rows.others),
        requests=tuple(one for one in rows.requests if sight.sees(of_plan_request(one))),
        declined=tuple(_show_declined(sight, rows.declined)),
        follow_ups=tuple(_show_follow_ups(sight, rows.follow_ups)),
    )
    sight.log()
    return shown


async def citizens(tx: Transaction, actor: Actor, now: datetime) -> CitizenList:
    """Return those whom a contact person answers for today."""
    _require_contact_person(actor)
    reading = work_store.reading_of_citizens(actor.person_id, danish_date(now))
    sight, rows = await look(tx, actor, now, reading)
    found = sorted(rows.citizens if rows else (), key=lambda one: danish_order(one.name))
    seen = tuple(one for one in found if sight.sees(own(ResourceKind.PERSON, one.id, one.id)))
    sight.log()
    return CitizenList(citizens=seen)


async def briefing(tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID) -> Briefing:
    """Return one citizen's whole situation, as far as the contact person may see it."""
    _require_contact_person(actor)
    reading = work_store.reading_of_briefing(citizen_id, actor.person_id, danish_date(now))
    sight, row = await look(tx, actor, now, reading)
    if row is None or not sight.sees(own(ResourceKind.PERSON, citizen_id, citizen_id)):
        raise NotFound
    consents = await read_consents(tx, citizen_id, sight.today)
    shown = _show_briefing(sight, row, consents)
    sight.log()
    return shown


def _show_declined(
    sight: Sight, declined: Iterable[DeclinedAppointment]
) -> Iterator[DeclinedAppointment]:
    for one in declined:
        shown = sight.show_one(one.appointment, of_appointment(one.citizen.id, sight.now))
        if shown is not None:
            yield one.model_copy(update={"appointment": shown})


def _show_follow_ups(sight: Sight, rows: Iterable[DueFollowUpRow]) -> Iterator[DueFollowUp]:
    for row in rows:
        shown = sight.show_one(row.follow_up, of_follow_up)
        if shown is not None:
            known = without_hidden(sight, shown)
            about_something = known.goal_id is not None or known.intervention_id is not None
            yield DueFollowUp(
                citizen=row.citizen, follow_up=known, title=row.title if about_something else ""
            )


def _show_briefing(sight: Sight, row: BriefingRow, consents: list[StoredConsent]) -> Briefing:
    plan = show_plan(sight, row.plan)
    citizen_id = row.citizen.id
    answers = sight.may(Action.REPLY, own(ResourceKind.THREAD, citizen_id, citizen_id))
    return Briefing(
        citizen=row.citizen if answers else _without_messages(row.citizen),
        age=row.age,
        phone=row.phone if answers or not row.citizen.protected else None,
        plan=plan,
        threads=show_threads(sight, row.threads),
        consents=sight.show(
            (stored.consent for stored in consents),
            lambda consent: _of_consent(consent, citizen_id),
        ),
        household=_show_household(sight, row.households, citizen_id),
        withheld=withheld(row.plan, plan) if row.plan and plan else (),
        may_propose_goal=plan is not None
        and sight.may(
            Action.CREATE, new_goal_of_administration(citizen_id, sight.actor.administration)
        ),
    )


def _without_messages(citizen: CitizenSummary) -> CitizenSummary:
    """A citizen as a professional sees them who does not answer their messages."""
    return citizen.model_copy(update={"waiting_messages": 0, "next_due": None})


def _show_household(
    sight: Sight, households: tuple[HouseholdOfCitizen, ...], citizen_id: UUID
) -> tuple[PersonRef, ...]:
    people = {
        person.id: person
        for household in households
        if sight.sees(own(ResourceKind.HOUSEHOLD, citizen_id, household.id))
        for person in household.others
    }
    return tuple(people.values())


def _require_contact_person(actor: Actor) -> None:
    if actor.role is not Role.CONTACT_PERSON:
        raise NotAllowed


def _of_consent(consent: Consent, citizen_id: UUID) -> Resource:
    to = consent.recipient
    return Resource(
        ResourceKind.CONSENT,
        consent.id,
        citizen_id,
        administration=to.administration if isinstance(to, ToAdministration) else None,
        state=consent.state,
    )
