"""The portal's own client against the real plan API over HTTP: one database, one process for all.

Each story makes people of its own.
"""

import asyncio
from functools import partial
from itertools import count

import httpx
import pytest

from planapi.app import create_app
from planapi.settings import PlanApiSettings
from portal.plan_client import PlanClient
from sandbox.postgres import APP, with_user
from tests.planapi.conftest import ISSUER, JWKS_URL, SECRET_KEY, World
from tests.support.served import ServedApi

_numbers = count(1)


@pytest.fixture(scope="package")
def owner_url(postgres, migrated_template):
    with postgres.lend(migrated_template) as url:
        yield url


@pytest.fixture(scope="package")
def world(owner_url):
    world = World(owner_url)
    yield world
    world.close()


@pytest.fixture(scope="package")
def url(owner_url, signer, free_port):
    """The address of the plan API."""
    settings = PlanApiSettings(
        database_url=with_user(owner_url, APP),
        actor_jwks_url=JWKS_URL,
        actor_issuer=ISSUER,
        secret_key=SECRET_KEY,
        database_pool_size=4,
    )
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=signer.jwks))
    app = create_app(settings, http=httpx.AsyncClient(transport=portal))
    served = ServedApi(app, free_port())
    asyncio.run(served.start())
    yield served.url
    asyncio.run(served.stop())


@pytest.fixture
async def http(url):
    async with httpx.AsyncClient(base_url=url) as http:
        yield http


@pytest.fixture
def client_of(http, signer):
    """Return a function that makes somebody's client."""
    return lambda person, role: PlanClient(http, partial(signer.for_person, person, role))


@pytest.fixture
def portal_itself(http, signer) -> PlanClient:
    return PlanClient(http, signer.for_portal)


@pytest.fixture
def cpr():
    """Return a function that makes up a number that nobody else has."""
    return lambda: f"{next(_numbers):010}"


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def citizen(client_of, anna, plan):
    return client_of(anna, "citizen")


@pytest.fixture
def mette(world, anna, plan):
    """Anna's contact person."""
    return world.a_contact_person(anna)


@pytest.fixture
def worker(client_of, mette):
    return client_of(mette, "contact_person")
