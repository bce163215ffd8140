"""What every token from a broker has to pass: signature, issuer, audience and times.

Shared by `auth.tokens.id_token` and `auth.tokens.logout_token`.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from authlib.common.encoding import urlsafe_b64decode
from joserfc import jwt
from joserfc.errors import JoseError

from auth.tokens.jwks import JwksCache
from auth.tokens.rejection import TokenRejected

LEEWAY_SECONDS = 30
MAX_AGE_SECONDS = 600
_MAX_TOKEN_LENGTH = 16_384


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """Header and claims of a token whose signature holds."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]


async def verify_signature(
    token: str, keys: JwksCache, algorithms: Collection[str]
) -> VerifiedToken:
    """Verify a compact JWS with the issuer's own keys.

    Only `algorithms` count, whatever the header or the broker's discovery say (RFC 8725 3.1).
    A key inside the token (`jwk`, `jku`, `x5c`) is never looked at. Raises `TokenRejected`.
    """
    header = _peek_header(token)
    alg, kid = header.get("alg"), header.get("kid")
    if not isinstance(alg, str) or alg not in algorithms:
        raise TokenRejected("algorithm_not_allowed")
    if kid is not None and not isinstance(kid, str):
        raise TokenRejected("malformed_header")
    if "crit" in header:
        # RFC 7515 4.1.11: what must be understood and is not. We know no extension.
        raise TokenRejected("critical_header")
    key = await keys.key_for(kid, alg)
    try:
        decoded = jwt.decode(token, key, algorithms=[alg])
    except (JoseError, ValueError, TypeError) as error:
        # TypeError: the library trips over header parameters of the wrong type.
        raise TokenRejected("signature_invalid") from error
    return VerifiedToken(header=decoded.header, claims=decoded.claims)


def peek_claims(token: str) -> Mapping[str, Any]:
    """The claims of a token that nobody has verified: only to find whose keys to verify it with.

    Raises `TokenRejected` when it is no JWT.
    """
    return _peek(token, part=1)


def check_issuer(claims: Mapping[str, Any], issuer: str) -> None:
    """OpenID Connect Core 3.1.3.7 point 2: exactly the issuer that discovery named."""
    if claims.get("iss") != issuer:
        raise TokenRejected("wrong_issuer")


def check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    """Core 3.1.3.7 points 3-5: we are the sole audience; an azp, when sent, is ours too."""
    audience = claims.get("aud")
    if audience not in (client_id, [client_id]):
        raise TokenRejected("wrong_audience")
    if "azp" in claims and claims["azp"] != client_id:
        raise TokenRejected("wrong_authorized_party")


def check_times(claims: Mapping[str, Any], now: float) -> None:
    """Core 3.1.3.7 points 9-10: not expired, not from the future, issued within ten minutes.

    `exp` and `iat` are required, `nbf` counts when it is there; 30 seconds of clock skew.
    """
    if number(claims, "exp") + LEEWAY_SECONDS <= now:
        raise TokenRejected("expired")
    issued_at = number(claims, "iat")
    if issued_at - LEEWAY_SECONDS > now:
        raise TokenRejected("issued_in_the_future")
    if issued_at + MAX_AGE_SECONDS + LEEWAY_SECONDS < now:
        raise TokenRejected("issued_too_long_ago")
    if "nbf" in claims and number(claims, "nbf") - LEEWAY_SECONDS > now:
        raise TokenRejected("not_yet_valid")


def number(claims: Mapping[str, Any], name: str) -> float:
    """The claim as a finite number (RFC 7519 NumericDate), else `TokenRejected`."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise TokenRejected(f"missing_{name}")
    return value


def _is_finite(value: float) -> bool:
    return abs(value) < float("inf")  # false for NaN too, and exact for integers of any size


def _peek_header(token: str) -> Mapping[str, Any]:
    return _peek(token, part=0)


def _peek(token: str, *, part: int) -> Mapping[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _MAX_TOKEN_LENGTH:  # noqa: PLR2004 - RFC 7515 section 7.1
        raise TokenRejected("malformed")
    try:
        value = json.loads(urlsafe_b64decode(parts[part].encode("ascii")))
    except (ValueError, RecursionError) as error:
        raise TokenRejected("malformed") from error
    if not isinstance(value, dict):
        raise TokenRejected("malformed")
    return value
