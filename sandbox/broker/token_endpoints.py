"""The server-to-server side: PAR, token, userinfo, discovery and keys."""

import asyncio
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.broker.claims import id_token_claims, userinfo_claims
from sandbox.broker.clients import ClientAuthentication, InvalidClient
from sandbox.broker.clock import Clock
from sandbox.broker.discovery import discovery_document
from sandbox.broker.grants import AuthorizationRequest, Grant, Memory
from sandbox.broker.keys import SigningKeys
from sandbox.broker.outcomes import Outcome
from sandbox.broker.requests import InvalidRequest, read_request
from sandbox.broker.settings import BrokerSettings, RegisteredClient
from sandbox.broker.tokens import signed_id_token

_NO_STORE = {"Cache-Control": "no-store, no-cache, max-age=0"}
_PUSHED_SECONDS = 600
_ACCESS_TOKEN_SECONDS = 10_800
_GARBAGE = "<!doctype html><title>Vedligeholdelse</title><h1>Vi er straks tilbage</h1>"


class OAuthError(Exception):
    """An error of the token endpoint: nothing but its code, as recorded."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ServerEndpoints:
    """What a client's server calls."""

    def __init__(
        self,
        settings: BrokerSettings,
        keys: SigningKeys,
        memory: Memory,
        authentication: ClientAuthentication,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._memory = memory
        self._authentication = authentication
        self._clock = clock

    async def discovery(self, _request: Request) -> Response:
        """`GET /op/.well-known/openid-configuration`."""
        return JSONResponse(discovery_document(self._settings.issuer))

    async def jwks(self, _request: Request) -> Response:
        """`GET /op/.well-known/openid-configuration/jwks`."""
        return JSONResponse(self._keys.published())

    async def push(self, request: Request) -> Response:
        """`POST /op/connect/par` (RFC 9126)."""
        try:
            wanted = await self._pushed(request)
        except OAuthError as error:
            return _error(error.code)
        name = self._memory.pushed.put(wanted)
        answer = {"request_uri": name, "expires_in": _PUSHED_SECONDS}
        return JSONResponse(answer, status_code=201, headers=_NO_STORE)

    async def token(self, request: Request) -> Response:
        """`POST /op/connect/token`."""
        try:
            grant = await self._granted(request)
        except OAuthError as error:
            return _error(error.code)
        if grant.outcome is Outcome.SLOW:
            await asyncio.sleep(self._settings.slow_seconds)
        return _spoiled(grant.outcome) or self._tokens(grant)

    async def userinfo(self, request: Request) -> Response:
        """`GET` or `POST /op/connect/userinfo`."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._memory.access_tokens.get(token) if scheme.lower() == "bearer" else None
        if grant is None:
            challenge = 'Bearer realm="IdentityServer",error="invalid_token"'
            return Response(status_code=401, headers={"WWW-Authenticate": challenge})
        claims = userinfo_claims(grant)
        if grant.outcome is Outcome.USERINFO_500:
            return Response("error", status_code=500)
        if grant.outcome is Outcome.USERINFO_GARBAGE:
            return HTMLResponse(_GARBAGE)
        if grant.outcome is Outcome.USERINFO_BAD_SUB:
            claims["sub"] = "somebody-else"
        if grant.outcome is Outcome.USERINFO_NO_SUB:
            del claims["sub"]
        return JSONResponse(claims, headers=_NO_STORE)

    async def _pushed(self, request: Request) -> AuthorizationRequest:
        form = await _form(request)
        client = await self._client(request, form)
        if "request_uri" in form or form.get("client_id") != client.client_id:
            raise OAuthError("invalid_request")
        try:
            return read_request(form, self._settings)
        except InvalidRequest as error:
            raise OAuthError("invalid_request") from error

    async def _granted(self, request: Request) -> Grant:
        form = await _form(request)
        if not form:
            raise OAuthError("invalid_request")
        client = await self._client(request, form)
        if form.get("grant_type") != "authorization_code":
            raise OAuthError("unauthorized_client")
        return self._redeem(form, client)

    async def _client(self, request: Request, form: Mapping[str, str]) -> RegisteredClient:
        try:
            return await self._authentication.client(request.headers.get("authorization"), form)
        except InvalidClient as error:
            raise OAuthError("invalid_client") from error

    def _redeem(self, form: Mapping[str, str], client: RegisteredClient) -> Grant:
        code = form.get("code", "")
        replayed = self._memory.redeemed.get(sha256(code.encode()).hexdigest())
        if replayed is not None:
            # RFC 6749 4.1.2: a code used twice takes back what it gave.
            for token in replayed.access_tokens:
                self._memory.access_tokens.drop(token)
            raise OAuthError("invalid_grant")
        grant = self._memory.codes.get(code)
        self._memory.codes.drop(code)
        if (
            grant is None
            or grant.request.client_id != client.client_id
            or grant.request.redirect_uri != form.get("redirect_uri")
            or not _proves(form.get("code_verifier", ""), grant.request.code_challenge)
        ):
            raise OAuthError("invalid_grant")
        self._memory.redeemed.put_as(sha256(code.encode()).hexdigest(), grant)
        return grant

    def _tokens(self, grant: Grant) -> Response:
        access_token = self._memory.access_tokens.put(grant)
        grant.access_tokens.append(access_token)
        now = int(self._clock.now())
        claims = id_token_claims(grant, self._settings.issuer, access_token, now)
        answer: dict[str, Any] = {
            "id_token": signed_id_token(claims, self._keys, grant.outcome),
            "access_token": access_token,
            "expires_in": _ACCESS_TOKEN_SECONDS,
            "token_type": "Bearer",
            "scope": " ".join(sorted(grant.request.scope)),
        }
        if grant.outcome is Outcome.NO_ID_TOKEN:
            del answer["id_token"]
        if grant.outcome is Outcome.WRONG_CONTENT_TYPE:
            return JSONResponse(answer, media_type="text/plain", headers=_NO_STORE)
        return JSONResponse(answer, headers=_NO_STORE)


def _spoiled(outcome: Outcome) -> Response | None:
    if outcome is Outcome.ERROR_500:
        return Response("error", status_code=500)
    return HTMLResponse(_GARBAGE) if outcome is Outcome.GARBAGE else None


def _proves(verifier: str, challenge: str) -> bool:
    # RFC 7636 4.6
    hashed = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(hashed, challenge.encode())


async def _form(request: Request) -> dict[str, str]:
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _error(code: str) -> Response:
    status = 401 if code == "invalid_client" else 400
    return JSONResponse({"error": code}, status_code=status, headers=_NO_STORE)
