"""Minutes: drafted and shared by the municipality, confirmed or commented by the citizen.

A shared text stays as it is, and whoever disagrees says so beside it.
"""

from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import Change, change, change_by
from planapi.services.pictures import Portraits
from planapi.services.places import (
    administration_of,
    look_into_plan,
    only_known,
    read_history,
    require_place,
    write_down,
)
from planapi.services.sight import Sight, look
from planapi.store import minutes as minutes_store
from planapi.store.minutes import MinutesRow, Named
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.minutes import (
    CommentMinutes,
    EditMinutes,
    Minutes,
    MinutesList,
    MinutesState,
    NewMinutes,
    RemarkKind,
)
from portal.contract.people import Role

_SHARED = "shared"


async def all_minutes(tx: Transaction, actor: Actor, now: datetime, plan_id: UUID) -> MinutesList:
    """Return the minutes of a plan, latest meeting first."""
    sight, rows = await look(tx, actor, now, minutes_store.reading_of_all_minutes(plan_id))
    place = require_place(sight, rows)
    shown = sight.show(rows.minutes if rows else (), _of_minutes)
    sight.log()
    return MinutesList(
        plan_id=plan_id,
        minutes=tuple(_without_hidden(sight, one) for one in shown),
        may_create=sight.may(Action.CREATE, _new_minutes(sight, place.citizen.id)),
    )


async def minutes(tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID) -> Minutes:
    """Return the minutes of one meeting."""
    _, found = await _look_at_minutes(tx, actor, now, minutes_id)
    return found


async def write_minutes(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, command: NewMinutes
) -> Minutes:
    """Write a draft, which the citizen does not see."""
    sight, place = await look_into_plan(tx, actor, now, plan_id)
    resource = _new_minutes(sight, place.citizen.id)
    sight.require(Action.CREATE, resource)
    assert resource.administration is not None  # noqa: S101 - the policy lets nobody else write
    _require_held(sight, command)
    named = await minutes_store.find_named(tx, plan_id, place.citizen.id, command)
    hidden = _hidden(sight, named)
    for field in ("appointment_id", "follow_up_id"):
        if getattr(named, field) != getattr(command, field) or field in hidden:
            raise Invalid.field(field, "unknown")
    minutes_id = await minutes_store.insert_minutes(
        tx, plan_id, command, administration=resource.administration, by=actor.person_id, at=now
    )
    _write_down(tx, None, minutes_id, "created", change({}, command.model_dump()))
    return await _again(tx, sight, minutes_id)


async def edit_minutes(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    minutes_id: UUID,
    command: EditMinutes,
    version: int,
) -> Minutes:
    """Replace the wording of a draft."""
    sight, found = await _look_at_minutes(tx, actor, now, minutes_id)
    changed = change_by(command, dict(found))
    if not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.EDIT, _of_minutes(found))
    _require_held(sight, command)
    if not await minutes_store.update_minutes(tx, minutes_id, command, version):
        raise await sight.stale(await _again(tx, sight, minutes_id))
    _write_down(tx, None, minutes_id, "edited", changed)
    return await _again(tx, sight, minutes_id)


async def share_minutes(
    tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID, version: int
) -> Minutes:
    """Show a draft to the citizen. From now on its text stays as it is."""
    sight, found = await _look_at_minutes(tx, actor, now, minutes_id)
    if found.state is not MinutesState.DRAFT:
        return found
    await sight.require_version(found, version)
    sight.require(Action.SHARE, _of_minutes(found))
    if not await minutes_store.share(tx, minutes_id, now, version):
        raise await sight.stale(await _again(tx, sight, minutes_id))
    changed = change({"state": found.state}, {"state": MinutesState.SHARED})
    _write_down(tx, found.plan_id, minutes_id, _SHARED, changed)
    return await _again(tx, sight, minutes_id)


async def confirm_minutes(
    tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID, version: int
) -> Minutes:
    """Say that this is how it was."""
    sight, found = await _look_at_minutes(tx, actor, now, minutes_id)
    if found.state is MinutesState.CONFIRMED:
        return found
    await sight.require_version(found, version)
    sight.require(Action.CONFIRM, _of_minutes(found))
    if not await minutes_store.insert_remark(
        tx,
        minutes_id,
        RemarkKind.CONFIRMATION,
        "",
        state=MinutesState.CONFIRMED,
        by=actor.person_id,
        role=actor.role,
        at=now,
        version=version,
    ):
        raise await sight.stale(await _again(tx, sight, minutes_id))
    changed = change({"state": found.state}, {"state": MinutesState.CONFIRMED})
    _write_down(tx, found.plan_id, minutes_id, "confirmed", changed)
    return await _again(tx, sight, minutes_id)


async def comment_minutes(
    tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID, command: CommentMinutes
) -> Minutes:
    """Write a remark beside the text. The citizen's marks the minutes as commented."""
    sight, found = await _look_at_minutes(tx, actor, now, minutes_id)
    sight.require(Action.COMMENT, _of_minutes(found))
    state = MinutesState.COMMENTED if actor.role is Role.CITIZEN else found.state
    await minutes_store.insert_remark(
        tx,
        minutes_id,
        RemarkKind.DISAGREEMENT if command.disagrees else RemarkKind.COMMENT,
        command.text,
        state=state,
        by=actor.person_id,
        role=actor.role,
        at=now,
    )
    changed = change({"state": found.state}, {"state": state, **command.model_dump()})
    _write_down(tx, found.plan_id, minutes_id, "commented", changed)
    return await _again(tx, sight, minutes_id)


async def minutes_history(
    tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID
) -> History:
    """Return what was changed, newest first; to the citizen what came after the draft."""
    _, found = await _look_at_minutes(tx, actor, now, minutes_id)
    everything = await read_history(tx, ResourceKind.MINUTES, minutes_id)
    whole = only_known(everything, found, "appointment_id", "follow_up_id")
    if actor.role is not Role.CITIZEN:
        return whole
    shared = next((entry.id for entry in whole.entries if entry.change == _SHARED), 0)
    return History(entries=tuple(entry for entry in whole.entries if entry.id >= shared))


def _of_minutes(row: MinutesRow) -> Resource:
    return Resource(
        ResourceKind.MINUTES,
        row.id,
        row.citizen_id,
        administration=row.administration,
        state=row.state,
        part_of=row.appointment_id or row.follow_up_id,
    )


def _new_minutes(sight: Sight, citizen_id: UUID) -> Resource:
    return Resource(
        ResourceKind.MINUTES, None, citizen_id, administration=administration_of(sight.actor)
    )


def _require_held(sight: Sight, command: NewMinutes | EditMinutes) -> None:
    if command.held_on > sight.today:
        raise Invalid.field("held_on", "in_the_future")


async def _look_at_minutes(
    tx: Transaction, actor: Actor, now: datetime, minutes_id: UUID
) -> tuple[Sight, MinutesRow]:
    reading = minutes_store.reading_of_minutes(minutes_id, actor, danish_date(now))
    sight, found = await look(tx, actor, now, reading)
    return sight, _show(sight, found)


async def _again(tx: Transaction, sight: Sight, minutes_id: UUID) -> MinutesRow:
    """The minutes as they stand now, as the actor sees them."""
    reading = minutes_store.reading_of_minutes(minutes_id, sight.actor, sight.today)
    return _show(sight, await reading.run(tx))


def _show(sight: Sight, row: MinutesRow | None) -> MinutesRow:
    shown = sight.show_one(row, _of_minutes)
    if shown is None:
        raise NotFound
    sight.log()
    portraits = Portraits(sight, shown.pictures)
    remarks = tuple(
        remark.model_copy(update={"author": portraits.beside(remark.author)})
        for remark in shown.remarks
    )
    author = portraits.beside(shown.written_by)
    whole = shown.model_copy(update={"written_by": author, "remarks": remarks})
    return _without_hidden(sight, whole)


def _without_hidden(sight: Sight, row: MinutesRow) -> MinutesRow:
    """Return minutes, without a meeting or a follow-up that the actor may not know of."""
    return row.model_copy(update=_hidden(sight, row))


def _hidden(sight: Sight, row: MinutesRow | Named) -> dict[str, None]:
    """Which of what minutes name the actor may not know of."""
    meeting = Resource(
        ResourceKind.APPOINTMENT,
        row.appointment_id,
        row.citizen_id,
        administration=row.appointment_administration,
    )
    follow_up = Resource(
        ResourceKind.FOLLOW_UP, row.follow_up_id, row.citizen_id, part_of=row.follow_up_of
    )
    return {
        name: None
        for name, of in (("appointment_id", meeting), ("follow_up_id", follow_up))
        if of.id is not None and not sight.may(Action.READ, of)
    }


def _write_down(
    tx: Transaction, plan_id: UUID | None, minutes_id: UUID, what: str, changed: Change
) -> None:
    """Nobody is told of a draft: `plan_id` is absent then."""
    write_down(
        tx, ResourceKind.MINUTES, minutes_id, what, changed, plan_id=plan_id, event="minutes"
    )
