"""Messages between a citizen and the municipality, and drafts of whatever is being typed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from portal.contract.attachments import MOST_ATTACHMENTS, Attachment
from portal.contract.base import (
    IN_ONE_FORM,
    Code,
    Command,
    MessageBody,
    Model,
    Resource,
    Title,
    Versioned,
    clean_text,
)
from portal.contract.people import Author, PersonRef, Role
from portal.contract.words import Word


class WaitsFor(Word):
    """Whose turn it is in a thread."""

    CITIZEN = "citizen"
    CONTACT_PERSON = "contact_person"
    NOBODY = "nobody"


class Message(Model):
    """What somebody wrote. ``read_at`` tells when the other side first saw it."""

    id: UUID
    author: Author
    author_role: Role
    body: str
    sent_at: AwareDatetime
    read_at: AwareDatetime | None = None
    attachments: tuple[Attachment, ...] = ()


class ThreadSummary(Resource):
    """A thread as it stands in a list."""

    plan_id: UUID
    citizen: PersonRef
    subject: str
    goal_id: UUID | None = None
    waits_for: WaitsFor
    answer_expected_by: date | None = Field(
        default=None, description="The municipality's own deadline, where it is its turn"
    )
    last_message_at: AwareDatetime
    last_author: PersonRef
    excerpt: str = Field(description="The beginning of the last message, at most 140 characters")
    unread: int = Field(ge=0)
    found: str = Field(
        default="", description="Around the words that were searched for, in the newest message"
    )


SearchText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=100),
    AfterValidator(clean_text),
    IN_ONE_FORM,
]
"""Words to look for, each of them anywhere in a thread."""


class ThreadList(Model):
    """Threads, last written first."""

    threads: tuple[ThreadSummary, ...] = ()
    may_create: bool = False
    next_cursor: str | None = None


class Thread(ThreadSummary):
    """One page of a thread, oldest message first; ``older_cursor`` leads further back."""

    messages: tuple[Message, ...] = ()
    older_cursor: str | None = None


AttachmentIds = Annotated[
    tuple[UUID, ...],
    Field(max_length=MOST_ATTACHMENTS, description="Own uploads that no message holds yet"),
]


class NewThread(Command):
    """A first message. A contact person names the plan, a citizen writes in their own."""

    subject: Title
    body: MessageBody
    goal_id: UUID | None = None
    plan_id: UUID | None = None
    attachment_ids: AttachmentIds = ()


class NewMessage(Command):
    """A reply. ``answer_wanted`` hands the turn to the other side."""

    body: MessageBody
    answer_wanted: bool = True
    attachment_ids: AttachmentIds = ()


class MarkRead(Command):
    """The newest message that was on the screen."""

    up_to: UUID


DraftField = Annotated[
    str, StringConstraints(max_length=10_000), AfterValidator(clean_text), IN_ONE_FORM
]


class SaveDraft(Command):
    """The fields of a form as typed so far."""

    fields: dict[Code, DraftField] = Field(max_length=30)


class Draft(Versioned):
    """The fields of a form as they were saved; empty when there is no draft."""

    version: int = Field(default=0, ge=0, description="0 where there is none; also the `ETag`")
    fields: dict[str, str] = Field(default_factory=dict)
    saved_at: AwareDatetime | None = None
