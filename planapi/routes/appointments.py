"""Meetings, and whether it is too much: overlaps and full weeks."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.services import appointments as appointment_service
from planapi.services import workload as workload_service
from portal.contract.goals import History
from portal.contract.plans import AnswerAppointment, Appointment, MoveAppointment
from portal.contract.workload import Load, Overlaps

router = APIRouter(prefix="/v1", tags=["time"])

_MOST_WEEKS: Final = 52

Weeks = Annotated[int, Query(ge=0, le=_MOST_WEEKS)]


@router.get("/appointments/{appointment_id}", response_model=Appointment)
async def appointment(
    appointment_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return one meeting."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await appointment_service.appointment(tx, actor, context.now(), appointment_id)
        )


@router.get("/appointments/{appointment_id}/history", response_model=History)
async def appointment_history(
    appointment_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was answered and moved, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await appointment_service.appointment_history(tx, actor, context.now(), appointment_id)
        )


@router.put("/appointments/{appointment_id}/answer", response_model=Appointment)
async def answer_appointment(
    appointment_id: UUID,
    command: AnswerAppointment,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Say that one comes, or that one cannot and what would fit better."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await appointment_service.answer_appointment(
                tx, actor, context.now(), appointment_id, command, version
            )
        )


@router.put("/appointments/{appointment_id}/time", response_model=Appointment)
async def move_appointment(
    appointment_id: UUID,
    command: MoveAppointment,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Give a meeting another time; the citizen answers anew."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await appointment_service.move_appointment(
                tx, actor, context.now(), appointment_id, command, version
            )
        )


@router.get("/plans/{plan_id}/overlaps", response_model=Overlaps)
async def overlaps(plan_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what overlaps from now on; of meetings those of the next 26 weeks."""
    async with context.database.transaction(actor) as tx:
        return answer(await workload_service.overlaps(tx, actor, context.now(), plan_id))


@router.get("/plans/{plan_id}/load", response_model=Load)
async def load(
    plan_id: UUID,
    actor: CurrentActor,
    context: CurrentContext,
    weeks_back: Weeks = 4,
    weeks_ahead: Weeks = 8,
) -> Response:
    """Return hours and meetings of each week: some back, this one, some ahead."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await workload_service.load(
                tx, actor, context.now(), plan_id, back=weeks_back, ahead=weeks_ahead
            )
        )
