"""The plan as FHIR: CarePlan with its interventions, meetings, promises, decisions, minutes."""

from collections.abc import Iterator
from typing import Final

from planapi.fhir.parts import (
    Json,
    Names,
    concept,
    derived,
    extensions,
    moment,
    note,
    period,
    reference,
)
from planapi.fhir.people import organization
from portal.contract.exports import PlanExport
from portal.contract.follow_ups import FollowUp, FollowUpState
from portal.contract.minutes import Minutes, MinutesState, Remark
from portal.contract.people import AboutMe
from portal.contract.plans import (
    Appointment,
    Decision,
    Intervention,
    InterventionState,
    Plan,
    Promise,
    PromiseState,
)

_ACTIVITY_STATUS: Final = {
    InterventionState.PLANNED: "not-started",
    InterventionState.ACTIVE: "in-progress",
    InterventionState.ENDED: "completed",
}
_FOLLOW_UP_STATUS: Final = {
    FollowUpState.PLANNED: "requested",
    FollowUpState.HELD: "completed",
    FollowUpState.CANCELLED: "cancelled",
}
_ANSWER_STATUS: Final = {"coming": "accepted", "cannot": "declined", None: "needs-action"}


def plan(exported: PlanExport, by: Names, care_team: Json | None) -> Iterator[Json]:
    """Return the plan with all that stands in it but goals, messages and told facts."""
    own = exported.plan
    yield _care_plan(own, by, care_team)
    if own.about_me:
        yield _about_me(own.about_me, by)
    yield from (_appointment(one, by) for one in own.appointments)
    yield from (_promise(one, by) for one in own.promises)
    yield from (_decision(one, by) for one in own.decisions)
    yield from (_follow_up(one, by) for one in exported.follow_ups.follow_ups)
    for minutes in exported.minutes.minutes:
        yield _minutes(minutes, by)
        yield from (_remark(remark, minutes, by) for remark in minutes.remarks)


def _care_plan(own: Plan, by: Names, care_team: Json | None) -> Json:
    return {
        "resourceType": "CarePlan",
        "id": own.id,
        "status": "active",
        "intent": "plan",
        "category": [concept("kind", "plan")],
        "subject": by.subject(),
        "careTeam": [reference(care_team["id"])] if care_team else [],
        "goal": [reference(goal.id, goal.title) for goal in own.goals],
        "activity": [_intervention(one) for one in own.interventions],
    }


def _intervention(one: Intervention) -> Json:
    return {
        "id": str(one.id),
        "detail": {
            "code": {"text": one.title},
            "reasonCode": [{"text": one.why}],
            "goal": [reference(goal_id) for goal_id in one.goal_ids],
            "status": _ACTIVITY_STATUS[one.state],
            "scheduledPeriod": period(one.starts_on, one.ends_on),
            "location": {"display": one.place},
            "performer": [{"display": one.responsible}, organization(one.administration)],
            "description": one.what,
            "extension": extensions(
                unit=one.unit,
                rule=one.rule,
                phone=one.phone,
                hours_per_week=one.hours_per_week,
                theme=one.theme,
                weekly_times=[weekly.model_dump() for weekly in one.weekly_times],
                details=one.details.model_dump(),
            ),
        },
    }


def _about_me(about_me: AboutMe, by: Names) -> Json:
    said = about_me.model_dump(include={"matters", "strengths", "dreams", "bad_day"})
    return {
        "resourceType": "QuestionnaireResponse",
        "id": derived("about-me", by.patient),
        "status": "completed",
        "subject": by.subject(),
        "author": by.subject(),
        "item": [
            {"linkId": field, "answer": [{"valueString": text}]}
            for field, text in said.items()
            if text
        ],
    }


def _appointment(one: Appointment, by: Names) -> Json:
    answer = one.answer
    return {
        "resourceType": "Appointment",
        "id": one.id,
        "status": "booked",
        "description": one.title,
        "start": moment(one.starts_at),
        "end": moment(one.ends_at),
        "comment": answer.wish if answer else None,
        "requestedPeriod": [period(at, None) for at in answer.wished_times] if answer else [],
        "participant": [
            {"actor": by.subject(), "status": _ANSWER_STATUS[answer.answer if answer else None]},
            {"actor": organization(one.administration), "status": "accepted"},
            *({"actor": {"display": name}, "status": "accepted"} for name in one.with_names),
        ],
        "extension": extensions(
            place=one.place,
            answered_by=answer and answer.answered_by.name,
            answered_at=answer and answer.answered_at,
        ),
    }


def _promise(one: Promise, by: Names) -> Json:
    return {
        "resourceType": "Task",
        "id": one.id,
        "status": "completed" if one.state is PromiseState.KEPT else "accepted",
        "businessStatus": concept("promise_state", one.state),
        "intent": "plan",
        "code": concept("kind", "promise"),
        "description": one.text,
        "for": by.subject(),
        "owner": {"display": one.owner},
        "requester": organization(one.administration),
        "restriction": {"period": period(None, one.due)},
        "executionPeriod": period(None, one.kept_on),
    }


def _decision(one: Decision, by: Names) -> Json:
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "status": "current",
        "type": concept("kind", "decision"),
        "subject": by.subject(),
        "author": [organization(one.administration)],
        "description": one.text,
        "content": [
            {"attachment": {"title": one.title, "creation": moment(one.decided_on)}},
        ],
        "context": {"period": period(one.decided_on, None)},
        "extension": extensions(
            appeal_by=one.appeal_by,
            how_to_appeal=one.how_to_appeal,
            rule=one.rule,
            notified_on=one.notified_on,
            appeal_rule=one.appeal_rule and one.appeal_rule.model_dump(),
        ),
    }


def _follow_up(one: FollowUp, by: Names) -> Json:
    """Return a talk as a Task: many have a day and no time, which an Appointment cannot have."""
    return {
        "resourceType": "Task",
        "id": one.id,
        "status": _FOLLOW_UP_STATUS[one.state],
        "intent": "plan",
        "code": concept("kind", "follow_up"),
        "focus": reference(one.goal_id or one.plan_id),
        "for": by.subject(),
        "requester": by.person(one.created_by),
        "description": one.conclusion,
        "executionPeriod": period(one.day, None),
        "note": [
            part
            for item in one.agenda
            for part in note(item.text, by.person(item.added_by), item.added_at)
        ],
        "output": [{"type": {"text": "outcome"}, "valueString": one.outcome}]
        if one.outcome
        else [],
        "extension": extensions(
            starts=one.starts,
            intervention_id=one.intervention_id,
            replacement=one.replacement,
            next_id=one.next_id,
            next_day=one.next_day,
        ),
    }


def _minutes(one: Minutes, by: Names) -> Json:
    about = [reference(one.appointment_id), reference(one.follow_up_id)]
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "status": "current",
        "docStatus": "preliminary" if one.state is MinutesState.DRAFT else "final",
        "type": concept("kind", "minutes"),
        "category": [concept("minutes_state", one.state)],
        "subject": by.subject(),
        "date": moment(one.shared_at),
        "author": [by.person(one.written_by), organization(one.administration)],
        "description": one.text,
        "content": [{"attachment": {"title": one.title, "creation": moment(one.held_on)}}],
        "context": {"related": about},
    }


def _remark(remark: Remark, minutes: Minutes, by: Names) -> Json:
    return {
        "resourceType": "Communication",
        "id": remark.id,
        "status": "completed",
        "category": [concept("remark", remark.kind)],
        "subject": by.subject(),
        "about": [reference(minutes.id, minutes.title)],
        "sender": by.person(remark.author),
        "sent": moment(remark.at),
        "payload": [{"contentString": remark.text}],
    }
