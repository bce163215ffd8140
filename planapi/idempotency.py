"""A POST that is sent twice is done once (`Idempotency-Key`), for 24 hours.

The key is kept in the same transaction as the write: both are there, or neither. Who sends the
same key while the first call is under way waits for it, on the lock of the row that the first one
has inserted. A call that failed has left nothing, and may be repeated.

Of the request itself a keyed digest is kept: it may hold a CPR number, which could be guessed from
a plain one. Of what the portal asks in its own name no answer is kept either: see `PortalsRequest`.
"""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request, Response
from psycopg.types.json import Jsonb
from pydantic import BaseModel
from starlette.responses import JSONResponse

from planapi.database import Transaction
from planapi.dependencies import Context, CurrentActor, CurrentContext, Portal
from planapi.errors import KeyMissing, KeyReused
from planapi.keys import derived_key
from planapi.policy.actors import Actor
from planapi.replays import require_still_readable

_KEY: Final = re.compile(r"[\x21-\x7e]{8,100}")
"""Printable ASCII, 8 to 100 characters; a UUID fits."""
_DIGEST: Final = b"enplan key of repeated requests, version 1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, now or the first time."""

    status: int
    body: dict[str, Any]

    def response(self) -> Response:
        """Return it as HTTP, with the version of what was made as its `ETag`."""
        version = self.body.get("version")
        headers = {"ETag": f'"{version}"'} if version is not None else {}
        return JSONResponse(self.body, status_code=self.status, headers=headers)


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A request that is carried out once for each person and key."""

    actor: Actor
    key: str
    digest: bytes
    operation: str
    path: Mapping[str, str]
    now: datetime

    async def once(
        self,
        tx: Transaction,
        work: Callable[[], Awaitable[BaseModel]],
        status: HTTPStatus = HTTPStatus.CREATED,
    ) -> Answer:
        """Do ``work`` in ``tx``, unless it was done before: then return what it answered.

        Whoever may not read that any more gets `NotFound` or `NotAllowed` instead.

        Call this before anything else in the transaction. Raises `KeyReused` where the key came
        with another request.
        """
        first = await tx.row(
            "INSERT INTO idempotency (person_id, key, request_hash)"
            " VALUES (%(person_id)s, %(key)s, %(digest)s)"
            " ON CONFLICT DO NOTHING RETURNING true AS first",
            person_id=self.actor.person_id,
            key=self.key,
            digest=self.digest,
        )
        if first is None:
            return await self._earlier(tx)
        body = (await work()).model_dump(mode="json")
        tx.later(
            "UPDATE idempotency SET status = %(status)s, response = %(response)s"
            " WHERE person_id = %(person_id)s AND key = %(key)s",
            status=int(status),
            response=Jsonb(body),
            person_id=self.actor.person_id,
            key=self.key,
        )
        return Answer(int(status), body)

    async def _earlier(self, tx: Transaction) -> Answer:
        earlier = await tx.row(
            "SELECT request_hash, status, response FROM idempotency"
            " WHERE person_id = %(person_id)s AND key = %(key)s",
            person_id=self.actor.person_id,
            key=self.key,
        )
        if earlier is None or earlier["request_hash"] != self.digest:
            raise KeyReused
        body = earlier["response"]
        await require_still_readable(tx, self.actor, self.now, self.operation, self.path, body)
        return Answer(earlier["status"], body)


@dataclass(frozen=True, slots=True)
class PortalsRequest:
    """A request in the portal's own name: who is behind a login, what an address shows.

    Asked again it finds the same, so it is answered anew. Nothing is kept but the key and the
    digest: an answer would hold a name or somebody's meetings.
    """

    key: str
    digest: bytes

    async def require_same(self, tx: Transaction) -> None:
        """Keep the key, in the transaction that answers. Raises `KeyReused` for another request."""
        await tx.execute(
            "INSERT INTO portal_request (key, request_hash) VALUES (%(key)s, %(digest)s)"
            " ON CONFLICT DO NOTHING",
            key=self.key,
            digest=self.digest,
        )
        kept = await tx.row(
            "SELECT request_hash FROM portal_request WHERE key = %(key)s", key=self.key
        )
        if kept is None or kept["request_hash"] != self.digest:
            raise KeyReused


Key = Annotated[str | None, Header(description="Names this act; the same when it is sent again")]


async def idempotent_request(
    request: Request, actor: CurrentActor, context: CurrentContext, idempotency_key: Key = None
) -> IdempotentRequest:
    """Return the request with its key. Raises `KeyMissing` without a usable one."""
    return IdempotentRequest(
        actor,
        _usable(idempotency_key),
        await _digest(request, context),
        request.scope["route"].name,
        request.path_params,
        context.now(),
    )


async def portals_request(
    request: Request, _portal: Portal, context: CurrentContext, idempotency_key: Key = None
) -> PortalsRequest:
    """Return the portal's request with its key. Raises `KeyMissing` without a usable one."""
    return PortalsRequest(_usable(idempotency_key), await _digest(request, context))


def _usable(key: str | None) -> str:
    if key is None or not _KEY.fullmatch(key):
        raise KeyMissing
    return key


async def _digest(request: Request, context: Context) -> bytes:
    target = f"{request.method} {request.url.path}?{request.url.query}"
    digest_key = derived_key(context.secret_key.get_secret_value(), _DIGEST)
    digest = hmac.new(digest_key, f"{target}\n".encode(), hashlib.sha256)
    digest.update(await request.body())
    return digest.digest()


Idempotent = Annotated[IdempotentRequest, Depends(idempotent_request)]
FromPortal = Annotated[PortalsRequest, Depends(portals_request)]
