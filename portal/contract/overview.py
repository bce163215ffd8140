"""The overview: what a citizen needs to know or do now."""

from datetime import date
from uuid import UUID

from pydantic import Field

from portal.contract.base import Model
from portal.contract.goals import HouseholdGoalSummary, PlanGoalSummary
from portal.contract.people import ContactPerson, Deputy, Handover, PersonRef, PlanRequest
from portal.contract.plans import Appointment
from portal.contract.words import Word


class WaitingKind(Word):
    """Why something waits for the citizen. More kinds may come: pass over what you do not know."""

    REPLY = "reply"
    PROPOSED_GOAL = "proposed_goal"
    APPEAL = "appeal"
    STEP = "step"
    PROMISE = "promise"
    CONSENT_EXPIRES = "consent_expires"
    CONSENT_UNSIGNED = "consent_unsigned"
    MINUTES = "minutes"
    FACT_REQUEST = "fact_request"
    FOLLOW_UP = "follow_up"
    INVITATION = "invitation"


class Waiting(Model):
    """Something that waits for the citizen; ``resource_id`` names it, a step by its goal.

    ``title`` is empty for a follow-up of the whole plan.
    """

    kind: WaitingKind
    resource_id: UUID
    title: str
    due: date | None = None


class DuePromise(Model):
    """What the municipality promised, due soon or overdue."""

    id: UUID
    text: str
    owner: str = Field(description="Who promised")
    due: date


class Overview(Model):
    """One calm page. Without a plan, ``plan_id`` is absent and ``plan_request`` may tell more."""

    me: PersonRef
    plan_id: UUID | None = None
    plan_request: PlanRequest | None = None
    contact_person: ContactPerson | None = None
    deputy: Deputy | None = None
    handover: Handover | None = None
    next_appointment: Appointment | None = None
    waiting: tuple[Waiting, ...] = ()
    goals: tuple[PlanGoalSummary, ...] = ()
    household_goals: tuple[HouseholdGoalSummary, ...] = ()
    promises: tuple[DuePromise, ...] = Field(
        default=(), description="The municipality's; the citizen's own are among ``waiting``"
    )
    unread_messages: int = 0
