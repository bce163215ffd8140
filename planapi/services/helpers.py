"""Helpers: named by the citizen, for a time and within a scope, and ended in one step."""

from datetime import datetime
from uuid import UUID

from pydantic import SecretStr

from planapi import history
from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.events import person_topic, publish
from planapi.people import cpr_hash
from planapi.policy.actors import Actor
from planapi.policy.ages import AgeRight, has_right
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.consent_offers import longest_until
from planapi.services.resources import own
from planapi.services.sight import Sight, open_eyes
from planapi.store import helpers as helper_store
from planapi.store.helpers import HelperRows
from portal.contract.actions import Action
from portal.contract.helpers import (
    AddHelper,
    AppointGuardian,
    Helper,
    HelperKind,
    HelperList,
)


async def helpers(tx: Transaction, actor: Actor, now: datetime) -> HelperList:
    """Return who helps the actor, and whom the actor helps."""
    sight = await open_eyes(tx, actor, now)
    rows = await helper_store.reading_of_helpers(actor.person_id, sight.today).run(tx)
    rows = rows or HelperRows()
    return HelperList(
        helpers=sight.show(rows.helpers, of_helper),
        helping=sight.show(rows.helping, of_helper),
        may_add=tuple(
            kind
            for kind in HelperKind
            if sight.may_after_login(Action.CREATE, _new(actor.person_id, kind))
        ),
    )


async def add_helper(
    tx: Transaction, actor: Actor, now: datetime, command: AddHelper, secret: str
) -> Helper:
    """Let somebody help from today on. Raises `StepUpNeeded` when the login is too old."""
    return await _add(tx, await open_eyes(tx, actor, now), actor.person_id, command, secret)


async def helpers_of_citizen(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID
) -> HelperList:
    """Return who helps a citizen, to the contact person. Raises `NotFound` for anybody else."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.PERSON, citizen_id, citizen_id))
    rows = await helper_store.reading_of_helpers(citizen_id, sight.today).run(tx) or HelperRows()
    shown = sight.show(rows.helpers, of_helper)
    sight.log()
    return HelperList(
        helpers=shown,
        may_add=tuple(
            kind
            for kind in HelperKind
            if sight.may_after_login(Action.CREATE, _new(citizen_id, kind))
        ),
    )


async def appoint_guardian(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    citizen_id: UUID,
    command: AppointGuardian,
    secret: str,
) -> Helper:
    """Write down, as the contact person, who is a citizen's guardian from today on."""
    helper = AddHelper(kind=HelperKind.GUARDIAN, **dict(command))
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.PERSON, citizen_id, citizen_id))
    return await _add(tx, sight, citizen_id, helper, secret)


async def _add(
    tx: Transaction, sight: Sight, citizen_id: UUID, command: AddHelper, secret: str
) -> Helper:
    sight.require(Action.CREATE, _new(citizen_id, command.kind))
    hashed = hash_of(command.cpr, secret)
    await _require_fitting(tx, sight, command, hashed)
    helper_id = await helper_store.insert_helper(
        tx, citizen_id, command, hashed, sight.today, sight.actor.person_id
    )
    history.record(
        tx,
        resource_kind=ResourceKind.HELPER,
        resource_id=helper_id,
        change="created",
        after=command.model_dump(exclude={"cpr"}),
    )
    written = await _find(tx, sight, helper_id)
    await _tell(tx, written)
    return sight.with_allowed(written, of_helper(written))


async def end_helper(tx: Transaction, actor: Actor, now: datetime, helper_id: UUID) -> Helper:
    """End a helper's task: it counts no more at the next read. Ended twice is ended once."""
    sight = await open_eyes(tx, actor, now)
    found = await _find(tx, sight, helper_id)
    sight.require(Action.READ, of_helper(found))
    if found.ended_at is not None:
        return sight.with_allowed(found, of_helper(found))
    sight.require(Action.END, of_helper(found))
    if await helper_store.end_helper(tx, helper_id, actor.person_id):
        history.record(
            tx,
            resource_kind=ResourceKind.HELPER,
            resource_id=helper_id,
            change="ended",
            before={"state": found.state},
            after={"state": "ended"},
        )
        await _tell(tx, found)
    ended = await _find(tx, sight, helper_id)
    return sight.with_allowed(ended, of_helper(ended))


def of_helper(helper: Helper) -> Resource:
    """A helper as the policy sees it."""
    return Resource(
        ResourceKind.HELPER,
        helper.id,
        helper.citizen.id,
        state=helper.state,
        variety=helper.kind,
    )


def hash_of(cpr: SecretStr, secret: str) -> bytes:
    """Return the keyed hash of a number that a person typed. Raises `Invalid` for none."""
    try:
        return cpr_hash(secret, cpr.get_secret_value())
    except ValueError:
        raise Invalid.field("cpr", "not_a_cpr_number") from None


async def _require_fitting(
    tx: Transaction, sight: Sight, command: AddHelper, hashed: bytes
) -> None:
    if command.valid_until < sight.today:
        raise Invalid.field("valid_until", "in_the_past")
    if command.valid_until > longest_until(sight.today):
        raise Invalid.field("valid_until", "too_late")
    born = await helper_store.read_birth_date(tx, hashed)
    if command.kind is HelperKind.BISIDDER and not has_right(
        AgeRight.BE_BISIDDER, born, sight.today
    ):
        raise Invalid.field("cpr", "too_young")


async def _find(tx: Transaction, sight: Sight, helper_id: UUID) -> Helper:
    found = await helper_store.reading_of_helper(helper_id, sight.today).run(tx)
    if found is None:
        raise NotFound
    return found


async def _tell(tx: Transaction, helper: Helper) -> None:
    publish(tx, person_topic(helper.citizen.id), "helper", helper.id)
    helping = await helper_store.find_helping_person(tx, helper.id)
    if helping is not None:
        publish(tx, person_topic(helping), "helper", helper.id)


def _new(citizen_id: UUID, kind: HelperKind) -> Resource:
    return Resource(ResourceKind.HELPER, None, citizen_id, variety=kind)
