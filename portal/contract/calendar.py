"""A private address by which a phone's calendar follows somebody's meetings, without a login."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from portal.contract.actions import Action
from portal.contract.base import Command, Language, Model, Versioned

CalendarSecret = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""256 random bits in base64url (RFC 4648 section 5)."""


class CalendarAddress(Versioned):
    """Whether there is an address. Its secret is told once, to whoever has it issued."""

    version: int = Field(ge=0, description="0 where there has never been one")
    active: bool = Field(description="Whether the address can be followed now")
    with_place: bool = Field(default=False, description="Whether meetings say where they are")
    issued_at: AwareDatetime | None = Field(default=None, description="When it was issued, UTC")
    secret: CalendarSecret | None = Field(
        default=None,
        description="Only in the answer that issues it; nobody can read it again",
        examples=["k3J9mVw0Qz5rT8yB1nX4cL7aD2fG6hS-_uEoPiRtYvM"],
    )
    allowed: frozenset[Action] = frozenset()

    def may(self, action: Action) -> bool:
        """Tell whether the asking actor may do ``action``."""
        return action in self.allowed


class IssueCalendarAddress(Command):
    """A new address; an older one ends."""

    with_place: bool = False


class FollowCalendar(Command):
    """What somebody's address holds."""

    secret: CalendarSecret = Field(examples=["k3J9mVw0Qz5rT8yB1nX4cL7aD2fG6hS-_uEoPiRtYvM"])


class FollowedMeeting(Model):
    """When somebody is taken, and nothing of what it is about."""

    id: UUID
    version: int = Field(ge=1)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str = Field(default="", description="Empty unless the citizen wanted it told")


class FollowedCalendar(Model):
    """What an address shows."""

    language: Language | None = Field(default=None, description="What the citizen reads")
    meetings: tuple[FollowedMeeting, ...] = ()
