"""Contact persons who change or are away, and a leader's figures, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.handovers import Absence, AbsenceList, ColleagueList, NewAbsence
from portal.contract.people import Administration


class AbsenceRow(Absence):
    """An absence, and whose it is."""

    professional_id: UUID


class Count(Model):
    """How many citizens something is true of."""

    code: str
    administration: Administration
    people: int


class Counts(Model):
    """All counts of a municipality."""

    counts: tuple[Count, ...] = ()


def reading_of_colleagues(professional_id: UUID) -> Reading[ColleagueList]:
    """Read everybody else who works in the municipality, by name."""
    return Reading(Statement(_COLLEAGUES, {"professional": professional_id}), ColleagueList)


def reading_of_absences(professional_id: UUID, today: date) -> Reading[AbsenceList]:
    """Read somebody's absences that are not over, the next first."""
    parameters = {"professional": professional_id, "today": today}
    return Reading(Statement(_ABSENCES, parameters), AbsenceList)


def reading_of_absence(absence_id: UUID) -> Reading[AbsenceRow]:
    """Read one absence."""
    return Reading(Statement(_ABSENCE, {"id": absence_id}), AbsenceRow)


def reading_of_counts(today: date) -> Reading[Counts]:
    """Count the citizens of each administration."""
    return Reading(Statement(_COUNTS, {"today": today}), Counts)


async def insert_absence(
    tx: Transaction, professional_id: UUID, command: NewAbsence
) -> UUID | None:
    """Write an absence; None where it overlaps another of the same person."""
    row = await tx.row(
        "INSERT INTO absence (professional_id, deputy_id, starts_on, ends_on, greeting)"
        " SELECT %(professional)s, %(deputy)s, %(starts_on)s, %(ends_on)s, %(greeting)s"
        " WHERE NOT EXISTS (SELECT FROM absence WHERE professional_id = %(professional)s"
        "     AND starts_on <= %(ends_on)s AND ends_on >= %(starts_on)s)"
        " RETURNING id",
        professional=professional_id,
        deputy=command.deputy_id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        greeting=command.greeting,
    )
    return None if row is None else row["id"]


async def end_absence(tx: Transaction, absence_id: UUID, today: date, version: int) -> bool:
    """Be back: from today on nobody stands in. False where `version` is not the newest.

    What has not begun, or began today, is taken away; history keeps it.
    """
    gone = await tx.execute(
        "DELETE FROM absence WHERE id = %(id)s AND version = %(version)s"
        " AND starts_on >= %(today)s",
        id=absence_id,
        version=version,
        today=today,
    )
    if gone:
        return True
    return bool(
        await tx.execute(
            "UPDATE absence SET ends_on = %(today)s - 1, version = version + 1"
            " WHERE id = %(id)s AND version = %(version)s",
            id=absence_id,
            version=version,
            today=today,
        )
    )


async def works_here(tx: Transaction, professional_id: UUID) -> bool:
    """Tell whether somebody is a professional of the municipality."""
    row = await tx.row("SELECT 1 FROM professional WHERE person_id = %(id)s", id=professional_id)
    return row is not None


async def change_contact_person(
    tx: Transaction, citizen_id: UUID, to: UUID, on: date, greeting: str
) -> bool:
    """Let another one be contact person from a day on.

    False where the present one would then not have been it for a day.
    """
    ended = await tx.execute(
        "UPDATE contact_assignment SET ends_on = %(on)s - 1"
        " WHERE citizen_id = %(citizen)s AND ends_on IS NULL AND starts_on < %(on)s",
        citizen=citizen_id,
        on=on,
    )
    if not ended:
        return False
    await assign_contact_person(tx, citizen_id, to, on, greeting)
    return True


async def assign_contact_person(
    tx: Transaction, citizen_id: UUID, professional_id: UUID, on: date, greeting: str = ""
) -> None:
    """Write who is contact person from a day on."""
    await tx.execute(
        "INSERT INTO contact_assignment (citizen_id, professional_id, starts_on, greeting)"
        " VALUES (%(citizen)s, %(professional)s, %(on)s, %(greeting)s)",
        citizen=citizen_id,
        professional=professional_id,
        on=on,
        greeting=greeting,
    )


async def assign_where_nobody_is(
    tx: Transaction, citizen_id: UUID, professional_id: UUID, today: date
) -> None:
    """Make somebody contact person where the citizen has none, nor gets one.

    From today on, or after the last day of whoever goes.
    """
    await tx.execute(
        "INSERT INTO contact_assignment (citizen_id, professional_id, starts_on)"
        " SELECT %(citizen)s, %(professional)s, greatest(%(today)s, max(ends_on) + 1)"
        " FROM contact_assignment WHERE citizen_id = %(citizen)s"
        " HAVING count(*) FILTER (WHERE ends_on IS NULL) = 0",
        citizen=citizen_id,
        professional=professional_id,
        today=today,
    )


_COLLEAGUES: Final = """
    SELECT json_build_object('colleagues', coalesce(json_agg(json_build_object(
        'id', pe.id, 'name', pe.name, 'title', pr.title, 'unit', pr.unit,
        'administration', pr.administration) ORDER BY pe.name, pe.id), '[]'))::text AS json
    FROM professional pr JOIN person pe ON pe.id = pr.person_id
    WHERE pr.person_id <> %(professional)s
"""

_ABSENCE_FIELDS: Final = SQL("""
    'id', ab.id, 'version', ab.version, 'professional_id', ab.professional_id,
    'deputy', {deputy}, 'starts_on', ab.starts_on, 'ends_on', ab.ends_on, 'greeting', ab.greeting
""").format(deputy=person("ab.deputy_id", at_work=SQL("true")))

_ABSENCES: Final = (
    SQL("""
    SELECT json_build_object('absences', coalesce(json_agg(json_build_object({fields})
        ORDER BY ab.starts_on, ab.id), '[]'))::text AS json
    FROM absence ab WHERE ab.professional_id = %(professional)s AND ab.ends_on >= %(today)s
    """)
    .format(fields=_ABSENCE_FIELDS)
    .as_string()
)

_ABSENCE: Final = (
    SQL("SELECT json_build_object({fields})::text AS json FROM absence ab WHERE ab.id = %(id)s")
    .format(fields=_ABSENCE_FIELDS)
    .as_string()
)

# Counted are people, so that a small number can be told to be small.
_COUNTS: Final = """
    WITH counts (code, administration, people) AS (
        SELECT 'with_intervention', i.administration, count(DISTINCT i.plan_id)
        FROM intervention i WHERE i.state = 'active' GROUP BY i.administration
        UNION ALL
        SELECT 'with_contact_person', pr.administration, count(DISTINCT a.citizen_id)
        FROM contact_assignment a JOIN professional pr ON pr.person_id = a.professional_id
        WHERE a.starts_on <= %(today)s AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
        GROUP BY pr.administration
        UNION ALL
        SELECT 'with_overdue_promise', pm.administration, count(DISTINCT pm.plan_id)
        FROM promise pm
        WHERE pm.administration IS NOT NULL AND pm.kept_on IS NULL AND pm.due < %(today)s
        GROUP BY pm.administration
        UNION ALL
        SELECT 'with_reached_goal', pr.administration, count(DISTINCT a.citizen_id)
        FROM goal g JOIN plan p ON p.id = g.plan_id
        JOIN contact_assignment a ON a.citizen_id = p.citizen_id AND a.starts_on <= %(today)s
          AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
        JOIN professional pr ON pr.person_id = a.professional_id
        WHERE g.state = 'reached' GROUP BY pr.administration
        UNION ALL
        SELECT 'waits_too_long', pr.administration, count(DISTINCT a.citizen_id)
        FROM thread t JOIN plan p ON p.id = t.plan_id
        JOIN contact_assignment a ON a.citizen_id = p.citizen_id AND a.starts_on <= %(today)s
          AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
        JOIN professional pr ON pr.person_id = a.professional_id
        WHERE t.waits_for = 'contact_person' AND t.answer_expected_by < %(today)s
        GROUP BY pr.administration
    )
    SELECT json_build_object('counts', coalesce(json_agg(json_build_object('code', code,
        'administration', administration, 'people', people) ORDER BY code, administration), '[]')
    )::text AS json FROM counts
"""
