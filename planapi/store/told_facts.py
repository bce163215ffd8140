"""What citizens told once, and who asks for it, in the database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.plans import PlanPlace
from planapi.store.projections import PLACE_FIELDS
from planapi.store.reading import Reading
from portal.contract.people import Administration
from portal.contract.told_facts import (
    FactRequest,
    FactRequestState,
    FactTopic,
    GrantFact,
    ToldFact,
)

_MOST: Final = 500


class FactRequestRow(FactRequest):
    """A request, with what the policy asks about it; that part is never answered."""

    citizen_id: UUID = Field(exclude=True)


class ToldFactRow(ToldFact):
    """What was told, and about whom."""

    citizen_id: UUID = Field(exclude=True)


class ToldFactRows(PlanPlace):
    """All topics, what was told and what was asked for, before the policy."""

    topics: tuple[FactTopic, ...] = ()
    facts: tuple[ToldFactRow, ...] = ()
    requests: tuple[FactRequestRow, ...] = ()


def reading_of_told_facts(plan_id: UUID, today: date) -> Reading[ToldFactRows]:
    """Read everything about what was told, as it stands today."""
    return Reading(Statement(_LIST, {"plan": plan_id, "today": today}), ToldFactRows)


def reading_of_fact_request(request_id: UUID, today: date) -> Reading[FactRequestRow]:
    """Read one request as it stands today."""
    return Reading(Statement(_FIND_REQUEST, {"id": request_id, "today": today}), FactRequestRow)


@dataclass(frozen=True, slots=True)
class Source:
    """Who wrote an answer down, when, and whether it was for the citizen who told it."""

    by: UUID
    at: datetime
    on_behalf: bool


async def insert_fact(
    tx: Transaction, plan_id: UUID, topic: str, text: str, source: Source
) -> UUID | None:
    """Write what was told about a topic; None where something was told already."""
    row = await tx.row(
        """
        INSERT INTO told_fact (plan_id, topic, text, given_by, given_at, on_behalf)
        VALUES (%(plan)s, %(topic)s, %(text)s, %(by)s, %(at)s, %(on_behalf)s)
        ON CONFLICT (plan_id, topic) DO NOTHING RETURNING id
        """,
        plan=plan_id,
        topic=topic,
        text=text,
        by=source.by,
        at=source.at,
        on_behalf=source.on_behalf,
    )
    return None if row is None else row["id"]


async def update_fact(
    tx: Transaction, fact_id: UUID, text: str, source: Source, *, version: int
) -> bool:
    """Replace what was told; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE told_fact SET text = %(text)s, given_by = %(by)s, given_at = %(at)s,
            on_behalf = %(on_behalf)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        text=text,
        by=source.by,
        at=source.at,
        on_behalf=source.on_behalf,
        id=fact_id,
        version=version,
    )
    return touched == 1


async def insert_request(
    tx: Transaction,
    plan_id: UUID,
    topic: str,
    purpose: str,
    *,
    administration: Administration,
    by: UUID,
    at: datetime,
) -> UUID | None:
    """Ask; None where the administration waits for an answer about this already."""
    row = await tx.row(
        """
        INSERT INTO fact_request (plan_id, topic, administration, purpose, asked_by, asked_at)
        VALUES (%(plan)s, %(topic)s, %(administration)s, %(purpose)s, %(by)s, %(at)s)
        ON CONFLICT (plan_id, topic, administration) WHERE state = 'open' DO NOTHING
        RETURNING id
        """,
        plan=plan_id,
        topic=topic,
        administration=administration,
        purpose=purpose,
        by=by,
        at=at,
    )
    return None if row is None else row["id"]


async def grant_request(
    tx: Transaction, request_id: UUID, grant: GrantFact, *, today: date, at: datetime, version: int
) -> bool:
    """Let an answer be used from today; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE fact_request SET state = 'granted', answered_at = %(at)s, reason = '',
            valid_from = %(today)s, valid_until = %(until)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        at=at,
        today=today,
        until=grant.valid_until,
        id=request_id,
        version=version,
    )
    return touched == 1


async def close_request(
    tx: Transaction,
    request_id: UUID,
    state: FactRequestState,
    reason: str,
    *,
    at: datetime,
    version: int,
) -> bool:
    """Refuse a request or stop its use; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE fact_request SET state = %(state)s, answered_at = %(at)s, reason = %(reason)s,
            version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        state=state,
        at=at,
        reason=reason,
        id=request_id,
        version=version,
    )
    return touched == 1


_TOPIC: Final = SQL("json_build_object('code', t.code, 'category', t.category, 'name', t.name)")

_REQUEST_FIELDS: Final = SQL("""
    'id', q.id, 'version', q.version, 'plan_id', q.plan_id, 'topic', {topic},
    'administration', q.administration, 'purpose', q.purpose,
    'state', CASE WHEN q.state = 'granted' AND q.valid_until < %(today)s THEN 'expired'
                  ELSE q.state END,
    'asked_by', {asked_by}, 'asked_at', q.asked_at, 'answered_at', q.answered_at,
    'reason', q.reason, 'valid_until', q.valid_until, 'citizen_id', p.citizen_id,
    'already_told', EXISTS (SELECT FROM told_fact WHERE plan_id = q.plan_id AND topic = q.topic)
""").format(topic=_TOPIC, asked_by=person("q.asked_by", at_work=SQL("true")))

_FACT_FIELDS: Final = SQL("""
    'id', f.id, 'version', f.version, 'topic', {topic}, 'text', f.text,
    'given_by', {given_by}, 'given_at', f.given_at, 'on_behalf', f.on_behalf,
    'citizen_id', p.citizen_id,
    'first_asked_by', (
        SELECT administration FROM fact_request WHERE plan_id = f.plan_id AND topic = f.topic
        ORDER BY asked_at, id LIMIT 1
    ),
    'uses', (
        SELECT coalesce(json_agg(json_build_object('administration', u.administration,
            'purpose', u.purpose, 'since', u.valid_from, 'until', u.valid_until)
            ORDER BY u.valid_from, u.id), '[]')
        FROM fact_request u
        WHERE u.plan_id = f.plan_id AND u.topic = f.topic AND u.state = 'granted'
          AND u.valid_until >= %(today)s
    )
""").format(topic=_TOPIC, given_by=person("f.given_by", at_work=SQL("f.on_behalf")))

_LIST: Final = (
    SQL("""
    SELECT json_build_object({place},
        'topics', (SELECT json_agg({topic} ORDER BY t.position) FROM fact_topic t),
        'facts', (
            SELECT coalesce(json_agg(json_build_object({fact}) ORDER BY t.position), '[]')
            FROM told_fact f JOIN fact_topic t ON t.code = f.topic WHERE f.plan_id = p.id
        ),
        'requests', (
            SELECT coalesce(json_agg(json_build_object({request})
                                     ORDER BY q.asked_at DESC, q.id), '[]')
            FROM (SELECT * FROM fact_request WHERE plan_id = p.id
                  ORDER BY asked_at DESC, id LIMIT {most}) q
            JOIN fact_topic t ON t.code = q.topic
        )
    )::text AS json
    FROM plan p WHERE p.id = %(plan)s
    """)
    .format(
        place=PLACE_FIELDS, topic=_TOPIC, fact=_FACT_FIELDS, request=_REQUEST_FIELDS, most=_MOST
    )
    .as_string()
)

_FIND_REQUEST: Final = (
    SQL("""
    SELECT json_build_object({request})::text AS json
    FROM fact_request q JOIN plan p ON p.id = q.plan_id JOIN fact_topic t ON t.code = q.topic
    WHERE q.id = %(id)s
    """)
    .format(request=_REQUEST_FIELDS)
    .as_string()
)
