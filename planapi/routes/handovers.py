"""Contact persons who hand over or are away, answers to requests for a plan, a leader's figures."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import handovers as service
from portal.contract.figures import Figures
from portal.contract.handovers import Absence, AbsenceList, ColleagueList, HandOver, NewAbsence
from portal.contract.people import AnswerPlanRequest, PlanRequest

router = APIRouter(prefix="/v1/work", tags=["work"])


@router.get("/colleagues", response_model=ColleagueList)
async def colleagues(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who could take over or stand in."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.colleagues(tx, actor, context.now()))


@router.post(
    "/citizens/{citizen_id}/handover",
    response_model=ColleagueList,
    status_code=HTTPStatus.CREATED,
)
async def hand_over(
    citizen_id: UUID,
    command: HandOver,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Let a colleague be contact person from a day on; 409 where that has changed meanwhile."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.hand_over(tx, actor, context.now(), citizen_id, command)
        )
    return done.response()


@router.get("/absences", response_model=AbsenceList)
async def absences(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one's absences that are not over."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.absences(tx, actor, context.now()))


@router.post("/absences", response_model=Absence, status_code=HTTPStatus.CREATED)
async def add_absence(
    command: NewAbsence, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Let a deputy stand in for a time; 409 where somebody does already."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.add_absence(tx, actor, context.now(), command)
        )
    return done.response()


@router.delete("/absences/{absence_id}", response_model=AbsenceList)
async def end_absence(
    absence_id: UUID, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Be back: from now on the deputy sees nothing any more."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.end_absence(tx, actor, context.now(), absence_id, version))


@router.put("/plan-requests/{request_id}/answer", response_model=PlanRequest)
async def answer_plan_request(
    request_id: UUID,
    command: AnswerPlanRequest,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Accept, which makes the plan, or decline."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await service.answer_plan_request(
                tx, actor, context.now(), request_id, command, version
            )
        )


@router.get("/figures", response_model=Figures)
async def figures(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return a leader's numbers, none about fewer than five people."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.figures(tx, actor, context.now()))
