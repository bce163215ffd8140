"""Attachments in a store that speaks S3, such as MinIO or Ceph, each under its id.

Requests are signed by AWS Signature Version 4, which every such store takes. It is forty lines;
the libraries that have it bring fifty times that, and block the event loop.
"""

import hashlib
import hmac
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

import httpx
import structlog
from pydantic import SecretStr

from planapi.clock import Clock
from planapi.database import Transaction
from planapi.errors import Unavailable

_SERVICE: Final = "s3"
_logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where attachments are kept. ``url`` is the bucket's: ``https://s3.example.dk/enplan``."""

    url: str
    region: str
    access_key_id: str
    secret_access_key: SecretStr


class SignatureV4(httpx.Auth):
    """Signs each request (AWS documentation, "Authenticating requests", Authorization header)."""

    requires_request_body = True

    def __init__(self, bucket: Bucket, clock: Clock) -> None:
        self._bucket = bucket
        self._clock = clock

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the date, the digest of the body and the signature over both and the headers."""
        now = self._clock()
        request.headers["x-amz-date"] = f"{now:%Y%m%dT%H%M%SZ}"
        request.headers["x-amz-content-sha256"] = hashlib.sha256(request.content).hexdigest()
        request.headers["Authorization"] = self._authorization(request, now)
        yield request

    def _authorization(self, request: httpx.Request, now: datetime) -> str:
        names = sorted(
            name for name in request.headers if name in {"host", "range"} or name[:6] == "x-amz-"
        )
        canonical = "\n".join(
            (
                request.method,
                quote(request.url.path, safe="/-_.~"),
                request.url.query.decode(),
                *(f"{name}:{request.headers[name].strip()}" for name in names),
                "",
                ";".join(names),
                request.headers["x-amz-content-sha256"],
            )
        )
        scope = f"{now:%Y%m%d}/{self._bucket.region}/{_SERVICE}/aws4_request"
        to_sign = "\n".join(
            (
                "AWS4-HMAC-SHA256",
                request.headers["x-amz-date"],
                scope,
                hashlib.sha256(canonical.encode()).hexdigest(),
            )
        )
        key = f"AWS4{self._bucket.secret_access_key.get_secret_value()}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), hashlib.sha256)
        signature = hmac.digest(key, to_sign.encode(), hashlib.sha256).hex()
        return (
            f"AWS4-HMAC-SHA256 Credential={self._bucket.access_key_id}/{scope},"
            f"SignedHeaders={';'.join(names)},Signature={signature}"
        )


class ObjectStorage:
    """Keeps the bytes of attachments in a bucket; what is known of them is in the database."""

    apart = True

    def __init__(self, http: httpx.AsyncClient, bucket: Bucket, clock: Clock) -> None:
        self._http = http
        self._url = bucket.url.rstrip("/")
        self._auth = SignatureV4(bucket, clock)

    async def save(self, tx: Transaction, attachment_id: UUID, content: bytes) -> None:  # noqa: ARG002
        """Keep the bytes. Raises `Unavailable` where the store does not take them."""
        await self._send("PUT", attachment_id, content)

    async def load(self, tx: Transaction, attachment_id: UUID) -> bytes | None:  # noqa: ARG002
        """Return the bytes, None where there are none. Raises `Unavailable`."""
        response = await self._send("GET", attachment_id)
        return None if response.status_code == httpx.codes.NOT_FOUND else response.content

    async def drop(self, tx: Transaction, attachment_id: UUID) -> None:  # noqa: ARG002
        """Forget the bytes; nothing happens where there are none. Raises `Unavailable`."""
        await self._send("DELETE", attachment_id)

    async def _send(
        self, method: str, attachment_id: UUID, content: bytes | None = None
    ) -> httpx.Response:
        try:
            response = await self._http.request(
                method, f"{self._url}/{attachment_id}", content=content, auth=self._auth
            )
        except httpx.HTTPError as error:
            _logger.warning("object_storage_unavailable", error=type(error).__name__)
            raise Unavailable from error
        missing = response.status_code == httpx.codes.NOT_FOUND and method != "PUT"
        if not response.is_success and not missing:
            _logger.warning("object_storage_refused", status=response.status_code, method=method)
            raise Unavailable
        return response
