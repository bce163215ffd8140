"""Goals, their steps, ratings and history, and the households that share some of them."""

from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import goals as goal_service
from planapi.services import households as household_service
from planapi.services import steps as step_service
from portal.contract.goals import (
    EditGoal,
    EditStep,
    Goal,
    GoalList,
    History,
    MarkGoalSeen,
    MoveGoal,
    NewGoal,
    NewRating,
    NewStep,
    OrderGoals,
    Step,
    TickStep,
)
from portal.contract.households import HouseholdList

router = APIRouter(prefix="/v1", tags=["goals"])


@router.get("/goals", response_model=GoalList)
async def goals(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return own goals and those of the households."""
    async with context.database.reading(actor) as tx:
        return answer(await goal_service.goals(tx, actor, context.now()))


@router.get("/goals/{goal_id}", response_model=Goal)
async def goal(goal_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one goal with its steps and ratings."""
    async with context.database.reading(actor) as tx:
        return answer(await goal_service.goal(tx, actor, context.now(), goal_id))


@router.get("/goals/{goal_id}/history", response_model=History)
async def goal_history(goal_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what was changed in a goal and its steps, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await goal_service.goal_history(tx, actor, context.now(), goal_id))


@router.post("/goals", response_model=Goal, status_code=201)
async def create_goal(
    command: NewGoal, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Write a goal: the citizen's own, a joint one, or a contact person's proposal."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: goal_service.create_goal(tx, actor, context.now(), command)
        )
    return done.response()


@router.put("/goals/order", response_model=GoalList)
async def order_goals(
    command: OrderGoals, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Put own goals in another order; `If-Match` is that of the list."""
    async with context.database.transaction(actor) as tx:
        return answer(await goal_service.order_goals(tx, actor, context.now(), command, version))


@router.put("/goals/{goal_id}/seen", status_code=204, response_class=Response)
async def mark_goal_seen(
    goal_id: UUID, command: MarkGoalSeen, actor: CurrentActor, context: CurrentContext
) -> None:
    """Tell that what was changed in a goal, up to an entry of its history, was on the screen."""
    async with context.database.transaction(actor) as tx:
        await goal_service.mark_goal_seen(tx, actor, context.now(), goal_id, command)


@router.put("/goals/{goal_id}", response_model=Goal)
async def edit_goal(
    goal_id: UUID,
    command: EditGoal,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Change a goal's wording."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await goal_service.edit_goal(tx, actor, context.now(), goal_id, command, version)
        )


@router.put("/goals/{goal_id}/state", response_model=Goal)
async def move_goal(
    goal_id: UUID,
    command: MoveGoal,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Accept, decline, pause, take up again, drop or reach a goal."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await goal_service.move_goal(tx, actor, context.now(), goal_id, command, version)
        )


@router.post("/goals/{goal_id}/ratings", response_model=Goal, status_code=201)
async def rate_goal(
    goal_id: UUID,
    command: NewRating,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Say how close the goal feels now."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: goal_service.rate_goal(tx, actor, context.now(), goal_id, command)
        )
    return done.response()


@router.post("/goals/{goal_id}/steps", response_model=Step, status_code=201)
async def add_step(
    goal_id: UUID,
    command: NewStep,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Add a step to a goal."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: step_service.add_step(tx, actor, context.now(), goal_id, command)
        )
    return done.response()


@router.put("/steps/{step_id}", response_model=Step)
async def edit_step(
    step_id: UUID,
    command: EditStep,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Change a step's wording, assignee or day."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await step_service.edit_step(tx, actor, context.now(), step_id, command, version)
        )


@router.put("/steps/{step_id}/done", response_model=Step)
async def tick_step(
    step_id: UUID,
    command: TickStep,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Mark a step as done, or undo that."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await step_service.tick_step(tx, actor, context.now(), step_id, command, version)
        )


@router.get("/households", response_model=HouseholdList, tags=["households"])
async def households(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the households with members and joint goals."""
    async with context.database.transaction(actor) as tx:
        return answer(await household_service.households(tx, actor, context.now()))
