"""Follow-ups and their agenda in the database."""

from datetime import date, datetime, time
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.plans import PlanPlace
from planapi.store.projections import PLACE_FIELDS
from planapi.store.reading import Reading
from planapi.store.threads import GoalOfThread
from portal.contract.follow_ups import FollowUp, FollowUpOutcome
from portal.contract.people import Administration, Role

_MOST: Final = 200


class FollowUpRow(FollowUp):
    """A follow-up, with what the policy asks about it; that part is never answered."""

    citizen_id: UUID = Field(exclude=True)
    goal: GoalOfThread | None = Field(default=None, exclude=True)
    intervention_administration: Administration | None = Field(default=None, exclude=True)


class FollowUpRows(PlanPlace):
    """The follow-ups of a plan, before the policy."""

    follow_ups: tuple[FollowUpRow, ...] = ()


def reading_of_follow_ups(plan_id: UUID) -> Reading[FollowUpRows]:
    """Read the follow-ups of a plan, latest day first."""
    return Reading(Statement(_LIST, {"plan": plan_id}), FollowUpRows)


def reading_of_follow_up(follow_up_id: UUID) -> Reading[FollowUpRow]:
    """Read one follow-up."""
    return Reading(Statement(_FIND, {"id": follow_up_id}), FollowUpRow)


async def find_intervention(
    tx: Transaction, intervention_id: UUID, plan_id: UUID
) -> Administration | None:
    """Return whose intervention it is; None where the plan has none of that id."""
    row = await tx.row(
        "SELECT administration FROM intervention WHERE id = %(id)s AND plan_id = %(plan)s",
        id=intervention_id,
        plan=plan_id,
    )
    return None if row is None else Administration(row["administration"])


async def insert_follow_up(
    tx: Transaction,
    plan_id: UUID,
    day: date,
    starts: time | None,
    *,
    goal_id: UUID | None,
    intervention_id: UUID | None,
    by: UUID,
    at: datetime,
) -> UUID:
    """Book a follow-up; returns its id."""
    return await _new_id(
        tx,
        """
        INSERT INTO follow_up
            (plan_id, goal_id, intervention_id, day, starts, created_by, created_at)
        VALUES (%(plan)s, %(goal)s, %(intervention)s, %(day)s, %(starts)s, %(by)s, %(at)s)
        RETURNING id
        """,
        plan=plan_id,
        goal=goal_id,
        intervention=intervention_id,
        day=day,
        starts=starts,
        by=by,
        at=at,
    )


async def insert_agenda_item(
    tx: Transaction, follow_up_id: UUID, text: str, *, by: UUID, role: Role, at: datetime
) -> UUID:
    """Add something to talk about; returns its id."""
    return await _new_id(
        tx,
        """
        WITH changed AS (
            UPDATE follow_up SET version = version + 1 WHERE id = %(follow_up)s
        )
        INSERT INTO agenda_item (follow_up_id, text, added_by, added_role, added_at)
        VALUES (%(follow_up)s, %(text)s, %(by)s, %(role)s, %(at)s) RETURNING id
        """,
        follow_up=follow_up_id,
        text=text,
        by=by,
        role=role,
        at=at,
    )


async def update_agenda_item(
    tx: Transaction, follow_up_id: UUID, item_id: UUID, text: str | None, version: int
) -> bool:
    """Reword something to talk about, or take it away; False where `version` is not the newest."""
    touched = await tx.execute(
        "UPDATE follow_up SET version = version + 1 WHERE id = %(id)s AND version = %(version)s",
        id=follow_up_id,
        version=version,
    )
    if touched and text is None:
        await tx.execute("DELETE FROM agenda_item WHERE id = %(id)s", id=item_id)
    elif touched:
        await tx.execute(
            "UPDATE agenda_item SET text = %(text)s WHERE id = %(id)s", id=item_id, text=text
        )
    return touched == 1


async def update_time(
    tx: Transaction, follow_up_id: UUID, day: date, starts: time | None, version: int
) -> bool:
    """Give a follow-up another day and time; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE follow_up SET day = %(day)s, starts = %(starts)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        day=day,
        starts=starts,
        id=follow_up_id,
        version=version,
    )
    return touched == 1


async def conclude(
    tx: Transaction,
    follow_up_id: UUID,
    *,
    outcome: FollowUpOutcome,
    conclusion: str,
    replacement: str | None,
    version: int,
) -> bool:
    """Write what a follow-up led to; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE follow_up SET state = 'held', outcome = %(outcome)s, conclusion = %(conclusion)s,
            replacement = %(replacement)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        outcome=outcome,
        conclusion=conclusion,
        replacement=replacement,
        id=follow_up_id,
        version=version,
    )
    return touched == 1


async def insert_next(
    tx: Transaction,
    follow_up_id: UUID,
    day: date,
    starts: time | None,
    *,
    of_the_same: bool,
    by: UUID,
    at: datetime,
) -> UUID:
    """Book what comes after a follow-up, of the same thing or of the plan; returns its id."""
    return await _new_id(
        tx,
        """
        WITH next AS (
            INSERT INTO follow_up
                (plan_id, goal_id, intervention_id, day, starts, created_by, created_at)
            SELECT plan_id, CASE WHEN %(same)s THEN goal_id END,
                   CASE WHEN %(same)s THEN intervention_id END, %(day)s, %(starts)s, %(by)s, %(at)s
            FROM follow_up WHERE id = %(id)s
            RETURNING id
        )
        UPDATE follow_up SET next_id = next.id FROM next WHERE follow_up.id = %(id)s
        RETURNING next.id
        """,
        id=follow_up_id,
        day=day,
        starts=starts,
        same=of_the_same,
        by=by,
        at=at,
    )


async def cancel(tx: Transaction, follow_up_id: UUID, reason: str, version: int) -> bool:
    """Cancel a follow-up; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE follow_up SET state = 'cancelled', conclusion = %(reason)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        reason=reason,
        id=follow_up_id,
        version=version,
    )
    return touched == 1


async def _new_id(tx: Transaction, query: LiteralString, **parameters: Any) -> UUID:
    (row,) = await tx.rows(query, **parameters)
    new_id: UUID = row["id"]
    return new_id


FOLLOW_UP_FIELDS: Final = SQL("""
    'id', f.id, 'version', f.version, 'plan_id', f.plan_id, 'goal_id', f.goal_id,
    'intervention_id', f.intervention_id, 'day', f.day, 'starts', f.starts, 'state', f.state,
    'outcome', f.outcome,
    'conclusion', f.conclusion, 'replacement', f.replacement, 'next_id', f.next_id,
    'next_day', (SELECT day FROM follow_up WHERE id = f.next_id),
    'created_by', {created_by}, 'citizen_id', p.citizen_id,
    'goal', (
        SELECT json_build_object('id', id, 'owner', owner, 'administration', administration,
            'state', state)
        FROM goal WHERE id = f.goal_id
    ),
    'intervention_administration', (
        SELECT administration FROM intervention WHERE id = f.intervention_id
    ),
    'agenda', (
        SELECT coalesce(json_agg(json_build_object('id', a.id, 'text', a.text,
            'added_by', {added_by}, 'added_role', a.added_role, 'added_at', a.added_at)
            ORDER BY a.added_at, a.id), '[]')
        FROM agenda_item a WHERE a.follow_up_id = f.id
    )
""").format(
    created_by=person("f.created_by", at_work=SQL("true")),
    added_by=person("a.added_by", at_work=SQL("a.added_role = 'contact_person'")),
)
"""Of follow-up `f` in plan `p`."""

_LIST: Final = (
    SQL("""
    SELECT json_build_object({place}, 'follow_ups', (
        SELECT coalesce(json_agg(json_build_object({fields}) ORDER BY f.day DESC, f.id), '[]')
        FROM (SELECT * FROM follow_up WHERE plan_id = p.id
              ORDER BY day DESC, id LIMIT {most}) f
    ))::text AS json
    FROM plan p WHERE p.id = %(plan)s
    """)
    .format(place=PLACE_FIELDS, fields=FOLLOW_UP_FIELDS, most=_MOST)
    .as_string()
)

_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields})::text AS json
    FROM follow_up f JOIN plan p ON p.id = f.plan_id WHERE f.id = %(id)s
    """)
    .format(fields=FOLLOW_UP_FIELDS)
    .as_string()
)
