"""Keys for one purpose each, derived from the plan API's secret key (HKDF, RFC 5869)."""

from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@lru_cache(maxsize=8)
def derived_key(secret: str, purpose: bytes) -> bytes:
    """Return the 32 bytes that stand for ``purpose``; the same for the same secret key."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(
        secret.encode()
    )
