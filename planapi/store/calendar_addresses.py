"""Private calendar addresses in the database, and the meetings that one shows."""

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.sql import SQL
from pydantic import BaseModel

from planapi.database import Row, Statement, Transaction
from planapi.store.appointments import AppointmentRow
from planapi.store.projections import APPOINTMENT_FIELDS
from planapi.store.reading import Reading
from portal.contract.calendar import CalendarAddress

_MOST_MEETINGS: Final = 500


class Followed(NamedTuple):
    """Whose address it is, and what they want it to show."""

    person_id: UUID
    with_place: bool
    issued_at: datetime
    language: str | None


class MeetingRows(BaseModel):
    """The meetings of one citizen, by time."""

    meetings: tuple[AppointmentRow, ...]


async def read_address(tx: Transaction, person_id: UUID) -> CalendarAddress:
    """Return a person's address, without its secret; version 0 where there has never been one."""
    row = await tx.row(
        "SELECT version, secret_sha256 IS NOT NULL AS active, with_place, issued_at"
        " FROM calendar_address WHERE person_id = %(person_id)s",
        person_id=person_id,
    )
    if row is None:
        return CalendarAddress(version=0, active=False)
    return CalendarAddress.model_validate(row)


async def write_address(
    tx: Transaction,
    person_id: UUID,
    *,
    sha256: bytes | None,
    with_place: bool,
    at: datetime,
    version: int,
) -> bool:
    """Replace an address, or end it (no ``sha256``); False where `version` is not the newest."""
    row: Row = {
        "person_id": person_id,
        "sha256": sha256,
        "with_place": with_place,
        "at": at,
        "version": version,
    }
    if version == 0:
        written = await tx.execute(
            "INSERT INTO calendar_address (person_id, secret_sha256, with_place, issued_at)"
            " VALUES (%(person_id)s, %(sha256)s, %(with_place)s, %(at)s) ON CONFLICT DO NOTHING",
            **row,
        )
    else:
        written = await tx.execute(
            "UPDATE calendar_address SET secret_sha256 = %(sha256)s, with_place = %(with_place)s,"
            " issued_at = %(at)s, version = version + 1"
            " WHERE person_id = %(person_id)s AND version = %(version)s",
            **row,
        )
    return written == 1


async def find_address(tx: Transaction, sha256: bytes) -> Followed | None:
    """Return whose address has a secret with this digest; None where it is nobody's."""
    row = await tx.row("SELECT * FROM find_calendar_address(%(sha256)s)", sha256=sha256)
    return None if row is None else Followed(**row)


def reading_of_meetings(citizen_id: UUID, since: datetime) -> Reading[MeetingRows]:
    """Read the meetings that end after ``since``, the next ones first where they are many."""
    return Reading(Statement(_MEETINGS, {"citizen": citizen_id, "since": since}), MeetingRows)


_MEETINGS: Final = (
    SQL("""
    SELECT json_build_object('meetings', coalesce(json_agg(json_build_object(
        {fields}, 'plan_id', ap.plan_id, 'citizen_id', ap.citizen_id)
        ORDER BY ap.starts_at, ap.id), '[]'))::text AS json
    FROM (SELECT a.*, p.citizen_id FROM appointment a JOIN plan p ON p.id = a.plan_id
          WHERE p.citizen_id = %(citizen)s AND a.ends_at >= %(since)s
          ORDER BY a.starts_at, a.id LIMIT {most}) ap
    """)
    .format(fields=APPOINTMENT_FIELDS, most=_MOST_MEETINGS)
    .as_string()
)
