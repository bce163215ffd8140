"""Meetings and the answers to them in the database."""

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.projections import APPOINTMENT_FIELDS
from planapi.store.reading import Reading
from portal.contract.plans import Appointment, CannotCome, Coming, MoveAppointment


class AppointmentRow(Appointment):
    """A meeting, with what the policy asks about it; that part is never answered."""

    plan_id: UUID = Field(exclude=True)
    citizen_id: UUID = Field(exclude=True)


def reading_of_appointment(appointment_id: UUID) -> Reading[AppointmentRow]:
    """Read a meeting."""
    return Reading(Statement(_FIND, {"id": appointment_id}), AppointmentRow)


async def insert_answer(
    tx: Transaction,
    appointment_id: UUID,
    answer: Coming | CannotCome,
    *,
    by: UUID,
    at: datetime,
    version: int,
) -> bool:
    """Add an answer to a meeting at its present time; False where `version` is not the newest."""
    cannot = answer if isinstance(answer, CannotCome) else CannotCome(answer="cannot")
    touched = await tx.execute(
        """
        WITH answered AS (
            UPDATE appointment SET version = version + 1
            WHERE id = %(id)s AND version = %(version)s RETURNING id, starts_at, ends_at
        )
        INSERT INTO appointment_answer (appointment_id, starts_at, ends_at, answer, wish,
            wished_times, answered_by, answered_at)
        SELECT id, starts_at, ends_at, %(answer)s, %(wish)s, %(wished_times)s::timestamptz[],
               %(by)s, %(at)s
        FROM answered
        """,
        id=appointment_id,
        version=version,
        answer=answer.answer,
        wish=cannot.wish,
        wished_times=list(cannot.wished_times),
        by=by,
        at=at,
    )
    return touched == 1


async def update_time(
    tx: Transaction, appointment_id: UUID, new: MoveAppointment, version: int
) -> bool:
    """Move a meeting; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE appointment SET starts_at = %(starts_at)s, ends_at = %(ends_at)s,
            version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **new.model_dump(),
        id=appointment_id,
        version=version,
    )
    return touched == 1


_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'plan_id', p.id, 'citizen_id', p.citizen_id)::text AS json
    FROM appointment ap JOIN plan p ON p.id = ap.plan_id WHERE ap.id = %(id)s
    """)
    .format(fields=APPOINTMENT_FIELDS)
    .as_string()
)
