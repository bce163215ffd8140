"""The MitID broker simulator as an ASGI application, served by the command line."""

import contextlib
from collections.abc import AsyncIterator, Sequence

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.broker.authorization import BrowserEndpoints
from sandbox.broker.clients import ClientAuthentication
from sandbox.broker.clock import Clock
from sandbox.broker.grants import Memory
from sandbox.broker.identities import SimulatedIdentity
from sandbox.broker.keys import SigningKeys
from sandbox.broker.logout import LogoutNotices
from sandbox.broker.outcomes import Outcome, OutcomeQueue
from sandbox.broker.pages import start_page
from sandbox.broker.settings import BrokerSettings
from sandbox.broker.token_endpoints import ServerEndpoints

_CLIENT_TIMEOUT_SECONDS = 5


def create_broker_app(
    settings: BrokerSettings, identities: Sequence[SimulatedIdentity]
) -> Starlette:
    """Build the simulator. Raises `OSError` when its data directory cannot be used."""
    clock, outcomes = Clock(), OutcomeQueue()
    memory = Memory(clock)
    keys = SigningKeys(settings.data_dir)
    http = httpx.AsyncClient(timeout=_CLIENT_TIMEOUT_SECONDS)
    notices = LogoutNotices(settings, keys, http, clock)
    browser = BrowserEndpoints(settings, identities, memory, outcomes, notices, clock)
    authentication = ClientAuthentication(settings, http, memory.used_assertions, clock)
    server = ServerEndpoints(settings, keys, memory, authentication, clock)
    control = Control(identities, outcomes, keys, clock)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with http:
            yield

    return Starlette(
        routes=[
            Route("/", control.start),
            Route("/op/.well-known/openid-configuration", server.discovery),
            Route("/op/.well-known/openid-configuration/jwks", server.jwks),
            Route("/op/connect/par", server.push, methods=["POST"]),
            Route("/op/connect/authorize", browser.authorize, methods=["GET"]),
            Route("/op/login", browser.show_login, methods=["GET"]),
            Route("/op/login", browser.choose, methods=["POST"]),
            Route("/op/Error", browser.error),
            Route("/op/connect/token", server.token, methods=["POST"]),
            Route("/op/connect/userinfo", server.userinfo, methods=["GET", "POST"]),
            Route("/op/connect/endsession", browser.end_session, methods=["GET"]),
            Route("/op/Account/Logout", browser.logged_out),
            Route("/sim/identities", control.identities),
            Route("/sim/next", control.next, methods=["POST"]),
            Route("/sim/keys", control.rotate_keys, methods=["POST"]),
            Route("/sim/clock", control.clock, methods=["GET"]),
            Route("/sim/clock", control.move_clock, methods=["POST"]),
        ],
        # Only loopback names: a web page elsewhere must not reach it through its own DNS.
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1", "[::1]"])
        ],
        lifespan=lifespan,
    )


class Control:
    """What tests and the demo steer the simulator with."""

    def __init__(
        self,
        identities: Sequence[SimulatedIdentity],
        outcomes: OutcomeQueue,
        keys: SigningKeys,
        clock: Clock,
    ) -> None:
        self._identities = identities
        self._outcomes = outcomes
        self._keys = keys
        self._clock = clock

    async def start(self, _request: Request) -> Response:
        """`GET /`."""
        return start_page()

    async def identities(self, _request: Request) -> Response:
        """`GET /sim/identities`: everybody, also those who are too young for MitID."""
        return JSONResponse(
            [{"slug": one.slug, "name": one.name, "kind": one.kind} for one in self._identities]
        )

    async def next(self, request: Request) -> Response:
        """`POST /sim/next {"outcome": …}`: how the next login ends; 422 names the choices."""
        try:
            outcome = Outcome((await request.json())["outcome"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"outcomes": list(Outcome)}, status_code=422)
        self._outcomes.add(outcome)
        return Response(status_code=204)

    async def rotate_keys(self, _request: Request) -> Response:
        """`POST /sim/keys`: sign with a new key from now on; the old one stays published."""
        self._keys.rotate()
        return Response(status_code=204)

    async def clock(self, _request: Request) -> Response:
        """`GET /sim/clock`: what time it is here, and how far from the real one."""
        return JSONResponse({"now": self._clock.now(), "offset": self._clock.offset})

    async def move_clock(self, request: Request) -> Response:
        """`POST /sim/clock {"offset": seconds}`: be ahead of the real time, or behind it."""
        try:
            self._clock.offset = _seconds((await request.json())["offset"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"offset": "a number of seconds"}, status_code=422)
        return await self.clock(request)


def _seconds(value: object) -> float:
    most = 10 * 365 * 24 * 3600
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise ValueError("not a number of seconds")
    return float(value)
