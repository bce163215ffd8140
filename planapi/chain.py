"""Tamper evidence: whether a consent, a withdrawal or an access entry was changed or removed.

Each municipality has one chain over the three tables. The plan API seals new rows in batches, soon
after their commit, so that no read waits for another one's seal; `enplan db verify` checks.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import dict_row
from psycopg_pool import PoolTimeout

from planapi.database import Database

SEAL_EVERY_SECONDS: Final = 5.0
_BATCH: Final = 2_000
"""Rows of each table in one transaction: some 0.1 s of work."""

_logger = structlog.get_logger(__name__)


async def keep_sealing(database: Database) -> None:
    """Seal what is new, every few seconds, for ever. Several processes may do so at once."""
    while True:
        try:
            while await seal(database):
                pass
        except (psycopg.Error, PoolTimeout) as error:
            _logger.warning("sealing_failed", error=type(error).__name__)
        await asyncio.sleep(SEAL_EVERY_SECONDS)


async def seal(database: Database) -> int:
    """Seal a batch; return how many rows that were."""
    async with database.service_transaction() as tx:
        row = await tx.row("SELECT seal_chain(%(most)s) AS sealed", most=_BATCH)
    return int(row["sealed"]) if row else 0


class FindingKind(StrEnum):
    """What is wrong at one place of a chain."""

    CHANGED = "changed"
    MISSING = "missing"
    UNSEALED = "unsealed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed.

    ``number`` is the place in the chain; ``row`` names table and key where the row is there.
    ``UNSEALED`` has the count of rows that nobody sealed in an hour as its number.
    """

    municipality_id: UUID
    kind: FindingKind
    number: int
    row: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what was found."""

    sealed: int
    findings: tuple[Finding, ...]


def verify(database_url: str) -> Verification:
    """Check every seal of every municipality. For the owner of the tables; blocks while it works.

    A row that was changed, a row that is missing, also at the end of the chain, and rows that were
    never sealed are found. A chain that somebody rewrote as a whole is not: compare its newest
    seal with one that was noted before (`chain_head`, also in each backup).
    """
    findings: list[Finding] = []
    sealed = 0
    with Connection.connect(database_url, row_factory=dict_row) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL timezone = 'UTC'")  # the seals are of times in UTC
        heads = connection.execute(_HEADS).fetchall()
        for head in heads:
            sealed += head["number"]
            findings += _findings(connection, head)
    return Verification(sealed, tuple(findings))


def _findings(connection: Connection[dict[str, Any]], head: dict[str, Any]) -> Iterator[Finding]:
    town: UUID = head["id"]
    expected, before = 1, hashlib.sha256(str(town).encode()).digest()
    with connection.cursor("links") as links:
        for link in links.execute(_LINKS, {"town": town}):
            for gap in range(expected, link["number"]):
                yield Finding(town, FindingKind.MISSING, gap)
            continues = link["number"] == expected
            if continues and _seal_of(before, link) != link["hash"]:
                yield Finding(town, FindingKind.CHANGED, link["number"], _name(link))
            expected, before = link["number"] + 1, link["hash"]
    for gap in range(expected, head["number"] + 1):
        yield Finding(town, FindingKind.MISSING, gap)
    if expected == head["number"] + 1 and before != head["hash"]:
        yield Finding(town, FindingKind.CHANGED, head["number"])
    if head["unsealed"]:
        yield Finding(town, FindingKind.UNSEALED, head["unsealed"])


def _seal_of(before: bytes, link: dict[str, Any]) -> bytes:
    content = f"{link['source']} {link['content']}"
    return hashlib.sha256(before + content.encode()).digest()


def _name(link: dict[str, Any]) -> str:
    return f"{link['source']} {link['key']}"


_HEADS: Final = """
SELECT m.id, coalesce(h.number, 0) AS number,
    coalesce(h.hash, sha256(convert_to(m.id::text, 'UTF8'))) AS hash,
    (SELECT count(*) FROM access_entry WHERE municipality_id = m.id AND chain_number IS NULL
        AND at < now() - interval '1 hour')
    + (SELECT count(*) FROM consent WHERE municipality_id = m.id AND chain_number IS NULL
        AND given_at < now() - interval '1 hour')
    + (SELECT count(*) FROM consent_withdrawal WHERE municipality_id = m.id
        AND chain_number IS NULL AND withdrawn_at < now() - interval '1 hour') AS unsealed
FROM municipality m LEFT JOIN chain_head h ON h.municipality_id = m.id ORDER BY m.id
"""

_LINKS: Final = """
SELECT 'access_entry' AS source, e.id::text AS key, chain_number AS number, chain_hash AS hash,
    jsonb_strip_nulls(to_jsonb(e) - 'chain_number' - 'chain_hash')::text AS content
FROM access_entry e WHERE municipality_id = %(town)s AND chain_number IS NOT NULL
UNION ALL
SELECT 'consent', c.id::text, chain_number, chain_hash,
    jsonb_strip_nulls(to_jsonb(c) - 'chain_number' - 'chain_hash')::text
FROM consent c WHERE municipality_id = %(town)s AND chain_number IS NOT NULL
UNION ALL
SELECT 'consent_withdrawal', w.consent_id::text, chain_number, chain_hash,
    jsonb_strip_nulls(to_jsonb(w) - 'chain_number' - 'chain_hash')::text
FROM consent_withdrawal w WHERE municipality_id = %(town)s AND chain_number IS NOT NULL
ORDER BY number
"""
