"""Writes the sample's rows into the plan API's database: COPY, one transaction.

Used by `seed`. COPY keeps a seed with thousands of messages well under a second.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from sandbox.sample import rows as tables
from sandbox.sample.rows import AccessQuestion, Row, Sample, ThreadRead

# Referenced tables first. Where the database numbers the rows, they go in by time.
_ORDER: tuple[tuple[type[Row], str | None], ...] = (
    (tables.Person, None),
    (tables.PersonPicture, None),
    (tables.Professional, None),
    (tables.Absence, None),
    (tables.Plan, None),
    (tables.ContactAssignment, None),
    (tables.AboutMe, None),
    (tables.PlanRequest, None),
    (tables.Household, None),
    (tables.HouseholdMember, None),
    (tables.Goal, None),
    (tables.Step, None),
    (tables.Rating, None),
    (tables.Intervention, None),
    (tables.InterventionGoal, None),
    (tables.InterventionTime, None),
    (tables.Appointment, None),
    (tables.AppointmentAnswer, "answered_at"),
    (tables.Decision, None),
    (tables.Promise, None),
    (tables.OwnView, None),
    (tables.ProfessionalView, None),
    (tables.FollowUp, None),
    (tables.AgendaItem, None),
    (tables.Minutes, None),
    (tables.MinutesRemark, None),
    (tables.ToldFact, None),
    (tables.FactRequest, None),
    (tables.Thread, None),
    (tables.Message, "sent_at"),
    (tables.Attachment, None),
    (tables.AttachmentContent, None),
    (tables.MessageAttachment, None),
    (tables.ConsentText, None),
    (tables.Consent, None),
    (tables.ConsentWithdrawal, None),
    (tables.Custody, None),
    (tables.Helper, None),
    (tables.GoalShare, None),
    (tables.CaseWorker, None),
    (tables.HouseholdInvitation, None),
    (tables.SafetyHiding, None),
    (tables.RightsRequest, None),
    (tables.AccessEntry, "at"),
    (tables.History, "at"),
)
_JSON_COLUMNS = frozenset({"hours", "before", "after", "details"})


def insert(
    connection: psycopg.Connection[Any],
    municipality_id: UUID,
    name: str,
    cvr: str,
    sample: Sample,
) -> None:
    """Insert the municipality with everything in `sample`, in the connection's transaction."""
    connection.execute(
        "INSERT INTO municipality (id, name, cvr) VALUES (%s, %s, %s)", (municipality_id, name, cvr)
    )
    # Every table takes its municipality_id from this setting.
    connection.execute(
        "SELECT set_config('enplan.municipality', %s, true)", (str(municipality_id),)
    )
    by_type: defaultdict[type[Row], list[Row]] = defaultdict(list)
    for row in sample.rows:
        by_type[type(row)].append(row)
    with connection.cursor() as cursor:
        for row_type, sort_by in _ORDER:
            found = by_type[row_type]
            _copy(cursor, row_type, sorted(found, key=attrgetter(sort_by)) if sort_by else found)
        _insert_reads(cursor, sample.reads)
        _insert_questions(cursor, sample.questions)


def _copy(cursor: psycopg.Cursor[Any], row_type: type[Row], rows: Iterable[Row]) -> None:
    columns = [column.name for column in fields(row_type)]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(row_type.table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [
                    Jsonb(getattr(row, column)) if column in _JSON_COLUMNS else getattr(row, column)
                    for column in columns
                ]
            )


def _insert_reads(cursor: psycopg.Cursor[Any], reads: Iterable[ThreadRead]) -> None:
    cursor.executemany(
        "INSERT INTO thread_read (thread_id, side, up_to, read_at) "
        "SELECT %s, %s, number, %s FROM message WHERE id = %s",
        [(read.thread_id, read.side, read.read_at, read.message_id) for read in reads],
    )


def _insert_questions(cursor: psycopg.Cursor[Any], questions: Iterable[AccessQuestion]) -> None:
    cursor.executemany(
        "INSERT INTO rights_request (id, citizen_id, kind, access_entry_id, text, created_at,"
        " state, outcome, answer, answered_by, answered_at)"
        " SELECT %(id)s, citizen_id, 'access_question', id, %(text)s, %(created_at)s,"
        " CASE WHEN %(answer)s::text IS NULL THEN 'received' ELSE 'answered' END,"
        " CASE WHEN %(answer)s::text IS NOT NULL THEN 'explained' END,"
        " %(answer)s, %(answered_by)s, %(answered_at)s"
        " FROM access_entry WHERE citizen_id = %(citizen_id)s AND at = %(read_at)s",
        [asdict(question) for question in questions],
    )
