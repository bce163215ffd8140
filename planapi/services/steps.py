"""The steps of a goal: added, reworded, ticked and unticked."""

from datetime import datetime
from uuid import UUID

from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.assignees import doer_of, require_takes_part
from planapi.services.changes import change, change_by
from planapi.services.goals import record_and_publish, show_goal
from planapi.services.resources import of_goal, of_step
from planapi.services.sight import Sight, look
from planapi.store import goals as goal_store
from planapi.store.goals import GoalRow
from portal.contract.actions import Action
from portal.contract.goals import EditStep, NewStep, Step, TickStep


async def add_step(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: NewStep
) -> Step:
    """Add a step to a goal. Raises `Invalid` where the assignee does not take part in it."""
    sight, found = await look(tx, actor, now, goal_store.reading_of_goal(goal_id))
    goal = show_goal(sight, found)
    sight.log()
    sight.require(Action.ADD_STEP, of_goal(goal))
    assignee_id = doer_of(actor, command.assignee_id, for_everybody=command.for_everybody)
    await require_takes_part(tx, goal.id, assignee_id)
    step_id = await goal_store.insert_step(
        tx, goal_id, title=command.title, assignee_id=assignee_id, due=command.due
    )
    record_and_publish(
        tx,
        goal,
        "created",
        change({}, {"title": command.title, "assignee_id": assignee_id, "due": command.due}),
        kind=ResourceKind.STEP,
        resource_id=step_id,
    )
    return await _again(tx, sight, step_id)


async def edit_step(
    tx: Transaction, actor: Actor, now: datetime, step_id: UUID, command: EditStep, version: int
) -> Step:
    """Replace a step's wording."""
    sight, goal, step = await _look_at_step(tx, actor, now, step_id)
    assignee_id = step.assignee.id if step.assignee else None
    changed = change_by(command, {"title": step.title, "assignee_id": assignee_id, "due": step.due})
    if not changed:
        return step
    await sight.require_version(step, version)
    sight.require(Action.EDIT, of_step(goal, step))
    if command.assignee_id is not None and command.assignee_id != assignee_id:
        await require_takes_part(tx, goal.id, command.assignee_id)
    if not await goal_store.update_step(tx, step_id, command, version):
        raise await sight.stale(await _again(tx, sight, step_id))
    record_and_publish(tx, goal, "edited", changed, kind=ResourceKind.STEP, resource_id=step_id)
    return await _again(tx, sight, step_id)


async def tick_step(
    tx: Transaction, actor: Actor, now: datetime, step_id: UUID, command: TickStep, version: int
) -> Step:
    """Mark a step as done, or undo that. Where it is so already, nothing happens."""
    sight, goal, step = await _look_at_step(tx, actor, now, step_id)
    if (step.done_at is not None) == command.done:
        return step
    await sight.require_version(step, version)
    sight.require(Action.TICK, of_step(goal, step))
    ticked = await goal_store.update_step_done(
        tx,
        step_id,
        done_at=now if command.done else None,
        done_by=actor.person_id if command.done else None,
        version=version,
    )
    if not ticked:
        raise await sight.stale(await _again(tx, sight, step_id))
    record_and_publish(
        tx,
        goal,
        "ticked" if command.done else "unticked",
        change({"done": not command.done}, {"done": command.done}),
        kind=ResourceKind.STEP,
        resource_id=step_id,
    )
    return await _again(tx, sight, step_id)


async def _look_at_step(
    tx: Transaction, actor: Actor, now: datetime, step_id: UUID
) -> tuple[Sight, GoalRow, Step]:
    sight, goal = await look(tx, actor, now, goal_store.reading_of_goal_by_step(step_id))
    shown = show_goal(sight, goal)
    sight.log()
    return sight, shown, _step_of(shown, step_id)


async def _again(tx: Transaction, sight: Sight, step_id: UUID) -> Step:
    """The step as it stands now, as the actor sees it."""
    goal = show_goal(sight, await goal_store.reading_of_goal_by_step(step_id).run(tx))
    sight.log()
    return _step_of(goal, step_id)


def _step_of(goal: GoalRow, step_id: UUID) -> Step:
    for step in goal.steps:
        if step.id == step_id:
            return step
    raise NotFound
