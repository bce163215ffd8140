"""Private calendar addresses: the citizen has one issued, a phone follows it through the portal."""

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import FromPortal
from planapi.services import calendar_addresses
from portal.contract.calendar import (
    CalendarAddress,
    FollowCalendar,
    FollowedCalendar,
    IssueCalendarAddress,
)

router = APIRouter(prefix="/v1", tags=["time"])


@router.get("/calendar-address", response_model=CalendarAddress)
async def calendar_address(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return whether the citizen has an address, never its secret."""
    async with context.database.transaction(actor) as tx:
        return answer(await calendar_addresses.calendar_address(tx, actor, context.now()))


@router.put("/calendar-address", response_model=CalendarAddress)
async def issue_calendar_address(
    command: IssueCalendarAddress,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Issue an address, and end an older one; `If-Match: "0"` where there has never been one."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await calendar_addresses.issue_calendar_address(
                tx, actor, context.now(), command, version
            )
        )


@router.delete("/calendar-address", response_model=CalendarAddress)
async def revoke_calendar_address(
    version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """End the address: from the next look on, it shows nothing."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await calendar_addresses.revoke_calendar_address(tx, actor, context.now(), version)
        )


@router.post("/calendar-address/followed", response_model=FollowedCalendar)
async def follow_calendar(
    command: FollowCalendar, request: FromPortal, context: CurrentContext
) -> Response:
    """Return what an address shows to whoever knows its secret; 404 for any that is not one."""
    async with context.database.service_transaction() as tx:
        await request.require_same(tx)
        address = await calendar_addresses.find_address(tx, command)
    return answer(
        await calendar_addresses.follow_calendar(context.database, address, context.now())
    )
