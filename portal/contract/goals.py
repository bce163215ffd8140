"""Goals: what a citizen, an administration or a household wants to reach, in steps.

Whose goal it is (``owner``) decides which fields it has: one class for each owner, in a list and
whole, and a name for all of them together. Of a field that goals of an owner never have, their
class says None, so whoever has any goal at hand can ask; it is no part of what is sent.
"""

from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, SerializeAsAny, TypeAdapter
from typing_extensions import TypeAliasType

from portal.contract.base import (
    Command,
    Emoji,
    Line,
    Model,
    Paragraphs,
    Resource,
    Title,
    Versioned,
)
from portal.contract.people import Administration, PersonRef
from portal.contract.words import Word, WrittenAsText


class GoalOwner(Word):
    """Whose goal it is."""

    CITIZEN = "citizen"
    ADMINISTRATION = "administration"
    HOUSEHOLD = "household"


class GoalState(Word):
    """Where a goal is. ``proposed`` waits for the citizen, who accepts or declines."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    REACHED = "reached"
    DROPPED = "dropped"


class Theme(Word):
    """What part of life a goal or an intervention is about."""

    WORK = "work"
    HEALTH = "health"
    FAMILY = "family"
    EVERYDAY = "everyday"
    SOCIAL = "social"
    HOME = "home"
    MONEY = "money"


class RatingKind(Word):
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


class GoalInList(Resource):
    """What every goal has in a list, whoever owns it."""

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


class CitizenGoalSummary(GoalInList):
    """A citizen's own goal as it stands in a list."""

    owner: Annotated[Literal[GoalOwner.CITIZEN], WrittenAsText()]
    plan_id: UUID
    household_id: ClassVar[None] = None
    administration: ClassVar[None] = None


class AdministrationGoalSummary(GoalInList):
    """A goal that an administration has proposed to a citizen, as it stands in a list."""

    owner: Annotated[Literal[GoalOwner.ADMINISTRATION], WrittenAsText()]
    plan_id: UUID
    household_id: ClassVar[None] = None
    administration: Administration


class HouseholdGoalSummary(GoalInList):
    """A joint goal of a household as it stands in a list."""

    owner: Annotated[Literal[GoalOwner.HOUSEHOLD], WrittenAsText()]
    plan_id: ClassVar[None] = None
    household_id: UUID
    administration: ClassVar[None] = None


PlanGoalSummary = TypeAliasType(
    "PlanGoalSummary",
    Annotated[
        CitizenGoalSummary | AdministrationGoalSummary,
        Field(discriminator="owner", description="A goal of a plan as it stands in a list."),
        SerializeAsAny(),  # as what it is: pydantic would try each class again, which is slow
    ],
)
"""A goal of a plan as it stands in a list."""

GoalSummary = CitizenGoalSummary | AdministrationGoalSummary | HouseholdGoalSummary
"""Any goal as it stands in a list."""


class GoalDetails(Model):
    """What every whole goal has beyond its summary; oldest rating first."""

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


class CitizenGoal(GoalDetails, CitizenGoalSummary):
    """A citizen's own goal with its steps and ratings, oldest rating first."""


class AdministrationGoal(GoalDetails, AdministrationGoalSummary):
    """A goal that an administration has proposed, with its steps and ratings, oldest first."""


class HouseholdGoal(GoalDetails, HouseholdGoalSummary):
    """A joint goal of a household with its steps and ratings, oldest rating first."""


PlanGoal = CitizenGoal | AdministrationGoal
"""A whole goal of a plan."""

Goal = TypeAliasType(
    "Goal",
    Annotated[
        PlanGoal | HouseholdGoal,
        Field(
            discriminator="owner",
            description="A goal with its steps and ratings, oldest rating first.",
        ),
        SerializeAsAny(),
    ],
)
"""Any whole goal."""

GOAL: Final[TypeAdapter[Goal]] = TypeAdapter(Goal)
"""Reads a whole goal from outside as the class of its owner."""


class GoalList(Versioned):
    """The goals of one plan, and those of the households that the person belongs to."""

    version: int = Field(
        default=0, ge=0, description="Rises when own goals are put in order; also the `ETag`"
    )
    own: tuple[PlanGoalSummary, ...] = ()
    household: tuple[HouseholdGoalSummary, ...] = ()
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

    A contact person proposes one, and names the plan; a joint one is in none. Who owns it follows
    from who asks. The first step is given to somebody as with ``NewStep``.
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
    household_id: UUID | None = Field(default=None, description="Whose joint goal it is")
    plan_id: UUID | None = Field(
        default=None,
        description="For which plan a contact person proposes it; not beside a household",
        examples=[None],
    )
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
