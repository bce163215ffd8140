"""Who sees what of a citizen, what one sees of others, and goals shared one by one."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import goal_shares as goal_share_service
from planapi.services import shared_views as view_service
from planapi.services import sharing as sharing_service
from portal.contract.sharing import (
    GoalShares,
    OtherPeople,
    SharedView,
    ShareGoal,
    SharingMatrix,
)

router = APIRouter(prefix="/v1", tags=["sharing"])


@router.get("/sharing", response_model=SharingMatrix)
async def sharing(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who sees what, by category, each with its ground."""
    async with context.database.transaction(actor) as tx:
        return answer(await sharing_service.sharing(tx, actor, context.now()))


@router.get("/see-as/{person_id}", response_model=SharedView)
async def see_as(person_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return exactly what another person sees of the citizen who asks."""
    async with context.database.transaction(actor) as tx:
        return answer(await view_service.see_as(tx, actor, context.now(), person_id))


@router.get("/people", response_model=OtherPeople)
async def people(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return of whom the person sees something."""
    async with context.database.transaction(actor) as tx:
        return answer(await view_service.people(tx, actor, context.now()))


@router.get("/people/{person_id}", response_model=SharedView)
async def person(person_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what the person sees of another; 404 where that is nothing."""
    async with context.database.transaction(actor) as tx:
        return answer(await view_service.person(tx, actor, context.now(), person_id))


@router.get("/goals/{goal_id}/shares", response_model=GoalShares)
async def goal_shares(goal_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return with whom an own goal is shared."""
    async with context.database.transaction(actor) as tx:
        return answer(await goal_share_service.goal_shares(tx, actor, context.now(), goal_id))


@router.post("/goals/{goal_id}/shares", response_model=GoalShares, status_code=HTTPStatus.CREATED)
async def share_goal(
    goal_id: UUID,
    command: ShareGoal,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Show a goal to somebody of the household; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: goal_share_service.share_goal(tx, actor, context.now(), goal_id, command),
        )
    return done.response()


@router.delete("/goals/{goal_id}/shares/{person_id}", response_model=GoalShares)
async def unshare_goal(
    goal_id: UUID, person_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Show a goal to somebody no longer; it works at the next read."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await goal_share_service.unshare_goal(tx, actor, context.now(), goal_id, person_id)
        )
