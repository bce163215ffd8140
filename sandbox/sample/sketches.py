"""What a case module writes down: a plan as data, with days counted from today.

`build` turns sketches into rows. People are named by slug. Days on which somebody did or will do
something are working days (-1 is the last one before today); `starts`, `ends`, `target`, `due` and
the days of a consent are calendar days. A citizen's sketch never needs a clock or an id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSketch:
    """A step; `done` is the day on which `who` (or the goal's author) ticked it."""

    title: str
    who: str | None = None
    due: int | None = None
    done: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSketch:
    """A rating from 0 to 10, by the goal's author when `by` is absent."""

    day: int
    value: int
    note: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSketch:
    """A change of state, by the citizen when `by` is absent."""

    day: int
    state: str
    reason: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSketch:
    """The goal had the title `before` until this day."""

    day: int
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSketch:
    """A goal. An `administration` makes it the administration's; else it is the author's own."""

    slug: str
    title: str
    created: int
    by: str
    theme: str
    why: str = ""
    emoji: str = ""
    administration: str | None = None
    first_state: str = "active"
    target: int | None = None
    helped_by: str = ""
    wanted: int | None = None
    steps: tuple[StepSketch, ...] = ()
    ratings: tuple[RatingSketch, ...] = ()
    moves: tuple[MoveSketch, ...] = ()
    edits: tuple[EditSketch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionSketch:
    """Something the municipality does; `goals` are slugs of the same plan's goals."""

    slug: str
    administration: str
    unit: str
    responsible: str
    title: str
    what: str
    why: str
    rule: str
    starts: int
    theme: str
    ends: int | None = None
    phone: str | None = None
    hours_per_week: float | None = None
    place: str = ""
    state: str = "active"
    goals: tuple[str, ...] = ()
    weekly_times: tuple[tuple[int, str, str], ...] = ()
    """(ISO weekday, from, to)."""
    details: Mapping[str, object] = field(default_factory=lambda: {"kind": "other"})
    """What only its kind has, as the contract says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSketch:
    """What the citizen said to a meeting; a `wish` says that they cannot come."""

    day: int
    wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentSketch:
    """A meeting."""

    administration: str
    title: str
    day: int
    starts: str
    ends: str
    place: str
    with_names: tuple[str, ...]
    answer: AnswerSketch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSketch:
    """A decision; it can be appealed for four weeks."""

    administration: str
    title: str
    text: str
    day: int
    rule: str
    how_to_appeal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSketch:
    """A promise of somebody named `owner`; without an administration it is the citizen's own."""

    owner: str
    text: str
    due: int
    administration: str | None = None
    kept: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSketch:
    """A message by the citizen or a professional, sent on a working day at a Danish time."""

    by: str
    day: int
    clock: str
    body: str
    text_file: tuple[str, str] | None = None
    """An attachment: its name and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSketch:
    """How a professional, or the citizen where `by` is absent, sees a theme of the assessment."""

    theme: str
    day: int
    text: str
    level: str | None = None
    by: str | None = None
    administration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpSketch:
    """A follow-up on a working day, of a goal, an intervention, or the plan.

    `agenda` is (who, what); with an `outcome` it has been held, and `next` names what follows.
    """

    slug: str
    day: int
    by: str
    booked: int
    starts: str | None = None
    goal: str | None = None
    intervention: str | None = None
    agenda: tuple[tuple[str, str], ...] = ()
    outcome: str | None = None
    conclusion: str = ""
    replacement: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkSketch:
    """What somebody said to shared minutes."""

    by: str
    day: int
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSketch:
    """Minutes of a meeting on a working day; a draft as long as they are not `shared`."""

    slug: str
    administration: str
    by: str
    title: str
    held: int
    text: str
    follow_up: str | None = None
    shared: int | None = None
    remarks: tuple[RemarkSketch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSketch:
    """What the citizen told about a topic; `by` wrote it down for them, as contact person."""

    topic: str
    day: int
    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRequestSketch:
    """An administration asked about a topic; granted for `days` days."""

    topic: str
    administration: str
    by: str
    purpose: str
    asked: int
    state: str = "open"
    answered: int | None = None
    days: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSketch:
    """A thread. `unread` counts the last messages that the receiving side has not seen."""

    slug: str
    subject: str
    waits_for: str
    messages: tuple[MessageSketch, ...]
    goal: str | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSketch:
    """A consent of the citizen, given for `days` days; to an administration or to a person.

    `waits_for` says who has yet to sign it as well.
    """

    slug: str
    kind: str
    categories: tuple[str, ...]
    given: int
    days: int
    to_administration: str | None = None
    to_person: str | None = None
    source: str | None = None
    case: str = ""
    text_version: int = 1
    withdrawn: int | None = None
    waits_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSketch:
    """A professional read the citizen's plan, or one thread or intervention of it (`slug`).

    Where `consent` names a consent of the citizen, that was the ground.
    """

    by: str
    day: int
    clock: str
    kind: str = "plan"
    slug: str = ""
    ground: str = "contact_person"
    consent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSketch:
    """Who is contact person, in calendar days; without `ends` it is the present one."""

    professional: str
    starts: int
    ends: int | None = None
    greeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutMeSketch:
    """The citizen's own words."""

    matters: str
    strengths: str
    dreams: str
    bad_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSketch:
    """One citizen's plan with everything that belongs to it."""

    citizen: str
    created: int
    contacts: tuple[AssignmentSketch, ...]
    about_me: AboutMeSketch | None = None
    goals: tuple[GoalSketch, ...] = ()
    interventions: tuple[InterventionSketch, ...] = ()
    appointments: tuple[AppointmentSketch, ...] = ()
    decisions: tuple[DecisionSketch, ...] = ()
    promises: tuple[PromiseSketch, ...] = ()
    assessment: tuple[ViewSketch, ...] = ()
    follow_ups: tuple[FollowUpSketch, ...] = ()
    minutes: tuple[MinutesSketch, ...] = ()
    facts: tuple[FactSketch, ...] = ()
    fact_requests: tuple[FactRequestSketch, ...] = ()
    threads: tuple[ThreadSketch, ...] = ()
    consents: tuple[ConsentSketch, ...] = ()
    reads: tuple[AccessSketch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSketch:
    """A household: (slug, relation) of its members, and their joint goals."""

    slug: str
    name: str
    joined: int
    members: tuple[tuple[str, str], ...]
    goals: tuple[GoalSketch, ...] = ()
