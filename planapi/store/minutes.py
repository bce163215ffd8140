"""Minutes and what is said to them in the database."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.policy.actors import Actor
from planapi.store.names import person
from planapi.store.pictures import NamedPicture, pictures_of
from planapi.store.plans import PlanPlace
from planapi.store.projections import PLACE_FIELDS
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.minutes import EditMinutes, Minutes, MinutesState, NewMinutes, RemarkKind
from portal.contract.people import Administration, Role

_MOST: Final = 200


class Named(Model):
    """The meeting and the follow-up that minutes name, absent where the plan has none such."""

    citizen_id: UUID
    appointment_id: UUID | None
    appointment_administration: Administration | None
    follow_up_id: UUID | None
    follow_up_of: UUID | None


class MinutesRow(Minutes):
    """Minutes, with what the policy asks about them; that part is never answered."""

    citizen_id: UUID = Field(exclude=True)
    pictures: tuple[NamedPicture, ...] = Field(default=(), exclude=True)
    appointment_administration: Administration | None = Field(default=None, exclude=True)
    follow_up_of: UUID | None = Field(default=None, exclude=True)


class MinutesRows(PlanPlace):
    """The minutes of a plan, before the policy."""

    minutes: tuple[MinutesRow, ...] = ()


def reading_of_all_minutes(plan_id: UUID) -> Reading[MinutesRows]:
    """Read the minutes of a plan, latest meeting first."""
    return Reading(Statement(_LIST, {"plan": plan_id}), MinutesRows)


def reading_of_minutes(minutes_id: UUID, reader: Actor, today: date) -> Reading[MinutesRow]:
    """Read the minutes of one meeting."""
    parameters = {"id": minutes_id, "reader": reader.person_id, "today": today}
    return Reading(Statement(_FIND, parameters), MinutesRow)


async def find_named(
    tx: Transaction, plan_id: UUID, citizen_id: UUID, minutes: NewMinutes
) -> Named:
    """Return what new minutes name, as far as the plan has it."""
    (row,) = await tx.rows(
        """
        SELECT a.id AS appointment_id, a.administration AS appointment_administration,
               f.id AS follow_up_id, coalesce(f.goal_id, f.intervention_id) AS follow_up_of
        FROM (SELECT) one
        LEFT JOIN appointment a ON a.id = %(appointment)s AND a.plan_id = %(plan)s
        LEFT JOIN follow_up f ON f.id = %(follow_up)s AND f.plan_id = %(plan)s
        """,
        appointment=minutes.appointment_id,
        follow_up=minutes.follow_up_id,
        plan=plan_id,
    )
    return Named(citizen_id=citizen_id, **row)


async def insert_minutes(
    tx: Transaction,
    plan_id: UUID,
    minutes: NewMinutes,
    *,
    administration: Administration,
    by: UUID,
    at: datetime,
) -> UUID:
    """Write a draft; returns its id."""
    (row,) = await tx.rows(
        """
        INSERT INTO minutes (plan_id, administration, title, held_on, appointment_id,
            follow_up_id, text, written_by, created_at)
        VALUES (%(plan)s, %(administration)s, %(title)s, %(held_on)s, %(appointment_id)s,
            %(follow_up_id)s, %(text)s, %(by)s, %(at)s)
        RETURNING id
        """,
        **minutes.model_dump(),
        plan=plan_id,
        administration=administration,
        by=by,
        at=at,
    )
    new_id: UUID = row["id"]
    return new_id


async def update_minutes(
    tx: Transaction, minutes_id: UUID, edit: EditMinutes, version: int
) -> bool:
    """Replace a draft's wording; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE minutes SET title = %(title)s, held_on = %(held_on)s, text = %(text)s,
            version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **edit.model_dump(),
        id=minutes_id,
        version=version,
    )
    return touched == 1


async def share(tx: Transaction, minutes_id: UUID, at: datetime, version: int) -> bool:
    """Show a draft to the citizen; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE minutes SET state = 'shared', shared_at = %(at)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        at=at,
        id=minutes_id,
        version=version,
    )
    return touched == 1


async def insert_remark(
    tx: Transaction,
    minutes_id: UUID,
    kind: RemarkKind,
    text: str,
    *,
    state: MinutesState,
    by: UUID,
    role: Role,
    at: datetime,
    version: int | None = None,
) -> bool:
    """Add a remark and say where the minutes are now; False where `version` is not the newest.

    Without a version it is added whatever was added meanwhile.
    """
    touched = await tx.execute(
        """
        WITH changed AS (
            UPDATE minutes SET state = %(state)s, version = version + 1
            WHERE id = %(id)s AND version = coalesce(%(version)s, version) RETURNING id
        )
        INSERT INTO minutes_remark (minutes_id, kind, text, author_id, author_role, at)
        SELECT id, %(kind)s, %(text)s, %(by)s, %(role)s, %(at)s FROM changed
        """,
        id=minutes_id,
        state=state,
        version=version,
        kind=kind,
        text=text,
        by=by,
        role=role,
        at=at,
    )
    return touched == 1


_FIELDS: Final = SQL("""
    'id', m.id, 'version', m.version, 'plan_id', m.plan_id, 'administration', m.administration,
    'title', m.title, 'held_on', m.held_on, 'appointment_id', m.appointment_id,
    'follow_up_id', m.follow_up_id, 'text', m.text, 'state', m.state,
    'written_by', {written_by}, 'shared_at', m.shared_at, 'citizen_id', p.citizen_id,
    'appointment_administration', (
        SELECT administration FROM appointment WHERE id = m.appointment_id),
    'follow_up_of', (
        SELECT coalesce(goal_id, intervention_id) FROM follow_up WHERE id = m.follow_up_id),
    'remarks', (
        SELECT coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'text', r.text,
            'author', {author}, 'author_role', r.author_role, 'at', r.at)
            ORDER BY r.at, r.id), '[]')
        FROM minutes_remark r WHERE r.minutes_id = m.id
    )
""").format(
    written_by=person("m.written_by", at_work=SQL("true")),
    author=person("r.author_id", at_work=SQL("r.author_role = 'contact_person'")),
)

_LIST: Final = (
    SQL("""
    SELECT json_build_object({place}, 'minutes', (
        SELECT coalesce(json_agg(json_build_object({fields}) ORDER BY m.held_on DESC, m.id), '[]')
        FROM (SELECT * FROM minutes WHERE plan_id = p.id
              ORDER BY held_on DESC, id LIMIT {most}) m
    ))::text AS json
    FROM plan p WHERE p.id = %(plan)s
    """)
    .format(place=PLACE_FIELDS, fields=_FIELDS, most=_MOST)
    .as_string()
)

_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'pictures', {pictures})::text AS json
    FROM minutes m JOIN plan p ON p.id = m.plan_id WHERE m.id = %(id)s
    """)
    .format(
        fields=_FIELDS,
        pictures=pictures_of(
            SQL("""SELECT m.written_by
                   UNION ALL SELECT r.author_id FROM minutes_remark r WHERE r.minutes_id = m.id""")
        ),
    )
    .as_string()
)
