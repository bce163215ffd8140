"""Goals as FHIR: Goal, a Task for each step, an Observation for each rating, what was changed."""

import json
from collections.abc import Iterator
from typing import Final

from planapi.fhir.parts import (
    Json,
    Names,
    concept,
    derived,
    extensions,
    known,
    moment,
    note,
    period,
    reference,
)
from portal.contract.exports import ExportedGoal
from portal.contract.goals import Goal, GoalState, HistoryEntry, Rating, Step

_LIFECYCLE: Final = {
    GoalState.PROPOSED: "proposed",
    GoalState.ACTIVE: "active",
    GoalState.PAUSED: "on-hold",
    GoalState.REACHED: "completed",
    GoalState.DROPPED: "cancelled",
}


def goals(exported: tuple[ExportedGoal, ...], by: Names) -> Iterator[Json]:
    """Return each goal with all that belongs to it."""
    for one in exported:
        yield from goal(one.goal, by)
        for entry in one.history.entries:
            yield _change(entry, one.goal, by)


def goal(one: Goal, by: Names) -> Iterator[Json]:
    """Return a goal with its steps and ratings."""
    yield _goal(one, by)
    yield from (_step(step, by) for step in one.steps)
    yield from (_rating(rating, one, by) for rating in one.ratings)


def _goal(goal: Goal, by: Names) -> Json:
    wanted = (
        {"measure": concept("kind", "rating"), "detailInteger": goal.wanted_rating}
        if goal.wanted_rating is not None
        else {}
    )
    return {
        "resourceType": "Goal",
        "id": goal.id,
        "lifecycleStatus": _LIFECYCLE[goal.state],
        "category": [concept("goal_owner", goal.owner), concept("theme", goal.theme)],
        "description": {"text": goal.title},
        "subject": by.subject() if goal.household_id is None else reference(goal.household_id),
        "startDate": goal.created_at.date().isoformat(),
        "target": [{**wanted, "dueDate": moment(goal.target_date)}],
        "statusReason": goal.state_reason,
        "expressedBy": by.person(goal.created_by),
        "note": note(goal.why, by.person(goal.created_by), goal.created_at),
        "extension": extensions(
            emoji=goal.emoji, helped_by=goal.helped_by, administration=goal.administration
        ),
    }


def _step(step: Step, by: Names) -> Json:
    return {
        "resourceType": "Task",
        "id": step.id,
        "status": "completed" if step.done_at else "requested",
        "intent": "plan",
        "code": concept("kind", "step"),
        "description": step.title,
        "focus": reference(step.goal_id),
        "for": by.subject(),
        "owner": by.person(step.assignee),
        "restriction": {"period": period(None, step.due)},
        "executionPeriod": period(None, step.done_at),
        "extension": extensions(done_by=step.done_by and step.done_by.name),
    }


def _rating(rating: Rating, goal: Goal, by: Names) -> Json:
    return {
        "resourceType": "Observation",
        "id": rating.id,
        "status": "final",
        "category": [known("observation-category", "survey")],
        "code": concept("rating", rating.kind),
        "subject": by.subject(),
        "focus": [reference(goal.id, goal.title)],
        "effectiveDateTime": moment(rating.rated_at),
        "performer": [by.person(rating.rated_by)],
        "valueInteger": rating.value,
        "note": note(rating.note),
    }


def _change(entry: HistoryEntry, goal: Goal, by: Names) -> Json:
    return {
        "resourceType": "Provenance",
        "id": derived("history", entry.id),
        "target": [reference(goal.id, goal.title)],
        "recorded": moment(entry.at),
        "activity": concept("change", entry.change),
        "agent": [{"who": by.person(entry.actor)}],
        "extension": extensions(
            resource_kind=entry.resource_kind,
            resource_id=entry.resource_id,
            before=_values(entry.before),
            after=_values(entry.after),
        ),
    }


def _values(fields: Json) -> str:
    """Return the fields of one change as JSON: each kind of thing has its own."""
    return json.dumps(fields, ensure_ascii=False, default=str) if fields else ""
