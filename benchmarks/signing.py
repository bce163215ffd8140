"""Actor tokens for benchmarks, as the portal signs them."""

import time
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from portal.contract.actors import AUDIENCE, LIFETIME_SECONDS

ISSUER = "http://localhost:8550"


def sign(key: ECKey, person: UUID, role: str = "citizen") -> str:
    """Return a token for a person, valid for a minute."""
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(person), "role": role}
    login = {"loa": "substantial", "auth_time": now - 60, "sid": "benchmark"}
    times = {"iat": now, "exp": now + LIFETIME_SECONDS, "jti": uuid4().hex}
    header = {"alg": "ES256", "kid": key.kid, "typ": "JWT"}
    return jwt.encode(header, claims | login | times, key, algorithms=["ES256"])
