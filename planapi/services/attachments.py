"""Attachments: uploaded, then sent with a message. Unsent ones are of their uploader alone."""

import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from planapi.attachments import Attachments
from planapi.database import Database, Transaction
from planapi.errors import Conflict, Invalid, NotFound, TooLarge
from planapi.media_types import safe_name, sniff
from planapi.policy.actors import Actor
from planapi.policy.decide import SENT, UNSENT
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.places import look_into_plan
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store import attachments as attachment_store
from planapi.store.attachments import AttachmentRow
from portal.contract.actions import Action
from portal.contract.attachments import (
    LARGEST_ATTACHMENT,
    Attachment,
    FileName,
    MediaType,
)

MOST_UNSENT: Final = 20
"""Files of one person that went with no message yet."""
_UNSENT_KEPT: Final = timedelta(days=30)
"""So long the draft of a message may wait with its files."""
_UPLOAD_TAKES_AT_MOST: Final = timedelta(hours=1)
_FORGET_AT_ONCE: Final = 100


async def inspect(attachments: Attachments, content: bytes) -> MediaType:
    """Return what a file is. Raises `TooLarge`, or `Invalid` for what is not taken.

    Call it before a transaction begins: a scanner may take its time.
    """
    if not content:
        raise Invalid.field("content", "missing")
    if len(content) > LARGEST_ATTACHMENT:
        raise TooLarge
    media_type = sniff(content)
    if media_type is None:
        raise Invalid.field("content", "type_not_taken")
    if not await attachments.scanner.accepts(content, media_type):
        raise Invalid.field("content", "refused_by_scanner")
    return media_type


async def begin_upload(
    database: Database,
    actor: Actor,
    now: datetime,
    attachments: Attachments,
    attachment_id: UUID,
) -> None:
    """Write down, in a transaction of its own, what `upload_attachment` is about to keep.

    So bytes that a crash leaves without a file are found by `forget_cut_off`.
    """
    if attachments.storage.apart:
        async with database.transaction(actor) as tx:
            await attachment_store.begin_upload(tx, attachment_id, now)


async def upload_attachment(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    attachments: Attachments,
    plan_id: UUID,
    name: FileName,
    content: bytes,
    media_type: MediaType,
    attachment_id: UUID,
) -> Attachment:
    """Keep a file that was inspected, for a message in a plan.

    Call `begin_upload` before. Raises `Conflict` for too many, and for an id that is taken.
    """
    sight, place = await look_into_plan(tx, actor, now, plan_id)
    sight.require(Action.CREATE, own(ResourceKind.ATTACHMENT, place.citizen.id))
    if await attachment_store.count_unsent(tx, actor.person_id) >= MOST_UNSENT:
        raise Conflict
    new_id = await attachment_store.insert_attachment(
        tx,
        attachment_id,
        plan_id,
        actor.person_id,
        name=safe_name(name, media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        at=now,
    )
    if new_id is None:
        raise Conflict
    await attachments.storage.save(tx, new_id, content)
    if attachments.storage.apart:
        attachment_store.finish_upload(tx, new_id)
    return _show(sight, await attachment_store.reading_of_attachment(new_id).run(tx))


async def download_attachment(
    tx: Transaction, actor: Actor, now: datetime, attachments: Attachments, attachment_id: UUID
) -> tuple[Attachment, bytes]:
    """Return a file with its bytes, to whoever sees the message that it went with."""
    _, shown = await _look_at_attachment(tx, actor, now, attachment_id)
    content = await attachments.storage.load(tx, attachment_id)
    if content is None:
        raise NotFound
    return shown, content


async def drop_attachment(
    tx: Transaction, actor: Actor, now: datetime, attachments: Attachments, attachment_id: UUID
) -> None:
    """Forget an own file that was not sent."""
    sight, shown = await _look_at_attachment(tx, actor, now, attachment_id)
    sight.require(Action.EDIT, _of_attachment(shown))
    await attachments.storage.drop(tx, attachment_id)
    await attachment_store.delete_attachment(tx, attachment_id)


async def forget_unsent(database: Database, attachments: Attachments, now: datetime) -> int:
    """Forget files that were uploaded long ago and sent with nothing; return how many.

    Rows go with the commit, after the bytes: what fails in between is forgotten the next time.
    """
    async with database.service_transaction() as tx:
        forgotten = await attachment_store.forget_unsent(tx, now - _UNSENT_KEPT, _FORGET_AT_ONCE)
        for attachment_id in forgotten:
            await attachments.storage.drop(tx, attachment_id)
    return len(forgotten)


async def forget_cut_off(database: Database, attachments: Attachments, now: datetime) -> int:
    """Drop bytes whose upload was cut off before their file was there; return how many."""
    async with database.service_transaction() as tx:
        before = now - _UPLOAD_TAKES_AT_MOST
        left_behind = await attachment_store.forget_cut_off(tx, before, _FORGET_AT_ONCE)
        for attachment_id in left_behind:
            await attachments.storage.drop(tx, attachment_id)
    return len(left_behind)


async def send_attachments(
    tx: Transaction,
    sight: Sight,
    message_id: UUID,
    attachment_ids: tuple[UUID, ...],
    plan_id: UUID,
) -> None:
    """Tie own unsent files to a message. Raises `Invalid` where one is none of those."""
    if not attachment_ids:
        return
    sent = await attachment_store.send_with(
        tx, message_id, attachment_ids, plan_id=plan_id, owner_id=sight.actor.person_id
    )
    if sent < len(attachment_ids):
        raise Invalid.field("attachment_ids", "unknown")


def _of_attachment(row: AttachmentRow) -> Resource:
    return Resource(
        ResourceKind.ATTACHMENT,
        row.id,
        row.citizen_id,
        state=SENT if row.thread_id else UNSENT,
        created_by=row.owner_id,
        part_of=row.thread_id,
    )


async def _look_at_attachment(
    tx: Transaction, actor: Actor, now: datetime, attachment_id: UUID
) -> tuple[Sight, AttachmentRow]:
    sight, row = await look(tx, actor, now, attachment_store.reading_of_attachment(attachment_id))
    return sight, _show(sight, row)


def _show(sight: Sight, row: AttachmentRow | None) -> AttachmentRow:
    if row is None or not sight.sees(_of_attachment(row)):
        raise NotFound
    sight.log()
    return row
