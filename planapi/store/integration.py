"""What sector systems deliver, in the database: a batch of items in a few statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier
from psycopg.types.json import Jsonb

from planapi.database import Row, Statement, Transaction
from planapi.policy.actors import IntegrationClient
from portal.contract.integration import ItemKind
from portal.contract.people import Administration

_COLUMNS: Final[dict[ItemKind, str]] = {
    ItemKind.INTERVENTION: """title text, what text, why text, rule text, unit text,
        responsible text, phone text, starts_on date, ends_on date, hours_per_week numeric,
        place text, theme text, state text, details jsonb""",
    ItemKind.APPOINTMENT: """title text, starts_at timestamptz, ends_at timestamptz, place text,
        with_names text[]""",
    ItemKind.DECISION: """title text, text text, decided_on date, notified_on date, appeal_by date,
        how_to_appeal text, rule text""",
}
"""What a source says of each kind, with the columns' types."""

_WHERE_SILENT: Final = {"details": {"kind": "other"}}
"""What holds where a source does not say it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is there of an item: in a plan (``item_id``) or in the queue (None)."""

    version: int
    digest: bytes
    item_id: UUID | None = None
    citizen_id: UUID | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Whom a CPR number belongs to, and their plan."""

    citizen_id: UUID
    plan_id: UUID


@dataclass(frozen=True, slots=True)
class Writing:
    """An item that goes into a plan; ``fields`` are the columns of its kind."""

    kind: ItemKind
    external_id: str
    version: int
    digest: bytes
    item_id: UUID
    place: Place
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Queued:
    """An item for somebody who has no plan here yet."""

    kind: ItemKind
    external_id: str
    version: int
    digest: bytes
    cpr_hash: bytes
    cpr_encrypted: bytes
    fields: dict[str, Any]


Key = tuple[ItemKind, str]


async def keys_of_client(tx: Transaction, client_id: str) -> list[dict[str, Any]] | None:
    """Return the public keys of an active client, None where there is none."""
    row = await tx.row("SELECT keys_of_client(%(client)s) AS jwks", client=client_id)
    if row is None or row["jwks"] is None:
        return None
    keys: list[dict[str, Any]] = row["jwks"]["keys"]
    return keys


async def use_assertion(tx: Transaction, client_id: str, jti: str, expires_at: datetime) -> bool:
    """Return whether an assertion is used for the first time."""
    row = await tx.row(
        "SELECT use_assertion(%(client)s, %(jti)s, %(expires_at)s) AS first",
        client=client_id,
        jti=jti,
        expires_at=expires_at,
    )
    return bool(row and row["first"])


async def enter_as_client(tx: Transaction, client_id: str) -> IntegrationClient:
    """Enter the client's municipality, alone among this client; return it as the policy knows it.

    Two deliveries of one client wait for each other, so that versions are compared in order.
    Raises `NotAuthenticated` where the client is not active any more.
    """
    ((entered,), _) = await tx.together(
        Statement("SELECT enter_as_client(%(client)s) AS administration", {"client": client_id}),
        Statement(
            "SELECT pg_advisory_xact_lock(7002, hashtext(%(client)s))", {"client": client_id}
        ),
    )
    return IntegrationClient(client_id, Administration(entered["administration"]))


async def clients_with_deliveries_due(tx: Transaction) -> list[str]:
    """Return the clients of whom something waits for a person who is here by now."""
    return [row["id"] for row in await tx.rows("SELECT clients_with_deliveries_due() AS id")]


async def read_surroundings(
    tx: Transaction, client_id: str, keys: Sequence[Key], cpr_hashes: Collection[bytes]
) -> tuple[dict[Key, Known], dict[bytes, Place]]:
    """Return what is known of these items, and the places of these people, in one round trip."""
    parameters = {
        "client": client_id,
        "kinds": [kind.value for kind, _ in keys],
        "ids": [external_id for _, external_id in keys],
    }
    delivered, waiting, people = await tx.together(
        Statement(_DELIVERED, parameters),
        Statement(_WAITING, parameters),
        Statement(_PEOPLE, {"hashes": list(cpr_hashes)}),
    )
    known = {_key(row): _known(row) for row in (*waiting, *delivered)}
    places = {bytes(row["cpr_hash"]): Place(row["citizen_id"], row["plan_id"]) for row in people}
    return known, places


async def read_due(tx: Transaction, client_id: str, most: int) -> list[Queued]:
    """Return what waits for people who are here, with a plan, by now."""
    rows = await tx.rows(_DUE, client=client_id, most=most)
    return [
        Queued(
            kind=ItemKind(row["kind"]),
            external_id=row["external_id"],
            version=row["source_version"],
            digest=bytes(row["digest"]),
            cpr_hash=bytes(row["cpr_hash"]),
            cpr_encrypted=bytes(row["cpr_encrypted"]),
            fields=row["content"],
        )
        for row in rows
    ]


def write_items(
    tx: Transaction, client: IntegrationClient, kind: ItemKind, items: Sequence[Writing]
) -> None:
    """Write items of one kind into their plans, with the commit. Each comes once."""
    if not items:
        return
    tx.later(
        _WRITE[kind],
        client=client.client_id,
        administration=client.administration.value,
        kind=kind.value,
        items=Jsonb([_as_json(item) for item in items]),
    )


def write_times(tx: Transaction, items: Sequence[Writing]) -> None:
    """Write the fixed hours of interventions, after `write_items`, with the commit."""
    if not items:
        return
    tx.later(
        "DELETE FROM intervention_time WHERE intervention_id = ANY (%(ids)s::uuid[])",
        ids=[item.item_id for item in items],
    )
    tx.later(
        _WRITE_TIMES,
        times=Jsonb(
            [
                {"intervention_id": str(item.item_id), **times}
                for item in items
                for times in item.fields.get("weekly_times", ())
            ]
        ),
    )


async def find_known(tx: Transaction, client_id: str, key: Key) -> Known | None:
    """Return what is there of one item, in a plan or in the queue."""
    known, _ = await read_surroundings(tx, client_id, [key], ())
    return known.get(key)


def withdraw_item(tx: Transaction, client_id: str, key: Key, known: Known, new: Known) -> None:
    """Take an item out of its plan, or out of the queue, with the commit.

    ``new`` is what is known from now on. In a plan its row and its history stay; nobody is shown
    it any more. In the queue its version stays alone, with nothing of anybody.
    """
    kind, external_id = key
    named: dict[str, Any] = {
        "client": client_id,
        "kind": kind.value,
        "external_id": external_id,
        "version": new.version,
        "digest": new.digest,
    }
    if known.item_id is None:
        tx.later(_EMPTY_IN_QUEUE, **named)
        return
    tx.later(_REMEMBER[kind], **named, id=known.item_id)
    tx.later(_MARK_WITHDRAWN, **named)
    tx.later(_WITHDRAW_AND_TELL, kind=kind.value, id=known.item_id)


def queue_items(tx: Transaction, client_id: str, items: Sequence[Queued]) -> None:
    """Keep items for people who have no plan here yet, with the commit. Each comes once."""
    if not items:
        return
    tx.later(
        _QUEUE,
        client=client_id,
        kinds=[item.kind.value for item in items],
        ids=[item.external_id for item in items],
        versions=[item.version for item in items],
        digests=[item.digest for item in items],
        hashes=[item.cpr_hash for item in items],
        encrypted=[item.cpr_encrypted for item in items],
        contents=Jsonb([item.fields for item in items]),
    )


def keep_numbers(tx: Transaction, numbers: dict[UUID, bytes]) -> None:
    """Keep the encrypted CPR number of people who have none yet, with the commit."""
    if not numbers:
        return
    tx.later(
        "UPDATE person SET cpr_encrypted = given.number"
        " FROM unnest(%(ids)s::uuid[], %(numbers)s::bytea[]) AS given (id, number)"
        " WHERE person.id = given.id AND person.cpr_encrypted IS NULL",
        ids=list(numbers),
        numbers=list(numbers.values()),
    )


def tell_plans(tx: Transaction, plan_ids: Collection[UUID]) -> None:
    """Tell everybody who shows these plans, once the transaction is committed."""
    if not plan_ids:
        return
    tx.later(
        "SELECT publish_event('plan:' || id, 'plan', id) FROM unnest(%(ids)s::uuid[]) AS id",
        ids=sorted(plan_ids),
    )


def _as_json(item: Writing) -> dict[str, Any]:
    return (
        _WHERE_SILENT
        | item.fields
        | {
            "id": str(item.item_id),
            "plan_id": str(item.place.plan_id),
            "citizen_id": str(item.place.citizen_id),
            "external_id": item.external_id,
            "source_version": item.version,
            "digest": item.digest.hex(),
        }
    )


def _key(row: Row) -> Key:
    return ItemKind(row["kind"]), row["external_id"]


def _known(row: Row) -> Known:
    return Known(
        row["source_version"],
        bytes(row["digest"]),
        row.get("item_id"),
        row.get("citizen_id"),
        row.get("withdrawn", False),
    )


_DELIVERED: Final = """
    SELECT kind, external_id, source_version, digest, citizen_id, withdrawn,
        coalesce(intervention_id, appointment_id, decision_id) AS item_id
    FROM delivered_item JOIN unnest(%(kinds)s::text[], %(ids)s::text[]) AS asked (kind, external_id)
        USING (kind, external_id)
    WHERE client_id = %(client)s
"""

_WAITING: Final = """
    SELECT kind, external_id, source_version, digest, cpr_hash = '' AS withdrawn
    FROM waiting_delivery
    JOIN unnest(%(kinds)s::text[], %(ids)s::text[]) AS asked (kind, external_id)
        USING (kind, external_id)
    WHERE client_id = %(client)s
"""

_PEOPLE: Final = """
    SELECT person.cpr_hash, person.id AS citizen_id, plan.id AS plan_id
    FROM person JOIN plan ON plan.citizen_id = person.id
    WHERE person.municipality_id = current_municipality() AND person.cpr_hash = ANY (%(hashes)s)
"""

_DUE: Final = """
    SELECT w.kind, w.external_id, w.source_version, w.digest, w.cpr_hash, w.cpr_encrypted, w.content
    FROM waiting_delivery w
    JOIN person ON person.municipality_id = w.municipality_id AND person.cpr_hash = w.cpr_hash
    JOIN plan ON plan.citizen_id = person.id
    WHERE w.client_id = %(client)s ORDER BY w.received_at LIMIT %(most)s
"""

_QUEUE: Final = """
    INSERT INTO waiting_delivery (client_id, kind, external_id, source_version, digest, cpr_hash,
                                  cpr_encrypted, content)
    SELECT %(client)s, kind, external_id, version, digest, cpr_hash, cpr_encrypted,
        %(contents)s::jsonb -> (place - 1)::int
    FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(versions)s::bigint[], %(digests)s::bytea[],
                %(hashes)s::bytea[], %(encrypted)s::bytea[]) WITH ORDINALITY
        AS item (kind, external_id, version, digest, cpr_hash, cpr_encrypted, place)
    ON CONFLICT (client_id, kind, external_id) DO UPDATE SET
        source_version = EXCLUDED.source_version, digest = EXCLUDED.digest,
        cpr_hash = EXCLUDED.cpr_hash, cpr_encrypted = EXCLUDED.cpr_encrypted,
        content = EXCLUDED.content
"""


def _writing(kind: ItemKind) -> Composed:
    """One statement: the item, what is known of it, its history, and out of the queue."""
    names = [column.split()[0] for column in _COLUMNS[kind].split(",")]
    return SQL("""
        WITH incoming AS (
            SELECT * FROM jsonb_to_recordset(%(items)s) AS item (id uuid, plan_id uuid,
                citizen_id uuid, external_id text, source_version bigint, digest text, {typed})
        ), written AS (
            INSERT INTO {table} AS kept (id, plan_id, administration, {columns})
            SELECT id, plan_id, %(administration)s, {columns} FROM incoming
            ON CONFLICT (id) DO UPDATE SET ({columns}, version)
                = ROW ({excluded}, kept.version + 1)
            RETURNING kept.id, to_jsonb(kept) - 'municipality_id' AS after
        ), known AS (
            INSERT INTO delivered_item (client_id, kind, external_id, source_version, digest,
                                        citizen_id, {item_id})
            SELECT %(client)s, %(kind)s, external_id, source_version, decode(digest, 'hex'),
                citizen_id, id
            FROM incoming
            ON CONFLICT (client_id, kind, external_id) DO UPDATE SET
                source_version = EXCLUDED.source_version, digest = EXCLUDED.digest,
                {item_id} = EXCLUDED.{item_id}, withdrawn = false
        ), out_of_queue AS (
            DELETE FROM waiting_delivery
            WHERE client_id = %(client)s AND kind = %(kind)s
              AND external_id IN (SELECT external_id FROM incoming)
        )
        INSERT INTO delivery (client_id, kind, external_id, source_version, item_id, before, after)
        SELECT %(client)s, %(kind)s, external_id, source_version, id,
            to_jsonb(earlier) - 'municipality_id', after
        FROM incoming JOIN written USING (id) LEFT JOIN {table} earlier USING (id)
    """).format(
        typed=SQL(_COLUMNS[kind]),
        table=Identifier(kind.value),
        columns=SQL(", ").join(map(Identifier, names)),
        excluded=SQL(", ").join(SQL("EXCLUDED.{}").format(Identifier(name)) for name in names),
        item_id=Identifier(f"{kind.value}_id"),
    )


_WRITE: Final = {kind: _writing(kind).as_string() for kind in ItemKind}

_WRITE_TIMES: Final = """
    INSERT INTO intervention_time (intervention_id, weekday, starts, ends)
    SELECT * FROM jsonb_to_recordset(%(times)s)
        AS given (intervention_id uuid, weekday int, starts time, ends time)
"""

_EMPTY_IN_QUEUE: Final = """
    UPDATE waiting_delivery SET source_version = %(version)s, digest = %(digest)s,
        cpr_hash = '', cpr_encrypted = '', content = '{}'
    WHERE client_id = %(client)s AND kind = %(kind)s AND external_id = %(external_id)s
"""

_REMEMBER: Final = {
    kind: SQL("""
    INSERT INTO delivery (client_id, kind, external_id, source_version, item_id, before, after)
    SELECT %(client)s, %(kind)s, %(external_id)s, %(version)s, id,
        to_jsonb(item) - 'municipality_id', '{{"withdrawn": true}}'
    FROM {table} item WHERE id = %(id)s
    """)
    .format(table=Identifier(kind.value))
    .as_string()
    for kind in ItemKind
}

_MARK_WITHDRAWN: Final = """
    UPDATE delivered_item SET source_version = %(version)s, digest = %(digest)s, withdrawn = true
    WHERE client_id = %(client)s AND kind = %(kind)s AND external_id = %(external_id)s
"""

_WITHDRAW_AND_TELL: Final = """
    SELECT publish_event('plan:' || plan_id, 'plan', plan_id)
    FROM (SELECT withdraw_item(%(kind)s, %(id)s) AS plan_id) gone WHERE plan_id IS NOT NULL
"""
