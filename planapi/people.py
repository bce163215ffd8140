"""CPR numbers: looked up by a keyed hash, kept encrypted, never in clear."""

import hashlib
import hmac
import os
import re
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from planapi.keys import derived_key

_LOOK_UP: Final = b"enplan CPR look-up key, version 1"
_ENCRYPTION: Final = b"enplan CPR encryption key, version 1"
_CPR: Final = re.compile(r"(\d{6})-?(\d{4})", re.ASCII)
_NONCE_BYTES: Final = 12
"""96 bits at random: NIST SP 800-38D section 8.2.2 allows 2^32 encryptions under one key."""


def cpr_hash(secret: str, cpr: str) -> bytes:
    """Return the HMAC-SHA-256 of a CPR number, under a key derived from the plan API's secret key.

    Raises `ValueError` when ``cpr`` is not ten digits, with or without a hyphen after the sixth.
    """
    return hmac.digest(derived_key(secret, _LOOK_UP), _digits(cpr), hashlib.sha256)


def encrypt_cpr(secret: str, cpr: str) -> bytes:
    """Return a CPR number encrypted (AES-256-GCM): nonce, then ciphertext and tag.

    Raises `ValueError` as `cpr_hash` does.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(derived_key(secret, _ENCRYPTION)).encrypt(
        nonce, _digits(cpr), _ENCRYPTION
    )


def decrypt_cpr(secret: str, encrypted: bytes) -> str:
    """Return the ten digits that `encrypt_cpr` took.

    Raises `cryptography.exceptions.InvalidTag` when the key is another one, or a byte has changed.
    """
    nonce, sealed = encrypted[:_NONCE_BYTES], encrypted[_NONCE_BYTES:]
    return (
        AESGCM(derived_key(secret, _ENCRYPTION)).decrypt(nonce, sealed, _ENCRYPTION).decode("ascii")
    )


def _digits(cpr: str) -> bytes:
    number = _CPR.fullmatch(cpr.strip())
    if number is None:
        raise ValueError("a CPR number has ten digits")
    return "".join(number.groups()).encode("ascii")
