"""The one plan: what each administration does, when, why, and what was decided and promised."""

from datetime import date, time
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from portal.contract.base import Code, Command, Model, Paragraphs, Resource, Title, Words
from portal.contract.goals import PlanGoalSummary, Theme
from portal.contract.intervention_kinds import InterventionDetails, OtherIntervention
from portal.contract.people import AboutMe, Administration, PersonRef
from portal.contract.words import Word


class InterventionState(Word):
    """Where an intervention is."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"


class WeeklyTime(Model):
    """A fixed time of the week, Danish local time."""

    weekday: int = Field(ge=1, le=7, description="ISO 8601 weekday, Monday is 1")
    starts: time
    ends: time


class Intervention(Resource):
    """Something the municipality does with the citizen."""

    title: str
    what: str
    why: str = Field(description="In plain words")
    rule: str = Field(description="The law it rests on, in plain words")
    administration: Administration
    unit: str
    responsible: str
    phone: str | None = None
    starts_on: date
    ends_on: date | None = None
    hours_per_week: float | None = None
    place: str = ""
    theme: Theme
    state: InterventionState
    goal_ids: tuple[UUID, ...] = ()
    weekly_times: tuple[WeeklyTime, ...] = Field(
        default=(), description="Fixed times, where there are some, such as those of a work trial"
    )
    details: InterventionDetails = OtherIntervention()


class AppointmentAnswer(Model):
    """What the citizen said to a meeting at the time that it has now."""

    answer: Literal["coming", "cannot"]
    wish: str = Field(default="", description="What would fit better, in own words")
    wished_times: tuple[AwareDatetime, ...] = Field(default=(), description="When it could begin")
    answered_by: PersonRef
    answered_at: AwareDatetime


class Appointment(Resource):
    """A meeting."""

    title: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    with_names: tuple[str, ...] = ()
    administration: Administration
    answer: AppointmentAnswer | None = Field(
        default=None, description="Absent again when the meeting was moved"
    )


class Coming(Command):
    """The citizen comes."""

    answer: Literal["coming"]


class CannotCome(Command):
    """The citizen cannot come, and what would fit better."""

    answer: Literal["cannot"]
    wish: Paragraphs = ""
    wished_times: tuple[AwareDatetime, ...] = Field(default=(), max_length=3)


AnswerAppointment = Annotated[Coming | CannotCome, Field(discriminator="answer")]


class MoveAppointment(Command):
    """A new time; the citizen answers anew."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("must end after it starts")
        return self


class AppealRule(Model):
    """How long one can appeal, and by which law. Dated data: ``valid_from`` tells which one."""

    code: str = Field(examples=["four_weeks"])
    valid_from: date
    days: int = Field(ge=1, description="Calendar days after the decision reached the citizen")
    law: str = Field(examples=["retssikkerhedsloven"])
    section: str = Field(examples=["§ 67"])
    text: str = Field(description="The rule in plain Danish")


class Decision(Resource):
    """What the municipality decided, and until when one can appeal."""

    title: str
    text: str
    administration: Administration
    decided_on: date
    appeal_by: date = Field(description="The last day on which an appeal is in time")
    how_to_appeal: str
    rule: str
    notified_on: date | None = Field(
        default=None, description="When the citizen was told; the time to appeal runs from here"
    )
    appeal_rule: AppealRule | None = None


class NewDecision(Command):
    """A decision of the asking professional's administration; the last day is computed."""

    title: Title
    text: Words
    decided_on: date
    notified_on: date
    rule: Words
    how_to_appeal: Words
    appeal_rule: Code = Field(default="four_weeks", description="Code of an `AppealRule`")


class PromiseState(Word):
    """``overdue`` is open with the day gone by."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"


class Promise(Resource):
    """What somebody promised; ``administration`` is absent where the citizen did."""

    text: str
    owner: str
    administration: Administration | None = None
    due: date
    state: PromiseState
    kept_on: date | None = None


class NewPromise(Command):
    """A citizen's own promise, or one of the asking professional's administration."""

    text: Title
    due: date


class EditPromise(Command):
    """The whole new wording of a promise that is not kept yet."""

    text: Title
    due: date


class KeepPromise(Command):
    """Kept, or not kept after all."""

    kept: bool


class Plan(Resource):
    """Everything in one plan that the asking actor may see, nothing twice."""

    citizen: PersonRef
    about_me: AboutMe | None = None
    goals: tuple[PlanGoalSummary, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    promises: tuple[Promise, ...] = ()
