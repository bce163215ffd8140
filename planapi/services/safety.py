"""Hiding for safety: by the contact person, with a recorded reason, from all who look with or for
the citizen. What it keeps from whom is the policy's matter.
"""

from datetime import datetime
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Conflict, Invalid, NotFound
from planapi.events import plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.resources import own
from planapi.services.sight import Sight, look, open_eyes
from planapi.store import plans as plan_store
from planapi.store import safety as store
from planapi.store.safety import HidingRow
from portal.contract.actions import Action
from portal.contract.safety import HideForSafety, LiftHiding, SafetyHiding, SafetyHidings


async def safety_hidings(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID
) -> SafetyHidings:
    """Return what is hidden of a citizen, and was. Raises `NotFound` for whoever may not know."""
    sight, found = await look(tx, actor, now, store.reading_of_hidings(citizen_id))
    if not sight.sees(own(ResourceKind.SAFETY_HIDING, citizen_id, citizen_id)):
        raise NotFound
    shown = sight.show(found.hidings if found else (), _of)
    sight.log()
    return SafetyHidings(hidings=shown)


async def hide_for_safety(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID, command: HideForSafety
) -> SafetyHiding:
    """Hide something in a citizen's plan, from the next read on.

    Raises `Conflict` where it is hidden already.
    """
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.CREATE, own(ResourceKind.SAFETY_HIDING, citizen_id, citizen_id))
    item = await store.find_hidable(tx, command.resource_kind, command.resource_id, citizen_id)
    if item is None or not sight.may(
        Action.CREATE,
        Resource(ResourceKind.SAFETY_HIDING, None, citizen_id, administration=item.administration),
    ):
        raise Invalid.field("resource_id", "unknown")
    hiding_id = await store.insert_hiding(tx, citizen_id, command, actor.person_id)
    if hiding_id is None:
        raise Conflict
    return await _written(tx, sight, hiding_id, "created")


async def lift_hiding(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    hiding_id: UUID,
    command: LiftHiding,
    version: int,
) -> SafetyHiding:
    """Let something be seen again, with a reason."""
    sight, found = await look(tx, actor, now, store.reading_of_hiding(hiding_id))
    if found is None:
        raise NotFound
    sight.require(Action.LIFT, _of(found))
    if found.lifted_at is not None:
        return sight.with_allowed(found, _of(found))
    await sight.require_version(found, version)
    if not await store.lift_hiding(tx, hiding_id, command.reason, actor.person_id, version):
        raise await sight.stale(found)
    return await _written(tx, sight, hiding_id, "lifted")


async def _written(tx: Transaction, sight: Sight, hiding_id: UUID, change: str) -> SafetyHiding:
    """The record as it stands now. History names no reason: that stands in the record alone."""
    written = await store.reading_of_hiding(hiding_id).run(tx)
    if written is None:
        raise NotFound
    history.record(
        tx, resource_kind=ResourceKind.SAFETY_HIDING, resource_id=hiding_id, change=change
    )
    words = await plan_store.reading_of_about_me(written.citizen_id).run(tx)
    if words is not None:
        publish(tx, plan_topic(words.plan_id), "plan", words.plan_id)
    return sight.with_allowed(written, _of(written))


def _of(hiding: HidingRow) -> Resource:
    return Resource(
        ResourceKind.SAFETY_HIDING,
        hiding.id,
        hiding.citizen_id,
        administration=hiding.administration,
    )
