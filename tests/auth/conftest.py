"""A simulator and a small portal that only knows login, both on real HTTP in the test's loop."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from auth.config import LoginLimits, OidcConfig
from auth.migrations import upgrade
from auth.routes import auth_routes
from auth.service import LoginService
from auth.store import Pool, open_pool
from sandbox.broker.app import create_broker_app
from sandbox.broker.settings import BrokerSettings, portal_client
from tests.auth.parts import (
    ACTOR_KEY,
    ANNA,
    CLIENT_ID,
    CLIENT_SECRET,
    LARS,
    Broker,
    Browser,
    Linked,
    Portal,
    failure_page,
    listening,
    new_client,
)
from tests.support.serving import served

MakePortal = Callable[..., contextlib.AbstractAsyncContextManager[Portal]]


@pytest.fixture(scope="session")
def session_database(postgres) -> str:
    url = postgres.new_database()
    upgrade(url)
    return url


@pytest.fixture
async def pool(session_database) -> AsyncIterator[Pool]:
    async with open_pool(session_database) as opened:
        async with opened.connection() as connection:
            # Every test logs in from the same address.
            await connection.execute("DELETE FROM login_rate")
        yield opened


@pytest.fixture(scope="session")
def broker_data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("broker")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with new_client() as client:
        yield client


@pytest.fixture
def portal_listener():
    listener, port = listening()
    with listener:
        yield listener, f"http://localhost:{port}"


@contextlib.asynccontextmanager
async def simulator(data, portal_url, http, **settings) -> AsyncIterator[Broker]:
    listener, port = listening()
    client = portal_client(portal_url, CLIENT_SECRET, client_id=CLIENT_ID)
    broker = BrokerSettings("127.0.0.1", port, data, (client,), slow_seconds=0.8, **settings)
    async with served(create_broker_app(broker, [ANNA, LARS]), listener):
        yield Broker(broker.issuer, f"http://localhost:{port}", http)


@pytest.fixture
async def broker(broker_data, portal_listener, http) -> AsyncIterator[Broker]:
    async with simulator(broker_data, portal_listener[1], http) as running:
        yield running


@pytest.fixture
async def remembering_broker(broker_data, portal_listener, http) -> AsyncIterator[Broker]:
    """One with single sign-on: who logged in before in a browser is not asked again."""
    async with simulator(broker_data, portal_listener[1], http, single_sign_on=True) as running:
        yield running


@pytest.fixture
def config(broker) -> OidcConfig:
    return OidcConfig(
        issuer=broker.issuer,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        private_key=None,
        broker="neb",
    )


@pytest.fixture
def make_portal(config, pool, portal_listener) -> MakePortal:
    """Make a portal, its registration or limits changed where the test is about them."""

    @contextlib.asynccontextmanager
    async def make(
        limits: LoginLimits | None = None, public_url: str | None = None, **changes: object
    ) -> AsyncIterator[Portal]:
        listener, url = portal_listener
        linked = Linked()
        async with new_client() as server_http:
            service = LoginService(
                public_url=public_url or url,
                citizen=replace(config, **changes),
                employee=None,
                http=server_http,
                pool=pool,
                link_person=linked,
                limits=limits or LoginLimits(broker_timeout=timedelta(seconds=5)),
            )
            routes = auth_routes(
                service,
                failure_page=failure_page,
                language=lambda _request: "da",
                extra_jwks=[ACTOR_KEY.as_dict(private=False)],
            )
            # A duplicate: a server closes what it listens on, and a test may make another.
            async with served(Starlette(routes=routes), listener.dup()):
                yield Portal(url, service, linked)

    return make


@pytest.fixture
async def portal(make_portal) -> AsyncIterator[Portal]:
    async with make_portal() as made:
        yield made


@pytest.fixture
async def browser(portal) -> AsyncIterator[Browser]:
    async with new_client() as client:
        yield Browser(portal, client)


@pytest.fixture
async def another_browser(portal) -> AsyncIterator[Browser]:
    async with new_client() as client:
        yield Browser(portal, client)
