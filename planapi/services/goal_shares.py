"""Goals that a citizen shows, one by one, to people they live with."""

from datetime import datetime
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.events import person_topic, plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.goals import show_goal
from planapi.services.resources import of_goal
from planapi.services.sight import Sight, look
from planapi.store import goals as goal_store
from planapi.store import sharing as sharing_store
from planapi.store.consents import read_surroundings
from planapi.store.goals import GoalRow
from portal.contract.actions import Action
from portal.contract.people import PersonRef
from portal.contract.sharing import GoalShares, ShareGoal


async def goal_shares(tx: Transaction, actor: Actor, now: datetime, goal_id: UUID) -> GoalShares:
    """Return with whom a goal of the actor's own is shared. Raises `NotFound` for any other."""
    sight, _ = await _look_at_own_goal(tx, actor, now, goal_id)
    return await _shares(tx, sight, goal_id)


async def share_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: ShareGoal
) -> GoalShares:
    """Show a goal to somebody of the household. Raises `StepUpNeeded` for an old login."""
    sight, goal = await _look_at_own_goal(tx, actor, now, goal_id)
    sight.require(Action.SHARE, of_goal(goal))
    if command.person_id not in {one.id for one in await _relatives(tx, sight)}:
        raise Invalid.field("person_id", "not_offered")
    if await sharing_store.insert_goal_share(tx, goal_id, command.person_id, actor.person_id):
        _record(tx, goal, command.person_id, "shared")
    return await _shares(tx, sight, goal_id)


async def unshare_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, person_id: UUID
) -> GoalShares:
    """Show a goal to somebody no longer, from the next read on. Never refused for an old login."""
    sight, goal = await _look_at_own_goal(tx, actor, now, goal_id)
    sight.require(Action.UNSHARE, of_goal(goal))
    if await sharing_store.end_goal_share(tx, goal_id, person_id):
        _record(tx, goal, person_id, "unshared")
    return await _shares(tx, sight, goal_id)


async def _look_at_own_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID
) -> tuple[Sight, GoalRow]:
    sight, row = await look(tx, actor, now, goal_store.reading_of_goal(goal_id))
    goal = show_goal(sight, row)
    sight.log()
    if not sight.may(Action.UNSHARE, of_goal(goal)):
        raise NotFound  # with whom others share is theirs to know
    return sight, goal


async def _shares(tx: Transaction, sight: Sight, goal_id: UUID) -> GoalShares:
    found = await sharing_store.reading_of_goal_shares(goal_id).run(tx)
    shares = found.shares if found else ()
    shared = {one.person.id for one in shares}
    return GoalShares(
        goal_id=goal_id,
        shares=shares,
        could_share_with=tuple(one for one in await _relatives(tx, sight) if one.id not in shared),
    )


async def _relatives(tx: Transaction, sight: Sight) -> tuple[PersonRef, ...]:
    return (await read_surroundings(tx, sight.actor.person_id, sight.today)).relatives


def _record(tx: Transaction, goal: GoalRow, person_id: UUID, change: str) -> None:
    history.record(
        tx,
        resource_kind=ResourceKind.GOAL,
        resource_id=goal.id,
        change=change,
        after={"person_id": person_id},
    )
    if goal.plan_id is not None:
        publish(tx, plan_topic(goal.plan_id), "goal", goal.id)
    publish(tx, person_topic(person_id), "goal", goal.id)
