"""Minutes of meetings."""

from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import minutes as minutes_service
from portal.contract.goals import History
from portal.contract.minutes import (
    CommentMinutes,
    EditMinutes,
    Minutes,
    MinutesList,
    NewMinutes,
)

router = APIRouter(prefix="/v1", tags=["minutes"])


@router.get("/plans/{plan_id}/minutes", response_model=MinutesList)
async def all_minutes(plan_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the minutes of a plan, latest meeting first."""
    async with context.database.transaction(actor) as tx:
        return answer(await minutes_service.all_minutes(tx, actor, context.now(), plan_id))


@router.post("/plans/{plan_id}/minutes", response_model=Minutes, status_code=201)
async def write_minutes(
    plan_id: UUID,
    command: NewMinutes,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Write a draft, which the citizen does not see."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: minutes_service.write_minutes(tx, actor, context.now(), plan_id, command)
        )
    return done.response()


@router.get("/minutes/{minutes_id}", response_model=Minutes)
async def minutes(minutes_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the minutes of one meeting."""
    async with context.database.transaction(actor) as tx:
        return answer(await minutes_service.minutes(tx, actor, context.now(), minutes_id))


@router.get("/minutes/{minutes_id}/history", response_model=History)
async def minutes_history(
    minutes_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed, newest first; to the citizen what came after the draft."""
    async with context.database.transaction(actor) as tx:
        return answer(await minutes_service.minutes_history(tx, actor, context.now(), minutes_id))


@router.put("/minutes/{minutes_id}", response_model=Minutes)
async def edit_minutes(
    minutes_id: UUID,
    command: EditMinutes,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Replace the wording of a draft."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await minutes_service.edit_minutes(
                tx, actor, context.now(), minutes_id, command, version
            )
        )


@router.put("/minutes/{minutes_id}/sharing", response_model=Minutes)
async def share_minutes(
    minutes_id: UUID, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Show a draft to the citizen; from now on its text stays as it is."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await minutes_service.share_minutes(tx, actor, context.now(), minutes_id, version)
        )


@router.put("/minutes/{minutes_id}/confirmation", response_model=Minutes)
async def confirm_minutes(
    minutes_id: UUID, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Say that this is how it was."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await minutes_service.confirm_minutes(tx, actor, context.now(), minutes_id, version)
        )


@router.post("/minutes/{minutes_id}/comments", response_model=Minutes, status_code=201)
async def comment_minutes(
    minutes_id: UUID,
    command: CommentMinutes,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Write a comment or a disagreement, which stands beside the text."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: minutes_service.comment_minutes(tx, actor, context.now(), minutes_id, command),
        )
    return done.response()
