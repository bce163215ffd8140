"""One whole plan, the citizen's own words on top of it, and the request for a plan."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from planapi import history
from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import Conflict, NotAllowed, NotFound, Stale
from planapi.events import person_topic, plan_topic, publish, publish_to_colleagues
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.changes import change_by
from planapi.services.places import read_history
from planapi.services.resources import of_appointment, of_goal, of_item, own
from planapi.services.sight import Sight, look
from planapi.store import plans as plan_store
from planapi.store.goals import PlanGoalSummaryRow
from planapi.store.plans import PlanRow
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.people import (
    AboutMe,
    Administration,
    AskForPlan,
    EditAboutMe,
    PlanRequest,
)
from portal.contract.plans import Appointment, Decision, Intervention, Plan, Promise


@dataclass(frozen=True, slots=True)
class PlanParts:
    """What somebody sees of what a plan holds."""

    about_me: AboutMe | None
    goals: tuple[PlanGoalSummaryRow, ...]
    interventions: tuple[Intervention, ...]
    appointments: tuple[Appointment, ...]
    decisions: tuple[Decision, ...]
    promises: tuple[Promise, ...]


async def plan(tx: Transaction, actor: Actor, now: datetime) -> Plan:
    """Return a citizen's own plan. Raises `NotFound` where there is none."""
    reading = plan_store.reading_of_plan(actor.person_id, danish_date(now))
    sight, plan = await look(tx, actor, now, reading)
    if not sight.may(Action.READ, own(ResourceKind.PLAN, actor.person_id)):
        raise NotAllowed
    shown = show_plan(sight, plan)
    if shown is None:
        raise NotFound
    return shown


def show_plan(sight: Sight, plan: PlanRow | None) -> Plan | None:
    """Return what the actor may see of a plan; None where that is nothing."""
    if plan is None:
        return None
    citizen = plan.citizen.id
    shown = sight.show_one(plan, lambda row: own(ResourceKind.PLAN, citizen, row.id))
    if shown is None:
        return None
    parts = show_parts(sight, plan)
    return Plan(
        id=shown.id,
        version=shown.version,
        allowed=shown.allowed,
        citizen=plan.citizen,
        about_me=parts.about_me,
        goals=parts.goals,
        interventions=parts.interventions,
        appointments=parts.appointments,
        decisions=parts.decisions,
        promises=parts.promises,
    )


def show_parts(sight: Sight, plan: PlanRow) -> PlanParts:
    """Return of what a plan holds that which the actor may see, be the plan itself seen or not."""
    citizen = plan.citizen.id
    goals = sight.show(plan.goals, of_goal)
    known = {goal.id for goal in goals}
    interventions = sight.show(
        plan.interventions, partial(of_item, ResourceKind.INTERVENTION, citizen)
    )
    return PlanParts(
        about_me=_show_about_me(sight, plan.about_me, citizen),
        goals=goals,
        interventions=tuple(
            one.model_copy(update={"goal_ids": tuple(i for i in one.goal_ids if i in known)})
            for one in interventions
        ),
        appointments=sight.show(plan.appointments, of_appointment(citizen, sight.now)),
        decisions=sight.show(plan.decisions, partial(of_item, ResourceKind.DECISION, citizen)),
        promises=sight.show(plan.promises, partial(of_item, ResourceKind.PROMISE, citizen)),
    )


def withheld(plan: PlanRow, shown: Plan) -> tuple[Administration, ...]:
    """Return the administrations that hold something in a plan which is not shown."""
    hidden = {
        item.administration
        for of_kind, shown_of_kind in (
            (plan.goals, shown.goals),
            (plan.interventions, shown.interventions),
            (plan.appointments, shown.appointments),
            (plan.decisions, shown.decisions),
            (plan.promises, shown.promises),
        )
        for item in of_kind
        if item.id not in {one.id for one in shown_of_kind}
    }
    return tuple(one for one in Administration if one in hidden)


async def edit_about_me(
    tx: Transaction, actor: Actor, now: datetime, command: EditAboutMe, version: int
) -> AboutMe:
    """Replace a citizen's own words; `version` 0 writes the first ones."""
    sight, row = await look(tx, actor, now, plan_store.reading_of_about_me(actor.person_id))
    sight.require(Action.EDIT, own(ResourceKind.ABOUT_ME, actor.person_id))
    if row is None:
        raise NotFound  # a citizen without a plan
    changed = change_by(command, dict(row.about_me or EditAboutMe()))
    now_there = _show_about_me(sight, row.about_me, actor.person_id)
    if now_there is not None and not changed:
        return now_there
    if version != (now_there.version if now_there else 0):
        raise Stale(current=now_there)
    written = (
        await plan_store.insert_about_me(tx, row.plan_id, command)
        if now_there is None
        else await plan_store.update_about_me(tx, row.plan_id, command, version)
    )
    newest = await _about_me_again(tx, sight)
    if not written:
        raise await sight.stale(newest)
    history.record(
        tx,
        resource_kind=ResourceKind.ABOUT_ME,
        resource_id=newest.id,
        change="edited" if now_there else "created",
        before=changed.before,
        after=changed.after,
    )
    publish(tx, plan_topic(row.plan_id), "plan", row.plan_id)
    return newest


async def about_me_history(tx: Transaction, actor: Actor, now: datetime) -> History:
    """Return what was changed in the citizen's own words, newest first."""
    sight, row = await look(tx, actor, now, plan_store.reading_of_about_me(actor.person_id))
    sight.require(Action.EDIT, own(ResourceKind.ABOUT_ME, actor.person_id))
    if row is None:
        raise NotFound  # a citizen without a plan
    there = row.about_me
    return await read_history(tx, ResourceKind.ABOUT_ME, there.id) if there else History()


async def own_plan_request(tx: Transaction, sight: Sight, citizen_id: UUID) -> PlanRequest | None:
    """Return a citizen's latest request for a plan, also one that led to it."""
    return sight.show_one(
        await plan_store.reading_of_latest_plan_request(citizen_id).run(tx),
        lambda one: own(ResourceKind.PLAN_REQUEST, citizen_id, one.id),
    )


async def request_plan(
    tx: Transaction, actor: Actor, now: datetime, command: AskForPlan
) -> PlanRequest:
    """Ask for a plan. Raises `Conflict` where there is one, or a request is under way."""
    sight, row = await look(tx, actor, now, plan_store.reading_of_about_me(actor.person_id))
    sight.require(Action.CREATE, own(ResourceKind.PLAN_REQUEST, actor.person_id))
    request = (
        None if row else await plan_store.insert_plan_request(tx, actor.person_id, command.text)
    )
    if request is None:
        raise Conflict
    history.record(
        tx,
        resource_kind=ResourceKind.PLAN_REQUEST,
        resource_id=request.id,
        change="created",
        after=command.model_dump(),
    )
    publish(tx, person_topic(actor.person_id), "request", request.id)
    publish_to_colleagues(tx, "request", request.id)  # it is in every inbox until somebody takes it
    return sight.with_allowed(request, own(ResourceKind.PLAN_REQUEST, actor.person_id, request.id))


def _show_about_me(sight: Sight, words: AboutMe | None, citizen_id: UUID) -> AboutMe | None:
    return sight.show_one(words, lambda row: own(ResourceKind.ABOUT_ME, citizen_id, row.id))


async def _about_me_again(tx: Transaction, sight: Sight) -> AboutMe:
    citizen_id = sight.actor.person_id
    row = await plan_store.reading_of_about_me(citizen_id).run(tx)
    shown = _show_about_me(sight, row.about_me if row else None, citizen_id)
    if shown is None:
        raise NotFound
    return shown
