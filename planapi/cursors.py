"""Cursors of paged lists: where a page ended, in a form that means nothing to the client."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from planapi.errors import Invalid


def encode_cursor(*parts: datetime | UUID | int) -> str:
    """Return a cursor that one of the functions below reads."""
    text = " ".join(part.isoformat() if isinstance(part, datetime) else str(part) for part in parts)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_position(cursor: str, name: str) -> tuple[datetime, UUID]:
    """Return a moment and an id. Raises `Invalid` on the query parameter `name`."""
    at, identity = _decode_moment(cursor, name)
    try:
        return at, UUID(identity)
    except ValueError:
        raise Invalid.field(f"query.{name}", "cursor") from None


def decode_moment_and_number(cursor: str, name: str) -> tuple[datetime, int]:
    """Return a moment and a positive number. Raises `Invalid` on the query parameter `name`."""
    at, number = _decode_moment(cursor, name)
    return at, _number(number, name)


def _decode_moment(cursor: str, name: str) -> tuple[datetime, str]:
    """A moment, and the rest of the cursor."""
    try:
        moment, _, rest = _decode(cursor).partition(" ")
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise Invalid.field(f"query.{name}", "cursor") from None
    if at.tzinfo is None:
        raise Invalid.field(f"query.{name}", "cursor")
    return at, rest


def decode_number(cursor: str, name: str) -> int:
    """Return a positive number. Raises `Invalid` on the query parameter `name`."""
    try:
        text = _decode(cursor)
    except ValueError:
        raise Invalid.field(f"query.{name}", "cursor") from None
    return _number(text, name)


def _number(text: str, name: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise Invalid.field(f"query.{name}", "cursor") from None
    if not 0 < number < 2**63:
        raise Invalid.field(f"query.{name}", "cursor")
    return number


def _decode(cursor: str) -> str:
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("not a cursor") from error
