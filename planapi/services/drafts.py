"""Drafts: whatever a person has typed so far, theirs alone. No history, no event, no log."""

from datetime import datetime

from planapi.authorization import require
from planapi.database import Transaction
from planapi.errors import Stale
from planapi.policy.actors import Actor
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import Resource, ResourceKind
from planapi.store import drafts as store
from portal.contract.actions import Action
from portal.contract.messages import Draft, SaveDraft


async def draft(tx: Transaction, actor: Actor, name: str, now: datetime) -> Draft:
    """Return the fields of a form as they were saved, none where nothing was."""
    require(actor, Action.READ, _own_draft(actor), NO_FACTS, now)
    return await store.read_draft(tx, actor.person_id, name) or Draft()


async def save_draft(
    tx: Transaction, actor: Actor, now: datetime, name: str, command: SaveDraft, version: int
) -> Draft:
    """Keep the fields of a form as typed so far, unless another device has saved since."""
    require(actor, Action.EDIT, _own_draft(actor), NO_FACTS, now)
    saved = await store.save_draft(tx, actor.person_id, name, command.fields, version)
    if saved is None:
        raise Stale(current=await draft(tx, actor, name, now))
    return saved


async def drop_draft(
    tx: Transaction, actor: Actor, now: datetime, name: str, version: int | None
) -> None:
    """Forget a draft: whatever it is, or with a version unless another device has saved since."""
    require(actor, Action.EDIT, _own_draft(actor), NO_FACTS, now)
    if version is None:
        store.forget(tx, actor.person_id, name)
    elif not await store.forget_version(tx, actor.person_id, name, version):
        newest = await store.read_draft(tx, actor.person_id, name)
        if newest is not None:
            raise Stale(current=newest)


async def forget_old_drafts(tx: Transaction) -> None:
    """Forget what nobody has written on for 30 days, whoever began it."""
    await store.forget_old(tx)


def _own_draft(actor: Actor) -> Resource:
    # A draft is found by its name and the person who asks, so it can be nobody else's.
    return Resource(ResourceKind.DRAFT, None, None, created_by=actor.person_id)
