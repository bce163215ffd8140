"""Meetings: answered by the citizen, moved by the administration that holds them."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import change
from planapi.services.places import read_history, require_day_ahead, write_down
from planapi.services.resources import of_appointment
from planapi.services.sight import Sight, look
from planapi.store import appointments as appointment_store
from planapi.store.appointments import AppointmentRow
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.plans import Appointment, CannotCome, Coming, MoveAppointment

_LONGEST_MEETING: Final = timedelta(days=1)


async def appointment(
    tx: Transaction, actor: Actor, now: datetime, appointment_id: UUID
) -> Appointment:
    """Return one meeting."""
    _, found = await _look_at_appointment(tx, actor, now, appointment_id)
    return found


async def answer_appointment(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    appointment_id: UUID,
    command: Coming | CannotCome,
    version: int,
) -> Appointment:
    """Say that one comes, or that one cannot and what would fit better."""
    sight, found = await _look_at_appointment(tx, actor, now, appointment_id)
    told = found.answer.model_dump(include=set(type(command).model_fields)) if found.answer else {}
    changed = change(told, command.model_dump())
    if not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.ANSWER, _of(sight, found))
    if isinstance(command, CannotCome) and any(at <= now for at in command.wished_times):
        raise Invalid.field("wished_times", "in_the_past")
    if not await appointment_store.insert_answer(
        tx, appointment_id, command, by=actor.person_id, at=now, version=version
    ):
        raise await sight.stale(await _again(tx, sight, appointment_id))
    write_down(
        tx,
        ResourceKind.APPOINTMENT,
        appointment_id,
        "answered",
        changed,
        plan_id=found.plan_id,
        event="plan",
    )
    return await _again(tx, sight, appointment_id)


async def move_appointment(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    appointment_id: UUID,
    command: MoveAppointment,
    version: int,
) -> Appointment:
    """Give a meeting another time. The citizen's answer was to the old one."""
    sight, found = await _look_at_appointment(tx, actor, now, appointment_id)
    changed = change({"starts_at": found.starts_at, "ends_at": found.ends_at}, command.model_dump())
    if not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.MOVE, _of(sight, found))
    require_day_ahead("starts_at", command.starts_at.date(), sight.today)
    if command.starts_at <= now:
        raise Invalid.field("starts_at", "in_the_past")
    if command.ends_at - command.starts_at > _LONGEST_MEETING:
        raise Invalid.field("ends_at", "too_late")
    if not await appointment_store.update_time(tx, appointment_id, command, version):
        raise await sight.stale(await _again(tx, sight, appointment_id))
    write_down(
        tx,
        ResourceKind.APPOINTMENT,
        appointment_id,
        "moved",
        changed,
        plan_id=found.plan_id,
        event="plan",
    )
    return await _again(tx, sight, appointment_id)


async def appointment_history(
    tx: Transaction, actor: Actor, now: datetime, appointment_id: UUID
) -> History:
    """Return what was answered and moved, newest first."""
    await _look_at_appointment(tx, actor, now, appointment_id)
    return await read_history(tx, ResourceKind.APPOINTMENT, appointment_id)


def _of(sight: Sight, found: AppointmentRow) -> Resource:
    return of_appointment(found.citizen_id, sight.now)(found)


async def _look_at_appointment(
    tx: Transaction, actor: Actor, now: datetime, appointment_id: UUID
) -> tuple[Sight, AppointmentRow]:
    reading = appointment_store.reading_of_appointment(appointment_id)
    sight, found = await look(tx, actor, now, reading)
    return sight, _show(sight, found)


async def _again(tx: Transaction, sight: Sight, appointment_id: UUID) -> AppointmentRow:
    """The meeting as it stands now, as the actor sees it."""
    return _show(sight, await appointment_store.reading_of_appointment(appointment_id).run(tx))


def _show(sight: Sight, found: AppointmentRow | None) -> AppointmentRow:
    shown = sight.show_one(found, lambda row: _of(sight, row))
    if shown is None:
        raise NotFound
    sight.log()
    return shown
