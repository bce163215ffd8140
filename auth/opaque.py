"""Random values that a browser holds, and the digests that the database holds instead."""

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits, fit for a cookie or a URL (43 characters)."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """The hex SHA-256: a stolen database row opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
