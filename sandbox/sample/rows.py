"""One dataclass for each table that the sample fills, with the columns as its fields.

Made by the builders, written by `insert`. The municipality comes from the column's default.
"""

# ruff: noqa: D101 - a row is described where its table is created

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something to insert into `table`."""

    table: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Row):
    table: ClassVar[str] = "person"
    id: UUID
    name: str
    birth_date: date | None
    cpr_hash: bytes | None
    protected: bool
    phone: str | None
    address: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPicture(Row):
    table: ClassVar[str] = "person_picture"
    person_id: UUID
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional(Row):
    table: ClassVar[str] = "professional"
    person_id: UUID
    professional_id: str
    administration: str
    unit: str
    title: str
    phone: str
    hours: list[dict[str, Any]]
    reply_working_days: int
    is_leader: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Row):
    table: ClassVar[str] = "absence"
    id: UUID
    professional_id: UUID
    deputy_id: UUID
    starts_on: date
    ends_on: date
    greeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Row):
    table: ClassVar[str] = "plan"
    id: UUID
    citizen_id: UUID
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAssignment(Row):
    table: ClassVar[str] = "contact_assignment"
    id: UUID
    citizen_id: UUID
    professional_id: UUID
    starts_on: date
    ends_on: date | None
    greeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutMe(Row):
    table: ClassVar[str] = "about_me"
    id: UUID
    plan_id: UUID
    matters: str
    strengths: str
    dreams: str
    bad_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest(Row):
    table: ClassVar[str] = "plan_request"
    id: UUID
    citizen_id: UUID
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Household(Row):
    table: ClassVar[str] = "household"
    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdMember(Row):
    table: ClassVar[str] = "household_member"
    id: UUID
    household_id: UUID
    person_id: UUID
    relation: str
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Row):
    table: ClassVar[str] = "goal"
    id: UUID
    plan_id: UUID | None
    household_id: UUID | None
    owner: str
    administration: str | None
    title: str
    why: str
    emoji: str
    theme: str | None
    state: str
    state_reason: str
    target_date: date | None
    helped_by: str
    wanted_rating: int | None
    position: int
    created_by: UUID
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Row):
    table: ClassVar[str] = "step"
    id: UUID
    goal_id: UUID
    title: str
    assignee_id: UUID | None
    due: date | None
    done_at: datetime | None
    done_by: UUID | None
    position: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Row):
    table: ClassVar[str] = "rating"
    id: UUID
    goal_id: UUID
    kind: str
    value: int
    note: str
    rated_by: UUID
    rated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Row):
    table: ClassVar[str] = "intervention"
    id: UUID
    plan_id: UUID
    administration: str
    unit: str
    responsible: str
    phone: str | None
    title: str
    what: str
    why: str
    rule: str
    starts_on: date
    ends_on: date | None
    hours_per_week: float | None
    place: str
    theme: str
    state: str
    details: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionGoal(Row):
    table: ClassVar[str] = "intervention_goal"
    intervention_id: UUID
    goal_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Row):
    table: ClassVar[str] = "appointment"
    id: UUID
    plan_id: UUID
    administration: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    with_names: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Row):
    table: ClassVar[str] = "decision"
    id: UUID
    plan_id: UUID
    administration: str
    title: str
    text: str
    decided_on: date
    appeal_by: date
    how_to_appeal: str
    rule: str
    notified_on: date
    appeal_rule: str
    appeal_rule_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Row):
    table: ClassVar[str] = "promise"
    id: UUID
    plan_id: UUID
    administration: str | None
    owner: str
    text: str
    due: date
    kept_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread(Row):
    table: ClassVar[str] = "thread"
    id: UUID
    plan_id: UUID
    goal_id: UUID | None
    subject: str
    waits_for: str
    answer_expected_by: date | None
    last_message_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Row):
    table: ClassVar[str] = "message"
    id: UUID
    thread_id: UUID
    author_id: UUID
    author_role: str
    body: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRead:
    """How far a side has read: names a message, whose number the database gives."""

    thread_id: UUID
    side: str
    message_id: UUID
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText(Row):
    table: ClassVar[str] = "consent_text"
    id: str
    version: int
    language: str
    kind: str
    title: str
    purpose: str
    body: str
    consequence: str
    legal_ground: str
    sha256: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Row):
    table: ClassVar[str] = "consent"
    id: UUID
    citizen_id: UUID
    given_by: UUID
    kind: str
    source: str | None
    recipient_administration: str | None
    recipient_person: UUID | None
    categories: list[str]
    case: str
    valid_from: date
    valid_until: date
    text_id: str
    text_version: int
    text_language: str
    given_at: datetime
    given_loa: str
    waits_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawal(Row):
    table: ClassVar[str] = "consent_withdrawal"
    consent_id: UUID
    withdrawn_by: UUID
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEntry(Row):
    table: ClassVar[str] = "access_entry"
    citizen_id: UUID
    reader_id: UUID
    reader_role: str
    resource_kind: str
    resource_id: UUID
    ground: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Row):
    table: ClassVar[str] = "history"
    goal_id: UUID
    resource_kind: str
    resource_id: UUID
    change: str
    actor_id: UUID
    actor_role: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionTime(Row):
    table: ClassVar[str] = "intervention_time"
    id: UUID
    intervention_id: UUID
    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentAnswer(Row):
    table: ClassVar[str] = "appointment_answer"
    appointment_id: UUID
    starts_at: datetime
    ends_at: datetime
    answer: str
    wish: str
    answered_by: UUID
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView(Row):
    table: ClassVar[str] = "own_view"
    id: UUID
    plan_id: UUID
    theme: str
    text: str
    level: str | None
    written_by: UUID
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalView(Row):
    table: ClassVar[str] = "professional_view"
    id: UUID
    plan_id: UUID
    theme: str
    administration: str
    text: str
    level: str
    written_by: UUID
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Row):
    table: ClassVar[str] = "follow_up"
    id: UUID
    plan_id: UUID
    goal_id: UUID | None
    intervention_id: UUID | None
    day: date
    starts: time | None
    state: str
    outcome: str | None
    conclusion: str
    replacement: str | None
    next_id: UUID | None
    created_by: UUID
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem(Row):
    table: ClassVar[str] = "agenda_item"
    id: UUID
    follow_up_id: UUID
    text: str
    added_by: UUID
    added_role: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Row):
    table: ClassVar[str] = "minutes"
    id: UUID
    plan_id: UUID
    administration: str
    title: str
    held_on: date
    follow_up_id: UUID | None
    text: str
    state: str
    written_by: UUID
    created_at: datetime
    shared_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRemark(Row):
    table: ClassVar[str] = "minutes_remark"
    id: UUID
    minutes_id: UUID
    kind: str
    text: str
    author_id: UUID
    author_role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact(Row):
    table: ClassVar[str] = "told_fact"
    id: UUID
    plan_id: UUID
    topic: str
    text: str
    given_by: UUID
    given_at: datetime
    on_behalf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRequest(Row):
    table: ClassVar[str] = "fact_request"
    id: UUID
    plan_id: UUID
    topic: str
    administration: str
    purpose: str
    state: str
    asked_by: UUID
    asked_at: datetime
    answered_at: datetime | None
    reason: str
    valid_from: date | None
    valid_until: date | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Row):
    table: ClassVar[str] = "attachment"
    id: UUID
    plan_id: UUID
    owner_id: UUID
    name: str
    media_type: str
    size: int
    sha256: bytes
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentContent(Row):
    table: ClassVar[str] = "attachment_content"
    attachment_id: UUID
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAttachment(Row):
    table: ClassVar[str] = "message_attachment"
    attachment_id: UUID
    message_id: UUID
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody(Row):
    table: ClassVar[str] = "custody"
    id: UUID
    child_id: UUID
    holder_id: UUID
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper(Row):
    table: ClassVar[str] = "helper"
    id: UUID
    citizen_id: UUID
    kind: str
    name: str
    cpr_hash: bytes
    categories: list[str]
    valid_from: date
    valid_until: date
    added_by: UUID
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalShare(Row):
    table: ClassVar[str] = "goal_share"
    id: UUID
    goal_id: UUID
    person_id: UUID
    shared_by: UUID
    shared_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWorker(Row):
    table: ClassVar[str] = "case_worker"
    id: UUID
    citizen_id: UUID
    professional_id: UUID
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdInvitation(Row):
    table: ClassVar[str] = "household_invitation"
    id: UUID
    household_id: UUID
    name: str
    cpr_hash: bytes
    relation: str
    invited_by: UUID
    invited_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyHiding(Row):
    table: ClassVar[str] = "safety_hiding"
    id: UUID
    citizen_id: UUID
    resource_kind: str
    resource_id: UUID
    reason: str
    hidden_by: UUID
    hidden_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequest(Row):
    table: ClassVar[str] = "rights_request"
    id: UUID
    citizen_id: UUID
    kind: str
    resource_kind: str
    resource_id: UUID
    text: str
    created_at: datetime
    state: str
    outcome: str
    answer: str
    answered_by: UUID
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessQuestion:
    """A question about the reading at `read_at`, whose number the database gives."""

    id: UUID
    citizen_id: UUID
    read_at: datetime
    text: str
    created_at: datetime
    answer: str | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything to insert."""

    rows: tuple[Row, ...]
    reads: tuple[ThreadRead, ...]
    questions: tuple[AccessQuestion, ...]
