"""Follow-ups: booked, given an agenda by both sides, concluded with the next one booked at once."""

from datetime import datetime
from typing import Final
from uuid import UUID

from planapi.database import Transaction
from planapi.errors import Invalid, NotAllowed, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import Change, change, change_by
from planapi.services.places import (
    look_into_plan,
    only_known,
    read_history,
    require_day_ahead,
    require_place,
    write_down,
)
from planapi.services.resources import of_goal
from planapi.services.sight import Sight, look
from planapi.store import follow_ups as follow_up_store
from planapi.store import goals as goal_store
from planapi.store.follow_ups import FollowUpRow
from portal.contract.actions import Action
from portal.contract.follow_ups import (
    CancelFollowUp,
    ConcludeAndContinue,
    ConcludeAndEnd,
    ConcludeAndReplace,
    ConcludeFollowUp,
    EditAgendaItem,
    EditFollowUp,
    FollowUp,
    FollowUpList,
    FollowUpOutcome,
    FollowUpState,
    NewAgendaItem,
    NewFollowUp,
)
from portal.contract.goals import History

_MOST_ITEMS: Final = 50


async def follow_ups(tx: Transaction, actor: Actor, now: datetime, plan_id: UUID) -> FollowUpList:
    """Return the follow-ups of a plan, latest day first."""
    sight, rows = await look(tx, actor, now, follow_up_store.reading_of_follow_ups(plan_id))
    place = require_place(sight, rows)
    found = sight.show(rows.follow_ups if rows else (), of_follow_up)
    sight.log()
    return FollowUpList(
        plan_id=plan_id,
        follow_ups=tuple(without_hidden(sight, one) for one in found),
        may_create=sight.may(Action.CREATE, _new_follow_up(place.citizen.id)),
    )


async def follow_up(tx: Transaction, actor: Actor, now: datetime, follow_up_id: UUID) -> FollowUp:
    """Return one follow-up."""
    _, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    return found


async def book_follow_up(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, command: NewFollowUp
) -> FollowUp:
    """Book a follow-up of the plan, or of a goal or an intervention that the actor sees."""
    sight, place = await look_into_plan(tx, actor, now, plan_id)
    sight.require(Action.CREATE, _new_follow_up(place.citizen.id))
    require_day_ahead("day", command.day, sight.today)
    await _require_subject(tx, sight, plan_id, place.citizen.id, command)
    follow_up_id = await follow_up_store.insert_follow_up(
        tx,
        plan_id,
        command.day,
        command.starts,
        goal_id=command.goal_id,
        intervention_id=command.intervention_id,
        by=actor.person_id,
        at=now,
    )
    if command.first_item is not None:
        await _add(tx, sight, follow_up_id, command.first_item)
    _write_down(
        tx, plan_id, follow_up_id, "created", change({}, command.model_dump(exclude_none=True))
    )
    return await _again(tx, sight, follow_up_id)


async def edit_follow_up(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    follow_up_id: UUID,
    command: EditFollowUp,
    version: int,
) -> FollowUp:
    """Give a follow-up another day or time."""
    sight, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    changed = change_by(command, dict(found))
    if not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.EDIT, of_follow_up(found))
    require_day_ahead("day", command.day, sight.today)
    if not await follow_up_store.update_time(
        tx, follow_up_id, command.day, command.starts, version
    ):
        raise await sight.stale(await _again(tx, sight, follow_up_id))
    _write_down(tx, found.plan_id, follow_up_id, "edited", changed)
    return await _again(tx, sight, follow_up_id)


async def add_agenda_item(
    tx: Transaction, actor: Actor, now: datetime, follow_up_id: UUID, command: NewAgendaItem
) -> FollowUp:
    """Say what one wants to talk about."""
    sight, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    sight.require(Action.ADD_ITEM, of_follow_up(found))
    if len(found.agenda) >= _MOST_ITEMS:
        raise Invalid.field("text", "too_many")
    await _add(tx, sight, follow_up_id, command.text)
    _write_down(tx, found.plan_id, follow_up_id, "item_added", change({}, command.model_dump()))
    return await _again(tx, sight, follow_up_id)


async def edit_agenda_item(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    follow_up_id: UUID,
    item_id: UUID,
    command: EditAgendaItem | None,
    version: int,
) -> FollowUp:
    """Reword what one's own side wants to talk about, or take it away (None).

    Raises `NotFound` for what is not on the agenda, `NotAllowed` for what the other side wrote.
    """
    sight, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    item = next((one for one in found.agenda if one.id == item_id), None)
    if item is None:
        raise NotFound
    await sight.require_version(found, version)
    sight.require(Action.ADD_ITEM, of_follow_up(found))
    if item.added_role is not actor.role:
        raise NotAllowed
    text = None if command is None else command.text
    if not await follow_up_store.update_agenda_item(tx, follow_up_id, item_id, text, version):
        raise await sight.stale(await _again(tx, sight, follow_up_id))
    before = {"text": item.text}
    changed = Change(before, {}) if command is None else change_by(command, before)
    what = "item_removed" if command is None else "item_edited"
    _write_down(tx, found.plan_id, follow_up_id, what, changed)
    return await _again(tx, sight, follow_up_id)


async def conclude_follow_up(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    follow_up_id: UUID,
    command: ConcludeFollowUp,
    version: int,
) -> FollowUp:
    """Write what a follow-up led to, and book the next one where it goes on."""
    sight, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    changed = change_by(command, dict(found))
    if found.state is FollowUpState.HELD and not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.CONCLUDE, of_follow_up(found))
    if not isinstance(command, ConcludeAndEnd):
        require_day_ahead("next_day", command.next_day, sight.today)
    if not await follow_up_store.conclude(
        tx,
        follow_up_id,
        outcome=FollowUpOutcome(command.outcome),
        conclusion=command.conclusion,
        replacement=command.replacement if isinstance(command, ConcludeAndReplace) else None,
        version=version,
    ):
        raise await sight.stale(await _again(tx, sight, follow_up_id))
    if not isinstance(command, ConcludeAndEnd):
        await _book_next(tx, sight, found, command)
    _write_down(tx, found.plan_id, follow_up_id, "concluded", changed)
    return await _again(tx, sight, follow_up_id)


async def cancel_follow_up(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    follow_up_id: UUID,
    command: CancelFollowUp,
    version: int,
) -> FollowUp:
    """Say that a follow-up will not be held."""
    sight, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    if found.state is FollowUpState.CANCELLED and found.conclusion == command.reason:
        return found
    await sight.require_version(found, version)
    sight.require(Action.CANCEL, of_follow_up(found))
    if not await follow_up_store.cancel(tx, follow_up_id, command.reason, version):
        raise await sight.stale(await _again(tx, sight, follow_up_id))
    _write_down(
        tx, found.plan_id, follow_up_id, "cancelled", change({}, {"reason": command.reason})
    )
    return await _again(tx, sight, follow_up_id)


async def follow_up_history(
    tx: Transaction, actor: Actor, now: datetime, follow_up_id: UUID
) -> History:
    """Return what was changed in a follow-up, newest first."""
    _, found = await _look_at_follow_up(tx, actor, now, follow_up_id)
    whole = await read_history(tx, ResourceKind.FOLLOW_UP, follow_up_id)
    return only_known(whole, found, "goal_id", "intervention_id")


def of_follow_up(row: FollowUpRow) -> Resource:
    """Return what the policy needs to know about a follow-up."""
    return Resource(
        ResourceKind.FOLLOW_UP,
        row.id,
        row.citizen_id,
        state=row.state,
        part_of=row.goal.id if row.goal else row.intervention_id,
    )


def _new_follow_up(citizen_id: UUID) -> Resource:
    return Resource(ResourceKind.FOLLOW_UP, None, citizen_id)


async def _add(tx: Transaction, sight: Sight, follow_up_id: UUID, text: str) -> None:
    await follow_up_store.insert_agenda_item(
        tx, follow_up_id, text, by=sight.actor.person_id, role=sight.actor.role, at=sight.now
    )


async def _book_next(
    tx: Transaction,
    sight: Sight,
    found: FollowUpRow,
    command: ConcludeAndContinue | ConcludeAndReplace,
) -> None:
    """What goes on is followed up again; what was replaced is not, but its plan is."""
    next_id = await follow_up_store.insert_next(
        tx,
        found.id,
        command.next_day,
        command.next_starts,
        of_the_same=isinstance(command, ConcludeAndContinue),
        by=sight.actor.person_id,
        at=sight.now,
    )
    _write_down(tx, found.plan_id, next_id, "created", change({}, {"day": command.next_day}))


async def _require_subject(
    tx: Transaction, sight: Sight, plan_id: UUID, citizen_id: UUID, command: NewFollowUp
) -> None:
    """A goal or an intervention of this plan that the actor sees; not both."""
    if command.goal_id is not None and command.intervention_id is not None:
        raise Invalid.field("intervention_id", "not_with_goal_id")
    if command.goal_id is not None:
        goal = await goal_store.reading_of_goal(command.goal_id).run(tx)
        if goal is None or goal.plan_id != plan_id or not sight.may(Action.READ, of_goal(goal)):
            raise Invalid.field("goal_id", "unknown")
    if command.intervention_id is not None:
        owner = await follow_up_store.find_intervention(tx, command.intervention_id, plan_id)
        resource = Resource(
            ResourceKind.INTERVENTION, command.intervention_id, citizen_id, administration=owner
        )
        if owner is None or not sight.may(Action.READ, resource):
            raise Invalid.field("intervention_id", "unknown")


def without_hidden(sight: Sight, row: FollowUpRow) -> FollowUpRow:
    """Return a follow-up, without a goal or an intervention that the actor may not know of."""
    hidden: dict[str, None] = {}
    if row.goal is not None:
        goal = Resource(
            ResourceKind.GOAL,
            row.goal.id,
            row.citizen_id,
            administration=row.goal.administration,
            owner=row.goal.owner,
            state=row.goal.state,
        )
        if not sight.may(Action.READ, goal):
            hidden["goal_id"] = None
    if row.intervention_id is not None:
        intervention = Resource(
            ResourceKind.INTERVENTION,
            row.intervention_id,
            row.citizen_id,
            administration=row.intervention_administration,
        )
        if not sight.may(Action.READ, intervention):
            hidden["intervention_id"] = None
    return row.model_copy(update=hidden)


async def _look_at_follow_up(
    tx: Transaction, actor: Actor, now: datetime, follow_up_id: UUID
) -> tuple[Sight, FollowUpRow]:
    reading = follow_up_store.reading_of_follow_up(follow_up_id)
    sight, found = await look(tx, actor, now, reading)
    return sight, _show(sight, found)


async def _again(tx: Transaction, sight: Sight, follow_up_id: UUID) -> FollowUpRow:
    """The follow-up as it stands now, as the actor sees it."""
    return _show(sight, await follow_up_store.reading_of_follow_up(follow_up_id).run(tx))


def _show(sight: Sight, row: FollowUpRow | None) -> FollowUpRow:
    shown = sight.show_one(row, of_follow_up)
    if shown is None:
        raise NotFound
    sight.log()
    return without_hidden(sight, shown)


def _write_down(
    tx: Transaction, plan_id: UUID, follow_up_id: UUID, what: str, changed: Change
) -> None:
    write_down(
        tx, ResourceKind.FOLLOW_UP, follow_up_id, what, changed, plan_id=plan_id, event="follow_up"
    )
