"""Making the id_token, and on request one that no relying party may accept."""

import base64
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from sandbox.broker.keys import SigningKeys
from sandbox.broker.outcomes import Outcome

Claims = dict[str, Any]
_OTHER_CLIENT = "another-client"


def sign(claims: Claims, keys: SigningKeys, *, typ: str = "JWT") -> str:
    """A token signed in good order."""
    header = {"alg": "RS256", "kid": keys.current.kid}
    return jwt.encode(header, claims, keys.current, algorithms=["RS256"], default_type=typ)


def signed_id_token(claims: Claims, keys: SigningKeys, outcome: Outcome) -> str:
    """The id_token, spoiled in the way that `outcome` names."""
    spoil = _SPOILED_CLAIMS.get(outcome)
    if spoil is not None:
        spoil(claims)
    return _SPOILED_SIGNATURES.get(outcome, sign)(claims, keys)


def _set(name: str, value: Any) -> Callable[[Claims], None]:
    return lambda claims: claims.update({name: value})


def _drop(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name) and None


def _move(seconds: int, *names: str) -> Callable[[Claims], None]:
    return lambda claims: claims.update({name: claims[name] + seconds for name in names})


_SPOILED_CLAIMS: dict[Outcome, Callable[[Claims], None]] = {
    Outcome.BAD_ISS: _set("iss", "https://another-broker.example/op"),
    Outcome.BAD_AUD: _set("aud", _OTHER_CLIENT),
    Outcome.BAD_AUD_WITH_AZP: lambda claims: claims.update(aud=_OTHER_CLIENT, azp=claims["aud"]),
    Outcome.TWO_AUDIENCES: lambda claims: claims.update(aud=[claims["aud"], _OTHER_CLIENT]),
    Outcome.BAD_AZP: _set("azp", _OTHER_CLIENT),
    Outcome.BAD_NONCE: _set("nonce", "another-nonce"),
    Outcome.NO_NONCE: _drop("nonce"),
    Outcome.NO_SUB: _drop("sub"),
    Outcome.EMPTY_SUB: _set("sub", ""),
    Outcome.EXPIRED: _move(-360, "iat", "nbf", "exp"),
    Outcome.NO_EXP: _drop("exp"),
    Outcome.NO_IAT: _drop("iat"),
    Outcome.OLD_IAT: _move(-700, "iat", "nbf"),
    Outcome.FUTURE_IAT: _move(120, "iat"),
    Outcome.NOT_YET_VALID: _move(120, "nbf"),
    Outcome.NO_AT_HASH: _drop("at_hash"),
    Outcome.BAD_AT_HASH: _set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
    Outcome.NO_LOA: _drop("loa"),
    Outcome.STALE_AUTH_TIME: _move(-7200, "auth_time"),
    Outcome.NO_AUTH_TIME: _drop("auth_time"),
    Outcome.SESSION_OVER: _set("session_expiry", "1"),
    Outcome.CLOCK_AHEAD: _move(15, "iat", "nbf", "exp", "auth_time"),
    Outcome.CLOCK_BEHIND: _move(-315, "iat", "nbf", "exp"),
}


def _with_a_strangers_key(claims: Claims, keys: SigningKeys) -> str:
    header = {"alg": "RS256", "kid": keys.current.kid}
    return jwt.encode(header, claims, RSAKey.generate_key(2048), algorithms=["RS256"])


def _unsigned(claims: Claims, _keys: SigningKeys) -> str:
    return f"{_base64url({'alg': 'none', 'typ': 'JWT'})}.{_base64url(claims)}."


def _with_the_public_key_as_secret(claims: Claims, keys: SigningKeys) -> str:
    secret = OctKey.import_key(keys.current.as_pem(private=False).hex())
    header = {"alg": "HS256", "kid": keys.current.kid}
    return jwt.encode(header, claims, secret, algorithms=["HS256"])


def _with_an_unlisted_algorithm(claims: Claims, keys: SigningKeys) -> str:
    header = {"alg": "PS256", "kid": keys.current.kid}
    return jwt.encode(header, claims, keys.current, algorithms=["PS256"])


def _with_its_own_key_inside(claims: Claims, keys: SigningKeys) -> str:
    key = RSAKey.generate_key(2048)
    header = {"alg": "RS256", "kid": keys.current.kid, "jwk": key.as_dict(private=False)}
    # A 2048-bit key in the header is longer than the library likes to write: sign by hand.
    return _signed_by_hand(header, claims, key)


def _with_a_kid_nobody_knows(claims: Claims, _keys: SigningKeys) -> str:
    header = {"alg": "RS256", "kid": str(uuid4())}
    return jwt.encode(header, claims, RSAKey.generate_key(2048), algorithms=["RS256"])


def _without_kid(claims: Claims, keys: SigningKeys) -> str:
    return jwt.encode({"alg": "RS256"}, claims, keys.current, algorithms=["RS256"])


def _without_kid_after_rotation(claims: Claims, keys: SigningKeys) -> str:
    keys.rotate()
    return _without_kid(claims, keys)


def _with_a_key_of_this_moment(claims: Claims, keys: SigningKeys) -> str:
    keys.rotate()
    return sign(claims, keys)


_SPOILED_SIGNATURES: dict[Outcome, Callable[[Claims, SigningKeys], str]] = {
    Outcome.BAD_SIGNATURE: _with_a_strangers_key,
    Outcome.ALG_NONE: _unsigned,
    Outcome.ALG_HS256: _with_the_public_key_as_secret,
    Outcome.ALG_UNLISTED: _with_an_unlisted_algorithm,
    Outcome.EMBEDDED_JWK: _with_its_own_key_inside,
    Outcome.UNKNOWN_KID: _with_a_kid_nobody_knows,
    Outcome.NO_KID: _without_kid,
    Outcome.NO_KID_TWO_KEYS: _without_kid_after_rotation,
    Outcome.ROTATED_KEY: _with_a_key_of_this_moment,
}


def _signed_by_hand(header: dict[str, Any], claims: Claims, key: RSAKey) -> str:
    signed = f"{_base64url(header)}.{_base64url(claims)}"
    private_key = key.private_key
    if private_key is None:
        raise ValueError("a private key is needed to sign")
    signature = private_key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_encoded(signature)}"


def _base64url(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
