"""Goals: what a citizen, an administration or a household wants to reach, in steps."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Command, Emoji, Line, Model, Paragraphs, Resource, Title, Versioned
from portal.contract.people import PersonRef


class GoalOwner(StrEnum):
    """Whose goal it is."""

    CITIZEN = "citizen"
    ADMINISTRATION = "administration"
    HOUSEHOLD = "household"


class GoalState(StrEnum):
    """Where a goal is. ``proposed`` waits for the citizen, who accepts or declines."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    REACHED = "reached"
    DROPPED = "dropped"


class Theme(StrEnum):
    """What part of life a goal or an intervention is about."""

    WORK = "work"
    HEALTH = "health"
    FAMILY = "family"
    EVERYDAY = "everyday"
    SOCIAL = "social"
    HOME = "home"
    MONEY = "money"


class RatingKind(StrEnum):
    """Who rates: the person whose goal it is, or a professional."""

    OWN = "own"
    PROFESSIONAL = "professional"


class Step(Resource):
    """A small step towards a goal."""

    goal_id: UUID
    title: str
    assignee: PersonRef | None = None
    due: date | None = None
    done_at: AwareDatetime | None = None
    done_by: PersonRef | None = None


class Rating(Model):
    """How close somebody feels to the goal: 0 is not at all, 10 is reached."""

    id: UUID
    kind: RatingKind
    value: int = Field(ge=0, le=10)
    note: str = ""
    rated_by: PersonRef
    rated_at: AwareDatetime


class GoalSummary(Resource):
    """A goal as it stands in a list."""

    plan_id: UUID | None = None
    household_id: UUID | None = None
    owner: GoalOwner
    title: str
    emoji: str = ""
    theme: Theme | None = None
    state: GoalState
    target_date: date | None = None
    steps_done: int = Field(ge=0)
    steps_total: int = Field(ge=0)
    next_step: str | None = None
    latest_rating: int | None = Field(default=None, ge=0, le=10)


class Goal(GoalSummary):
    """A goal with its steps and ratings, oldest rating first."""

    why: str = ""
    helped_by: str = Field(default="", description="Who helps, in the words of whoever wrote it")
    wanted_rating: int | None = Field(
        default=None, ge=0, le=10, description="How close the person wants to get"
    )
    state_reason: str = ""
    created_by: PersonRef
    created_at: AwareDatetime
    steps: tuple[Step, ...] = ()
    ratings: tuple[Rating, ...] = ()


class GoalList(Versioned):
    """The goals of one plan, and those of the households that the person belongs to."""

    version: int = Field(
        default=0, ge=0, description="Rises when own goals are put in order; also the `ETag`"
    )
    own: tuple[GoalSummary, ...] = ()
    household: tuple[GoalSummary, ...] = ()
    may_create: bool = False
    may_order: bool = Field(default=False, description="Whether own goals can be put in order")


class HistoryEntry(Model):
    """What was changed: who, when, before and after (field name to value)."""

    id: int
    at: AwareDatetime
    actor: PersonRef
    resource_kind: str
    resource_id: UUID
    change: str = Field(description="created, edited, moved, ticked, unticked, rated, …")
    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)


class History(Model):
    """Changes, newest first."""

    entries: tuple[HistoryEntry, ...] = ()
    seen_up_to: int | None = Field(
        default=None, description="The newest entry that the asking person had seen before"
    )


class NewGoal(Command):
    """A goal in the citizen's own words; ``household_id`` makes it a joint one.

    A contact person proposes one, and names the plan. The first step is given to somebody as
    with ``NewStep``.
    """

    title: Title
    why: Paragraphs = ""
    emoji: Emoji = ""
    theme: Theme | None = None
    target_date: date | None = None
    helped_by: Line = ""
    wanted_rating: int | None = Field(
        default=None, ge=0, le=10, description="How close the person wants to get, 0 to 10"
    )
    household_id: UUID | None = None
    plan_id: UUID | None = None
    first_step: Title | None = None
    first_step_assignee_id: UUID | None = None
    first_step_for_everybody: bool = False


class EditGoal(Command):
    """The whole new wording of a goal.

    ``helped_by`` and ``wanted_rating`` stay as they are when absent.
    """

    title: Title
    why: Paragraphs = ""
    emoji: Emoji = ""
    theme: Theme | None = None
    target_date: date | None = None
    helped_by: Line | None = None
    wanted_rating: int | None = Field(
        default=None, ge=0, le=10, description="How close the person wants to get, 0 to 10"
    )


class MoveGoal(Command):
    """Another state, and why."""

    state: GoalState
    reason: Paragraphs = ""


class NewStep(Command):
    """A step; the assignee is the person who will do it, the asking one when absent.

    ``for_everybody`` leaves it to whoever likes; an assignee beside it is refused.
    """

    title: Title
    assignee_id: UUID | None = None
    for_everybody: bool = False
    due: date | None = None


class EditStep(Command):
    """The whole new wording of a step; without an assignee it is for everybody."""

    title: Title
    assignee_id: UUID | None = None
    due: date | None = None


class TickStep(Command):
    """Done, or not done after all."""

    done: bool


class NewRating(Command):
    """How close the person feels right now."""

    value: int = Field(ge=0, le=10)
    note: Paragraphs = ""


class OrderGoals(Command):
    """Own goals in the order in which they are to stand; those that are not named come last."""

    goal_ids: tuple[UUID, ...] = Field(min_length=1, max_length=500)


class MarkGoalSeen(Command):
    """The newest entry of a goal's history that was on the screen."""

    up_to: int = Field(ge=0, le=2**53, description="The newest entry of its history that was seen")
