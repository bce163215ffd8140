"""Promises of citizens and of the municipality in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.projections import PROMISE_FIELDS
from planapi.store.reading import Reading
from portal.contract.people import Administration
from portal.contract.plans import EditPromise, NewPromise, Promise


class PromiseRow(Promise):
    """A promise, with what the policy asks about it; that part is never answered."""

    plan_id: UUID = Field(exclude=True)
    citizen_id: UUID = Field(exclude=True)


def reading_of_promise(promise_id: UUID, today: date) -> Reading[PromiseRow]:
    """Read a promise as it stands today."""
    return Reading(Statement(_FIND, {"id": promise_id, "today": today}), PromiseRow)


async def insert_promise(
    tx: Transaction,
    plan_id: UUID,
    promise: NewPromise,
    *,
    administration: Administration | None,
    by: UUID,
) -> UUID:
    """Write a promise under the name of whoever writes it; returns its id."""
    (row,) = await tx.rows(
        """
        INSERT INTO promise (plan_id, administration, owner, text, due)
        SELECT %(plan)s, %(administration)s, name, %(text)s, %(due)s
        FROM person WHERE id = %(by)s RETURNING id
        """,
        **promise.model_dump(),
        plan=plan_id,
        administration=administration,
        by=by,
    )
    new_id: UUID = row["id"]
    return new_id


async def update_promise(
    tx: Transaction, promise_id: UUID, edit: EditPromise, version: int
) -> bool:
    """Replace a promise's wording; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE promise SET text = %(text)s, due = %(due)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **edit.model_dump(),
        id=promise_id,
        version=version,
    )
    return touched == 1


async def update_promise_kept(
    tx: Transaction, promise_id: UUID, kept_on: date | None, version: int
) -> bool:
    """Mark a promise as kept, or undo that; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE promise SET kept_on = %(kept_on)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        kept_on=kept_on,
        id=promise_id,
        version=version,
    )
    return touched == 1


_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'plan_id', p.id, 'citizen_id', p.citizen_id)::text AS json
    FROM promise pm JOIN plan p ON p.id = pm.plan_id WHERE pm.id = %(id)s
    """)
    .format(fields=PROMISE_FIELDS)
    .as_string()
)
