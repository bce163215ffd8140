"""Who works with a citizen, and a citizen's helpers and guardian, for the contact person."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import case_workers as service
from planapi.services import helpers as helper_service
from portal.contract.case_workers import AssignCaseWorker, CaseWorkerList
from portal.contract.helpers import AppointGuardian, Helper, HelperList

router = APIRouter(prefix="/v1/work/citizens/{citizen_id}", tags=["work"])


@router.get("/case-workers", response_model=CaseWorkerList)
async def case_workers(citizen_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who works with a citizen today."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.case_workers(tx, actor, context.now(), citizen_id))


@router.post("/case-workers", response_model=CaseWorkerList, status_code=HTTPStatus.CREATED)
async def assign_case_worker(
    citizen_id: UUID,
    command: AssignCaseWorker,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Let a colleague work with a citizen from today on."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.assign_case_worker(tx, actor, context.now(), citizen_id, command)
        )
    return done.response()


@router.delete("/case-workers/{professional_id}", response_model=CaseWorkerList)
async def end_case_worker(
    citizen_id: UUID, professional_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Let a colleague's work with a citizen end."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await service.end_case_worker(tx, actor, context.now(), citizen_id, professional_id)
        )


@router.get("/helpers", response_model=HelperList)
async def helpers_of_citizen(
    citizen_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return who helps a citizen, latest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await helper_service.helpers_of_citizen(tx, actor, context.now(), citizen_id))


@router.post("/guardian", response_model=Helper, status_code=HTTPStatus.CREATED)
async def appoint_guardian(
    citizen_id: UUID,
    command: AppointGuardian,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Write down who is a citizen's guardian; the login is at most 60 minutes old."""
    secret = context.secret_key.get_secret_value()
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: helper_service.appoint_guardian(
                tx, actor, context.now(), citizen_id, command, secret
            ),
        )
    return done.response()
