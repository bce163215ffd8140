"""The simulator's signing key, kept in a file so that a restart changes nothing."""

import os
from pathlib import Path

from joserfc.jwk import KeySet, KeySetSerialization, RSAKey

_FILE = "mitid-simulator-key.pem"
_BITS = 2048


class SigningKeys:
    """RS256 keys: the newest signs, all are published. Raises `OSError` for an unusable folder."""

    def __init__(self, data_dir: Path) -> None:
        self._keys = [_load_or_create(data_dir / _FILE)]

    @property
    def current(self) -> RSAKey:
        """The key that signs."""
        return self._keys[-1]

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one stays published."""
        self._keys.append(RSAKey.generate_key(_BITS, auto_kid=True))

    def key_set(self) -> KeySet:
        """All keys, to verify our own tokens with."""
        return KeySet(list(self._keys))

    def published(self) -> KeySetSerialization:
        """The JWK Set, as the real broker lists its keys."""
        return self.key_set().as_dict(private=False, use="sig", alg="RS256")


def _load_or_create(path: Path) -> RSAKey:
    try:
        key = RSAKey.import_key(path.read_bytes())
    except (FileNotFoundError, ValueError):  # ValueError: a damaged one is worth no more than none
        key = RSAKey.generate_key(_BITS)
        _write(path, key.as_pem(private=True))
    key.ensure_kid()
    return key


def _write(path: Path, pem: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    fresh.replace(path)
