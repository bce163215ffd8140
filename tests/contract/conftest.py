"""A plan API to prove, over real HTTP: the one that `ENPLAN_CONTRACT_URL` names, else our own."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from psycopg.types.json import Jsonb

from planapi.app import create_app
from planapi.migrations import upgrade
from planapi.settings import PlanApiSettings
from sandbox import sample
from sandbox.postgres import APP, with_user
from sandbox.sample.ids import person_id
from tests.contract.settings import ContractSettings
from tests.support.served import ServedApi

SECRET_KEY = "a secret of the plan API that contract tests know"
CLIENT = "contract-tests"


@dataclass(frozen=True)
class Target:
    """Where it is, and as whom to call it."""

    url: str
    issuer: str
    key: ECKey
    citizen: UUID
    contact_person: UUID
    client_id: str
    client_key: ECKey

    def token(self, person: UUID, role: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "enplan-plan-api",
            "sub": str(person),
            "role": role,
            "loa": "substantial",
            "auth_time": now - 60,
            "sid": "contract-tests",
            "iat": now,
            "exp": now + 60,
            "jti": uuid4().hex,
        }
        header = {"alg": "ES256", "kid": self.key.kid, "typ": "JWT"}
        return jwt.encode(header, claims, self.key, algorithms=["ES256"])

    async def client_token(self) -> str:
        """The access token of the sector system, by client credentials (RFC 7523)."""
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": f"{self.url}/oauth/token",
            "exp": now + 60,
            "jti": uuid4().hex,
        }
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode({"alg": "ES256"}, claims, self.client_key),
        }
        async with self.as_nobody() as nobody:
            answer = await nobody.post("/oauth/token", data=form)
        return answer.raise_for_status().json()["access_token"]

    def as_citizen(self) -> httpx.AsyncClient:
        return self._client(self.citizen, "citizen")

    def as_contact_person(self) -> httpx.AsyncClient:
        return self._client(self.contact_person, "contact_person")

    def as_nobody(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=30)

    def _client(self, person: UUID, role: str) -> httpx.AsyncClient:
        async def authorize(request: httpx.Request) -> None:
            request.headers["Authorization"] = f"Bearer {self.token(person, role)}"

        return httpx.AsyncClient(
            base_url=self.url, timeout=30, event_hooks={"request": [authorize]}
        )


@pytest.fixture(scope="session")
def sample_template(postgres) -> str:
    """A database with the sample municipality, to clone."""
    url = postgres.new_database()
    upgrade(url)
    sample.seed(url, datetime.now(UTC).date(), secret_key=SECRET_KEY)
    return url


@pytest.fixture(scope="module")
def target(request) -> Iterator[Target]:
    settings = ContractSettings()
    if settings.url is not None:
        yield _theirs(settings)
        return
    # Ours needs a database; theirs must not start one.
    postgres, template = (request.getfixturevalue(name) for name in ("postgres", "sample_template"))
    port = request.getfixturevalue("free_port")()
    with postgres.clone(template) as url, _ours(url, port) as target:
        yield target


def _theirs(settings: ContractSettings) -> Target:
    for name in ("key", "citizen", "contact_person", "client_id", "client_key"):
        missing = f"ENPLAN_CONTRACT_{name.upper()} is missing: see docs/contract-tests.md"
        assert getattr(settings, name), missing
    return Target(
        settings.url.rstrip("/"),
        settings.issuer,
        ECKey.import_key(json.loads(settings.key.get_secret_value())),
        settings.citizen,
        settings.contact_person,
        settings.client_id,
        ECKey.import_key(json.loads(settings.client_key.get_secret_value())),
    )


@contextmanager
def _ours(owner_url: str, port: int) -> Iterator[Target]:
    """Our plan API with the sample municipality and a sector system, served."""
    client_key = ECKey.generate_key("P-256", {"kid": "contract-client"})
    with psycopg.connect(owner_url) as connection:
        connection.execute(
            "INSERT INTO integration_client (id, municipality_id, administration, name, jwks)"
            " SELECT %s, id, 'employment', 'Fagsystem', %s FROM municipality",
            [CLIENT, Jsonb({"keys": [client_key.as_dict(private=False)]})],
        )
    key = ECKey.generate_key("P-256", {"kid": "contract", "use": "sig"})
    issuer = ContractSettings().issuer
    keys = {"keys": [key.as_dict(private=False)]}
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=keys))
    settings = PlanApiSettings(
        database_url=with_user(owner_url, APP),
        integration_url=f"http://127.0.0.1:{port}",
        actor_jwks_url=f"{issuer}/auth/jwks.json",
        actor_issuer=issuer,
        secret_key=SECRET_KEY,
    )
    served = ServedApi(create_app(settings, http=httpx.AsyncClient(transport=portal)), port)
    asyncio.run(served.start())
    try:
        people = person_id("mette"), person_id("louise")
        yield Target(served.url, issuer, key, *people, CLIENT, client_key)
    finally:
        asyncio.run(served.stop())


@pytest.fixture
async def citizen(target) -> AsyncIterator[httpx.AsyncClient]:
    async with target.as_citizen() as client:
        yield client


@pytest.fixture
async def contact_person(target) -> AsyncIterator[httpx.AsyncClient]:
    async with target.as_contact_person() as client:
        yield client


@pytest.fixture
async def nobody(target) -> AsyncIterator[httpx.AsyncClient]:
    async with target.as_nobody() as client:
        yield client


@pytest.fixture
def key():
    """Return a function that makes the headers of a new act."""
    return lambda: {"Idempotency-Key": uuid4().hex}
