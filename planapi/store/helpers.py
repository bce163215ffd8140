"""Helpers of a citizen, and whom somebody helps, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.helpers import AddHelper, Helper


class HelperRows(Model):
    """Both sides of one person: who helps them, and whom they help."""

    helpers: tuple[Helper, ...] = ()
    helping: tuple[Helper, ...] = ()


def reading_of_helpers(person_id: UUID, today: date) -> Reading[HelperRows]:
    """Read a person's helpers, and those whom they help or will help, latest first."""
    return Reading(Statement(_LIST, {"person": person_id, "today": today}), HelperRows)


def reading_of_helper(helper_id: UUID, today: date) -> Reading[Helper]:
    """Read one helper."""
    return Reading(Statement(_FIND, {"id": helper_id, "today": today}), Helper)


async def insert_helper(
    tx: Transaction, citizen_id: UUID, command: AddHelper, cpr_hash: bytes, today: date, by: UUID
) -> UUID:
    """Write a helper who may look from today on; return the id."""
    (row,) = await tx.rows(
        "INSERT INTO helper (citizen_id, kind, name, cpr_hash, categories, valid_from,"
        " valid_until, added_by)"
        " VALUES (%(citizen)s, %(kind)s, %(name)s, %(cpr_hash)s, %(categories)s, %(today)s,"
        " %(valid_until)s, %(by)s) RETURNING id",
        citizen=citizen_id,
        kind=command.kind,
        name=command.name,
        cpr_hash=cpr_hash,
        categories=[category.value for category in command.categories],
        today=today,
        valid_until=command.valid_until,
        by=by,
    )
    helper_id: UUID = row["id"]
    return helper_id


async def end_helper(tx: Transaction, helper_id: UUID, by: UUID) -> bool:
    """End a helper's task now; False where it was ended already."""
    return bool(
        await tx.execute(
            "UPDATE helper SET ended_at = now(), ended_by = %(by)s, version = version + 1"
            " WHERE id = %(id)s AND ended_at IS NULL",
            id=helper_id,
            by=by,
        )
    )


async def find_helping_person(tx: Transaction, helper_id: UUID) -> UUID | None:
    """Return the person who helps, None where they are not known here."""
    row = await tx.row(
        "SELECT person.id FROM helper JOIN person USING (municipality_id, cpr_hash)"
        " WHERE helper.id = %(id)s",
        id=helper_id,
    )
    return None if row is None else row["id"]


async def read_birth_date(tx: Transaction, cpr_hash: bytes) -> date | None:
    """Return when somebody was born, None where they are not known here."""
    row = await tx.row(
        "SELECT birth_date FROM person WHERE cpr_hash = %(cpr_hash)s", cpr_hash=cpr_hash
    )
    return None if row is None else row["birth_date"]


_FIELDS: Final = SQL("""
    'id', he.id, 'version', he.version, 'citizen', {citizen}, 'kind', he.kind, 'name', he.name,
    'categories', he.categories, 'valid_from', he.valid_from, 'valid_until', he.valid_until,
    'added_at', he.added_at, 'ended_at', he.ended_at,
    'state', CASE WHEN he.ended_at IS NOT NULL THEN 'ended'
                  WHEN he.valid_from > %(today)s THEN 'coming'
                  WHEN he.valid_until < %(today)s THEN 'expired' ELSE 'active' END
""").format(citizen=person("he.citizen_id"))

_LIST: Final = (
    SQL("""
    SELECT json_build_object(
        'helpers', (SELECT coalesce(json_agg(json_build_object({fields})
                                             ORDER BY he.added_at DESC, he.id), '[]')
                    FROM helper he WHERE he.citizen_id = %(person)s),
        'helping', (SELECT coalesce(json_agg(json_build_object({fields})
                                             ORDER BY he.added_at DESC, he.id), '[]')
                    FROM helper he WHERE he.ended_at IS NULL AND he.cpr_hash = (
                        SELECT cpr_hash FROM person WHERE id = %(person)s))
    )::text AS json
    """)
    .format(fields=_FIELDS)
    .as_string()
)

_FIND: Final = (
    SQL("SELECT json_build_object({fields})::text AS json FROM helper he WHERE he.id = %(id)s")
    .format(fields=_FIELDS)
    .as_string()
)
