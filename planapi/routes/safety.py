"""What is hidden for somebody's safety."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import safety as service
from portal.contract.safety import HideForSafety, LiftHiding, SafetyHiding, SafetyHidings

router = APIRouter(prefix="/v1/work", tags=["work"])


@router.get("/citizens/{citizen_id}/safety-hidings", response_model=SafetyHidings)
async def safety_hidings(
    citizen_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what is hidden of a citizen for safety, and was."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.safety_hidings(tx, actor, context.now(), citizen_id))


@router.post(
    "/citizens/{citizen_id}/safety-hidings",
    response_model=SafetyHiding,
    status_code=HTTPStatus.CREATED,
)
async def hide_for_safety(
    citizen_id: UUID,
    command: HideForSafety,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Hide something from all who look for the citizen; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.hide_for_safety(tx, actor, context.now(), citizen_id, command),
        )
    return done.response()


@router.put("/safety-hidings/{hiding_id}/lifted", response_model=SafetyHiding)
async def lift_hiding(
    hiding_id: UUID,
    command: LiftHiding,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Let something be seen again; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await service.lift_hiding(tx, actor, context.now(), hiding_id, command, version)
        )
