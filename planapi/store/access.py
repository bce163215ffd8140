"""The access log of one citizen: each reading, or readings as visits of a quarter of an hour.

Entries are appended by `planapi.access`.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Transaction
from planapi.store.names import name_of, revealed
from portal.contract.access import AccessEntry, AccessVisit


async def read_entries(
    tx: Transaction, citizen_id: UUID, *, before: int | None, visit: int | None, most: int
) -> list[AccessEntry]:
    """Return at most ``most`` entries with an id under ``before``, newest first.

    Where ``visit`` names an entry, only those of the same visit.
    """
    rows = await tx.rows(_ENTRIES, citizen_id=citizen_id, before=before, visit=visit, most=most)
    return [AccessEntry.model_validate(revealed(row, tx.knows)) for row in rows]


async def read_visits(
    tx: Transaction, citizen_id: UUID, *, before: tuple[datetime, int] | None, most: int
) -> list[AccessVisit]:
    """Return at most ``most`` visits, newest first, that come after ``before`` in this order."""
    quarter, newest = before or (None, None)
    rows = await tx.rows(_VISITS, citizen_id=citizen_id, quarter=quarter, newest=newest, most=most)
    return [AccessVisit.model_validate(revealed(row, tx.knows)) for row in rows]


def quarter_of(moment: datetime) -> datetime:
    """Return when the quarter of an hour began in which something was read, as `_VISITS` has it."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


_ENTRIES: Final = (
    SQL("""
    SELECT entry.id, entry.at, {reader} AS reader, entry.reader_role, entry.resource_kind,
        entry.resource_id, consent.id AS consent_id,
        coalesce(consent.kind || '_consent', entry.ground) AS ground
    FROM access_entry entry JOIN person ON person.id = entry.reader_id
    LEFT JOIN consent ON entry.ground = 'consent:' || consent.id
        AND consent.citizen_id = entry.citizen_id
    WHERE entry.citizen_id = %(citizen_id)s
      AND (%(before)s::bigint IS NULL OR entry.id < %(before)s)
      AND (%(visit)s::bigint IS NULL OR EXISTS (
          SELECT FROM access_entry named
          WHERE named.id = %(visit)s AND named.citizen_id = entry.citizen_id
            AND (named.reader_id, named.reader_role, named.ground)
                = (entry.reader_id, entry.reader_role, entry.ground)
            AND date_bin('15 minutes', named.at, '2000-01-01')
                = date_bin('15 minutes', entry.at, '2000-01-01')))
    ORDER BY entry.id DESC LIMIT %(most)s
""")
    .format(reader=name_of("person", at_work=SQL("entry.reader_role <> 'citizen'")))
    .as_string()
)

_VISITS: Final = (
    SQL("""
    WITH readings AS (
        SELECT date_bin('15 minutes', at, '2000-01-01') AS quarter, reader_id, reader_role, ground,
            resource_kind, count(*) AS count, max(id) AS newest, min(at) AS first_at,
            max(at) AS last_at
        FROM access_entry
        WHERE citizen_id = %(citizen_id)s
          AND (%(quarter)s::timestamptz IS NULL
               OR at < %(quarter)s::timestamptz + interval '15 minutes')
        GROUP BY 1, 2, 3, 4, 5
    ), visit AS (
        SELECT quarter, reader_id, reader_role, ground, max(newest) AS newest,
            min(first_at) AS first_at, max(last_at) AS last_at, sum(count)::int AS count,
            jsonb_agg(jsonb_build_object('resource_kind', resource_kind, 'count', count)
                      ORDER BY count DESC, resource_kind) AS kinds
        FROM readings GROUP BY 1, 2, 3, 4
    )
    SELECT visit.newest AS newest_entry_id, visit.first_at, visit.last_at, {reader} AS reader,
        visit.reader_role, consent.id AS consent_id, visit.kinds, visit.count,
        coalesce(consent.kind || '_consent', visit.ground) AS ground
    FROM visit JOIN person ON person.id = visit.reader_id
    LEFT JOIN consent ON visit.ground = 'consent:' || consent.id
        AND consent.citizen_id = %(citizen_id)s
    WHERE %(quarter)s::timestamptz IS NULL
       OR (visit.quarter, visit.newest) < (%(quarter)s::timestamptz, %(newest)s::bigint)
    ORDER BY visit.quarter DESC, visit.newest DESC LIMIT %(most)s
""")
    .format(reader=name_of("person", at_work=SQL("visit.reader_role <> 'citizen'")))
    .as_string()
)
