"""Goals with their history: read, written, reworded, moved and rated."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Invalid, NotAllowed, NotFound, Stale
from planapi.events import household_topic, plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.assignees import doer_of, require_takes_part
from planapi.services.changes import Change, change, change_by
from planapi.services.resources import (
    new_goal_of_administration,
    new_goal_of_citizen,
    new_goal_of_household,
    of_goal,
    of_step,
    own,
)
from planapi.services.sight import Sight, look, open_eyes
from planapi.store import drafts as draft_store
from planapi.store import goals as goal_store
from planapi.store import plans as plan_store
from planapi.store.goals import GoalRow, GoalToWrite
from portal.contract.actions import Action
from portal.contract.goals import (
    EditGoal,
    Goal,
    GoalList,
    GoalOwner,
    GoalState,
    History,
    MarkGoalSeen,
    MoveGoal,
    NewGoal,
    NewRating,
    OrderGoals,
    RatingKind,
)
from portal.contract.people import Role

_MOVES: Final[Mapping[tuple[GoalState, GoalState], Action]] = {
    (GoalState.PROPOSED, GoalState.ACTIVE): Action.ACTIVATE,
    (GoalState.PROPOSED, GoalState.DROPPED): Action.DECLINE,
    (GoalState.ACTIVE, GoalState.PAUSED): Action.PAUSE,
    (GoalState.ACTIVE, GoalState.REACHED): Action.REACH,
    (GoalState.ACTIVE, GoalState.DROPPED): Action.DROP,
    (GoalState.PAUSED, GoalState.ACTIVE): Action.ACTIVATE,
    (GoalState.PAUSED, GoalState.REACHED): Action.REACH,
    (GoalState.PAUSED, GoalState.DROPPED): Action.DROP,
    (GoalState.REACHED, GoalState.ACTIVE): Action.ACTIVATE,
    (GoalState.DROPPED, GoalState.ACTIVE): Action.ACTIVATE,
}
"""Every move that there is, and what it is called. Who may make it, the policy says."""


async def goals(tx: Transaction, actor: Actor, now: datetime) -> GoalList:
    """Return a citizen's goals and those of their households."""
    sight, rows = await look(tx, actor, now, goal_store.reading_of_goals(actor.person_id))
    if rows is None or not sight.may(Action.READ, own(ResourceKind.PLAN, actor.person_id)):
        raise NotAllowed
    return GoalList(
        version=rows.order_version,
        own=sight.show(rows.own, of_goal),
        household=sight.show(rows.household, of_goal),
        may_create=rows.plan_id is not None
        and sight.may(Action.CREATE, new_goal_of_citizen(actor.person_id)),
        may_order=rows.plan_id is not None
        and sight.may(Action.EDIT, own(ResourceKind.PLAN, actor.person_id)),
    )


async def goal(tx: Transaction, actor: Actor, now: datetime, goal_id: UUID) -> Goal:
    """Return one goal with its steps and ratings."""
    _, goal = await _look_at_goal(tx, actor, now, goal_id)
    return goal


async def goal_history(tx: Transaction, actor: Actor, now: datetime, goal_id: UUID) -> History:
    """Return what was changed in a goal and its steps, newest first, and what of it is new."""
    await _look_at_goal(tx, actor, now, goal_id)
    return await goal_store.reading_of_history(goal_id, actor.person_id).run(tx) or History()


async def mark_goal_seen(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: MarkGoalSeen
) -> None:
    """Remember how much of a goal's history somebody has seen; it never gets less."""
    await _look_at_goal(tx, actor, now, goal_id)
    await goal_store.mark_seen(tx, goal_id, actor.person_id, command.up_to, now)


async def order_goals(
    tx: Transaction, actor: Actor, now: datetime, command: OrderGoals, version: int
) -> GoalList:
    """Put a citizen's goals in another order. Raises `Invalid` for a goal that is not theirs."""
    before = await goals(tx, actor, now)
    if not before.may_order:
        raise NotAllowed
    if before.version != version:
        raise Stale(current=before)
    was = [goal.id for goal in before.own]
    wanted = list(dict.fromkeys(command.goal_ids))
    if not set(wanted) <= set(was):
        raise Invalid.field("goal_ids", "unknown")
    order = wanted + [goal_id for goal_id in was if goal_id not in wanted]
    if order == was:
        return before
    (plan_id,) = {goal.plan_id for goal in before.own}
    if not await goal_store.order_goals(tx, plan_id, order, version):
        raise Stale(current=await goals(tx, actor, now))
    history.record(
        tx,
        resource_kind=ResourceKind.PLAN,
        resource_id=plan_id,
        change="ordered",
        before={"goal_ids": was},
        after={"goal_ids": order},
    )
    publish(tx, plan_topic(plan_id), "goal", order[0])
    return await goals(tx, actor, now)


async def create_goal(tx: Transaction, actor: Actor, now: datetime, command: NewGoal) -> Goal:
    """Write a citizen's goal, a household's, or a contact person's proposal."""
    sight = await open_eyes(tx, actor, now)
    goal_id = await goal_store.insert_goal(tx, await _goal_to_write(tx, sight, command))
    await _insert_first_step(tx, actor, goal_id, command)
    written = await _again(tx, sight, goal_id)
    _forget_draft(tx, actor, written, command)
    record_and_publish(
        tx, written, "created", change({}, command.model_dump(exclude_defaults=True))
    )
    return written


async def edit_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: EditGoal, version: int
) -> Goal:
    """Replace a goal's wording."""
    sight, goal = await _look_at_goal(tx, actor, now, goal_id)
    command = _with_what_is_absent(command, goal)
    changed = change_by(command, dict(goal))
    if not changed:
        return goal
    await sight.require_version(goal, version)
    sight.require(Action.EDIT, of_goal(goal))
    if not await goal_store.update_goal(tx, goal_id, command, version):
        raise await sight.stale(await _again(tx, sight, goal_id))
    record_and_publish(tx, goal, "edited", changed)
    return await _again(tx, sight, goal_id)


async def move_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: MoveGoal, version: int
) -> Goal:
    """Accept, decline, pause, take up again, drop or reach a goal."""
    sight, goal = await _look_at_goal(tx, actor, now, goal_id)
    changed = change(dict(goal), {"state": command.state, "state_reason": command.reason})
    if not changed:
        return goal
    await sight.require_version(goal, version)
    _require_move(sight, goal, command)
    if not await goal_store.update_goal_state(tx, goal_id, command.state, command.reason, version):
        raise await sight.stale(await _again(tx, sight, goal_id))
    record_and_publish(tx, goal, "moved", changed)
    return await _again(tx, sight, goal_id)


async def rate_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID, command: NewRating
) -> Goal:
    """Say how close a goal feels: the own view, or a professional's."""
    sight, goal = await _look_at_goal(tx, actor, now, goal_id)
    sight.require(Action.RATE, of_goal(goal))
    kind = RatingKind.OWN if actor.role is Role.CITIZEN else RatingKind.PROFESSIONAL
    await goal_store.insert_rating(tx, goal_id, command, kind, actor.person_id)
    record_and_publish(tx, goal, "rated", change({}, {"kind": kind, **command.model_dump()}))
    return await _again(tx, sight, goal_id)


def _with_what_is_absent(command: EditGoal, goal: Goal) -> EditGoal:
    """Fill in what an edit leaves as it is."""
    kept = {"helped_by": goal.helped_by, "wanted_rating": goal.wanted_rating}
    given = command.model_dump(include=set(kept), exclude_none=True)
    return command.model_copy(update=kept | given)


async def _look_at_goal(
    tx: Transaction, actor: Actor, now: datetime, goal_id: UUID
) -> tuple[Sight, GoalRow]:
    sight, goal = await look(tx, actor, now, goal_store.reading_of_goal(goal_id))
    shown = show_goal(sight, goal)
    sight.log()
    return sight, shown


def show_goal(sight: Sight, goal: GoalRow | None) -> GoalRow:
    """Return a goal as the actor may see it. Raises `NotFound` where that is not at all."""
    shown = sight.show(() if goal is None else (goal,), of_goal)
    if not shown:
        raise NotFound
    return with_steps(sight, shown[0])


def with_steps(sight: Sight, goal: GoalRow) -> GoalRow:
    """Fill in what the actor may do with each step of a goal that they see."""
    resource_of = partial(of_step, goal)
    steps = tuple(sight.with_allowed(step, resource_of(step)) for step in goal.steps)
    return goal.model_copy(update={"steps": steps})


def record_and_publish(
    tx: Transaction,
    goal: GoalRow,
    what: str,
    changed: Change,
    *,
    kind: ResourceKind = ResourceKind.GOAL,
    resource_id: UUID | None = None,
) -> None:
    """Write the history of a goal or of a part of it, and tell whoever shows it."""
    history.record(
        tx,
        resource_kind=kind,
        resource_id=resource_id or goal.id,
        change=what,
        goal_id=goal.id,
        before=changed.before,
        after=changed.after,
    )
    if goal.household_id is not None:
        publish(tx, household_topic(goal.household_id), "goal", goal.id)
    if goal.plan_id is not None:
        publish(tx, plan_topic(goal.plan_id), "goal", goal.id)


def _forget_draft(tx: Transaction, actor: Actor, written: GoalRow, command: NewGoal) -> None:
    form = "goal:new"
    if written.owner is GoalOwner.HOUSEHOLD:
        form = f"goal:new:{written.household_id}"
    elif written.owner is GoalOwner.ADMINISTRATION:
        form = f"goal:propose:{written.citizen_id}"
    words = command.model_dump(include={"title", "why", "first_step", "helped_by"})
    draft_store.forget_sent(tx, actor.person_id, form, words)


async def _insert_first_step(
    tx: Transaction, actor: Actor, goal_id: UUID, command: NewGoal
) -> None:
    if command.first_step is None:
        return
    field = "first_step_assignee_id"
    assignee_id = doer_of(
        actor,
        command.first_step_assignee_id,
        for_everybody=command.first_step_for_everybody,
        field=field,
    )
    await require_takes_part(tx, goal_id, assignee_id, field)
    await goal_store.insert_step(
        tx, goal_id, title=command.first_step, assignee_id=assignee_id, due=None
    )


def _require_move(sight: Sight, goal: GoalRow, command: MoveGoal) -> None:
    action = _MOVES.get((goal.state, command.state))
    if action is None:
        raise Invalid.field("state", "no_such_move")
    sight.require(action, of_goal(goal))
    if action is Action.DROP and not command.reason:
        raise Invalid.field("reason", "missing")


async def _again(tx: Transaction, sight: Sight, goal_id: UUID) -> GoalRow:
    """The goal as it stands now, as the actor sees it."""
    shown = show_goal(sight, await goal_store.reading_of_goal(goal_id).run(tx))
    sight.log()
    return shown


async def _goal_to_write(tx: Transaction, sight: Sight, command: NewGoal) -> GoalToWrite:
    plan_id, resource = await _place_of_goal(tx, sight, command)
    sight.require(Action.CREATE, resource)
    assert resource.owner is not None  # noqa: S101 - set in _place_of_goal
    proposed = resource.owner is GoalOwner.ADMINISTRATION
    return GoalToWrite(
        plan_id=plan_id,
        household_id=command.household_id,
        owner=resource.owner,
        administration=resource.administration,
        state=GoalState.PROPOSED if proposed else GoalState.ACTIVE,
        title=command.title,
        why=command.why,
        emoji=command.emoji,
        theme=command.theme,
        target_date=command.target_date,
        helped_by=command.helped_by,
        wanted_rating=command.wanted_rating,
        created_by=sight.actor.person_id,
    )


async def _place_of_goal(
    tx: Transaction, sight: Sight, command: NewGoal
) -> tuple[UUID | None, Resource]:
    """Where a new goal goes: a household, the citizen's own plan, or a plan that is named."""
    actor = sight.actor
    if command.household_id is not None:
        resource = new_goal_of_household(command.household_id)
        if not sight.may(Action.CREATE, resource):
            raise NotAllowed  # whether there is such a household is not told
        if command.plan_id is not None:
            raise Invalid.field("plan_id", "not_with_household_id")
        return None, resource
    if actor.role is Role.CITIZEN:
        words = await plan_store.reading_of_about_me(actor.person_id).run(tx)
        if words is None:
            raise NotAllowed  # without a plan there is nothing to write it in
        if command.plan_id not in {None, words.plan_id}:
            raise Invalid.field("plan_id", "unknown")
        return words.plan_id, new_goal_of_citizen(actor.person_id)
    if command.plan_id is None:
        raise Invalid.field("plan_id", "missing")
    citizen_id = await plan_store.find_citizen_of_plan(tx, command.plan_id)
    resource = new_goal_of_administration(citizen_id, actor.administration)
    if citizen_id is None or not sight.may(Action.CREATE, resource):
        raise NotAllowed  # the same in both cases: nothing that exists is given away
    return command.plan_id, resource
