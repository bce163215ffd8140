"""The access log as the citizen reads it."""

from datetime import datetime
from typing import Final

from planapi.cursors import decode_moment_and_number, decode_number, encode_cursor
from planapi.database import Transaction
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.sight import open_eyes
from planapi.store import access as store
from portal.contract.access import AccessLog, AccessVisitList
from portal.contract.actions import Action

PAGE: Final = 50


async def access_log(
    tx: Transaction, actor: Actor, cursor: str | None, now: datetime, visit: int | None = None
) -> AccessLog:
    """Return a page of who read what about the actor; ``cursor`` is the end of the page before.

    Where ``visit`` names an entry, only the readings of the same visit.
    """
    await _look(tx, actor, now)
    before = None if cursor is None else decode_number(cursor, "cursor")
    entries = await store.read_entries(
        tx, actor.person_id, before=before, visit=visit, most=PAGE + 1
    )
    page = tuple(entries[:PAGE])
    return AccessLog(
        entries=page, next_cursor=encode_cursor(page[-1].id) if len(entries) > PAGE else None
    )


async def access_visits(
    tx: Transaction, actor: Actor, cursor: str | None, now: datetime
) -> AccessVisitList:
    """Return a page of visits: who read, when, on which ground, and how much of what."""
    await _look(tx, actor, now)
    before = None if cursor is None else decode_moment_and_number(cursor, "cursor")
    found = await store.read_visits(tx, actor.person_id, before=before, most=PAGE + 1)
    page = tuple(found[:PAGE])
    end = None
    if len(found) > PAGE:
        end = encode_cursor(store.quarter_of(page[-1].last_at), page[-1].newest_entry_id)
    return AccessVisitList(visits=page, next_cursor=end)


async def _look(tx: Transaction, actor: Actor, now: datetime) -> None:
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, Resource(ResourceKind.ACCESS_LOG, None, actor.person_id))
