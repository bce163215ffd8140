"""Who has seen my information."""

from typing import Annotated

from fastapi import APIRouter, Query

from planapi.dependencies import CurrentActor, CurrentContext
from planapi.services import access_log as service
from portal.contract.access import AccessLog, AccessVisitList

router = APIRouter(prefix="/v1/access-log", tags=["access log"])


Cursor = Annotated[
    str | None, Query(max_length=100, description="`next_cursor` of the page before")
]


@router.get("")
async def access_log(
    actor: CurrentActor,
    context: CurrentContext,
    cursor: Cursor = None,
    visit: Annotated[
        int | None,
        Query(ge=1, lt=2**63, description="Only readings of the visit that holds this entry"),
    ] = None,
) -> AccessLog:
    """Return who read what about the person, newest first, 50 a page."""
    async with context.database.transaction(actor) as tx:
        return await service.access_log(tx, actor, cursor, context.now(), visit)


@router.get("/visits")
async def access_visits(
    actor: CurrentActor, context: CurrentContext, cursor: Cursor = None
) -> AccessVisitList:
    """Return who read about the person, as visits of a quarter of an hour, newest first."""
    async with context.database.transaction(actor) as tx:
        return await service.access_visits(tx, actor, cursor, context.now())
