"""The contact person's side."""

from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.services import work as work_service
from portal.contract.work import Briefing, CitizenList, Inbox

router = APIRouter(prefix="/v1/work", tags=["work"])


@router.get("/inbox", response_model=Inbox)
async def inbox(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who waits, the nearest deadline first."""
    async with context.database.reading(actor) as tx:
        return answer(await work_service.inbox(tx, actor, context.now()))


@router.get("/citizens", response_model=CitizenList)
async def citizens(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the contact person's citizens and those they are deputy for."""
    async with context.database.reading(actor) as tx:
        return answer(await work_service.citizens(tx, actor, context.now()))


@router.get("/citizens/{citizen_id}", response_model=Briefing)
async def briefing(citizen_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one citizen's whole situation."""
    async with context.database.transaction(actor) as tx:
        return answer(await work_service.briefing(tx, actor, context.now(), citizen_id))
