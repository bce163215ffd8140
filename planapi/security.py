"""Verifies actor tokens: the only thing by which the plan API knows who asks (RFC 7519, RFC 8725).

The portal signs a token for each call. Its public keys are fetched from its JWKS and kept.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

import httpx
import structlog
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from pydantic import ValidationError

from planapi.clock import Clock
from planapi.errors import NotAuthenticated, Unavailable
from planapi.policy.actors import Actor, Loa
from portal.contract.actors import (
    AUDIENCE,
    LIFETIME_SECONDS,
    SERVICE,
    ActorClaims,
    TokenClaims,
)
from portal.contract.people import Role

_ALGORITHM: Final = "ES256"
_LEEWAY: Final = timedelta(seconds=30)
"""How far the portal's clock and ours may be apart."""
_LIFETIME: Final = timedelta(seconds=LIFETIME_SECONDS)
_REFETCH_AFTER: Final = timedelta(minutes=1)
"""An unknown key id makes us look again at most so often."""
_RETRY_AFTER: Final = timedelta(seconds=1)
"""After a failed fetch, for the portal may be starting."""
_KEEP_FOR: Final = timedelta(hours=1)
"""A key that the portal has dropped is trusted at most so long, if the portal answers by then."""

_MOST_KNOWN: Final = 2_000
"""So many tokens that came last are remembered as genuine; some 4 MB."""

_logger = structlog.get_logger(__name__)


class PortalService:
    """The portal itself as the caller, with nobody signed in."""


Caller = Actor | PortalService


class PortalKeys:
    """The portal's public keys, fetched when needed and kept. One for each process."""

    def __init__(self, http: httpx.AsyncClient, url: str, clock: Clock) -> None:
        self._http = http
        self._url = url
        self._clock = clock
        self._keys: dict[str, ECKey] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str) -> ECKey | None:
        """Return the key, or None where the portal has no such key.

        Raises `Unavailable` when no key was ever fetched and the portal does not answer.
        """
        if not self._is_fresh(key_id):
            async with self._fetching:
                if not self._is_fresh(key_id) and self._may_fetch():
                    await self._fetch()
        if self._fetched_at is None:
            raise Unavailable
        return self._keys.get(key_id)

    def _is_fresh(self, key_id: str) -> bool:
        return (
            key_id in self._keys
            and self._fetched_at is not None
            and self._clock() - self._fetched_at < _KEEP_FOR
        )

    def _may_fetch(self) -> bool:
        if self._tried_at is None:
            return True
        succeeded = self._tried_at == self._fetched_at
        return self._clock() - self._tried_at >= (_REFETCH_AFTER if succeeded else _RETRY_AFTER)

    async def _fetch(self) -> None:
        self._tried_at = self._clock()
        try:
            response = await self._http.get(self._url)
            response.raise_for_status()
            self._keys = _usable_keys(response.json())
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            _logger.warning("portal_keys_unavailable", error=type(error).__name__)
            return
        self._fetched_at = self._tried_at


def _usable_keys(key_set: dict[str, list[dict[str, str | list[str]]]]) -> dict[str, ECKey]:
    """The P-256 keys of a JWKS by id; others are passed over (RFC 7517 section 5)."""
    return {
        str(key["kid"]): ECKey.import_key(key)
        for key in key_set["keys"]
        if key.get("kty") == "EC" and key.get("crv") == "P-256" and "kid" in key
    }


class ActorTokens:
    """Turns a bearer token into who asks."""

    def __init__(self, keys: PortalKeys, *, issuer: str, clock: Clock) -> None:
        self._keys = keys
        self._issuer = issuer
        self._clock = clock
        self._known: dict[bytes, tuple[TokenClaims, Caller]] = {}

    async def verify(self, token: str) -> Caller:
        """Return the caller.

        Of a token that comes again the claims are checked, and not the signature.

        Raises `NotAuthenticated` for any token that is not exactly as it should be, and logs which
        check it failed; `Unavailable` when the portal's keys cannot be fetched.
        """
        digest = sha256(token.encode()).digest()
        known = self._known.get(digest)
        try:
            if known is None:
                known = await self._verified(token)
                self._remember(digest, known)
            self._check(known[0])
        except _Rejected as rejected:
            _logger.info("actor_token_rejected", reason=rejected.reason)
            raise NotAuthenticated from None
        return known[1]

    def _remember(self, digest: bytes, known: tuple[TokenClaims, Caller]) -> None:
        self._known[digest] = known
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]  # the oldest

    async def _verified(self, token: str) -> tuple[TokenClaims, Caller]:
        """Return what the portal signed, whatever it is worth by now."""
        signed = _parsed(token)
        key = await self._keys.find(_key_id(signed))
        if key is None:
            raise _Rejected("unknown_key")
        try:
            genuine = jws.validate_compact(signed, key, algorithms=[_ALGORITHM])
        except (JoseError, ValueError) as error:
            raise _Rejected("signature") from error
        if not genuine:
            raise _Rejected("signature")
        try:
            service = TokenClaims.model_validate_json(signed.payload, strict=True)
            if service.sub == service.role == SERVICE:
                return service, PortalService()
            claims = ActorClaims.model_validate_json(signed.payload, strict=True)
        except ValidationError as error:
            raise _Rejected("claims") from error
        return claims, _actor(claims, self._clock())

    def _check(self, claims: TokenClaims) -> None:
        now = self._clock()
        expires = _moment(claims.exp)
        issued = _moment(claims.iat)
        if claims.iss != self._issuer:
            raise _Rejected("iss")
        if claims.aud != AUDIENCE:
            raise _Rejected("aud")
        if not issued <= expires <= issued + _LIFETIME:
            raise _Rejected("lifetime")
        if now >= expires + _LEEWAY:
            raise _Rejected("exp")
        if issued > now + _LEEWAY:
            raise _Rejected("iat")


class _Rejected(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _parsed(token: str) -> jws.CompactSignature:
    """The parts of a token that is not verified yet."""
    try:
        return jws.extract_compact(token.encode("ascii"))
    except (JoseError, ValueError) as error:
        raise _Rejected("malformed") from error


def _key_id(signed: jws.CompactSignature) -> str:
    """The ``kid`` of a token that is not verified yet, if it names our algorithm."""
    header: object = signed.headers()  # which may be any JSON
    match header:
        case {"alg": "ES256", "kid": str(key_id)}:
            return key_id
    raise _Rejected("header")


def _actor(claims: ActorClaims, now: datetime) -> Actor:
    auth_time = _moment(claims.auth_time)
    if auth_time > now + _LEEWAY:
        raise _Rejected("auth_time")
    try:
        return Actor(
            person_id=UUID(claims.sub),
            role=Role(claims.role),
            loa=Loa(claims.loa),
            auth_time=auth_time,
            session_id=claims.sid,
        )
    except ValueError as error:
        raise _Rejected("sub_or_role") from error


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise _Rejected("time") from error
