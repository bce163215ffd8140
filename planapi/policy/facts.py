"""What the policy must know about an actor today; one query brings it (`planapi.store.facts`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from portal.contract.consents import Category, ConsentKind
from portal.contract.helpers import HelperKind
from portal.contract.people import Administration


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """A consent that names the actor, or the actor's administration, as the one who may see."""

    id: UUID
    citizen_id: UUID
    kind: ConsentKind
    source: Administration | None
    recipient_administration: Administration | None
    recipient_person: UUID | None
    categories: frozenset[Category]
    valid_from: date
    valid_until: date
    withdrawn_at: datetime | None = None

    def works_on(self, today: date) -> bool:
        """Tell whether it counts: withdrawn and expired are the same, and both are no consent."""
        return self.withdrawn_at is None and self.valid_from <= today <= self.valid_until


@dataclass(frozen=True, slots=True)
class HelperFact:
    """That the actor helps a citizen: for a time, within the categories that the citizen named."""

    id: UUID
    citizen_id: UUID
    kind: HelperKind
    categories: frozenset[Category]
    valid_from: date
    valid_until: date
    ended_at: datetime | None = None

    def works_on(self, today: date) -> bool:
        """Tell whether it counts: ended and expired are the same."""
        return self.ended_at is None and self.valid_from <= today <= self.valid_until


@dataclass(frozen=True, slots=True)
class Facts:
    """Relations of one actor on one day.

    - ``contact_person_of``, ``deputy_for``, ``works_with``: ids of citizens; the last are those
      of a professional who is neither.
    - ``households``: those the actor belongs to, with all current members.
    - ``born``: the actor's own birth date, absent where it is not known.
    - ``custody_of``: children with their birth dates.
    - ``shared_goals``: ids of goals that their owner shares with the actor.
    - ``invitations``: ids of open invitations to the actor.
    - ``hidden``: ids of what is kept, for safety, from whoever looks with or for those citizens
      whom the actor is close to.
    - ``leads``: whether the actor leads a unit.
    """

    contact_person_of: frozenset[UUID] = frozenset()
    deputy_for: frozenset[UUID] = frozenset()
    households: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    consents: tuple[ConsentFact, ...] = ()
    works_with: frozenset[UUID] = frozenset()
    born: date | None = None
    custody_of: Mapping[UUID, date] = field(default_factory=dict)
    helps: tuple[HelperFact, ...] = ()
    shared_goals: frozenset[UUID] = frozenset()
    invitations: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
    leads: bool = False


NO_FACTS = Facts()
"""Enough for what an actor owns alone, such as a draft."""
