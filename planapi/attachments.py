"""Where the bytes of attachments are kept, and who looks into them first.

Both are protocols: the settings choose the database or `planapi.object_storage`, and a scanner on
the network or none, and `planapi.app.create_app` takes others. What is known about a file is always
in the database.
"""

from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

import httpx
import structlog

from planapi.database import Transaction
from planapi.errors import Unavailable
from portal.contract.attachments import MediaType

_REFUSED: Final = frozenset({httpx.codes.NOT_ACCEPTABLE, httpx.codes.UNPROCESSABLE_ENTITY})
"""How a scanner answers to what it would not let pass."""

_logger = structlog.get_logger(__name__)


class AttachmentStorage(Protocol):
    """Keeps bytes under an id. They are written once and never change.

    ``apart``: not in the transaction, so that bytes may be there without a file.
    """

    apart: bool

    async def save(self, tx: Transaction, attachment_id: UUID, content: bytes) -> None:
        """Keep the bytes. Those that are apart are dropped later if the transaction fails."""
        ...

    async def load(self, tx: Transaction, attachment_id: UUID) -> bytes | None:
        """Return the bytes, None where there are none."""
        ...

    async def drop(self, tx: Transaction, attachment_id: UUID) -> None:
        """Forget the bytes of a file that was never sent; called before its row goes."""
        ...


class Scanner(Protocol):
    """Looks into a file before it is kept. Called outside of any transaction."""

    async def accepts(self, content: bytes, media_type: MediaType) -> bool:
        """Tell whether a file may be kept. May raise `planapi.errors.Unavailable`."""
        ...


class DatabaseStorage:
    """Keeps the bytes in the database, beside what is known of the file."""

    apart = False

    async def save(self, tx: Transaction, attachment_id: UUID, content: bytes) -> None:
        """Keep the bytes, in the same transaction."""
        await tx.execute(
            "INSERT INTO attachment_content (attachment_id, content) VALUES (%(id)s, %(content)b)",
            id=attachment_id,
            content=content,
        )

    async def load(self, tx: Transaction, attachment_id: UUID) -> bytes | None:
        """Return the bytes."""
        row = await tx.row(
            "SELECT content FROM attachment_content WHERE attachment_id = %(id)s", id=attachment_id
        )
        return None if row is None else bytes(row["content"])

    async def drop(self, tx: Transaction, attachment_id: UUID) -> None:
        """Do nothing: the bytes go with the file's row."""


class AcceptEverything:
    """No scanner: what is of an allowed type is kept."""

    async def accepts(self, content: bytes, media_type: MediaType) -> bool:  # noqa: ARG002
        """Accept."""
        return True


class HttpScanner:
    """Asks a scanner on the network: ``POST`` with the bytes, 2xx lets them pass, 406 or 422 not.

    So answer small services in front of ClamAV, and an adapter for any other is a few lines.
    """

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http = http
        self._url = url

    async def accepts(self, content: bytes, media_type: MediaType) -> bool:
        """Tell whether a file may be kept. Raises `Unavailable` where nobody has looked into it."""
        try:
            answer = await self._http.post(
                self._url, content=content, headers={"Content-Type": media_type}
            )
        except httpx.HTTPError as error:
            _logger.warning("scanner_unavailable", error=type(error).__name__)
            raise Unavailable from error
        if answer.status_code in _REFUSED:
            return False
        if not answer.is_success:
            _logger.warning("scanner_unavailable", status=answer.status_code)
            raise Unavailable
        return True


@dataclass(frozen=True, slots=True)
class Attachments:
    """How this plan API keeps attachments."""

    storage: AttachmentStorage
    scanner: Scanner
