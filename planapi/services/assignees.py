"""Who will do a step: the one who writes it, somebody who takes part, or whoever likes."""

from uuid import UUID

from planapi.database import Transaction
from planapi.errors import Invalid
from planapi.policy.actors import Actor
from planapi.store import goals as goal_store
from portal.contract.people import Role


def doer_of(
    actor: Actor, assignee_id: UUID | None, *, for_everybody: bool, field: str = "assignee_id"
) -> UUID | None:
    """Return who will do a new step, None for whoever likes.

    Raises `Invalid` about ``field`` where it is said to be both somebody's and everybody's.
    """
    if for_everybody:
        if assignee_id is not None:
            raise Invalid.field(field, "for_everybody")
        return None
    if assignee_id is None and actor.role is Role.CONTACT_PERSON:
        return None  # a proposal waits for the citizen; nothing in it is done by its writer
    return assignee_id or actor.person_id


async def require_takes_part(
    tx: Transaction, goal_id: UUID, person_id: UUID | None, field: str = "assignee_id"
) -> None:
    """Raise `Invalid` about ``field`` unless a step of the goal may be given to a person."""
    if person_id is not None and not await goal_store.takes_part(tx, goal_id, person_id):
        raise Invalid.field(field, "unknown")
