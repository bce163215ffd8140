"""Signs the portal's calls to the plan API: who acts, in which role, how surely known.

ES256 (RFC 7518 section 3.4), valid for a minute. The key is derived from the secret key, so
that all portal processes share it; the plan API reads its public half from `/auth/jwks.json`.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import ECKey

from auth.sessions import LoginSession

AUDIENCE = "enplan-plan-api"
LIFETIME_SECONDS = 60
SERVICE = "portal"  # subject and role of calls that the portal makes on its own behalf

_KEY_PURPOSE = b"enplan actor token P-256 key, version 1"
# Order of the P-256 group (FIPS 186-5 / SEC 2): private keys are 1 … order - 1.
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class ActorTokens:
    """Mints actor tokens; one per portal process.

    Args:
        issuer: the portal's public URL.
        secret_key: the portal's secret, at least 32 characters.
    """

    def __init__(self, *, issuer: str, secret_key: str) -> None:
        self._issuer = issuer
        private_key = derive_private_key(secret_key)
        numbers = private_key.private_numbers()
        public = {
            "kty": "EC",
            "crv": "P-256",
            "x": _base64url(numbers.public_numbers.x.to_bytes(32, "big")),
            "y": _base64url(numbers.public_numbers.y.to_bytes(32, "big")),
        }
        self._kid = thumbprint(public)
        self._public_jwk = public | {"kid": self._kid, "use": "sig", "alg": "ES256"}
        secret = _base64url(numbers.private_value.to_bytes(32, "big"))
        self._key = ECKey.import_key({**public, "d": secret})

    @property
    def public_jwk(self) -> dict[str, str | list[str]]:
        """The public key, for the portal's `/auth/jwks.json`."""
        return {**self._public_jwk}

    def for_login(self, login: LoginSession) -> str:
        """A token for a call on behalf of the person who is logged in."""
        return self._sign(
            {
                "sub": str(login.person_id),
                "role": login.role.value,
                "loa": login.loa.value,
                "auth_time": int(login.auth_time.timestamp()),
                "sid": login.key,
            }
        )

    def for_service(self) -> str:
        """A token for a call by the portal itself, such as finding out who has logged in."""
        return self._sign({"sub": SERVICE, "role": SERVICE})

    def _sign(self, claims: Mapping[str, Any]) -> str:
        now = int(time.time())
        return jwt.encode(
            {"alg": "ES256", "kid": self._kid, "typ": "JWT"},
            {
                "iss": self._issuer,
                "aud": AUDIENCE,
                **claims,
                "iat": now,
                "exp": now + LIFETIME_SECONDS,
                "jti": secrets.token_urlsafe(16),
            },
            self._key,
            algorithms=["ES256"],
        )


def derive_private_key(secret_key: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key that belongs to a secret (HKDF, RFC 5869).

    48 bytes are reduced modulo the order, so that the bias is below 2^-128
    (FIPS 186-5 appendix A.2.1, extra random bits).
    """
    material = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=_KEY_PURPOSE).derive(
        secret_key.encode()
    )
    scalar = int.from_bytes(material, "big") % (_P256_ORDER - 1) + 1
    return ec.derive_private_key(scalar, ec.SECP256R1())


def thumbprint(public: Mapping[str, str]) -> str:
    """SHA-256 thumbprint of an EC public key (RFC 7638 section 3.2)."""
    members = {name: public[name] for name in ("crv", "kty", "x", "y")}
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(canonical.encode()).digest())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
