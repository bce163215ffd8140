"""What is known of uploaded files, and which message each went with, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.projections import ATTACHMENT_FIELDS
from planapi.store.reading import Reading
from portal.contract.attachments import Attachment, MediaType


class AttachmentRow(Attachment):
    """A file, with what the policy asks about it; that part is never answered."""

    plan_id: UUID = Field(exclude=True)
    citizen_id: UUID = Field(exclude=True)
    owner_id: UUID = Field(exclude=True)
    thread_id: UUID | None = Field(default=None, exclude=True)
    """Absent where it was not sent."""


def reading_of_attachment(attachment_id: UUID) -> Reading[AttachmentRow]:
    """Read what is known of a file."""
    return Reading(Statement(_FIND, {"id": attachment_id}), AttachmentRow)


async def count_unsent(tx: Transaction, owner_id: UUID) -> int:
    """Return how many files of a person went with no message yet."""
    (row,) = await tx.rows(
        """
        SELECT count(*) AS count FROM attachment a WHERE owner_id = %(owner)s
        AND NOT EXISTS (SELECT FROM message_attachment WHERE attachment_id = a.id)
        """,
        owner=owner_id,
    )
    return int(row["count"])


async def insert_attachment(
    tx: Transaction,
    attachment_id: UUID,
    plan_id: UUID,
    owner_id: UUID,
    *,
    name: str,
    media_type: MediaType,
    size: int,
    sha256: bytes,
    at: datetime,
) -> UUID | None:
    """Write down what is known of a file; returns its id, None where that is taken."""
    row = await tx.row(
        """
        INSERT INTO attachment (id, plan_id, owner_id, name, media_type, size, sha256, uploaded_at)
        VALUES (%(id)s, %(plan)s, %(owner)s, %(name)s, %(type)s, %(size)s, %(sha256)s, %(at)s)
        ON CONFLICT (id) DO NOTHING RETURNING id
        """,
        id=attachment_id,
        plan=plan_id,
        owner=owner_id,
        name=name,
        type=media_type,
        size=size,
        sha256=sha256,
        at=at,
    )
    return None if row is None else UUID(str(row["id"]))


async def send_with(
    tx: Transaction,
    message_id: UUID,
    attachment_ids: Sequence[UUID],
    *,
    plan_id: UUID,
    owner_id: UUID,
) -> int:
    """Tie a person's own unsent files of the same plan to a message; returns how many were."""
    return await tx.execute(
        """
        INSERT INTO message_attachment (attachment_id, message_id, position)
        SELECT a.id, %(message)s, wanted.position
        FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY wanted (id, position)
        JOIN attachment a ON a.id = wanted.id
        WHERE a.owner_id = %(owner)s AND a.plan_id = %(plan)s
        ON CONFLICT (attachment_id) DO NOTHING
        """,
        message=message_id,
        ids=list(attachment_ids),
        owner=owner_id,
        plan=plan_id,
    )


async def forget_unsent(tx: Transaction, before: datetime, most: int) -> list[UUID]:
    """Forget files of everybody that were uploaded before and not sent; return their ids."""
    rows = await tx.rows(
        "SELECT forget_unsent_attachments(%(before)s, %(most)s) AS id", before=before, most=most
    )
    return [row["id"] for row in rows]


async def begin_upload(tx: Transaction, attachment_id: UUID, at: datetime) -> None:
    """Write down that bytes are about to be kept elsewhere."""
    await tx.execute(
        "INSERT INTO upload_begun (attachment_id, at) VALUES (%(id)s, %(at)s)"
        " ON CONFLICT (attachment_id) DO UPDATE SET at = EXCLUDED.at",
        id=attachment_id,
        at=at,
    )


def finish_upload(tx: Transaction, attachment_id: UUID) -> None:
    """With the commit that has the file's row, nothing is under way any more."""
    tx.later("DELETE FROM upload_begun WHERE attachment_id = %(id)s", id=attachment_id)


async def forget_cut_off(tx: Transaction, before: datetime, most: int) -> list[UUID]:
    """Forget uploads that were begun before; return the ids that no file has."""
    rows = await tx.rows(
        "SELECT forget_uploads_cut_off(%(before)s, %(most)s) AS id", before=before, most=most
    )
    return [row["id"] for row in rows]


async def delete_attachment(tx: Transaction, attachment_id: UUID) -> None:
    """Forget a file. The database refuses it for one that was sent."""
    await tx.execute("DELETE FROM attachment WHERE id = %(id)s", id=attachment_id)


_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'plan_id', p.id, 'citizen_id', p.citizen_id,
        'owner_id', f.owner_id,
        'thread_id', (SELECT m.thread_id FROM message_attachment ma
                      JOIN message m ON m.id = ma.message_id WHERE ma.attachment_id = f.id)
    )::text AS json
    FROM attachment f JOIN plan p ON p.id = f.plan_id WHERE f.id = %(id)s
    """)
    .format(fields=ATTACHMENT_FIELDS)
    .as_string()
)
