"""Turns the sketches of one plan or household into rows. Used by `municipality`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from planapi.appeals import last_day_to_appeal
from planapi.calendar import add_working_days
from sandbox.sample import rows
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id, sample_id
from sandbox.sample.professionals import REPLY_WORKING_DAYS, is_professional
from sandbox.sample.sketches import (
    AssignmentSketch,
    ConsentSketch,
    GoalSketch,
    HouseholdSketch,
    PlanSketch,
    RatingSketch,
    ThreadSketch,
)

APPEAL_RULE, APPEAL_RULE_FROM = "four_weeks", date(2007, 1, 1)
APPEAL_DAYS = 28  # retssikkerhedsloven § 67; the migration brings the same rule
READ_AFTER = timedelta(minutes=20)
_TEXT_LANGUAGE = "da"


def plan_id(citizen: str) -> UUID:
    """Return the id of that citizen's plan."""
    return sample_id("plan", citizen)


def goal_id(place: str, slug: str) -> UUID:
    """Return the id of a goal; `place` is the citizen's or the household's slug."""
    return sample_id("goal", place, slug)


def thread_id(citizen: str, slug: str) -> UUID:
    """Return the id of a thread in that citizen's plan."""
    return sample_id("thread", citizen, slug)


def plan_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    """Yield every row of a plan but the read marks."""
    citizen, plan = sketch.citizen, plan_id(sketch.citizen)
    yield rows.Plan(
        id=plan, citizen_id=person_id(citizen), created_at=days.moment(sketch.created, "09:30")
    )
    yield from assignment_rows(citizen, sketch.contacts, days)
    if (words := sketch.about_me) is not None:
        yield rows.AboutMe(
            id=sample_id("about-me", citizen),
            plan_id=plan,
            matters=words.matters,
            strengths=words.strengths,
            dreams=words.dreams,
            bad_day=words.bad_day,
        )
    for position, goal in enumerate(sketch.goals):
        yield from GoalRows(goal, citizen, days, plan=plan).all(position)
    yield from _intervention_rows(sketch, days)
    yield from _meeting_and_promise_rows(sketch, days)
    for thread in sketch.threads:
        yield from _thread_rows(thread, citizen, days)
    for consent in sketch.consents:
        yield from _consent_rows(consent, citizen, days)
    yield from _access_rows(sketch, days)


def plan_reads(sketch: PlanSketch, days: Days) -> Iterator[rows.ThreadRead]:
    """Yield how far each side has read in each thread of the plan."""
    for thread in sketch.threads:
        yield from _thread_reads(thread, sketch.citizen, days)


def household_rows(sketch: HouseholdSketch, days: Days) -> Iterator[rows.Row]:
    """Yield a household with its members and joint goals."""
    household = sample_id("household", sketch.slug)
    yield rows.Household(id=household, name=sketch.name)
    for slug, relation in sketch.members:
        yield rows.HouseholdMember(
            id=sample_id("member", sketch.slug, slug),
            household_id=household,
            person_id=person_id(slug),
            relation=relation,
            joined_on=days.calendar(sketch.joined),
        )
    for position, goal in enumerate(sketch.goals):
        yield from GoalRows(goal, sketch.slug, days, household=household).all(position)


def assignment_rows(
    citizen: str, contacts: tuple[AssignmentSketch, ...], days: Days
) -> Iterator[rows.Row]:
    """Yield who is and who was contact person of a citizen."""
    for number, contact in enumerate(contacts):
        yield rows.ContactAssignment(
            id=sample_id("assignment", citizen, number),
            citizen_id=person_id(citizen),
            professional_id=person_id(contact.professional),
            starts_on=days.calendar(contact.starts),
            ends_on=None if contact.ends is None else days.calendar(contact.ends),
            greeting=contact.greeting,
        )


def role_of(slug: str) -> str:
    """Return in which capacity somebody of the sample acts."""
    return "contact_person" if is_professional(slug) else "citizen"


def _rating_kind(by: str | None) -> str:
    return "professional" if by is not None and is_professional(by) else "own"


@dataclass(frozen=True, slots=True)
class GoalRows:
    """The rows of one goal of a plan or of a household: goal, steps, ratings and their history."""

    sketch: GoalSketch
    place: str
    days: Days
    plan: UUID | None = None
    household: UUID | None = None

    @property
    def id(self) -> UUID:
        """The goal's id."""
        return goal_id(self.place, self.sketch.slug)

    def all(self, position: int) -> Iterator[rows.Row]:
        """Yield the goal first, then everything that refers to it."""
        yield self._goal(position)
        yield from self._steps()
        yield from self._ratings()
        yield from self._changes()

    def _goal(self, position: int) -> rows.Goal:
        sketch = self.sketch
        return rows.Goal(
            id=self.id,
            plan_id=self.plan,
            household_id=self.household,
            owner=self._owner(),
            administration=sketch.administration,
            title=sketch.title,
            why=sketch.why,
            emoji=sketch.emoji,
            theme=sketch.theme,
            state=sketch.moves[-1].state if sketch.moves else sketch.first_state,
            state_reason=sketch.moves[-1].reason if sketch.moves else "",
            target_date=None if sketch.target is None else self.days.calendar(sketch.target),
            helped_by=sketch.helped_by,
            wanted_rating=sketch.wanted,
            position=position,
            created_by=person_id(sketch.by),
            created_at=self.days.moment(sketch.created, "10:10"),
            version=1 + len(sketch.moves) + len(sketch.edits),
        )

    def _owner(self) -> str:
        if self.household is not None:
            return "household"
        return "citizen" if self.sketch.administration is None else "administration"

    def _steps(self) -> Iterator[rows.Row]:
        for number, step in enumerate(self.sketch.steps):
            step_id = sample_id("step", self.place, self.sketch.slug, number)
            doer = step.who or self._citizen()
            # What somebody of the municipality has done is ticked by the citizen as well.
            ticker = self._citizen() if is_professional(doer) else doer
            done_at = None if step.done is None else self.days.moment(step.done, "16:20")
            yield rows.Step(
                id=step_id,
                goal_id=self.id,
                title=step.title,
                assignee_id=person_id(doer),
                due=None if step.due is None else self.days.calendar(step.due),
                done_at=done_at,
                done_by=None if done_at is None else person_id(ticker),
                position=number,
                version=1 if done_at is None else 2,
            )
            if step.done is not None:
                yield self._history(
                    step.done,
                    "16:20",
                    ticker,
                    "ticked",
                    resource=("step", step_id),
                    after={"title": step.title},
                )

    def _ratings(self) -> Iterator[rows.Row]:
        for number, rating in enumerate(self.sketch.ratings):
            rating_id = sample_id("rating", self.place, self.sketch.slug, number)
            yield self._rating(rating_id, rating)
            yield self._history(
                rating.day,
                "17:05",
                rating.by or self._citizen(),
                "rated",
                after={
                    "kind": _rating_kind(rating.by),
                    "value": rating.value,
                    "note": rating.note,
                },
            )

    def _rating(self, rating_id: UUID, rating: RatingSketch) -> rows.Rating:
        by = rating.by or self._citizen()
        return rows.Rating(
            id=rating_id,
            goal_id=self.id,
            kind=_rating_kind(rating.by),
            value=rating.value,
            note=rating.note,
            rated_by=person_id(by),
            rated_at=self.days.moment(rating.day, "17:05"),
        )

    def _changes(self) -> Iterator[rows.Row]:
        sketch = self.sketch
        first_title = sketch.edits[0].before if sketch.edits else sketch.title
        yield self._history(
            sketch.created,
            "10:10",
            sketch.by,
            "created",
            after={"title": first_title, "theme": sketch.theme},
        )
        titles = [edit.before for edit in sketch.edits] + [sketch.title]
        for edit, after in zip(sketch.edits, titles[1:], strict=True):
            yield self._history(
                edit.day,
                "11:40",
                self._citizen(),
                "edited",
                before={"title": edit.before},
                after={"title": after},
            )
        old = {"state": sketch.first_state, "reason": ""}
        for move in sketch.moves:
            new = {"state": move.state, "reason": move.reason}
            yield self._history(
                move.day, "18:15", move.by or self._citizen(), "moved", before=old, after=new
            )
            old = new

    def _citizen(self) -> str:
        """Whoever acts where the sketch names nobody: the citizen, or a joint goal's author."""
        return self.place if self.household is None else self.sketch.by

    def _history(
        self,
        day: int,
        clock: str,
        actor: str,
        change: str,
        *,
        resource: tuple[str, UUID] | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any],
    ) -> rows.History:
        kind, resource_id = resource or ("goal", self.id)
        return rows.History(
            goal_id=self.id,
            resource_kind=kind,
            resource_id=resource_id,
            change=change,
            actor_id=person_id(actor),
            actor_role=role_of(actor),
            before=before or {},
            after=after,
            at=self.days.moment(day, clock),
        )


def _intervention_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    for intervention in sketch.interventions:
        intervention_id = sample_id("intervention", sketch.citizen, intervention.slug)
        yield rows.Intervention(
            id=intervention_id,
            plan_id=plan_id(sketch.citizen),
            administration=intervention.administration,
            unit=intervention.unit,
            responsible=intervention.responsible,
            phone=intervention.phone,
            title=intervention.title,
            what=intervention.what,
            why=intervention.why,
            rule=intervention.rule,
            starts_on=days.calendar(intervention.starts),
            ends_on=None if intervention.ends is None else days.calendar(intervention.ends),
            hours_per_week=intervention.hours_per_week,
            place=intervention.place,
            theme=intervention.theme,
            state=intervention.state,
            details=dict(intervention.details),
        )
        for slug in intervention.goals:
            yield rows.InterventionGoal(
                intervention_id=intervention_id, goal_id=goal_id(sketch.citizen, slug)
            )
        for number, (weekday, starts, ends) in enumerate(intervention.weekly_times):
            yield rows.InterventionTime(
                id=sample_id("time", sketch.citizen, intervention.slug, number),
                intervention_id=intervention_id,
                weekday=weekday,
                starts=time.fromisoformat(starts),
                ends=time.fromisoformat(ends),
            )


def _meeting_and_promise_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    plan = plan_id(sketch.citizen)
    for number, meeting in enumerate(sketch.appointments):
        appointment = rows.Appointment(
            id=sample_id("appointment", sketch.citizen, number),
            plan_id=plan,
            administration=meeting.administration,
            title=meeting.title,
            starts_at=days.moment(meeting.day, meeting.starts),
            ends_at=days.moment(meeting.day, meeting.ends),
            place=meeting.place,
            with_names=list(meeting.with_names),
        )
        yield appointment
        if (answer := meeting.answer) is not None:
            yield rows.AppointmentAnswer(
                appointment_id=appointment.id,
                starts_at=appointment.starts_at,
                ends_at=appointment.ends_at,
                answer="cannot" if answer.wish else "coming",
                wish=answer.wish,
                answered_by=person_id(sketch.citizen),
                answered_at=days.moment(answer.day, "19:30"),
            )
    for number, decision in enumerate(sketch.decisions):
        decided_on = days.working(decision.day)
        yield rows.Decision(
            id=sample_id("decision", sketch.citizen, number),
            plan_id=plan,
            administration=decision.administration,
            title=decision.title,
            text=decision.text,
            decided_on=decided_on,
            appeal_by=last_day_to_appeal(decided_on, APPEAL_DAYS),
            how_to_appeal=decision.how_to_appeal,
            rule=decision.rule,
            notified_on=decided_on,
            appeal_rule=APPEAL_RULE,
            appeal_rule_from=APPEAL_RULE_FROM,
        )
    for number, promise in enumerate(sketch.promises):
        yield rows.Promise(
            id=sample_id("promise", sketch.citizen, number),
            plan_id=plan,
            administration=promise.administration,
            owner=promise.owner,
            text=promise.text,
            due=days.working(promise.due),
            kept_on=None if promise.kept is None else days.working(promise.kept),
        )


def _message_id(citizen: str, thread: str, number: int) -> UUID:
    return sample_id("message", citizen, thread, number)


def _thread_rows(thread: ThreadSketch, citizen: str, days: Days) -> Iterator[rows.Row]:
    last = thread.messages[-1]
    answer_by = None
    if thread.waits_for == "contact_person":
        answer_by = add_working_days(days.working(last.day), REPLY_WORKING_DAYS)
    yield rows.Thread(
        id=thread_id(citizen, thread.slug),
        plan_id=plan_id(citizen),
        goal_id=None if thread.goal is None else goal_id(citizen, thread.goal),
        subject=thread.subject,
        waits_for=thread.waits_for,
        answer_expected_by=answer_by,
        last_message_at=days.moment(last.day, last.clock),
    )
    for number, message in enumerate(thread.messages):
        yield rows.Message(
            id=_message_id(citizen, thread.slug, number),
            thread_id=thread_id(citizen, thread.slug),
            author_id=person_id(message.by),
            author_role=role_of(message.by),
            body=message.body,
            sent_at=days.moment(message.day, message.clock),
        )
        if message.text_file is not None:
            yield from _attachment_rows(thread, citizen, number, days)


def _attachment_rows(
    thread: ThreadSketch, citizen: str, number: int, days: Days
) -> Iterator[rows.Row]:
    message = thread.messages[number]
    assert message.text_file is not None  # noqa: S101 - called for a message that has one
    name, text = message.text_file
    content = text.encode()
    attachment = sample_id("attachment", citizen, thread.slug, number)
    yield rows.Attachment(
        id=attachment,
        plan_id=plan_id(citizen),
        owner_id=person_id(message.by),
        name=name,
        media_type="text/plain",
        size=len(content),
        sha256=sha256(content).digest(),
        uploaded_at=days.moment(message.day, message.clock),
    )
    yield rows.AttachmentContent(attachment_id=attachment, content=content)
    yield rows.MessageAttachment(
        attachment_id=attachment,
        message_id=_message_id(citizen, thread.slug, number),
        position=1,
    )


def _thread_reads(thread: ThreadSketch, citizen: str, days: Days) -> Iterator[rows.ThreadRead]:
    """A mark for each message that the other side has seen: all but the `unread` last."""
    seen = thread.messages[: len(thread.messages) - thread.unread]
    for number, message in enumerate(seen):
        side = "citizen" if is_professional(message.by) else "contact_person"
        yield rows.ThreadRead(
            thread_id=thread_id(citizen, thread.slug),
            side=side,
            message_id=_message_id(citizen, thread.slug, number),
            read_at=days.moment(message.day, message.clock) + READ_AFTER,
        )


def _consent_rows(consent: ConsentSketch, citizen: str, days: Days) -> Iterator[rows.Row]:
    consent_id = sample_id("consent", citizen, consent.slug)
    given_on = days.working(consent.given)
    yield rows.Consent(
        id=consent_id,
        citizen_id=person_id(citizen),
        given_by=person_id(citizen),
        kind=consent.kind,
        source=consent.source,
        recipient_administration=consent.to_administration,
        recipient_person=None if consent.to_person is None else person_id(consent.to_person),
        categories=list(consent.categories),
        case=consent.case,
        valid_from=given_on,
        valid_until=given_on + timedelta(days=consent.days),
        text_id=consent.kind.replace("_", "-"),
        text_version=consent.text_version,
        text_language=_TEXT_LANGUAGE,
        given_at=days.moment(consent.given, "13:20"),
        given_loa="substantial",
        waits_for=consent.waits_for,
    )
    if consent.withdrawn is not None:
        yield rows.ConsentWithdrawal(
            consent_id=consent_id,
            withdrawn_by=person_id(citizen),
            withdrawn_at=days.moment(consent.withdrawn, "20:40"),
        )


def _access_rows(sketch: PlanSketch, days: Days) -> Iterator[rows.Row]:
    for read in sketch.reads:
        yield rows.AccessEntry(
            citizen_id=person_id(sketch.citizen),
            reader_id=person_id(read.by),
            reader_role="contact_person",
            resource_kind=read.kind,
            resource_id=sample_id(read.kind, sketch.citizen, read.slug)
            if read.slug
            else plan_id(sketch.citizen),
            ground=f"consent:{sample_id('consent', sketch.citizen, read.consent)}"
            if read.consent
            else read.ground,
            at=days.moment(read.day, read.clock),
        )
