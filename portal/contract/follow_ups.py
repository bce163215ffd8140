"""Follow-ups: a day, an agenda from both sides, an outcome, and the next day."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from portal.contract.base import Command, Model, Paragraphs, Resource, Title
from portal.contract.people import PersonRef, Role
from portal.contract.words import Word


def _is_local(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError("local time has no offset")
    return clock


Clock = Annotated[
    time,
    AfterValidator(_is_local),
    Field(description="Danish local time", examples=["10:00:00"]),
]


class FollowUpState(Word):
    """Where a follow-up is."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class FollowUpOutcome(Word):
    """What a follow-up led to (Fælles Faglige Begreber)."""

    CONTINUE = "continue"
    END = "end"
    END_AND_REPLACE = "end_and_replace"


class AgendaItem(Model):
    """Something that one side wants to talk about; who wrote it may change it until the talk."""

    id: UUID
    text: str
    added_by: PersonRef
    added_role: Role
    added_at: AwareDatetime


class FollowUp(Resource):
    """A talk about how it goes: of the whole plan, of one goal, or of one intervention."""

    plan_id: UUID
    goal_id: UUID | None = None
    intervention_id: UUID | None = None
    day: date
    starts: time | None = Field(
        default=None, description="Danish local time", examples=["10:00:00"]
    )
    state: FollowUpState
    agenda: tuple[AgendaItem, ...] = ()
    outcome: FollowUpOutcome | None = None
    conclusion: str = Field(default="", description="What was agreed, in plain words")
    replacement: str | None = Field(default=None, description="What comes instead of what ended")
    next_id: UUID | None = Field(default=None, description="The follow-up that was booked next")
    next_day: date | None = None
    created_by: PersonRef


class FollowUpList(Model):
    """The follow-ups of a plan, latest day first."""

    plan_id: UUID
    follow_ups: tuple[FollowUp, ...] = ()
    may_create: bool = False


class NewFollowUp(Command):
    """Book a follow-up; of the whole plan when neither goal nor intervention is named."""

    day: date
    starts: Clock | None = None
    goal_id: UUID | None = None
    intervention_id: UUID | None = None
    first_item: Title | None = None


class EditFollowUp(Command):
    """Another day, another time of it."""

    day: date
    starts: Clock | None = None


class NewAgendaItem(Command):
    """Something to talk about."""

    text: Title


class EditAgendaItem(Command):
    """Other words for what one wants to talk about."""

    text: Title


class CancelFollowUp(Command):
    """It will not be held, and why."""

    reason: Paragraphs = ""


class ConcludeAndContinue(Command):
    """It goes on as it is; the next day is booked at once."""

    outcome: Literal[FollowUpOutcome.CONTINUE] = FollowUpOutcome.CONTINUE
    conclusion: Paragraphs = ""
    next_day: date
    next_starts: Clock | None = None


class ConcludeAndEnd(Command):
    """It ends."""

    outcome: Literal[FollowUpOutcome.END] = FollowUpOutcome.END
    conclusion: Paragraphs = ""


class ConcludeAndReplace(Command):
    """It ends and something else begins, which is followed up in its turn."""

    outcome: Literal[FollowUpOutcome.END_AND_REPLACE] = FollowUpOutcome.END_AND_REPLACE
    conclusion: Paragraphs = ""
    replacement: Title
    next_day: date
    next_starts: Clock | None = None


ConcludeFollowUp = Annotated[
    ConcludeAndContinue | ConcludeAndEnd | ConcludeAndReplace, Field(discriminator="outcome")
]
