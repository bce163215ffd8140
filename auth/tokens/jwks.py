"""A broker's signing keys, fetched once and again when a token names a key that is not there."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from auth.single_flight import SingleFlight
from auth.tokens.rejection import TokenRejected

SigningKey = RSAKey | ECKey

_KEY_TYPES: Mapping[str, type[RSAKey] | type[ECKey]] = {"RS": RSAKey, "PS": RSAKey, "ES": ECKey}
REFETCH_SECONDS = 60


class JwksCache:
    """Signing keys behind one jwks_uri.

    `fetch` brings the JWK Set as a JSON object and may raise; what it raises goes on to the
    caller. An unknown kid makes it fetch again, at most once a minute: a broker that rotates its
    key just before signing is understood, a stranger who invents kids costs the broker nothing.
    The first fetch does not count, or a rotation in the first minute would lock everybody out.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Mapping[str, Any]]],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: list[SigningKey] | None = None
        self._refetched_at: float | None = None
        self._loading = SingleFlight(self._load)

    async def key_for(self, kid: str | None, alg: str) -> SigningKey:
        """The key that verifies a token with this header.

        Raises `TokenRejected` when no key fits, or when no kid is given and several fit.
        """
        if self._keys is None:
            await self._loading.result()
        key = _choose(self._keys, kid, alg)
        if key is None and self._may_refetch():
            await self._loading.result()
            key = _choose(self._keys, kid, alg)
        if key is None:
            raise TokenRejected("no_fitting_key")
        return key

    def _may_refetch(self) -> bool:
        if self._loading.is_flying:
            return True  # somebody is looking already: see what they find
        last = self._refetched_at
        if last is not None and self._monotonic() - last < REFETCH_SECONDS:
            return False
        self._refetched_at = self._monotonic()
        return True

    async def _load(self) -> None:
        listed = (await self._fetch()).get("keys")
        if not isinstance(listed, list):
            raise TokenRejected("jwks_without_keys")
        self._keys = [key for jwk in listed if (key := _import(jwk)) is not None]


def _import(jwk: object) -> SigningKey | None:
    # RFC 7517 section 5: ignore keys that are not understood. Symmetric keys never verify here.
    if not isinstance(jwk, dict) or jwk.get("kty") not in {"RSA", "EC"}:
        return None
    try:
        return RSAKey.import_key(jwk) if jwk["kty"] == "RSA" else ECKey.import_key(jwk)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _choose(keys: list[SigningKey] | None, kid: str | None, alg: str) -> SigningKey | None:
    fitting = [key for key in keys or [] if _fits(key, alg)]
    if kid is not None:
        fitting = [key for key in fitting if key.get("kid") == kid]
    # Two keys that both fit: which one signed is a guess, and guesses are refused.
    return fitting[0] if len(fitting) == 1 else None


def _fits(key: SigningKey, alg: str) -> bool:
    return (
        isinstance(key, _KEY_TYPES.get(alg[:2], ()))
        and key.get("use") in {None, "sig"}
        and key.get("alg") in {None, alg}
    )
