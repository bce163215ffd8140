"""Is it too much? Overlaps and full weeks of one plan, as far as the actor sees what is in it."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from planapi.calendar import DANISH_TIME, danish_date
from planapi.database import Transaction
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.overlaps import find_overlaps
from planapi.services.places import require_place
from planapi.services.resources import of_appointment, of_item
from planapi.services.sight import Sight, look
from planapi.services.weeks import count_weeks, monday_of
from planapi.store.workload import ServedGoal, WorkloadRow, reading_of_workload
from portal.contract.actions import Action
from portal.contract.plans import Appointment, Intervention
from portal.contract.workload import Load, Overlaps

_OVERLAPS_AHEAD: Final = timedelta(weeks=26)
_WEEK: Final = timedelta(weeks=1)


async def overlaps(tx: Transaction, actor: Actor, now: datetime, plan_id: UUID) -> Overlaps:
    """Return what overlaps from now on; of meetings those of the next 26 weeks."""
    reading = reading_of_workload(plan_id, danish_date(now), now, now + _OVERLAPS_AHEAD)
    sight, row = await look(tx, actor, now, reading)
    interventions, appointments = _show(sight, row)
    return Overlaps(plan_id=plan_id, overlaps=find_overlaps(interventions, appointments, now))


async def load(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, *, back: int, ahead: int
) -> Load:
    """Return how full the weeks are: `back` before this one, this one, and `ahead` after it."""
    this_week = monday_of(danish_date(now))
    first = this_week - back * _WEEK
    mondays = [first + number * _WEEK for number in range(back + 1 + ahead)]
    reading = reading_of_workload(plan_id, first, _midnight(first), _midnight(mondays[-1] + _WEEK))
    sight, row = await look(tx, actor, now, reading)
    interventions, appointments = _show(sight, row)
    return Load(
        plan_id=plan_id,
        this_week=this_week,
        weeks=count_weeks(interventions, appointments, mondays),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), DANISH_TIME)


def _show(
    sight: Sight, row: WorkloadRow | None
) -> tuple[tuple[Intervention, ...], tuple[Appointment, ...]]:
    """What of a plan the actor may count. Raises `NotFound` where they may not see the plan."""
    place = require_place(sight, row)
    assert row is not None  # noqa: S101 - there is a place
    citizen = place.citizen.id
    interventions = sight.show(
        row.interventions, partial(of_item, ResourceKind.INTERVENTION, citizen)
    )
    appointments = sight.show(row.appointments, of_appointment(citizen, sight.now))
    sight.log()
    known = {goal.id for goal in row.served if sight.may(Action.READ, _of_served(citizen, goal))}
    return tuple(
        one.model_copy(update={"goal_ids": tuple(i for i in one.goal_ids if i in known)})
        for one in interventions
    ), appointments


def _of_served(citizen_id: UUID, goal: ServedGoal) -> Resource:
    return Resource(
        ResourceKind.GOAL,
        goal.id,
        None if goal.household_id else citizen_id,
        household_id=goal.household_id,
        administration=goal.administration,
        owner=goal.owner,
        state=goal.state,
    )
