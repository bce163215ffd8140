"""Promises: the citizen's own, and those that the municipality is held to."""

from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import Change, change, change_by
from planapi.services.places import (
    administration_of,
    look_into_plan,
    read_history,
    require_day_ahead,
    write_down,
)
from planapi.services.resources import of_item
from planapi.services.sight import Sight, look
from planapi.store import promises as promise_store
from planapi.store.promises import PromiseRow
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.plans import EditPromise, KeepPromise, NewPromise, Promise


async def make_promise(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, command: NewPromise
) -> Promise:
    """Write a citizen's own promise, or one of the contact person's administration."""
    sight, place = await look_into_plan(tx, actor, now, plan_id)
    administration = administration_of(sight.actor)
    resource = Resource(ResourceKind.PROMISE, None, place.citizen.id, administration=administration)
    sight.require(Action.CREATE, resource)
    require_day_ahead("due", command.due, sight.today)
    promise_id = await promise_store.insert_promise(
        tx, plan_id, command, administration=administration, by=actor.person_id
    )
    _write_down(tx, plan_id, promise_id, "created", change({}, command.model_dump()))
    return await _again(tx, sight, promise_id)


async def promise(tx: Transaction, actor: Actor, now: datetime, promise_id: UUID) -> Promise:
    """Return one promise."""
    _, found = await _look_at_promise(tx, actor, now, promise_id)
    return found


async def edit_promise(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    promise_id: UUID,
    command: EditPromise,
    version: int,
) -> Promise:
    """Replace a promise's wording; the history keeps what it said before."""
    sight, found = await _look_at_promise(tx, actor, now, promise_id)
    changed = change_by(command, dict(found))
    if not changed:
        return found
    await sight.require_version(found, version)
    sight.require(Action.EDIT, _of_promise(found))
    if command.due != found.due:
        require_day_ahead("due", command.due, sight.today)
    if not await promise_store.update_promise(tx, promise_id, command, version):
        raise await sight.stale(await _again(tx, sight, promise_id))
    _write_down(tx, found.plan_id, promise_id, "edited", changed)
    return await _again(tx, sight, promise_id)


async def keep_promise(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    promise_id: UUID,
    command: KeepPromise,
    version: int,
) -> Promise:
    """Mark a promise as kept today, or undo that. Where it is so already, nothing happens."""
    sight, found = await _look_at_promise(tx, actor, now, promise_id)
    if (found.kept_on is not None) == command.kept:
        return found
    await sight.require_version(found, version)
    sight.require(Action.KEEP, _of_promise(found))
    kept_on = sight.today if command.kept else None
    if not await promise_store.update_promise_kept(tx, promise_id, kept_on, version):
        raise await sight.stale(await _again(tx, sight, promise_id))
    changed = change({"kept_on": found.kept_on}, {"kept_on": kept_on})
    _write_down(tx, found.plan_id, promise_id, "kept" if command.kept else "not_kept", changed)
    return await _again(tx, sight, promise_id)


async def promise_history(
    tx: Transaction, actor: Actor, now: datetime, promise_id: UUID
) -> History:
    """Return what was changed in a promise, newest first."""
    await _look_at_promise(tx, actor, now, promise_id)
    return await read_history(tx, ResourceKind.PROMISE, promise_id)


def _of_promise(promise: PromiseRow) -> Resource:
    return of_item(ResourceKind.PROMISE, promise.citizen_id, promise)


async def _look_at_promise(
    tx: Transaction, actor: Actor, now: datetime, promise_id: UUID
) -> tuple[Sight, PromiseRow]:
    sight, found = await look(
        tx, actor, now, promise_store.reading_of_promise(promise_id, danish_date(now))
    )
    return sight, _show(sight, found)


async def _again(tx: Transaction, sight: Sight, promise_id: UUID) -> PromiseRow:
    """The promise as it stands now, as the actor sees it."""
    return _show(sight, await promise_store.reading_of_promise(promise_id, sight.today).run(tx))


def _show(sight: Sight, promise: PromiseRow | None) -> PromiseRow:
    shown = sight.show_one(promise, _of_promise)
    if shown is None:
        raise NotFound
    sight.log()
    return shown


def _write_down(
    tx: Transaction, plan_id: UUID, promise_id: UUID, what: str, changed: Change
) -> None:
    write_down(tx, ResourceKind.PROMISE, promise_id, what, changed, plan_id=plan_id, event="plan")
