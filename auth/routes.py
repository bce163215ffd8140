"""The `/auth/*` routes: HTTP in, one call of `LoginService`, HTTP out.

Mounted by the web host, which also words and draws the page for a login that failed. Whatever a
broker or a browser does here ends on that page: never a traceback, never a 5xx, never a loop.
"""

import math
import traceback
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import structlog
from joserfc.jwk import DictKey
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from auth.brokers.profile import AppSwitch, MobileSystem
from auth.devices import device_of
from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import Role
from auth.local_path import local_path
from auth.opaque import digest, new_secret
from auth.rate_limit import Bucket, address_key
from auth.relying_party import Callback
from auth.service import LoginService
from auth.tokens.rejection import TokenRejected

FailurePage = Callable[[Request, LoginFailed], Response]
Endpoint = Callable[[Request], Awaitable[Response]]

_SECRET_LENGTH = 43
_MAX_PARAMETER = 4096
_MAX_FORM = 32_768
_NO_STORE = {"Cache-Control": "no-store"}

_log = structlog.get_logger(__name__)


def auth_routes(
    service: LoginService,
    *,
    failure_page: FailurePage,
    language: Callable[[Request], str],
    extra_jwks: Sequence[DictKey] = (),
) -> list[Route]:
    """All login routes.

    `failure_page` draws a `LoginFailed` (its `status` is the one to answer with), `language`
    says which language the signed-out reader uses, and `extra_jwks` are public keys of the host
    that `/auth/jwks.json` serves too.
    """
    routes = LoginRoutes(service, failure_page, language, extra_jwks)
    return [
        Route("/auth/login", routes.login, methods=["GET"]),
        Route("/auth/callback", routes.callback, methods=["GET"]),
        Route("/auth/logout", routes.logout, methods=["POST"]),
        Route("/auth/backchannel-logout", routes.backchannel_logout, methods=["POST"]),
        Route("/auth/session", routes.session, methods=["GET"]),
        Route("/auth/session", routes.stay, methods=["POST"]),
        Route("/auth/jwks.json", routes.jwks, methods=["GET"]),
    ]


class LoginRoutes:
    """The endpoints; built by `auth_routes`."""

    def __init__(
        self,
        service: LoginService,
        failure_page: FailurePage,
        language: Callable[[Request], str],
        extra_jwks: Sequence[DictKey],
    ) -> None:
        self._service = service
        self._cookies = service.cookies
        self._failure_page = failure_page
        self._language = language
        self._jwks = {"keys": [*service.public_jwks(), *extra_jwks]}

    async def login(self, request: Request) -> Response:
        """Send the browser to the broker: `?role=&next=`, a step-up adds `&prompt=login`."""
        return await self._or_failure_page(request, self._login)

    async def callback(self, request: Request) -> Response:
        """Take the browser back from the broker, logged in or with a page that says why not."""
        return await self._or_failure_page(request, self._callback)

    async def logout(self, request: Request) -> Response:
        """Log out here and at the broker."""
        if not self._is_from_our_own_page(request):
            return Response(status_code=403, headers=_NO_STORE)
        return await self._or_failure_page(request, self._logout)

    async def backchannel_logout(self, request: Request) -> Response:
        """A broker says that a person logged out there (Back-Channel Logout 1.0, 2.5 and 2.8)."""
        try:
            token = await _logout_token(request)
            ended = await self._service.end_by_logout_token(token)
        except TokenRejected as error:
            _log.warning("logout_token_rejected", code=error.code)
            return JSONResponse({"error": "invalid_request"}, status_code=400, headers=_NO_STORE)
        except LoginFailed as failure:
            _log.warning("logout_token_not_checked", detail=failure.detail)
            return JSONResponse({"error": "invalid_request"}, status_code=400, headers=_NO_STORE)
        _log.info("sessions_ended_by_broker", count=ended)
        return Response(status_code=200, headers=_NO_STORE)

    async def session(self, request: Request) -> Response:
        """Who is logged in in this browser, until when. Asking does not extend it."""
        cookie_value = self._cookies.session.read(request)
        session = await self._service.sessions.find(cookie_value) if cookie_value else None
        if session is None:
            return Response(status_code=401, headers=_NO_STORE)
        return JSONResponse(
            {
                "name": session.name,
                "role": session.role,
                "loa": session.loa,
                "idle_expires_at": session.idle_expires_at.isoformat(),
                "expires_at": session.expires_at.isoformat(),
            },
            headers=_NO_STORE,
        )

    async def stay(self, request: Request) -> Response:
        """The person is still there: idle time starts anew. Answers as `session` does."""
        if not self._is_from_our_own_page(request):
            return Response(status_code=403, headers=_NO_STORE)
        cookie_value = self._cookies.session.read(request)
        if cookie_value is not None:
            await self._service.sessions.touch(digest(cookie_value))
        return await self.session(request)

    async def jwks(self, _request: Request) -> Response:
        """Our public keys."""
        return JSONResponse(self._jwks, headers={"Cache-Control": "public, max-age=300"})

    async def _login(self, request: Request) -> Response:
        await self._count(request, "login")
        query = request.query_params
        browser = self._browser_mark(request)
        logged_out_here = self._cookies.logged_out.read(request) is not None
        url = await self._service.start(
            browser,
            role=_role(query.get("role")),
            next_path=local_path(query.get("next")),
            language=self._language(request),
            # After a log-out the broker may still remember the person: on a shared computer the
            # next one must not get in without MitID.
            fresh=logged_out_here or query.get("prompt") == "login",
            max_age=_max_age(query.get("max_age")),
            app_switch=self._app_switch(query.get("app_switch")),
        )
        response = RedirectResponse(url, status_code=303, headers=_NO_STORE)
        self._cookies.browser.write(response, browser, self._service.limits.pending)
        return response

    async def _callback(self, request: Request) -> Response:
        await self._count(request, "callback")
        login = await self._service.complete(
            Callback(
                code=_parameter(request, "code"),
                iss=_parameter(request, "iss"),
                error=_parameter(request, "error"),
                error_description=_parameter(request, "error_description"),
            ),
            state=_parameter(request, "state"),
            browser=self._cookies.browser.read(request),
            replaces=self._cookies.session.read(request),
            device=device_of(request.headers.get("user-agent")),
        )
        _log.info("login_completed", session=login.session.key, role=login.session.role)
        response = RedirectResponse(login.next_path, status_code=303, headers=_NO_STORE)
        lifetime = login.session.expires_at - login.session.created_at
        self._cookies.session.write(response, login.cookie_value, lifetime)
        self._cookies.logged_out.clear(response)
        return response

    async def _logout(self, request: Request) -> Response:
        cookie_value = self._cookies.session.read(request)
        everywhere = await _form_value(request, "everywhere") == "1"
        target = (
            await self._service.log_out(cookie_value, everywhere=everywhere)
            if cookie_value
            else "/"
        )
        response = RedirectResponse(target, status_code=303, headers=_NO_STORE)
        self._cookies.session.clear(response)
        self._cookies.logged_out.write(response, "1", self._service.limits.absolute)
        return response

    async def _or_failure_page(self, request: Request, endpoint: Endpoint) -> Response:
        try:
            return await endpoint(request)
        except LoginFailed as failure:
            return self._failed(request, failure)
        except Exception as error:  # noqa: BLE001 - the last door: a person must not meet a 500
            # Where, and of which kind, but not the message: it may quote what a broker sent.
            where = [
                f"{frame.name}:{frame.lineno}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            _log.error("login_broke", error=type(error).__name__, where=where[-6:])
            unexpected = LoginFailed(LoginFailureReason.PORTAL_UNAVAILABLE, "unexpected_error")
            return self._failed(request, unexpected)

    def _failed(self, request: Request, failure: LoginFailed) -> Response:
        _log.warning(
            "login_failed",
            reason=failure.reason,
            detail=failure.detail,
            reference=failure.reference,
        )
        response = self._failure_page(request, failure)
        response.headers["Cache-Control"] = "no-store"
        if failure.retry_after is not None:
            response.headers["Retry-After"] = str(failure.retry_after)
        return response

    async def _count(self, request: Request, what: str) -> None:
        """Raises `LoginFailed` for one too many, before it costs the broker anything."""
        limits = self._service.limits
        host = request.client.host if request.client else None
        buckets = [Bucket(f"{what} {address_key(host)}", limits.per_address)]
        browser = self._cookies.session.read(request) or self._cookies.browser.read(request)
        if browser is not None:
            buckets.append(Bucket(f"{what} {browser}", limits.per_browser))
        wait = await self._service.rate_limit.wait(*buckets)
        if wait > 0:
            failure = LoginFailed(
                LoginFailureReason.TOO_MANY_ATTEMPTS,
                f"too_many_{what}s",
                retry_after=math.ceil(wait),
            )
            failure.next_path = local_path(request.query_params.get("next"))
            raise failure

    def _app_switch(self, system: str | None) -> AppSwitch | None:
        # Only for an app around the portal: a browser's MitID page opens MitID's app by itself.
        if system not in set(MobileSystem):
            return None
        return AppSwitch(MobileSystem(system), self._service.public_url + "/")

    def _browser_mark(self, request: Request) -> str:
        # Kept while it lasts, so that two tabs may log in at once.
        known = self._cookies.browser.read(request)
        return known if known and len(known) == _SECRET_LENGTH else new_secret()

    def _is_from_our_own_page(self, request: Request) -> bool:
        # A page with Referrer-Policy: no-referrer posts "Origin: null"; then Sec-Fetch-Site, which
        # no script can forge, decides.
        origin = request.headers.get("origin", "null")
        if origin != "null":
            return origin == _origin(self._service.public_url)
        return request.headers.get("sec-fetch-site") == "same-origin"


async def _logout_token(request: Request) -> str:
    token = await _form_value(request, "logout_token")
    if token is None:
        raise TokenRejected("no_logout_token")
    return token


async def _form_value(request: Request, name: str) -> str | None:
    """A field of a small form; None where there is none, or no form that one would read."""
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length) > _MAX_FORM:
        return None
    try:
        async with request.form(max_files=0, max_fields=8) as form:
            value = form.get(name)
    except HTTPException:  # what Starlette raises for a form that it cannot parse
        return None
    return value if isinstance(value, str) and value else None


def _parameter(request: Request, name: str) -> str | None:
    """The one value of a parameter; a repeated or endless one counts as missing (RFC 6749 3.1)."""
    values = request.query_params.getlist(name)
    if len(values) != 1 or not values[0] or len(values[0]) > _MAX_PARAMETER:
        return None
    return values[0]


def _role(value: str | None) -> Role:
    return Role.CONTACT_PERSON if value == Role.CONTACT_PERSON else Role.CITIZEN


def _max_age(value: str | None) -> int | None:
    is_number = value is not None and value.isascii() and value.isdigit() and len(value) <= 6  # noqa: PLR2004
    return int(value) if value is not None and is_number else None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
