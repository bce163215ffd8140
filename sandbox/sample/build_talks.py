"""Turns what a plan says about talks and knowledge into rows. Used by `municipality`.

The assessment, follow-ups, minutes, and what was told once.
"""

from collections.abc import Iterator
from datetime import time, timedelta

from sandbox.sample import rows
from sandbox.sample.build import goal_id, plan_id, role_of
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id, sample_id
from sandbox.sample.sketches import MinutesSketch, PlanSketch


def talk_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    """Yield the assessment, follow-ups, minutes and told facts of a plan."""
    yield from _assessment_rows(sketch, days)
    yield from _follow_up_rows(sketch, days)
    for minutes in sketch.minutes:
        yield from _minutes_rows(minutes, sketch.citizen, days)
    yield from _fact_rows(sketch, days)


def _assessment_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    citizen = sketch.citizen
    for view in sketch.assessment:
        if view.administration is None or view.by is None or view.level is None:
            yield rows.OwnView(
                id=sample_id("own-view", citizen, view.theme),
                plan_id=plan_id(citizen),
                theme=view.theme,
                text=view.text,
                level=view.level,
                written_by=person_id(citizen),
                written_at=days.moment(view.day, "20:10"),
            )
            continue
        yield rows.ProfessionalView(
            id=sample_id("professional-view", citizen, view.theme, view.administration),
            plan_id=plan_id(citizen),
            theme=view.theme,
            administration=view.administration,
            text=view.text,
            level=view.level,
            written_by=person_id(view.by),
            written_at=days.moment(view.day, "13:40"),
        )


def _follow_up_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    """The latest first: an earlier one refers to what follows it."""
    citizen = sketch.citizen
    for one in sorted(sketch.follow_ups, key=lambda one: one.day, reverse=True):
        follow_up = sample_id("follow-up", citizen, one.slug)
        yield rows.FollowUp(
            id=follow_up,
            plan_id=plan_id(citizen),
            goal_id=None if one.goal is None else goal_id(citizen, one.goal),
            intervention_id=None
            if one.intervention is None
            else sample_id("intervention", citizen, one.intervention),
            day=days.working(one.day),
            starts=None if one.starts is None else time.fromisoformat(one.starts),
            state="planned" if one.outcome is None else "held",
            outcome=one.outcome,
            conclusion=one.conclusion,
            replacement=one.replacement,
            next_id=None if one.next is None else sample_id("follow-up", citizen, one.next),
            created_by=person_id(one.by),
            created_at=days.moment(one.booked, "10:50"),
        )
        for number, (by, text) in enumerate(one.agenda):
            yield rows.AgendaItem(
                id=sample_id("agenda", citizen, one.slug, number),
                follow_up_id=follow_up,
                text=text,
                added_by=person_id(by),
                added_role=role_of(by),
                added_at=days.moment(one.booked, "11:00") + timedelta(minutes=number),
            )


def _minutes_rows(sketch: MinutesSketch, citizen: str, days: Days) -> Iterator[rows.Row]:
    minutes = sample_id("minutes", citizen, sketch.slug)
    yield rows.Minutes(
        id=minutes,
        plan_id=plan_id(citizen),
        administration=sketch.administration,
        title=sketch.title,
        held_on=days.working(sketch.held),
        follow_up_id=None
        if sketch.follow_up is None
        else sample_id("follow-up", citizen, sketch.follow_up),
        text=sketch.text,
        state=_state_of(sketch),
        written_by=person_id(sketch.by),
        created_at=days.moment(sketch.held, "14:15"),
        shared_at=None if sketch.shared is None else days.moment(sketch.shared, "09:05"),
        version=1 + (sketch.shared is not None) + len(sketch.remarks),
    )
    for number, remark in enumerate(sketch.remarks):
        yield rows.MinutesRemark(
            id=sample_id("remark", citizen, sketch.slug, number),
            minutes_id=minutes,
            kind=remark.kind,
            text=remark.text,
            author_id=person_id(remark.by),
            author_role=role_of(remark.by),
            at=days.moment(remark.day, "18:30"),
        )


def _state_of(sketch: MinutesSketch) -> str:
    if sketch.shared is None:
        return "draft"
    own = [remark.kind for remark in sketch.remarks if role_of(remark.by) == "citizen"]
    if not own:
        return "shared"
    return "confirmed" if own[-1] == "confirmation" else "commented"


def _fact_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    citizen = sketch.citizen
    for fact in sketch.facts:
        yield rows.ToldFact(
            id=sample_id("fact", citizen, fact.topic),
            plan_id=plan_id(citizen),
            topic=fact.topic,
            text=fact.text,
            given_by=person_id(fact.by or citizen),
            given_at=days.moment(fact.day, "19:45" if fact.by is None else "11:30"),
            on_behalf=fact.by is not None,
        )
    for request in sketch.fact_requests:
        answered = request.answered
        granted_on = None if request.days is None or answered is None else days.working(answered)
        yield rows.FactRequest(
            id=sample_id("fact-request", citizen, request.topic, request.administration),
            plan_id=plan_id(citizen),
            topic=request.topic,
            administration=request.administration,
            purpose=request.purpose,
            state=request.state,
            asked_by=person_id(request.by),
            asked_at=days.moment(request.asked, "11:20"),
            answered_at=None if answered is None else days.moment(answered, "19:50"),
            reason=request.reason,
            valid_from=granted_on,
            valid_until=granted_on and granted_on + timedelta(days=request.days or 0),
            version=1 if answered is None else 2,
        )
