"""Private calendar addresses: issued, renewed and revoked by the citizen, followed by a phone."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from planapi.authorization import require
from planapi.database import Database, Transaction
from planapi.errors import NotAuthenticated, NotFound, Stale
from planapi.events import person_topic, publish
from planapi.policy.actors import Actor, Loa
from planapi.policy.decide import allowed_actions
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import Change, change
from planapi.services.places import write_down
from planapi.services.resources import of_appointment, own
from planapi.services.sight import look
from planapi.store import calendar_addresses as store
from portal.contract.actions import Action
from portal.contract.calendar import (
    CalendarAddress,
    FollowCalendar,
    FollowedCalendar,
    FollowedMeeting,
    IssueCalendarAddress,
)
from portal.contract.people import Role

_SECRET_BYTES: Final = 32
_LOOKING_BACK: Final = timedelta(days=60)
"""A calendar keeps what was, for a while."""


async def calendar_address(tx: Transaction, actor: Actor, now: datetime) -> CalendarAddress:
    """Return whether the citizen has an address, never the address itself."""
    require(actor, Action.READ, _own(actor), NO_FACTS, now)
    return _with_allowed(actor, now, await store.read_address(tx, actor.person_id))


async def issue_calendar_address(
    tx: Transaction, actor: Actor, now: datetime, command: IssueCalendarAddress, version: int
) -> CalendarAddress:
    """Issue an address; an older one ends. The answer alone holds its secret."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    issued = await _replace(tx, actor, now, secret, with_place=command.with_place, version=version)
    return issued.model_copy(update={"secret": secret})


async def revoke_calendar_address(
    tx: Transaction, actor: Actor, now: datetime, version: int
) -> CalendarAddress:
    """End the address: from the next look on, it shows nothing."""
    there = await calendar_address(tx, actor, now)
    if not there.active:
        return there
    return await _replace(tx, actor, now, None, with_place=there.with_place, version=version)


async def find_address(tx: Transaction, command: FollowCalendar) -> store.Followed:
    """Return whose address it is. Raises `NotFound` for any that is not one."""
    found = await store.find_address(tx, _digest(command.secret))
    if found is None:
        raise NotFound
    return found


async def follow_calendar(
    database: Database, found: store.Followed, now: datetime
) -> FollowedCalendar:
    """Return what an address shows.

    Whoever has the address reads as the citizen does, on the citizen's own ground, and of each
    meeting only what the citizen wanted told.
    """
    actor = Actor(found.person_id, Role.CITIZEN, Loa.LOW, found.issued_at, "calendar")
    require(actor, Action.READ, _own(actor), NO_FACTS, now)
    reading = store.reading_of_meetings(found.person_id, now - _LOOKING_BACK)
    try:
        async with database.reading(actor) as tx:
            sight, rows = await look(tx, actor, now, reading)
            meetings = rows.meetings if rows else ()
            shown = sight.show(meetings, of_appointment(found.person_id, now))
            sight.log()
    except NotAuthenticated:
        raise NotFound from None  # the person is gone meanwhile
    return FollowedCalendar(
        language=found.language,
        meetings=tuple(
            FollowedMeeting(
                id=one.id,
                version=one.version,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                place=one.place if found.with_place else "",
            )
            for one in shown
        ),
    )


async def _replace(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    secret: str | None,
    *,
    with_place: bool,
    version: int,
) -> CalendarAddress:
    require(actor, Action.EDIT, _own(actor), NO_FACTS, now)
    before = await store.read_address(tx, actor.person_id)
    written = before.version == version and await store.write_address(
        tx,
        actor.person_id,
        sha256=_digest(secret) if secret else None,
        with_place=with_place,
        at=now,
        version=version,
    )
    newest = _with_allowed(actor, now, await store.read_address(tx, actor.person_id))
    if not written:
        raise Stale(current=newest)
    _write_down(tx, actor, "issued" if secret else "revoked", _changed(before, newest))
    return newest


def _changed(before: CalendarAddress, newest: CalendarAddress) -> Change:
    fields = {"active", "with_place"}
    return change(before.model_dump(include=fields), newest.model_dump(include=fields))


def _write_down(tx: Transaction, actor: Actor, what: str, changed: Change) -> None:
    person_id = actor.person_id
    write_down(
        tx,
        ResourceKind.CALENDAR_ADDRESS,
        person_id,
        what,
        changed,
        plan_id=None,
        event="person",
    )
    publish(tx, person_topic(person_id), "person", person_id)


def _with_allowed(actor: Actor, now: datetime, found: CalendarAddress) -> CalendarAddress:
    actions = allowed_actions(actor, _own(actor), NO_FACTS, now)
    return found.model_copy(update={"allowed": actions})


def _own(actor: Actor) -> Resource:
    return own(ResourceKind.CALENDAR_ADDRESS, actor.person_id, actor.person_id)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
