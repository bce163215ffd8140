"""The portal as an ASGI application: everything it consists of is built and wired here.

Used by the command line (`enplan portal`, `enplan demo`) and by tests.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4

import flet as ft
import httpx
import structlog
from asgi_correlation_id import CorrelationIdMiddleware
from flet_web.fastapi import app_manager
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from auth.config import LoginLimits
from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import LinkedPerson, Role, VerifiedIdentity
from auth.rate_limit import RateLimit
from auth.routes import auth_routes
from auth.service import LoginService
from auth.store import Pool, open_pool
from portal.actor_token import ActorTokens
from portal.contract.people import ChooseLanguage, LinkIdentity
from portal.contract.people import Role as ContractRole
from portal.plan_client import (
    PlanClient,
    PlanError,
    PlanInvalid,
    PlanNotFound,
    Shelf,
    SignedOut,
)
from portal.settings import PortalSettings, forget_flet_variables
from portal.web.calendar_files import CalendarFiles
from portal.web.connection import StartApp
from portal.web.downloads import Downloads
from portal.web.event_types import remember_event_types
from portal.web.failure import show_failure
from portal.web.files import PublicFiles
from portal.web.first_look import FirstLook, viewer_of
from portal.web.garbage import sweep_after_closing
from portal.web.handover import Handover
from portal.web.headers import ContentPolicies, OnlyOurHost, SecurityHeaders
from portal.web.health import health_routes
from portal.web.language import Languages, language_of
from portal.web.live import LiveHub
from portal.web.logins import Logins, SignedIn
from portal.web.own_login import ScreensLogin
from portal.web.pages import Pages
from portal.web.persons_client import PersonsClient
from portal.web.pictures import Pictures
from portal.web.socket import SocketGuard, SocketLimits, no_such_socket
from portal.web.uploads import Uploads
from views.app import start as start_views

logger = structlog.get_logger(__name__)

BROKER_TIMEOUT_SECONDS = 10.0
PLAN_API_TIMEOUT_SECONDS = 10.0


def create_app(
    settings: PortalSettings,
    *,
    start_app: StartApp | None = None,
    socket_limits: SocketLimits | None = None,
    files: PublicFiles | None = None,
    improve_files: bool = False,
) -> ASGIApp:
    """The portal.

    `start_app` draws the app on a Flet page for somebody who is signed in; without it, the
    product's views do. `socket_limits` are those of the websocket. `files` is the table of public
    files, for who has worked it out already. `improve_files` has them compressed as well as can
    be, while it serves.
    """
    if forgotten := forget_flet_variables():
        logger.warning("flet_variables_ignored", names=forgotten)
    remember_event_types()
    return _Portal(
        settings, start_app, socket_limits, files or PublicFiles(), improve_files=improve_files
    ).application()


class _Portal:
    """All parts of one portal process."""

    def __init__(
        self,
        settings: PortalSettings,
        start_app: StartApp | None,
        socket_limits: SocketLimits | None,
        files: PublicFiles,
        *,
        improve_files: bool,
    ) -> None:
        self._settings = settings
        self._improve_files = improve_files
        self._pool: Pool = open_pool(settings.session_database_url.get_secret_value())
        self._broker_http = httpx.AsyncClient(timeout=BROKER_TIMEOUT_SECONDS)
        self._plan_http = httpx.AsyncClient(
            base_url=settings.plan_api_url, timeout=PLAN_API_TIMEOUT_SECONDS
        )
        self._tokens = ActorTokens(
            issuer=settings.public_url, secret_key=settings.secret_key.get_secret_value()
        )
        self._portal_client = PlanClient(self._plan_http, self._tokens.for_service)
        self._login = LoginService(
            public_url=settings.public_url,
            citizen=settings.citizen_login,
            employee=settings.employee_login,
            http=self._broker_http,
            pool=self._pool,
            link_person=partial(link_person, self._portal_client),
            limits=LoginLimits(per_address=settings.logins_per_minute),
        )
        self._logins = Logins(self._login.sessions)
        self._live = LiveHub(self._plan_http, self._tokens.for_service)
        self._files = files
        self._handover = Handover()
        self._languages = Languages(secure=settings.secure, keep=self._keep_language)
        self._pages = Pages(
            files=self._files,
            policies=ContentPolicies(settings.public_url, _broker_origins(settings)),
            logins=self._logins,
            cookies=self._login.cookies,
            first_look=FirstLook(self._client_of, self._handover, self._live.subscribe),
            languages=self._languages,
        )
        self._downloads = Downloads(
            logins=self._logins,
            cookies=self._login.cookies,
            client_of=self._apps_client,
            failure_page=self._pages.no_file,
        )
        self._pictures = Pictures(
            logins=self._logins, cookies=self._login.cookies, client_of=self._apps_client
        )
        self._uploads = Uploads(
            origin=settings.origin,
            logins=self._logins,
            cookies=self._login.cookies,
            client_of=self._apps_client,
        )
        self._calendar_files = CalendarFiles(
            logins=self._logins,
            cookies=self._login.cookies,
            client_of=self._apps_client,
            portal_client=self._portal_client,
            limit=RateLimit(self._pool),
        )
        self._guard = SocketGuard(
            origin=settings.origin,
            cookie_name=self._login.cookies.session.name,
            logins=self._logins,
            start=start_app or self._start_views,
            show_failure=show_failure,
            limits=socket_limits,
        )

    def application(self) -> ASGIApp:
        """Routes within middleware."""
        app: ASGIApp = Starlette(
            routes=self._routes(),
            lifespan=self._lifespan,
            exception_handlers={
                HTTPException: self._pages.not_found,
                Exception: self._on_failure,
            },
        )
        # Around Starlette, whose page for an unexpected error passes no middleware of its own.
        app = OnlyOurHost(app, host=self._settings.host)
        app = SecurityHeaders(app, secure=self._settings.secure)
        if self._settings.proxies:
            # uvicorn describes scopes more narrowly than Starlette does.
            app = ProxyHeadersMiddleware(app, self._settings.proxies)  # type: ignore[arg-type,assignment]
        return CorrelationIdMiddleware(app)

    def _routes(self) -> list[BaseRoute]:
        return [
            WebSocketRoute("/ws", self._guard),
            WebSocketRoute("/{rest:path}", no_such_socket),
            *auth_routes(
                self._login,
                failure_page=self._pages.login_failed,
                language=language_of,
                extra_jwks=[self._tokens.public_jwk],
            ),
            *self._languages.routes(),
            *self._calendar_files.routes(),
            *self._pages.routes(),
            *self._files.routes(),
            *self._uploads.routes(),
            *self._downloads.routes(),
            *self._pictures.routes(),
            *health_routes(
                needed={"sessions": self._probe_sessions},
                helpful={"plan_api": self._probe_plan_api},
                gauges={
                    "enplan_open_sockets": (
                        "Websockets that are open.",
                        lambda: self._guard.open_sockets,
                    ),
                    "enplan_signed_in": (
                        "Login sessions that this process serves.",
                        lambda: len(self._logins),
                    ),
                },
            ),
        ]

    def _start_views(self, page: ft.Page, signed_in: SignedIn) -> None:
        """Draw the product for whoever is signed in, with a plan client in their name."""
        client = self._apps_client(signed_in)
        viewer = viewer_of(signed_in, signed_in.language)
        login = ScreensLogin(signed_in, self._logins, self._login.sessions)
        start_views(page, client=client, viewer=viewer, live=self._live, login=login)

    def _apps_client(self, signed_in: SignedIn) -> PlanClient:
        """A client that need not ask again for what the person's page has just read."""
        return self._client_of(signed_in, self._handover.taker(signed_in.login.key))

    def _client_of(self, signed_in: SignedIn, shelf: Shelf) -> PlanClient:
        def token() -> str:
            if signed_in.is_over:
                raise SignedOut("the login has ended")
            return self._tokens.for_login(signed_in.login)

        def last_words_token() -> str:
            if not signed_in.may_save_last_words:
                raise SignedOut("the login ended a while ago")
            return self._tokens.for_login(signed_in.login)

        async def tell_logins(code: str) -> None:
            await self._logins.choose_language(signed_in, code)

        return PersonsClient(
            self._plan_http,
            token,
            shelf,
            last_words_token=last_words_token,
            tell_logins=tell_logins,
        )

    async def _keep_language(self, request: Request, code: str) -> bool:
        """Somebody chose a language on a plain page: it is the person's where one is signed in."""
        signed_in = await self._logins.find(self._login.cookies.session.read(request))
        if signed_in is None:
            return False
        await self._logins.choose_language(signed_in, code)
        client = self._apps_client(signed_in)
        try:
            await client.keep_language(ChooseLanguage(language=code))
        except PlanError as error:
            logger.warning("language_not_kept", error=type(error).__name__)
        return True

    async def _on_failure(self, request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4)
        logger.error("request_failed", reference=reference, exc_info=error)
        return self._pages.our_failure(request, reference)

    async def _probe_sessions(self) -> None:
        async with self._pool.connection() as connection:
            await connection.execute("SELECT 1")

    async def _probe_plan_api(self) -> None:
        (await self._plan_http.get("/healthz")).raise_for_status()

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._broker_http)
            await stack.enter_async_context(self._plan_http)
            await stack.enter_async_context(self._pool)
            await app_manager.start()
            stack.push_async_callback(app_manager.shutdown)
            followers = [
                self._logins.follow_endings(),
                self._live.run(),
                sweep_after_closing(self._guard),
            ]
            if self._improve_files:
                followers.append(self._files.improve_compression())
            for follower in followers:
                stack.push_async_callback(_cancel, asyncio.create_task(follower))
            yield


async def link_person(client: PlanClient, identity: VerifiedIdentity, role: Role) -> LinkedPerson:
    """Ask the plan API who has logged in; raises `LoginFailed` when it is nobody known here."""
    employee = identity.employee
    if role is Role.CONTACT_PERSON and employee is None:
        raise LoginFailed(LoginFailureReason.NOT_EMPLOYEE)
    command = LinkIdentity(
        issuer=identity.issuer,
        subject=identity.key,
        role=ContractRole(role),
        cpr=identity.cpr,
        professional_id=employee.professional_id if employee else None,
        cvr=employee.cvr if employee else None,
    )
    try:
        person = await client.link_identity(command, str(uuid4()))
    except PlanNotFound as error:
        raise LoginFailed(_unknown(identity, role), "plan_api_knows_nobody") from error
    except PlanInvalid as error:
        if any(problem.path == "cvr" for problem in error.errors):
            raise LoginFailed(LoginFailureReason.NOT_OUR_EMPLOYER, "cvr_not_served") from error
        raise LoginFailed(LoginFailureReason.INVALID_RESPONSE, "plan_api_refused_it") from error
    except PlanError as error:
        raise LoginFailed(LoginFailureReason.PORTAL_UNAVAILABLE, type(error).__name__) from error
    return LinkedPerson(person_id=person.person_id, name=person.name, language=person.language)


def _unknown(identity: VerifiedIdentity, role: Role) -> LoginFailureReason:
    if role is Role.CONTACT_PERSON:
        return LoginFailureReason.NOT_EMPLOYEE
    # Without a CPR number there was nothing to find somebody by.
    return LoginFailureReason.NO_CPR if identity.cpr is None else LoginFailureReason.NOT_KNOWN_HERE


def _broker_origins(settings: PortalSettings) -> list[str]:
    issuers = [settings.citizen_login.issuer, settings.employee_login.issuer]
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, issuers)]


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
