"""Helpers: people who look with or for a citizen."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import helpers as service
from portal.contract.helpers import AddHelper, Helper, HelperList

router = APIRouter(prefix="/v1/helpers", tags=["helpers"])


@router.get("", response_model=HelperList)
async def helpers(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who helps the person, and whom the person helps."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.helpers(tx, actor, context.now()))


@router.post("", response_model=Helper, status_code=HTTPStatus.CREATED)
async def add_helper(
    command: AddHelper, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Let somebody help; the login is at most 60 minutes old."""
    secret = context.secret_key.get_secret_value()
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.add_helper(tx, actor, context.now(), command, secret)
        )
    return done.response()


@router.post("/{helper_id}/end", response_model=Helper)
async def end_helper(
    helper_id: UUID, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """End a helper's task, as the citizen or as the helper; it works at the next read."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.end_helper(tx, actor, context.now(), helper_id), HTTPStatus.OK
        )
    return done.response()
