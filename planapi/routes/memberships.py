"""Who belongs to a household."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import memberships as service
from portal.contract.households import (
    AnswerInvitation,
    HouseholdList,
    Invitation,
    InvitationList,
    InviteMember,
    NewHousehold,
)

router = APIRouter(prefix="/v1", tags=["households"])


@router.post("/households", response_model=HouseholdList, status_code=HTTPStatus.CREATED)
async def create_household(
    command: NewHousehold, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Found a household with oneself as its first member."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.create_household(tx, actor, context.now(), command)
        )
    return done.response()


@router.post(
    "/households/{household_id}/invitations",
    response_model=Invitation,
    status_code=HTTPStatus.CREATED,
)
async def invite_member(
    household_id: UUID,
    command: InviteMember,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Invite somebody by CPR number; they accept with their own login, each of the last hour."""
    secret = context.secret_key.get_secret_value()
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.invite_member(tx, actor, context.now(), household_id, command, secret),
        )
    return done.response()


@router.post("/households/{household_id}/leave", response_model=HouseholdList)
async def leave_household(
    household_id: UUID, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Leave a household; what is joint stays with the others."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.leave_household(tx, actor, context.now(), household_id),
            HTTPStatus.OK,
        )
    return done.response()


@router.get("/invitations", response_model=InvitationList)
async def invitations(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return open invitations to the person and of their households."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.invitations(tx, actor, context.now()))


@router.post("/invitations/{invitation_id}/answer", response_model=Invitation)
async def answer_invitation(
    invitation_id: UUID,
    command: AnswerInvitation,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Accept, with a login of the last 60 minutes, or decline an invitation."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.answer_invitation(tx, actor, context.now(), invitation_id, command),
            HTTPStatus.OK,
        )
    return done.response()


@router.post("/invitations/{invitation_id}/withdrawal", response_model=Invitation)
async def withdraw_invitation(
    invitation_id: UUID, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Take back an invitation of one's household."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.withdraw_invitation(tx, actor, context.now(), invitation_id),
            HTTPStatus.OK,
        )
    return done.response()
