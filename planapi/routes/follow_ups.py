"""Follow-ups with their agenda and outcome."""

from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import follow_ups as follow_up_service
from portal.contract.follow_ups import (
    CancelFollowUp,
    ConcludeFollowUp,
    EditAgendaItem,
    EditFollowUp,
    FollowUp,
    FollowUpList,
    NewAgendaItem,
    NewFollowUp,
)
from portal.contract.goals import History

router = APIRouter(prefix="/v1", tags=["follow-ups"])


@router.get("/plans/{plan_id}/follow-ups", response_model=FollowUpList)
async def follow_ups(plan_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the follow-ups of a plan, latest day first."""
    async with context.database.transaction(actor) as tx:
        return answer(await follow_up_service.follow_ups(tx, actor, context.now(), plan_id))


@router.post("/plans/{plan_id}/follow-ups", response_model=FollowUp, status_code=201)
async def book_follow_up(
    plan_id: UUID,
    command: NewFollowUp,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Book a follow-up of the plan, of a goal or of an intervention."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: follow_up_service.book_follow_up(tx, actor, context.now(), plan_id, command),
        )
    return done.response()


@router.get("/follow-ups/{follow_up_id}", response_model=FollowUp)
async def follow_up(follow_up_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one follow-up."""
    async with context.database.transaction(actor) as tx:
        return answer(await follow_up_service.follow_up(tx, actor, context.now(), follow_up_id))


@router.get("/follow-ups/{follow_up_id}/history", response_model=History)
async def follow_up_history(
    follow_up_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed in a follow-up, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.follow_up_history(tx, actor, context.now(), follow_up_id)
        )


@router.put("/follow-ups/{follow_up_id}", response_model=FollowUp)
async def edit_follow_up(
    follow_up_id: UUID,
    command: EditFollowUp,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Give a follow-up another day or time."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.edit_follow_up(
                tx, actor, context.now(), follow_up_id, command, version
            )
        )


@router.post("/follow-ups/{follow_up_id}/agenda", response_model=FollowUp, status_code=201)
async def add_agenda_item(
    follow_up_id: UUID,
    command: NewAgendaItem,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Say what one wants to talk about."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: follow_up_service.add_agenda_item(
                tx, actor, context.now(), follow_up_id, command
            ),
        )
    return done.response()


@router.put("/follow-ups/{follow_up_id}/agenda/{item_id}", response_model=FollowUp)
async def edit_agenda_item(
    follow_up_id: UUID,
    item_id: UUID,
    command: EditAgendaItem,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Reword what one's own side wants to talk about."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.edit_agenda_item(
                tx, actor, context.now(), follow_up_id, item_id, command, version
            )
        )


@router.delete("/follow-ups/{follow_up_id}/agenda/{item_id}", response_model=FollowUp)
async def remove_agenda_item(
    follow_up_id: UUID,
    item_id: UUID,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Take away what one's own side wanted to talk about."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.edit_agenda_item(
                tx, actor, context.now(), follow_up_id, item_id, None, version
            )
        )


@router.put("/follow-ups/{follow_up_id}/conclusion", response_model=FollowUp)
async def conclude_follow_up(
    follow_up_id: UUID,
    command: ConcludeFollowUp,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Write what a follow-up led to; the next one is booked where it goes on."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.conclude_follow_up(
                tx, actor, context.now(), follow_up_id, command, version
            )
        )


@router.put("/follow-ups/{follow_up_id}/cancellation", response_model=FollowUp)
async def cancel_follow_up(
    follow_up_id: UUID,
    command: CancelFollowUp,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Say that a follow-up will not be held."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await follow_up_service.cancel_follow_up(
                tx, actor, context.now(), follow_up_id, command, version
            )
        )
