"""HTTP with a broker: one exchange, bounded in time and size, answered as a JSON object.

A broker may be down, slow, or answer with a page; each becomes one `LoginFailed`.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx

from auth.failures import LoginFailed, LoginFailureReason

_MAX_BYTES = 512 * 1024
_CLIENT_ERRORS = range(400, 500)


class BrokerRefused(Exception):
    """The broker answered 4xx; `code` is its OAuth error code when that is a registered one."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


# RFC 6749 5.2, RFC 9126 2.3, RFC 6750 3.1: what may be copied into our log.
_KNOWN_CODES = {
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "invalid_request_object",
    "invalid_scope",
    "invalid_token",
    "unauthorized_client",
    "unsupported_grant_type",
}


class BrokerHttp:
    """Asks a broker. `timeout` bounds a whole exchange, not only one read."""

    def __init__(self, http: httpx.AsyncClient, timeout: timedelta) -> None:
        self._http = http
        self._timeout = timeout.total_seconds()

    async def get(self, url: str, *, bearer: str | None = None) -> Mapping[str, Any]:
        """GET a JSON object. Raises `BrokerRefused` on 4xx, else `LoginFailed`."""
        headers = {"Accept": "application/json"}
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        return await self._exchange(self._http.build_request("GET", url, headers=headers))

    async def post(
        self, url: str, form: Mapping[str, str], *, headers: Mapping[str, str]
    ) -> Mapping[str, Any]:
        """POST a form, get a JSON object. Raises `BrokerRefused` on 4xx, else `LoginFailed`."""
        headers = {"Accept": "application/json", **headers}
        return await self._exchange(
            self._http.build_request("POST", url, data=dict(form), headers=headers)
        )

    async def _exchange(self, request: httpx.Request) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._http.send(request, stream=True, follow_redirects=False)
                try:
                    body = await _limited_body(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise _unavailable("broker_too_slow") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unavailable("broker_unreachable") from error
        return _json_object(response, body)


async def _limited_body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _MAX_BYTES:
            raise _unavailable("broker_answer_too_long")
    return bytes(body)


def _json_object(response: httpx.Response, body: bytes) -> Mapping[str, Any]:
    value = _parsed(response, body)
    if response.status_code in _CLIENT_ERRORS:
        code = (value or {}).get("error")
        raise BrokerRefused(response.status_code, code if code in _KNOWN_CODES else "unnamed")
    if response.status_code not in {200, 201}:
        raise _unavailable(f"broker_status_{response.status_code}")
    if value is None:
        raise _unavailable("broker_answer_is_not_json")
    return value


def _parsed(response: httpx.Response, body: bytes) -> dict[str, Any] | None:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        return None
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _unavailable(detail: str) -> LoginFailed:
    return LoginFailed(LoginFailureReason.BROKER_UNAVAILABLE, detail)
