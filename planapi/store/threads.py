"""Threads, messages and how far each side has read, in the database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL, Composable
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.policy.actors import Actor
from planapi.store.names import person
from planapi.store.pictures import NamedPicture, pictures_of
from planapi.store.projections import (
    ATTACHMENT_FIELDS,
    THREAD_JOINS,
    THREAD_SUMMARY_FIELDS,
)
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.messages import Message, Thread, ThreadSummary, WaitsFor
from portal.contract.people import Administration, Role

THREADS_A_PAGE: Final = 20
MESSAGES_A_PAGE: Final = 50
_BEFORE_ALL: Final = 2**63 - 1

_MOST_WORDS: Final = 8
"""Of a search: each costs another look through the citizen's own messages."""

_LIKE_SIGNS: Final = re.compile(r"[\\%_]")
_ESCAPED: Final = r"\\\g<0>"


class GoalOfThread(Model):
    """What the policy asks about the goal that a thread is tied to."""

    id: UUID
    owner: GoalOwner
    administration: Administration | None
    state: GoalState


class ThreadSummaryRow(ThreadSummary):
    """A thread in a list; its goal may be one that the reader must not know of."""

    goal: GoalOfThread | None = Field(default=None, exclude=True)


class MessageRow(Message):
    """A message with its place in the municipality's sequence of messages."""

    number: int = Field(exclude=True)


class ThreadRow(Thread):
    """A thread with a page of its messages, oldest first, and one more where there are older."""

    messages: tuple[MessageRow, ...] = ()
    pictures: tuple[NamedPicture, ...] = Field(default=(), exclude=True)
    goal: GoalOfThread | None = Field(default=None, exclude=True)


class ThreadRows(Model):
    """Threads, last written first, and one more than a page where there are more."""

    plan_id: UUID | None = None
    threads: tuple[ThreadSummaryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadPosition:
    """Where a page of threads ends."""

    last_message_at: datetime
    thread_id: UUID


def threads_of_plan(plan: Composable, most: int) -> Composable:
    """Return SQL for the newest `most` threads of the plan that the expression `plan` names."""
    return _SUMMARIES.format(
        fields=THREAD_SUMMARY_FIELDS,
        source=SQL("SELECT * FROM thread WHERE plan_id = {plan}").format(plan=plan),
        joins=THREAD_JOINS,
        most=most,
    )


def reading_of_threads(citizen_id: UUID, after: ThreadPosition | None) -> Reading[ThreadRows]:
    """Read a citizen's threads as the citizen sees them, from after a position on."""
    return Reading(Statement(_PAGE_OF_THREADS, _page(citizen_id, after)), ThreadRows)


def reading_of_found_threads(
    citizen_id: UUID, words: Sequence[str], after: ThreadPosition | None
) -> Reading[ThreadRows]:
    """Read those of a citizen's threads that hold each of `words`, whatever their case."""
    searched = words[:_MOST_WORDS]
    parameters = {
        **_page(citizen_id, after),
        "patterns": [f"%{_LIKE_SIGNS.sub(_ESCAPED, word)}%" for word in searched],
        "first": searched[0].lower(),
    }
    return Reading(Statement(_PAGE_OF_FOUND_THREADS, parameters), ThreadRows)


def _page(citizen_id: UUID, after: ThreadPosition | None) -> dict[str, Any]:
    return {
        "citizen": citizen_id,
        "side": Role.CITIZEN,
        "at": after.last_message_at if after else None,
        "after": after.thread_id if after else None,
    }


def reading_of_thread(
    thread_id: UUID, reader: Actor, today: date, before: int | None = None
) -> Reading[ThreadRow]:
    """Read a thread as the reader's side sees it, with the newest messages before a number."""
    parameters = {
        "id": thread_id,
        "side": reader.role,
        "reader": reader.person_id,
        "today": today,
        "before": before or _BEFORE_ALL,
    }
    return Reading(Statement(_FIND, parameters), ThreadRow)


async def insert_thread(
    tx: Transaction, plan_id: UUID, subject: str, goal_id: UUID | None, now: datetime
) -> UUID:
    """Open a thread that waits for nobody yet; returns its id."""
    (row,) = await tx.rows(
        """
        INSERT INTO thread (plan_id, subject, goal_id, waits_for, last_message_at)
        VALUES (%(plan)s, %(subject)s, %(goal)s, 'nobody', %(now)s) RETURNING id
        """,
        plan=plan_id,
        subject=subject,
        goal=goal_id,
        now=now,
    )
    new_id: UUID = row["id"]
    return new_id


async def insert_message(
    tx: Transaction,
    thread_id: UUID,
    *,
    author_id: UUID,
    author_role: Role,
    body: str,
    sent_at: datetime,
) -> UUID:
    """Write a message; returns its id. Whoever writes has read everything before it."""
    (row,) = await tx.rows(
        """
        WITH written AS (
            INSERT INTO message (thread_id, author_id, author_role, body, sent_at)
            VALUES (%(thread)s, %(author)s, %(role)s, %(body)s, %(at)s) RETURNING id, number
        ), read AS (
            INSERT INTO thread_read (thread_id, side, up_to, read_at)
            SELECT %(thread)s, %(role)s, number, %(at)s FROM written
        )
        SELECT id FROM written
        """,
        thread=thread_id,
        author=author_id,
        role=author_role,
        body=body,
        at=sent_at,
    )
    new_id: UUID = row["id"]
    return new_id


async def pass_turn(
    tx: Transaction,
    thread_id: UUID,
    waits_for: WaitsFor,
    answer_expected_by: date | None,
    last_message_at: datetime,
) -> None:
    """Say whose turn it is after a message.

    Writing again while one waits does not put the deadline off. This locks the thread until the
    commit, so call it before `insert_message`: messages get visible in the order of their numbers,
    and no reading mark can pass one that is not there yet.
    """
    await tx.execute(
        """
        UPDATE thread SET waits_for = %(waits_for)s, last_message_at = %(at)s,
            answer_expected_by = CASE WHEN waits_for = %(waits_for)s
                THEN least(answer_expected_by, %(by)s::date) ELSE %(by)s END,
            version = version + 1
        WHERE id = %(id)s
        """,
        waits_for=waits_for,
        by=answer_expected_by,
        at=last_message_at,
        id=thread_id,
    )


async def find_number(tx: Transaction, thread_id: UUID, message_id: UUID) -> int | None:
    """Return the number of a message, None where the thread has no such message."""
    row = await tx.row(
        "SELECT number FROM message WHERE id = %(id)s AND thread_id = %(thread)s",
        id=message_id,
        thread=thread_id,
    )
    return None if row is None else int(row["number"])


async def mark_read(
    tx: Transaction, thread_id: UUID, side: Role, up_to: int, now: datetime
) -> bool:
    """Move a side's mark up to a message's number; False where it stood there already.

    Each mark is a row: a message was first read when the first mark reached it.
    """
    touched = await tx.execute(
        """
        INSERT INTO thread_read (thread_id, side, up_to, read_at)
        SELECT %(thread)s, %(side)s, %(up_to)s, %(now)s
        WHERE %(up_to)s > coalesce((
            SELECT max(up_to) FROM thread_read WHERE thread_id = %(thread)s AND side = %(side)s
        ), 0)
        ON CONFLICT DO NOTHING
        """,
        thread=thread_id,
        side=side,
        up_to=up_to,
        now=now,
    )
    return touched == 1


async def reply_days(tx: Transaction, citizen_id: UUID, today: date) -> int | None:
    """Return within how many working days whoever answers the citizen today has promised to.

    That is the deputy while the contact person is away. None without a contact person.
    """
    row = await tx.row(
        """
        SELECT pr.reply_working_days AS days
        FROM contact_assignment a
        LEFT JOIN absence ab ON ab.professional_id = a.professional_id
            AND %(today)s BETWEEN ab.starts_on AND ab.ends_on
        JOIN professional pr ON pr.person_id = coalesce(ab.deputy_id, a.professional_id)
        WHERE a.citizen_id = %(citizen)s AND a.starts_on <= %(today)s
          AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
        ORDER BY a.starts_on DESC, ab.starts_on LIMIT 1
        """,
        citizen=citizen_id,
        today=today,
    )
    return None if row is None else int(row["days"])


_SUMMARIES: Final = SQL("""(
    SELECT coalesce(json_agg(json_build_object({fields})
                    ORDER BY t.last_message_at DESC, t.id DESC), '[]')
    FROM ({source} ORDER BY last_message_at DESC, id DESC LIMIT {most}) t {joins}
)""")

_OWN_THREADS: Final = SQL("""
    SELECT * FROM thread WHERE plan_id = own.id AND (
        %(at)s::timestamptz IS NULL
        OR (last_message_at, id) < (%(at)s::timestamptz, %(after)s::uuid)
    )
""")

_WITH_ALL_WORDS: Final = SQL("""
    AND NOT EXISTS (
        SELECT FROM unnest(%(patterns)s::text[]) pattern
        WHERE thread.subject NOT ILIKE pattern AND NOT EXISTS (
            SELECT FROM message WHERE thread_id = thread.id AND body ILIKE pattern
        )
    )
""")

_FOUND: Final = SQL("""
    , 'found', coalesce((
        SELECT regexp_replace(
            substr(body, greatest(position(%(first)s in lower(body)) - 40, 1), 140),
            '\\s+', ' ', 'g')
        FROM message WHERE thread_id = t.id AND body ILIKE ANY (%(patterns)s::text[])
        ORDER BY number DESC LIMIT 1
    ), '')
""")


def _page_of_threads(fields: Composable, source: Composable) -> str:
    threads = _SUMMARIES.format(
        fields=fields, source=source, joins=THREAD_JOINS, most=THREADS_A_PAGE + 1
    )
    return (
        SQL("""
        SELECT json_build_object('plan_id', own.id, 'threads', {threads})::text AS json
        FROM (VALUES (1)) one LEFT JOIN plan own ON own.citizen_id = %(citizen)s
        """)
        .format(threads=threads)
        .as_string()
    )


_PAGE_OF_THREADS: Final = _page_of_threads(THREAD_SUMMARY_FIELDS, _OWN_THREADS)

_PAGE_OF_FOUND_THREADS: Final = _page_of_threads(
    THREAD_SUMMARY_FIELDS + _FOUND, _OWN_THREADS + _WITH_ALL_WORDS
)

_PAGE: Final = SQL("""(
    SELECT * FROM message WHERE thread_id = t.id AND number < %(before)s
    ORDER BY number DESC LIMIT {most}
)""").format(most=MESSAGES_A_PAGE + 1)

_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'messages', (
        SELECT coalesce(json_agg(json_build_object(
            'id', m.id, 'number', m.number, 'author', {author}, 'author_role', m.author_role,
            'body', m.body, 'sent_at', m.sent_at, 'attachments', (
                SELECT coalesce(json_agg(json_build_object({attachment})
                                         ORDER BY ma.position), '[]')
                FROM message_attachment ma JOIN attachment f ON f.id = ma.attachment_id
                WHERE ma.message_id = m.id
            ), 'read_at', (
                SELECT read_at FROM thread_read r
                WHERE r.thread_id = m.thread_id AND r.side <> m.author_role
                  AND r.up_to >= m.number
                ORDER BY r.up_to LIMIT 1
            )
        ) ORDER BY m.number), '[]')
        FROM {page} m
    ), 'pictures', {pictures})::text AS json
    FROM thread t {joins} WHERE t.id = %(id)s
    """)
    .format(
        fields=THREAD_SUMMARY_FIELDS,
        author=person("m.author_id", at_work=SQL("m.author_role = 'contact_person'")),
        attachment=ATTACHMENT_FIELDS,
        pictures=pictures_of(SQL("SELECT author_id FROM {page} m").format(page=_PAGE)),
        page=_PAGE,
        joins=THREAD_JOINS,
    )
    .as_string()
)
