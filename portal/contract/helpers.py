"""Helpers: people who look with or for a citizen, for a time, within a scope."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field, SecretStr

from portal.contract.base import Command, Model, Resource, Title
from portal.contract.consents import Category
from portal.contract.people import PersonRef
from portal.contract.words import Word


class HelperKind(Word):
    """In which capacity somebody helps."""

    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIAN = "guardian"
    BISIDDER = "bisidder"


class HelperState(Word):
    """Whether a helper may look today."""

    COMING = "coming"
    ACTIVE = "active"
    EXPIRED = "expired"
    ENDED = "ended"


class Helper(Resource):
    """Somebody who helps a citizen. ``name`` is what the citizen wrote."""

    citizen: PersonRef
    kind: HelperKind
    name: str
    categories: tuple[Category, ...]
    valid_from: date
    valid_until: date = Field(description="The last day")
    state: HelperState
    added_at: AwareDatetime
    ended_at: AwareDatetime | None = None


class HelperList(Model):
    """Those who help the person, and those whom the person helps."""

    helpers: tuple[Helper, ...] = ()
    helping: tuple[Helper, ...] = ()
    may_add: tuple[HelperKind, ...] = ()


class AppointGuardian(Command):
    """A citizen's guardian, as the Agency of Family Law or a court has decided."""

    name: Title
    cpr: SecretStr = Field(description="Ten digits, with or without a hyphen after the sixth")
    categories: tuple[Category, ...] = Field(min_length=1)
    valid_until: date


class AddHelper(Command):
    """Somebody to help, by CPR number, which is kept as a keyed hash only."""

    kind: HelperKind
    name: Title
    cpr: SecretStr = Field(description="Ten digits, with or without a hyphen after the sixth")
    categories: tuple[Category, ...] = Field(min_length=1)
    valid_until: date


class OtherPerson(Model):
    """Somebody of whom the person sees something; ``ground`` is a code of the policy."""

    person: PersonRef
    ground: str
    until: date | None = None
    helper_id: UUID | None = Field(default=None, description="Where the person is their helper")
