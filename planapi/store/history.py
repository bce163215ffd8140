"""What was changed in one thing. Entries are appended by `planapi.history`."""

from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Composed

from planapi.database import Statement
from planapi.policy.resources import ResourceKind
from planapi.store.names import person
from planapi.store.reading import Reading
from portal.contract.goals import History

MOST_HISTORY: Final = 500


def _changed(these: SQL, others: SQL) -> Composed:
    """The fields of a delivery that the other side has not, or has otherwise."""
    return SQL("""(
        SELECT jsonb_object_agg(key, value) FROM jsonb_each({these})
        WHERE key NOT IN ('id', 'plan_id', 'version', 'administration', 'withdrawn_at')
          AND value <> 'null' AND value IS DISTINCT FROM {others} -> key
    )""").format(these=these, others=others)


def reading_of_resource_history(kind: ResourceKind, *resource_ids: UUID) -> Reading[History]:
    """Read what was changed in something, newest first. Of a goal see `planapi.store.goals`.

    What a sector system has delivered is told in the system's name, with ids below nought.
    """
    return Reading(Statement(_HISTORY, {"kind": kind.value, "ids": list(resource_ids)}), History)


_HISTORY: Final = (
    SQL("""
    SELECT json_build_object('entries', coalesce(json_agg(json_build_object(
        'id', h.id, 'at', h.at, 'actor', h.actor, 'resource_kind', h.resource_kind,
        'resource_id', h.resource_id, 'change', h.change, 'before', h.before, 'after', h.after
    ) ORDER BY h.at DESC, h.id DESC), '[]'))::text AS json
    FROM (
        SELECT id, at, {actor} AS actor, resource_kind, resource_id, change, before, after
        FROM history h WHERE resource_kind = %(kind)s AND resource_id = ANY (%(ids)s::uuid[])
        UNION ALL
        SELECT -id, at, jsonb_build_object('id', md5(client_id)::uuid, 'name', client_id),
            kind, item_id,
            CASE WHEN before IS NULL THEN 'created' WHEN after ? 'withdrawn' THEN 'withdrawn'
                 ELSE 'edited' END,
            coalesce({before}, '{{}}'), coalesce({after}, '{{}}')
        FROM delivery WHERE kind = %(kind)s AND item_id = ANY (%(ids)s::uuid[])
        ORDER BY at DESC, id DESC LIMIT {most}
    ) h
    """)
    .format(
        actor=SQL("{}::jsonb").format(
            person("h.actor_id", at_work=SQL("h.actor_role <> 'citizen'"))
        ),
        most=MOST_HISTORY,
        before=_changed(SQL("before"), SQL("after")),
        after=_changed(SQL("after"), SQL("before")),
    )
    .as_string()
)
