"""Drafts: one row for each form that a person has begun."""

from uuid import UUID

from psycopg.types.json import Jsonb

from planapi.database import Transaction
from portal.contract.messages import Draft


async def read_draft(tx: Transaction, person_id: UUID, name: str) -> Draft | None:
    """Return a draft, None where there is none."""
    row = await tx.row(
        "SELECT fields, saved_at FROM draft WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )
    return None if row is None else Draft.model_validate(row)


async def save_draft(tx: Transaction, person_id: UUID, name: str, fields: dict[str, str]) -> None:
    """Write a draft, over the one that is there."""
    await tx.execute(
        "INSERT INTO draft (person_id, name, fields)"
        " VALUES (%(person_id)s, %(name)s, %(fields)s)"
        " ON CONFLICT (person_id, name)"
        " DO UPDATE SET fields = EXCLUDED.fields, saved_at = EXCLUDED.saved_at",
        person_id=person_id,
        name=name,
        fields=Jsonb(fields),
    )


def forget(tx: Transaction, person_id: UUID, name: str) -> None:
    """Forget a draft, if there is one, with the commit: it is dropped, or was just sent."""
    tx.later(
        "DELETE FROM draft WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )


async def forget_old(tx: Transaction) -> None:
    """Forget everybody's drafts that were last saved over 30 days ago."""
    await tx.execute("SELECT forget_old_drafts()")
