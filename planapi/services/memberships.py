"""Who belongs to a household: founded, invited, accepted with the own login, left in one step."""

from datetime import datetime
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Conflict, NotFound
from planapi.events import household_topic, person_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.helpers import hash_of
from planapi.services.households import households
from planapi.services.resources import own
from planapi.services.sight import Sight, open_eyes
from planapi.store import invitations as store
from planapi.store.invitations import InvitationRows
from portal.contract.actions import Action
from portal.contract.households import (
    AnswerInvitation,
    HouseholdList,
    Invitation,
    InvitationList,
    InvitationState,
    InviteMember,
    NewHousehold,
)


async def invitations(tx: Transaction, actor: Actor, now: datetime) -> InvitationList:
    """Return open invitations to the actor, and those of the actor's households."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.PERSON, actor.person_id, actor.person_id))
    rows = await store.reading_of_invitations(actor.person_id).run(tx) or InvitationRows()
    return InvitationList(
        to_me=sight.show(rows.to_me, _of_invitation),
        of_households=sight.show(rows.of_households, _of_invitation),
    )


async def create_household(
    tx: Transaction, actor: Actor, now: datetime, command: NewHousehold
) -> HouseholdList:
    """Found a household with the actor as its first member."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.CREATE, own(ResourceKind.HOUSEHOLD, actor.person_id))
    household_id = await store.insert_household(tx, command.name)
    await store.insert_member(tx, household_id, actor.person_id, command.relation, sight.today)
    _record(tx, household_id, "created", {"name": command.name})
    publish(tx, person_topic(actor.person_id), "household", household_id)
    return await households(tx, actor, now)


async def invite_member(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    household_id: UUID,
    command: InviteMember,
    secret: str,
) -> Invitation:
    """Invite somebody by CPR number. Whether the number is known here, nobody is told.

    Raises `Conflict` where they are invited already.
    """
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.INVITE, _of_household(household_id))
    hashed = hash_of(command.cpr, secret)
    invitation_id = await store.insert_invitation(
        tx, household_id, command, hashed, actor.person_id
    )
    if invitation_id is None:
        raise Conflict
    _record(tx, household_id, "invited", command.model_dump(exclude={"cpr"}))
    await _tell(tx, household_id, invitation_id)
    return await _again(tx, sight, invitation_id)


async def answer_invitation(
    tx: Transaction, actor: Actor, now: datetime, invitation_id: UUID, command: AnswerInvitation
) -> Invitation:
    """Accept or decline an invitation to oneself. Raises `Conflict` where it is open no more."""
    sight, found = await _look(tx, actor, now, invitation_id)
    action = Action.ACCEPT if command.accept else Action.DECLINE
    sight.require(action, _of_invitation(found))
    state = InvitationState.ACCEPTED if command.accept else InvitationState.DECLINED
    if not await store.close_invitation(tx, invitation_id, state):
        raise Conflict
    if command.accept:
        await store.insert_member(
            tx, found.household_id, actor.person_id, found.relation, sight.today
        )
    _record(tx, found.household_id, state, {"person_id": actor.person_id})
    await _tell(tx, found.household_id, invitation_id)
    return await _again(tx, sight, invitation_id)


async def withdraw_invitation(
    tx: Transaction, actor: Actor, now: datetime, invitation_id: UUID
) -> Invitation:
    """Take back an invitation of one's household."""
    sight, found = await _look(tx, actor, now, invitation_id)
    sight.require(Action.WITHDRAW, _of_invitation(found))
    if await store.close_invitation(tx, invitation_id, InvitationState.WITHDRAWN):
        _record(tx, found.household_id, "invitation_withdrawn", {"name": found.name})
        await _tell(tx, found.household_id, invitation_id)
    return await _again(tx, sight, invitation_id)


async def leave_household(
    tx: Transaction, actor: Actor, now: datetime, household_id: UUID
) -> HouseholdList:
    """Leave: what is joint stays with the others, the own part goes. Effective at the next read."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.LEAVE, _of_household(household_id))
    if await store.end_membership(tx, household_id, actor.person_id, sight.today):
        _record(tx, household_id, "left", {"person_id": actor.person_id})
        publish(tx, household_topic(household_id), "household", household_id)
        publish(tx, person_topic(actor.person_id), "household", household_id)
    return await households(tx, actor, now)


async def _look(
    tx: Transaction, actor: Actor, now: datetime, invitation_id: UUID
) -> tuple[Sight, Invitation]:
    sight = await open_eyes(tx, actor, now)
    found = await store.reading_of_invitation(invitation_id).run(tx)
    if found is None:
        raise NotFound
    sight.require(Action.READ, _of_invitation(found))
    return sight, found


async def _again(tx: Transaction, sight: Sight, invitation_id: UUID) -> Invitation:
    found = await store.reading_of_invitation(invitation_id).run(tx)
    if found is None:
        raise NotFound
    return sight.with_allowed(found, _of_invitation(found))


async def _tell(tx: Transaction, household_id: UUID, invitation_id: UUID) -> None:
    publish(tx, household_topic(household_id), "household", household_id)
    invited = await store.find_invited_person(tx, invitation_id)
    if invited is not None:
        publish(tx, person_topic(invited), "household", household_id)


def _record(tx: Transaction, household_id: UUID, change: str, after: dict[str, object]) -> None:
    history.record(
        tx,
        resource_kind=ResourceKind.HOUSEHOLD,
        resource_id=household_id,
        change=change,
        after=after,
    )


def _of_household(household_id: UUID) -> Resource:
    return Resource(ResourceKind.HOUSEHOLD, household_id, None, household_id)


def _of_invitation(invitation: Invitation) -> Resource:
    return Resource(
        ResourceKind.INVITATION,
        invitation.id,
        None,
        invitation.household_id,
        state=invitation.state,
    )
