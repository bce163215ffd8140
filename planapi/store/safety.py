"""What is hidden for safety, in the database."""

from typing import Final, LiteralString
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.people import Administration
from portal.contract.safety import HidableKind, HideForSafety, SafetyHiding


class HidingRow(SafetyHiding):
    """A record, with the administration that owns what is hidden; that part is never answered."""

    administration: Administration | None = Field(default=None, exclude=True)


class HidingRows(Model):
    """Records of one citizen."""

    hidings: tuple[HidingRow, ...] = ()


class Hidable(Model):
    """That something is in a plan, and which administration owns it."""

    administration: Administration | None = None


def reading_of_hidings(citizen_id: UUID) -> Reading[HidingRows]:
    """Read what is hidden of a citizen, and was, newest first."""
    return Reading(Statement(_LIST, {"citizen": citizen_id}), HidingRows)


def reading_of_hiding(hiding_id: UUID) -> Reading[HidingRow]:
    """Read one record of hiding."""
    return Reading(Statement(_FIND, {"id": hiding_id}), HidingRow)


async def find_hidable(
    tx: Transaction, kind: HidableKind, resource_id: UUID, citizen_id: UUID
) -> Hidable | None:
    """Return whose something in a citizen's plan is; None where it is not in it."""
    row = await tx.row(_OWNER_OF[kind], id=resource_id, citizen=citizen_id)
    return None if row is None else Hidable.model_validate(row)


async def insert_hiding(
    tx: Transaction, citizen_id: UUID, command: HideForSafety, by: UUID
) -> UUID | None:
    """Hide something; None where it is hidden already. Returns the record's id."""
    row = await tx.row(
        "INSERT INTO safety_hiding (citizen_id, resource_kind, resource_id, reason, hidden_by)"
        " VALUES (%(citizen)s, %(kind)s, %(id)s, %(reason)s, %(by)s)"
        " ON CONFLICT (resource_id) WHERE lifted_at IS NULL DO NOTHING RETURNING id",
        citizen=citizen_id,
        kind=command.resource_kind,
        id=command.resource_id,
        reason=command.reason,
        by=by,
    )
    return None if row is None else row["id"]


async def lift_hiding(
    tx: Transaction, hiding_id: UUID, reason: str, by: UUID, version: int
) -> bool:
    """Let something be seen again; False where `version` is not the newest."""
    return bool(
        await tx.execute(
            "UPDATE safety_hiding SET lifted_at = now(), lifted_by = %(by)s,"
            " lift_reason = %(reason)s, version = version + 1"
            " WHERE id = %(id)s AND version = %(version)s AND lifted_at IS NULL",
            id=hiding_id,
            by=by,
            reason=reason,
            version=version,
        )
    )


def _owner_of(table: LiteralString, administration: LiteralString = "item.administration") -> str:
    return (
        SQL(
            "SELECT {administration} AS administration"
            " FROM {table} item JOIN plan ON plan.id = item.plan_id"
            " WHERE item.id = %(id)s AND plan.citizen_id = %(citizen)s"
        )
        .format(table=SQL(table), administration=SQL(administration))
        .as_string()
    )


_OWNER_OF: Final = {
    "goal": _owner_of("goal"),
    "intervention": _owner_of("intervention"),
    "appointment": _owner_of("appointment"),
    "decision": _owner_of("decision"),
    "promise": _owner_of("promise"),
    "minutes": _owner_of("minutes"),
    "professional_view": _owner_of("professional_view"),
    "thread": _owner_of("thread", "NULL"),
    "follow_up": _owner_of("follow_up", "NULL"),
}

_FIELDS: Final = SQL("""
    'id', sh.id, 'version', sh.version, 'citizen_id', sh.citizen_id,
    'resource_kind', sh.resource_kind, 'resource_id', sh.resource_id, 'reason', sh.reason,
    'hidden_by', {by}, 'hidden_at', sh.hidden_at, 'lifted_at', sh.lifted_at,
    'lift_reason', sh.lift_reason, 'administration', coalesce(
        (SELECT administration FROM goal WHERE id = sh.resource_id),
        (SELECT administration FROM intervention WHERE id = sh.resource_id),
        (SELECT administration FROM appointment WHERE id = sh.resource_id),
        (SELECT administration FROM decision WHERE id = sh.resource_id),
        (SELECT administration FROM promise WHERE id = sh.resource_id),
        (SELECT administration FROM minutes WHERE id = sh.resource_id),
        (SELECT administration FROM professional_view WHERE id = sh.resource_id))
""").format(by=person("sh.hidden_by", at_work=SQL("true")))

_LIST: Final = (
    SQL("""
    SELECT json_build_object('hidings', coalesce(json_agg(json_build_object({fields})
        ORDER BY sh.hidden_at DESC, sh.id), '[]'))::text AS json
    FROM safety_hiding sh WHERE sh.citizen_id = %(citizen)s
    """)
    .format(fields=_FIELDS)
    .as_string()
)

_FIND: Final = (
    SQL("SELECT json_build_object({fields})::text AS json FROM safety_hiding sh WHERE id = %(id)s")
    .format(fields=_FIELDS)
    .as_string()
)
