"""Files that are sent with a message."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from portal.contract.base import IN_ONE_FORM, Model, clean_text, single_line
from portal.contract.words import Word

MOST_ATTACHMENTS: Final = 5
"""With one message."""

LARGEST_ATTACHMENT: Final = 10_000_000
"""Bytes of one file."""


class MediaType(Word):
    """What a file may be, found out from its bytes. What its sender calls it counts for nothing."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    TEXT = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


FileName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(clean_text),
    AfterValidator(single_line),
    IN_ONE_FORM,
]
"""What the sender calls a file, 1 to 120 characters."""


class Attachment(Model):
    """A file. Its bytes come from ``GET /v1/attachments/{id}``; they never change."""

    id: UUID
    name: str = Field(description="Safe to save under: no path, and an ending that fits the type")
    media_type: MediaType
    size: int = Field(ge=1, description="Bytes")
    uploaded_at: AwareDatetime


class DownloadedFile(Model):
    """What ``GET /v1/attachments/{id}`` answers: the bytes, and in its headers what they are."""

    name: FileName
    media_type: MediaType
    content: bytes
