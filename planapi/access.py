"""The access log: who read what about a citizen, on which ground. For services that read.

An open screen reads again whenever something changed. Within a quarter of an hour the same thing,
read again by the same login session on the same ground, is the same look at it and is entered once.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from asgi_correlation_id import correlation_id

from planapi.database import Transaction
from planapi.policy.actors import Actor
from planapi.policy.decide import Allowed
from planapi.policy.grounds import Ground
from planapi.policy.resources import ResourceKind

_NOT_LOGGED: Final = frozenset({Ground.SELF, Ground.OWN_PLAN, Ground.HOUSEHOLD_MEMBER})
"""What people read of their own, and what a household shares."""


class Reading(NamedTuple):
    """One thing of a citizen that was read, and why it was allowed."""

    citizen_id: UUID
    kind: ResourceKind
    id: UUID
    ground: Allowed


def log_reads(tx: Transaction, actor: Actor, readings: Iterable[Reading]) -> None:
    """Append an entry for each new reading of somebody else's data: one statement for all.

    It is sent with the commit, so nothing is answered that was not logged.
    """
    logged = [
        reading
        for reading in readings
        if reading.ground.ground not in _NOT_LOGGED and reading.citizen_id != actor.person_id
    ]
    if not logged:
        return
    tx.later(
        _APPEND,
        reader_id=actor.person_id,
        reader_role=actor.role.value,
        request_id=correlation_id.get() or "",
        citizens=[reading.citizen_id for reading in logged],
        kinds=[reading.kind.value for reading in logged],
        ids=[reading.id for reading in logged],
        grounds=[reading.ground.code for reading in logged],
        marks=[_mark(actor, reading) for reading in logged],
    )


def _mark(actor: Actor, reading: Reading) -> bytes:
    """What makes two readings one, as a digest that tells nobody who it was."""
    parts = (
        actor.person_id,
        actor.role.value,
        actor.session_id,
        reading.citizen_id,
        reading.kind.value,
        reading.id,
        reading.ground.code,
    )
    return sha256("\n".join(map(str, parts)).encode()).digest()


# Marks are taken in order, so that of two who read the same at once one waits and none is stuck.
_APPEND: Final = """
    WITH fresh AS (
        INSERT INTO recent_reading (mark)
        SELECT mark FROM unnest(%(marks)s::bytea[]) AS asked (mark)
        WHERE NOT EXISTS (
            SELECT FROM recent_reading
            WHERE mark = asked.mark AND at > now() - interval '15 minutes')
        ORDER BY mark
        ON CONFLICT (mark) DO UPDATE SET at = now()
            WHERE recent_reading.at <= now() - interval '15 minutes'
        RETURNING mark
    )
    INSERT INTO access_entry
        (citizen_id, reader_id, reader_role, resource_kind, resource_id, ground, request_id)
    SELECT citizen_id, %(reader_id)s, %(reader_role)s, kind, id, ground, %(request_id)s
    FROM unnest(%(citizens)s::uuid[], %(kinds)s::text[], %(ids)s::uuid[], %(grounds)s::text[],
                %(marks)s::bytea[]) WITH ORDINALITY
        AS reading (citizen_id, kind, id, ground, mark, place)
    JOIN fresh USING (mark) ORDER BY place
"""
