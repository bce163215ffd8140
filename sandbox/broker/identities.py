"""The people who can log in at the simulator. The sample municipality makes them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class IdentityKind(StrEnum):
    """What somebody is in the demo. A ``child`` is under 15, a ``young`` person 15 to 17."""

    CITIZEN = "citizen"
    YOUNG = "young"
    CHILD = "child"
    CONTACT_PERSON = "contact_person"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Professional:
    """What MitID Erhverv tells about an employee."""

    professional_id: str
    cvr: str
    organisation: str


@dataclass(frozen=True, slots=True)
class SimulatedIdentity:
    """One person with a MitID. ``cpr`` is a test number: the day of birth plus 60.

    An employee who is ``also_citizen`` here is offered on the page for citizens too.
    """

    slug: str
    name: str
    kind: IdentityKind
    cpr: str
    uuid: UUID
    birth_date: date
    professional: Professional | None = None
    also_citizen: bool = False
