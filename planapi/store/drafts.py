"""Drafts: one row for each form that a person has begun."""

from typing import Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from planapi.database import Transaction
from portal.contract.messages import Draft


async def read_draft(tx: Transaction, person_id: UUID, name: str) -> Draft | None:
    """Return a draft, None where there is none."""
    row = await tx.row(
        "SELECT version, fields, saved_at FROM draft"
        " WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )
    return None if row is None else Draft.model_validate(row)


async def save_draft(
    tx: Transaction, person_id: UUID, name: str, fields: dict[str, str], version: int
) -> Draft | None:
    """Begin a draft (version 0) or write on one; None where `version` is not the newest."""
    query: LiteralString = _BEGIN if version == 0 else _WRITE_ON
    row = await tx.row(query, person_id=person_id, name=name, fields=Jsonb(fields), version=version)
    return None if row is None else Draft.model_validate(row)


_BEGIN: Final = """
    INSERT INTO draft (person_id, name, fields) VALUES (%(person_id)s, %(name)s, %(fields)s)
    ON CONFLICT DO NOTHING
    RETURNING version, fields, saved_at
"""

_WRITE_ON: Final = """
    UPDATE draft SET fields = %(fields)s, saved_at = now(), version = version + 1
    WHERE person_id = %(person_id)s AND name = %(name)s AND version = %(version)s
    RETURNING version, fields, saved_at
"""


def forget(tx: Transaction, person_id: UUID, name: str) -> None:
    """Forget a draft, if there is one, with the commit: it is dropped, or was just sent."""
    tx.later(
        "DELETE FROM draft WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )


async def forget_version(tx: Transaction, person_id: UUID, name: str, version: int) -> bool:
    """Forget a draft; False where there is none of this version."""
    gone = await tx.execute(
        "DELETE FROM draft"
        " WHERE person_id = %(person_id)s AND name = %(name)s AND version = %(version)s",
        person_id=person_id,
        name=name,
        version=version,
    )
    return gone == 1


async def forget_old(tx: Transaction) -> None:
    """Forget everybody's drafts that were last saved over 30 days ago."""
    await tx.execute("SELECT forget_old_drafts()")
