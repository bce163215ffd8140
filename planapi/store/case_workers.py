"""Who works with a citizen without being their contact person, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from planapi.database import Statement, Transaction
from planapi.store.reading import Reading
from portal.contract.case_workers import CaseWorkerList


def reading_of_case_workers(citizen_id: UUID, today: date) -> Reading[CaseWorkerList]:
    """Read who works with a citizen today."""
    return Reading(Statement(_LIST, {"citizen": citizen_id, "today": today}), CaseWorkerList)


async def insert_case_worker(
    tx: Transaction, citizen_id: UUID, professional_id: UUID, today: date
) -> bool:
    """Let somebody work with a citizen from today on; False where they do already."""
    return bool(
        await tx.execute(
            "INSERT INTO case_worker (citizen_id, professional_id, starts_on)"
            " VALUES (%(citizen)s, %(professional)s, %(today)s)"
            " ON CONFLICT (citizen_id, professional_id) WHERE ends_on IS NULL DO NOTHING",
            citizen=citizen_id,
            professional=professional_id,
            today=today,
        )
    )


async def end_case_worker(
    tx: Transaction, citizen_id: UUID, professional_id: UUID, today: date
) -> bool:
    """Let somebody's work end, from today on; False where it has ended.

    What began today is taken away: days are whole. History keeps it.
    """
    gone = await tx.execute(
        "DELETE FROM case_worker WHERE citizen_id = %(citizen)s"
        " AND professional_id = %(professional)s AND starts_on >= %(today)s",
        citizen=citizen_id,
        professional=professional_id,
        today=today,
    )
    ended = await tx.execute(
        "UPDATE case_worker SET ends_on = %(today)s - 1 WHERE citizen_id = %(citizen)s"
        " AND professional_id = %(professional)s"
        " AND (ends_on IS NULL OR ends_on >= %(today)s)",
        citizen=citizen_id,
        professional=professional_id,
        today=today,
    )
    return bool(gone or ended)


_LIST: Final = """
    SELECT json_build_object('citizen_id', %(citizen)s::uuid, 'case_workers', coalesce(
        json_agg(json_build_object('since', cw.starts_on, 'professional', json_build_object(
            'id', pe.id, 'name', pe.name, 'title', pr.title, 'unit', pr.unit,
            'administration', pr.administration)) ORDER BY pe.name, pe.id), '[]'))::text AS json
    FROM case_worker cw
    JOIN professional pr ON pr.person_id = cw.professional_id
    JOIN person pe ON pe.id = pr.person_id
    WHERE cw.citizen_id = %(citizen)s AND cw.starts_on <= %(today)s
      AND (cw.ends_on IS NULL OR cw.ends_on >= %(today)s)
"""
