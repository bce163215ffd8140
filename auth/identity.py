"""Who logged in: what a broker vouches for, and the person that the host links it to."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import SecretStr

from auth.powers import Power


class Role(StrEnum):
    """In which capacity a person logs in."""

    CITIZEN = "citizen"
    CONTACT_PERSON = "contact_person"


class Loa(StrEnum):
    """Level of assurance by the Danish NSIS standard; `LOW.meets(HIGH)` is false."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def meets(self, wanted: "Loa") -> bool:
        """Whether this level is at least `wanted`."""
        order = list(Loa)
        return order.index(self) >= order.index(wanted)


NSIS_LOA = "https://data.gov.dk/concept/core/nsis/"


def nsis_loa(value: object) -> Loa | None:
    """Read an NSIS level written as a URI or as its bare last part, in any case.

    Anything else, a missing value included, is None: assurance is never assumed.
    """
    if not isinstance(value, str):
        return None
    name = value.removeprefix(NSIS_LOA).lower()
    return Loa(name) if name in set(Loa) else None


@dataclass(frozen=True, slots=True)
class EmployeeIdentity:
    """A MitID Erhverv identity: somebody who acts for an organisation."""

    cvr: str
    professional_id: str
    organisation: str | None


@dataclass(frozen=True, slots=True)
class VerifiedIdentity:
    """What a validated login says. The CPR lives in memory only, for linking the person."""

    issuer: str
    subject: str
    uuid: str | None
    name: str | None = field(repr=False)
    cpr: SecretStr | None
    birth_date: date | None = field(repr=False)
    loa: Loa
    auth_time: datetime
    employee: EmployeeIdentity | None
    broker_sid: str | None
    session_expiry: datetime | None
    powers: tuple[Power, ...] = ()

    @property
    def key(self) -> str:
        """What the issuer knows this person by: MitID's own UUID where it is sent, else `sub`.

        A `sub` may change with the registration at the broker; the UUID does not.
        """
        return self.uuid or self.subject


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """The person behind an identity, as the host's `link_person` answers."""

    person_id: UUID
    name: str = field(repr=False)
    language: str | None
