"""Who is looking: what the web host knows of a signed-in person when a screen opens."""

from dataclasses import dataclass
from uuid import UUID

from portal.contract.people import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person. ``language`` is a code of ``i18n.translator.LANGUAGES``."""

    person_id: UUID
    name: str
    role: Role
    language: str
