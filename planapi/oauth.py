"""OAuth 2 for sector systems: client credentials with private_key_jwt (RFC 6749, RFC 7523).

A client proves who it is by a short assertion, signed with its own key, and gets an access token
for five minutes. The token is signed with a key derived from the plan API's secret key, so every
plan API process knows it, and nobody else needs to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

import structlog
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, RSAKey
from pydantic import ConfigDict, Field, ValidationError

from planapi.clock import Clock
from planapi.database import Database
from planapi.errors import NotAuthenticated
from planapi.store import integration as store
from portal.contract.actors import AUDIENCE
from portal.contract.base import Model
from portal.contract.integration import AccessToken

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRANT_TYPE: Final = "client_credentials"

_PURPOSE: Final = b"enplan access token key of sector systems, version 1"
_LIFETIME: Final = timedelta(minutes=5)
_LONGEST_ASSERTION: Final = timedelta(minutes=5)
_LEEWAY: Final = timedelta(seconds=30)
"""How far the client's clock and ours may be apart."""
_TYPE: Final = "at+jwt"
"""RFC 9068 section 2.1."""
_KEY_TYPES: Final[dict[str, tuple[type[ECKey | RSAKey], tuple[str, ...]]]] = {
    "EC": (ECKey, ("ES256", "ES384")),
    "RSA": (RSAKey, ("PS256", "RS256")),
}
_SHORTEST_RSA_BITS: Final = 2048

_logger = structlog.get_logger(__name__)


class TokenError(StrEnum):
    """Why there is no token (RFC 6749 section 5.2)."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


class TokenNotIssued(Exception):
    """Ends a request at the token endpoint."""

    def __init__(self, error: TokenError) -> None:
        super().__init__(error.value)
        self.error = error


@dataclass(frozen=True, slots=True)
class Client:
    """A sector system that has shown a valid access token."""

    id: str


class _Claims(Model):
    """Claims of an assertion (RFC 7523 section 3) and of an access token."""

    model_config = ConfigDict(extra="ignore", strict=True)

    iss: str
    sub: str = Field(min_length=3, max_length=100)
    aud: str | list[str]
    iat: int | None = None
    exp: int
    jti: str = Field(min_length=8, max_length=200)


class ClientTokens:
    """Issues access tokens to sector systems and recognises them. One for each process.

    Args:
        database: Where clients and their public keys are registered.
        url: The plan API's own address: assertions are for it, tokens are by it.
        secret_key: The plan API's.
        clock: Tells the time.
    """

    def __init__(self, database: Database, *, url: str, secret_key: str, clock: Clock) -> None:
        self._database = database
        self._url = url
        self._clock = clock
        self._key = OctKey.import_key(
            HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(
                secret_key.encode()
            )
        )

    async def issue(self, assertion: str, client_id: str | None) -> AccessToken:
        """Return a token for the client that signed ``assertion``.

        Raises `TokenNotIssued` for an assertion that is not exactly as it should be, and logs which
        check it failed.
        """
        try:
            client = await self._client_of(assertion, client_id)
        except _Rejected as rejected:
            _logger.info("client_assertion_rejected", reason=rejected.reason)
            raise TokenNotIssued(TokenError.INVALID_CLIENT) from None
        _logger.info("client_token_issued", client_id=client)
        return AccessToken(access_token=self._sign(client), expires_in=_seconds(_LIFETIME))

    def verify(self, token: str) -> Client:
        """Return whose access token it is. Raises `NotAuthenticated`."""
        try:
            decoded = jwt.decode(token, self._key, algorithms=["HS256"])
            claims = _Claims.model_validate(decoded.claims)
        except (JoseError, ValueError):
            raise NotAuthenticated from None
        ours = claims.iss == self._url and claims.aud == AUDIENCE
        if decoded.header.get("typ") != _TYPE or not ours or self._now() >= claims.exp:
            raise NotAuthenticated
        return Client(claims.sub)

    async def _client_of(self, assertion: str, client_id: str | None) -> str:
        """The checks of RFC 7523 section 3, and that the assertion is used once."""
        header, claimed = _unverified(assertion)
        if claimed.iss != claimed.sub or client_id not in {None, claimed.sub}:
            raise _Rejected("iss_or_sub")
        async with self._database.service_transaction() as tx:
            keys = await store.keys_of_client(tx, claimed.sub)
        self._check_signature(assertion, header, keys or [])
        self._check_claims(claimed)
        expires_at = datetime.fromtimestamp(claimed.exp, self._clock().tzinfo)
        async with self._database.service_transaction() as tx:
            if not await store.use_assertion(tx, claimed.sub, claimed.jti, expires_at):
                raise _Rejected("used_before")
        return claimed.sub

    def _check_signature(
        self, assertion: str, header: dict[str, Any], keys: list[dict[str, Any]]
    ) -> None:
        for jwk in keys:
            if header.get("kid") not in {None, jwk.get("kid")} or jwk.get("kty") not in _KEY_TYPES:
                continue
            key_type, algorithms = _KEY_TYPES[jwk["kty"]]
            try:
                key = key_type.import_key(jwk)
                if isinstance(key, RSAKey) and key.raw_value.key_size < _SHORTEST_RSA_BITS:
                    continue
                jwt.decode(assertion, key, algorithms=list(algorithms))
            except (JoseError, ValueError):
                continue
            return
        raise _Rejected("signature")

    def _check_claims(self, claims: _Claims) -> None:
        audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if not {self._url, f"{self._url}/oauth/token"} & set(audiences):
            raise _Rejected("aud")
        now, leeway = self._now(), _seconds(_LEEWAY)
        if not now < claims.exp + leeway:
            raise _Rejected("exp")
        if claims.exp > now + _seconds(_LONGEST_ASSERTION) + leeway:
            raise _Rejected("lifetime")
        if claims.iat is not None and claims.iat > now + leeway:
            raise _Rejected("iat")

    def _sign(self, client_id: str) -> str:
        now = self._now()
        claims = {
            "iss": self._url,
            "sub": client_id,
            "client_id": client_id,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + _seconds(_LIFETIME),
            "jti": uuid4().hex,
        }
        return jwt.encode({"alg": "HS256", "typ": _TYPE}, claims, self._key, algorithms=["HS256"])

    def _now(self) -> int:
        return int(self._clock().timestamp())


class _Rejected(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _unverified(assertion: str) -> tuple[dict[str, Any], _Claims]:
    """Header and claims before the signature is checked: which client's keys to look for."""
    try:
        parts = jws.extract_compact(assertion.encode("ascii"))
        return parts.headers(), _Claims.model_validate_json(parts.payload, strict=True)
    except (JoseError, ValidationError, ValueError) as error:
        raise _Rejected("malformed") from error


def _seconds(period: timedelta) -> int:
    return int(period.total_seconds())
