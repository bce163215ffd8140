"""From what the store brings to what the policy asks about. Used by the services that read."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from planapi.policy.resources import PAST, UPCOMING, Resource, ResourceKind
from planapi.store.goals import GoalRow, GoalSummaryRow
from planapi.store.overview import DecisionThatWaits, PromiseThatWaits
from planapi.store.plans import PlanRequestRow
from portal.contract.goals import GoalOwner, Step
from portal.contract.people import Administration
from portal.contract.plans import Appointment, Decision, Intervention, Promise

_Owned = TypeVar(
    "_Owned",
    Appointment,
    Decision,
    DecisionThatWaits,
    Intervention,
    Promise,
    PromiseThatWaits,
)


def own(kind: ResourceKind, citizen_id: UUID, resource_id: UUID | None = None) -> Resource:
    """Something of a citizen that no administration owns."""
    return Resource(kind, resource_id, citizen_id)


def of_goal(goal: GoalSummaryRow | GoalRow) -> Resource:
    """A goal."""
    return Resource(
        ResourceKind.GOAL,
        goal.id,
        goal.citizen_id,
        household_id=goal.household_id,
        administration=goal.administration,
        owner=goal.owner,
        state=goal.state,
        created_by=goal.created_by_id,
    )


def of_step(goal: GoalSummaryRow | GoalRow, step: Step) -> Resource:
    """A step, which stands and falls with its goal."""
    return Resource(
        ResourceKind.STEP,
        step.id,
        goal.citizen_id,
        household_id=goal.household_id,
        administration=goal.administration,
        owner=goal.owner,
        state=goal.state,
        assignee_id=step.assignee.id if step.assignee else None,
        part_of=goal.id,
    )


def new_goal_of_citizen(citizen_id: UUID) -> Resource:
    """A goal that a citizen is about to write."""
    return Resource(ResourceKind.GOAL, None, citizen_id, owner=GoalOwner.CITIZEN)


def new_goal_of_household(household_id: UUID) -> Resource:
    """A joint goal that somebody is about to write."""
    return Resource(
        ResourceKind.GOAL, None, None, household_id=household_id, owner=GoalOwner.HOUSEHOLD
    )


def new_goal_of_administration(
    citizen_id: UUID | None, administration: Administration | None
) -> Resource:
    """A goal that an administration is about to propose to a citizen."""
    return Resource(
        ResourceKind.GOAL,
        None,
        citizen_id,
        administration=administration,
        owner=GoalOwner.ADMINISTRATION,
    )


def of_item(kind: ResourceKind, citizen_id: UUID, item: _Owned) -> Resource:
    """Something that an administration wrote into a citizen's plan, or a promise of the citizen."""
    return Resource(
        kind,
        item.id,
        citizen_id,
        administration=item.administration,
        state=item.state if isinstance(item, Promise) else None,
    )


def of_appointment(citizen_id: UUID, now: datetime) -> Callable[[Appointment], Resource]:
    """Return a function that describes a meeting, which can be answered until it begins."""

    def describe(item: Appointment) -> Resource:
        return Resource(
            ResourceKind.APPOINTMENT,
            item.id,
            citizen_id,
            administration=item.administration,
            state=UPCOMING if item.starts_at > now else PAST,
        )

    return describe


def of_plan_request(found: PlanRequestRow) -> Resource:
    """Return what the policy needs to know about a request for a plan."""
    return Resource(
        ResourceKind.PLAN_REQUEST,
        found.request.id,
        found.citizen.id,
        state=found.request.state,
        contact_person_id=found.contact_person_id,
    )
