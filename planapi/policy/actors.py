"""Who acts. Built from a verified actor token and the database; read by the policy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from portal.contract.people import Administration, Role


class Loa(StrEnum):
    """Level of assurance of a login (eIDAS), weakest first."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def reaches(self, least: "Loa") -> bool:
        """Tell whether this level is at least ``least``."""
        return _STRENGTH[self] >= _STRENGTH[least]


_STRENGTH: Final = {loa: strength for strength, loa in enumerate(Loa)}


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in one capacity.

    ``administration`` is where a professional works, as the database has it, not the token.
    """

    person_id: UUID
    role: Role
    loa: Loa
    auth_time: datetime
    session_id: str
    administration: Administration | None = None


@dataclass(frozen=True, slots=True)
class IntegrationClient:
    """A sector system, which delivers what its administration writes and reads nothing else."""

    client_id: str
    administration: Administration
