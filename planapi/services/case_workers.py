"""Who works with a citizen: assigned by the contact person, who also ends it."""

from datetime import datetime
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Invalid
from planapi.events import person_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.resources import own
from planapi.services.sight import Sight, open_eyes
from planapi.store import case_workers as store
from planapi.store.handovers import works_here
from portal.contract.actions import Action
from portal.contract.case_workers import AssignCaseWorker, CaseWorkerList


async def case_workers(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID
) -> CaseWorkerList:
    """Return who works with a citizen today."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.CASE_WORKER, citizen_id, citizen_id))
    return await _list(tx, sight, citizen_id)


async def assign_case_worker(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID, command: AssignCaseWorker
) -> CaseWorkerList:
    """Let a colleague work with a citizen from today on; assigned twice is assigned once."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.CREATE, own(ResourceKind.CASE_WORKER, citizen_id, citizen_id))
    if not await works_here(tx, command.professional_id):
        raise Invalid.field("professional_id", "unknown")
    if await store.insert_case_worker(tx, citizen_id, command.professional_id, sight.today):
        _record(tx, citizen_id, command.professional_id, "assigned")
    return await _list(tx, sight, citizen_id)


async def end_case_worker(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID, professional_id: UUID
) -> CaseWorkerList:
    """Let a colleague's work with a citizen end: they see their part no more at the next read."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.END, own(ResourceKind.CASE_WORKER, citizen_id, citizen_id))
    if await store.end_case_worker(tx, citizen_id, professional_id, sight.today):
        _record(tx, citizen_id, professional_id, "ended")
    return await _list(tx, sight, citizen_id)


async def _list(tx: Transaction, sight: Sight, citizen_id: UUID) -> CaseWorkerList:
    found = await store.reading_of_case_workers(citizen_id, sight.today).run(tx)
    resource = own(ResourceKind.CASE_WORKER, citizen_id, citizen_id)
    listed = found or CaseWorkerList(citizen_id=citizen_id)
    return listed.model_copy(update={"may_assign": sight.may(Action.CREATE, resource)})


def _record(tx: Transaction, citizen_id: UUID, professional_id: UUID, change: str) -> None:
    history.record(
        tx,
        resource_kind=ResourceKind.CASE_WORKER,
        resource_id=citizen_id,
        change=change,
        after={"professional": professional_id},
    )
    for person in (citizen_id, professional_id):
        publish(tx, person_topic(person), "person", citizen_id)
