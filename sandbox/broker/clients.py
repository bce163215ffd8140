"""Client authentication: client_secret_basic, client_secret_post and private_key_jwt."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from sandbox.broker.clock import Clock
from sandbox.broker.settings import BrokerSettings, RegisteredClient

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ALGORITHMS = ["RS256", "PS256", "ES256"]


class InvalidClient(Exception):
    """Nobody we know, or without proof."""


class ClientAuthentication:
    """Checks who calls the token and PAR endpoints. `used` remembers assertions' ids."""

    def __init__(
        self, settings: BrokerSettings, http: httpx.AsyncClient, used: set[str], clock: Clock
    ) -> None:
        self._settings = settings
        self._http = http
        self._used = used
        self._clock = clock

    async def client(self, authorization: str | None, form: Mapping[str, str]) -> RegisteredClient:
        """The client that proves itself; raises `InvalidClient`."""
        if "client_assertion" in form:
            return await self._by_assertion(form)
        if authorization is not None:
            return self._by_secret(*_basic(authorization))
        return self._by_secret(form.get("client_id", ""), form.get("client_secret", ""))

    def _by_secret(self, client_id: str, secret: str) -> RegisteredClient:
        client = self._settings.client(client_id)
        if client is None or not client.client_secret:
            raise InvalidClient
        if not hmac.compare_digest(client.client_secret.encode(), secret.encode()):
            raise InvalidClient
        return client

    async def _by_assertion(self, form: Mapping[str, str]) -> RegisteredClient:
        # RFC 7523 section 3; the audience is the issuer, as at the real broker.
        client = self._settings.client(form.get("client_id", ""))
        if form.get("client_assertion_type") != _ASSERTION_TYPE:
            raise InvalidClient
        if client is None or client.jwks_uri is None:
            raise InvalidClient
        try:
            answer = await self._http.get(client.jwks_uri)
            keys = KeySet.import_key_set(answer.raise_for_status().json())
            token = jwt.decode(form["client_assertion"], keys, algorithms=_ALGORITHMS)
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise InvalidClient from error
        self._check_assertion(token.claims, client)
        return client

    def _check_assertion(self, claims: Mapping[str, Any], client: RegisteredClient) -> None:
        jti, expires = claims.get("jti"), claims.get("exp")
        if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
            raise InvalidClient
        if claims.get("aud") not in (self._settings.issuer, [self._settings.issuer]):
            raise InvalidClient
        if not isinstance(expires, int) or expires < self._clock.now():
            raise InvalidClient
        if not isinstance(jti, str) or jti in self._used:
            raise InvalidClient
        self._used.add(jti)


def _basic(authorization: str) -> tuple[str, str]:
    # RFC 6749 2.3.1: each part is form-encoded, then they are joined and base64-encoded.
    scheme, _, encoded = authorization.partition(" ")
    try:
        pair = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    client_id, colon, secret = pair.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise InvalidClient
    return unquote_plus(client_id), unquote_plus(secret)
