"""The contact person's side: who waits, which citizens, and one citizen in one minute."""

from datetime import date
from uuid import UUID

from pydantic import Field

from portal.contract.base import Model
from portal.contract.consents import Consent
from portal.contract.follow_ups import FollowUp
from portal.contract.messages import ThreadSummary
from portal.contract.people import PersonRef, PlanRequest
from portal.contract.plans import Appointment, Plan


class Inbox(Model):
    """Threads that wait for the municipality, the nearest deadline first, then the others."""

    waiting: tuple[ThreadSummary, ...] = ()
    others: tuple[ThreadSummary, ...] = ()
    requests: tuple["CitizenRequest", ...] = ()
    declined: tuple["DeclinedAppointment", ...] = Field(
        default=(), description="Meetings that need another time, the nearest first"
    )
    follow_ups: tuple["DueFollowUp", ...] = Field(
        default=(), description="Those of the next week, and those whose day is over, by day"
    )


class DeclinedAppointment(Model):
    """A meeting ahead to which a citizen cannot come; the answer tells what would fit better."""

    citizen: PersonRef
    appointment: Appointment


class DueFollowUp(Model):
    """A follow-up that is near, or that nobody has concluded though its day is over."""

    citizen: PersonRef
    follow_up: FollowUp
    title: str = Field(
        description="Of the goal or the intervention; empty where it is of the whole plan"
    )


class CitizenRequest(Model):
    """A citizen without a plan who asks for one."""

    citizen: PersonRef
    request: PlanRequest


class CitizenSummary(Model):
    """A citizen of the contact person, or one they are deputy for."""

    id: UUID
    name: str
    plan_id: UUID | None = None
    protected: bool = False
    deputy_for: PersonRef | None = None
    waiting_messages: int = 0
    next_due: date | None = None


class CitizenList(Model):
    """Citizens, by name."""

    citizens: tuple[CitizenSummary, ...] = ()


class Briefing(Model):
    """A citizen's whole situation on one screen.

    ``withheld`` names administrations that hold more which no consent or rule lets the reader see.
    ``may_propose_goal``: whether the reader may write a goal that the citizen says yes or no to.
    """

    citizen: CitizenSummary
    age: int
    phone: str | None = None
    plan: Plan | None = None
    threads: tuple[ThreadSummary, ...] = ()
    consents: tuple[Consent, ...] = ()
    household: tuple[PersonRef, ...] = ()
    withheld: tuple[str, ...] = ()
    may_propose_goal: bool = False
