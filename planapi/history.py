"""The append-only history: who changed what, before and after. For services that write."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from planapi.database import Transaction
from planapi.policy.resources import ResourceKind

_JSON: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


def record(
    tx: Transaction,
    *,
    resource_kind: ResourceKind,
    resource_id: UUID,
    change: str,
    goal_id: UUID | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append a change by the transaction's actor; it is sent with the commit.

    ``change`` is a code such as ``edited``; ``before`` and ``after`` hold the fields that changed;
    ``goal_id`` names the goal where a goal or its parts changed.
    """
    tx.later(
        "INSERT INTO history"
        " (goal_id, resource_kind, resource_id, change, actor_id, actor_role, before, after)"
        " VALUES (%(goal_id)s, %(resource_kind)s, %(resource_id)s, %(change)s, %(actor_id)s,"
        " %(actor_role)s, %(before)s, %(after)s)",
        goal_id=goal_id,
        resource_kind=resource_kind.value,
        resource_id=resource_id,
        change=change,
        actor_id=tx.actor.person_id,
        actor_role=tx.actor.role.value,
        before=_jsonb(before),
        after=_jsonb(after),
    )


def _jsonb(fields: Mapping[str, Any] | None) -> Jsonb:
    return Jsonb(_JSON.dump_python(dict(fields or {}), mode="json"))
