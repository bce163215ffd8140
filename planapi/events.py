"""Events: that something changed, never what it says. Published with the change, then streamed.

Services call `publish` in the writing transaction. The table `event` is the queue: each stream
reads on from the last id it has sent, and `NOTIFY` only wakes it. So a slow reader holds nobody
up, and a reader that comes back misses nothing of the last 24 hours.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection, sql

from planapi.background import in_background
from planapi.database import Database, Transaction
from portal.contract.events import Event, EventKind

_CHANNEL: Final = "enplan_event"
_BATCH: Final = 500
_RECONNECT_SECONDS: Final = 1.0
_HEARTBEAT_SECONDS: Final = 15.0
"""A listening connection that says nothing for so long is asked whether it lives."""

_logger = structlog.get_logger(__name__)


def plan_topic(plan_id: UUID) -> str:
    """Return the topic of a plan."""
    return f"plan:{plan_id}"


def household_topic(household_id: UUID) -> str:
    """Return the topic of a household."""
    return f"household:{household_id}"


def person_topic(person_id: UUID) -> str:
    """Return the topic of one person."""
    return f"person:{person_id}"


def municipality_topic(municipality_id: UUID) -> str:
    """Return the topic of what concerns everybody who works in a municipality."""
    return f"municipality:{municipality_id}"


def publish(tx: Transaction, topic: str, kind: EventKind, resource_id: UUID) -> None:
    """Tell everybody who shows ``topic`` that it changed, once the transaction is committed."""
    tx.later(
        "SELECT publish_event(%(topic)s, %(kind)s, %(resource_id)s)",
        topic=topic,
        kind=kind,
        resource_id=resource_id,
    )


def publish_to_colleagues(tx: Transaction, kind: EventKind, resource_id: UUID) -> None:
    """Tell everybody who works in the actor's municipality, once the transaction is committed."""
    tx.later(
        "SELECT publish_event("
        "'municipality:' || current_municipality(), %(kind)s, %(resource_id)s)",
        kind=kind,
        resource_id=resource_id,
    )


class EventFeed:
    """Follows the events of the database. One for each process; run it with ``async with``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followers: set[asyncio.Event] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen while the block runs; reconnects by itself."""
        async with in_background(self._listen()):
            yield

    async def newest_id(self) -> int:
        """Return the id of the newest event, 0 when there is none."""
        async with self._database.service_transaction() as tx:
            row = await tx.row("SELECT coalesce(max(id), 0) AS id FROM event")
        return int(row["id"]) if row else 0

    async def follow(self, after_id: int) -> AsyncIterator[Event]:
        """Yield events with a larger id, in order, for ever."""
        changed = asyncio.Event()
        changed.set()
        self._followers.add(changed)
        try:
            while True:
                await changed.wait()
                changed.clear()
                while batch := await self._read(after_id):
                    for event in batch:
                        yield event
                    after_id = batch[-1].id
        finally:
            self._followers.discard(changed)

    async def _read(self, after_id: int) -> list[Event]:
        async with self._database.service_transaction() as tx:
            rows = await tx.rows(
                "SELECT id, topic, kind, resource_id FROM event WHERE id > %(after_id)s"
                " ORDER BY id LIMIT %(batch)s",
                after_id=after_id,
                batch=_BATCH,
            )
        return [Event.model_validate(row) for row in rows]

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (psycopg.Error, OSError) as error:
                _logger.warning("event_listener_lost", error=type(error).__name__)
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        connection: AsyncConnection[Any] = await AsyncConnection.connect(
            self._database.url, autocommit=True
        )
        async with connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(_CHANNEL)))
            self._wake_all()  # for what happened while nobody listened
            while True:
                async for _ in connection.notifies(timeout=_HEARTBEAT_SECONDS):
                    self._wake_all()
                await connection.execute("SELECT 1")

    def _wake_all(self) -> None:
        for follower in self._followers:
            follower.set()
