"""The plan API in process on a real database, people who call it, and builders of what it holds."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey
from psycopg.rows import dict_row
from starlette.routing import BaseRoute

from planapi.app import create_app
from planapi.calendar import danish_date
from planapi.clock import utc_now
from planapi.consent_texts import digest
from planapi.migrations import upgrade
from planapi.people import cpr_hash
from planapi.settings import PlanApiSettings
from sandbox.postgres import APP, with_user

ISSUER = "http://localhost:8550"
JWKS_URL = f"{ISSUER}/auth/jwks.json"
SECRET_KEY = "a secret of the plan API that only tests know"


# -- the database


@pytest.fixture(scope="session")
def migrated_template(postgres) -> str:
    """A migrated empty database to clone."""
    url = postgres.new_database()
    upgrade(url)
    return url


@pytest.fixture
def owner_url(postgres, migrated_template) -> Iterator[str]:
    """A database of the test's own, for the role that may do everything."""
    with postgres.lend(migrated_template) as url:
        yield url


@pytest.fixture
def database_url(owner_url) -> str:
    """The same database for the role of the plan API."""
    return with_user(owner_url, APP)


# -- the portal's signature


@dataclass
class TokenSigner:
    """Signs actor tokens as the portal does. Arguments replace claims; None drops one."""

    key: ECKey = field(
        default_factory=lambda: ECKey.generate_key("P-256", {"kid": "portal-1", "use": "sig"})
    )
    issuer: str = ISSUER

    @property
    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def for_person(self, person_id: UUID, role: str, **claims: Any) -> str:
        now = int(time.time())
        defaults = {
            "sub": str(person_id),
            "role": role,
            "loa": "substantial",
            "auth_time": now - 60,
            "sid": "session-1",
        }
        return self.sign(**{**defaults, **claims})

    def for_portal(self, **claims: Any) -> str:
        return self.sign(**{"sub": "portal", "role": "portal", **claims})

    def sign(self, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        now = int(time.time())
        defaults = {
            "iss": self.issuer,
            "aud": "enplan-plan-api",
            "iat": now,
            "exp": now + 60,
            "jti": uuid4().hex,
        }
        kept = {name: value for name, value in (defaults | claims).items() if value is not None}
        protected = {"alg": "ES256", "kid": self.key.kid, "typ": "JWT", **(header or {})}
        sent = {name: value for name, value in protected.items() if value is not None}
        return jwt.encode(sent, kept, self.key, algorithms=["ES256"])


@pytest.fixture(scope="session")
def signer() -> TokenSigner:
    return TokenSigner()


# -- the plan API


@dataclass
class Api:
    """The running plan API; clients for whoever calls it."""

    app: FastAPI
    signer: TokenSigner
    _clients: AsyncExitStack

    async def client(
        self,
        token: Callable[[], str] | None = None,
        headers: Mapping[str, Callable[[], str]] | None = None,
    ) -> httpx.AsyncClient:
        """A client that signs each call, or an anonymous one; ``headers`` where a call has none."""

        async def authorize(request: httpx.Request) -> None:
            if token is not None and "Authorization" not in request.headers:
                request.headers["Authorization"] = f"Bearer {token()}"
            for name, value in (headers or {}).items():
                request.headers.setdefault(name, value())

        return await self._clients.enter_async_context(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app),
                base_url="http://plan-api",
                event_hooks={"request": [authorize]},
            )
        )

    async def as_citizen(self, person_id: UUID, **claims: Any) -> httpx.AsyncClient:
        return await self.client(partial(self.signer.for_person, person_id, "citizen", **claims))

    async def as_contact_person(self, person_id: UUID, **claims: Any) -> httpx.AsyncClient:
        return await self.client(
            partial(self.signer.for_person, person_id, "contact_person", **claims)
        )

    async def as_portal(self) -> httpx.AsyncClient:
        """The portal itself, with a key of its own for each request."""
        return await self.client(self.signer.for_portal, {"Idempotency-Key": lambda: uuid4().hex})


@pytest.fixture
def settings(database_url) -> PlanApiSettings:
    return PlanApiSettings(
        database_url=database_url,
        actor_jwks_url=JWKS_URL,
        actor_issuer=ISSUER,
        secret_key=SECRET_KEY,
        database_pool_size=4,
    )


@pytest.fixture(scope="session")
def routes() -> list[BaseRoute]:
    """The routes of an application that is never called.

    FastAPI works them out at an application's first call, 200 ms long: once will do.
    """
    settings = PlanApiSettings(
        database_url="postgresql://nobody@/nowhere",
        actor_jwks_url=JWKS_URL,
        actor_issuer=ISSUER,
        secret_key=SECRET_KEY,
    )
    return create_app(settings, http=httpx.AsyncClient(verify=False)).router.routes  # noqa: S501 - calls nobody


@asynccontextmanager
async def running_api(
    settings: PlanApiSettings, signer: TokenSigner, routes: list[BaseRoute]
) -> AsyncIterator[Api]:
    """The plan API with a portal that publishes the signer's keys."""
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=signer.jwks))
    async with AsyncExitStack() as running:
        http = await running.enter_async_context(httpx.AsyncClient(transport=portal))
        app = create_app(settings, clock=utc_now, http=http)
        app.router.routes = routes
        await running.enter_async_context(app.router.lifespan_context(app))
        yield Api(app, signer, await running.enter_async_context(AsyncExitStack()))


@pytest.fixture
async def api(settings, signer, routes) -> AsyncIterator[Api]:
    async with running_api(settings, signer, routes) as running:
        yield running


# -- builders: what the test is about is an argument, the rest is made up


class World:
    """Writes rows as the owner of the database. Returns ids."""

    def __init__(self, owner_url: str) -> None:
        self._connection = psycopg.connect(owner_url, autocommit=True, row_factory=dict_row)
        self.municipality = self.insert("municipality", name="Demokommune", cvr="12345678")
        self.today: date = danish_date(datetime.now(UTC))

    def close(self) -> None:
        self._connection.close()

    def insert(self, table: str, **values: Any) -> UUID:
        """Insert a row; the municipality is the world's unless given. Returns its ``id``."""
        if table != "municipality":
            values = {"municipality_id": self.municipality, **values}
        columns = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(f"%({name})s" for name in values)
        row = self._connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING *",  # noqa: S608
            values,
        ).fetchone()
        return row.get("id")

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        return self._connection.execute(query, parameters).fetchall()

    def execute(self, query: str, **parameters: Any) -> None:
        self._connection.execute(query, parameters)

    async def execute_meanwhile(self, query: str, **parameters: Any) -> None:
        """While the plan API goes on: it may be sealing the very rows, and would wait for us."""
        await asyncio.to_thread(self.execute, query, **parameters)

    def a_municipality(self, **values: Any) -> UUID:
        number = self.rows("SELECT count(*) AS n FROM municipality")[0]["n"]
        return self.insert(
            "municipality", **{"name": "Nabokommune", "cvr": f"{number:08}", **values}
        )

    def a_person(self, *, cpr: str | None = None, **values: Any) -> UUID:
        if cpr is not None:
            values["cpr_hash"] = cpr_hash(SECRET_KEY, cpr)
        return self.insert(
            "person", **{"name": "Anna Holm", "birth_date": date(1985, 4, 3), **values}
        )

    def a_picture(self, person_id: UUID, content: bytes = b"RIFF\x0c\0\0\0WEBPVP8 ") -> bytes:
        self.insert("person_picture", person_id=person_id, media_type="image/webp", content=content)
        return content

    def a_plan(self, citizen_id: UUID | None = None, **values: Any) -> UUID:
        return self.insert("plan", citizen_id=citizen_id or self.a_person(), **values)

    def a_contact_person(
        self,
        *citizens: UUID,
        administration: str = "employment",
        name: str = "Mette Krog",
        **values: Any,
    ) -> UUID:
        """A professional who is the contact person of ``citizens``."""
        person_id = self.a_person(name=name)
        self.insert(
            "professional",
            **{
                "person_id": person_id,
                "professional_id": f"p-{person_id}",
                "administration": administration,
                "unit": "Beskæftigelse",
                "title": "Sagsbehandler",
                "phone": "+4587654321",
                **values,
            },
        )
        for citizen_id in citizens:
            self.an_assignment(citizen_id, person_id)
        return person_id

    def an_assignment(self, citizen_id: UUID, professional_id: UUID, **values: Any) -> UUID:
        return self.insert(
            "contact_assignment",
            **{
                "citizen_id": citizen_id,
                "professional_id": professional_id,
                "starts_on": self.today - timedelta(days=30),
                **values,
            },
        )

    def an_absence(self, professional_id: UUID, deputy_id: UUID, **values: Any) -> UUID:
        return self.insert(
            "absence",
            **{
                "professional_id": professional_id,
                "deputy_id": deputy_id,
                "starts_on": self.today - timedelta(days=1),
                "ends_on": self.today + timedelta(days=7),
                **values,
            },
        )

    def a_household(self, *members: UUID, name: str = "Familien Holm") -> UUID:
        household_id = self.insert("household", name=name)
        for member in members:
            self.insert(
                "household_member",
                household_id=household_id,
                person_id=member,
                relation="other",
                joined_on=self.today - timedelta(days=90),
            )
        return household_id

    def a_goal(self, *, created_by: UUID, **values: Any) -> UUID:
        """A goal of a plan (``plan_id``) or of a household (``household_id``)."""
        owner = "household" if "household_id" in values else "citizen"
        return self.insert(
            "goal",
            **{
                "owner": owner,
                "title": "Gå en tur hver dag",
                "state": "active",
                "created_by": created_by,
                **values,
            },
        )

    def a_step(self, goal_id: UUID, **values: Any) -> UUID:
        return self.insert("step", **{"goal_id": goal_id, "title": "Find skoene frem", **values})

    def a_thread(self, plan_id: UUID, **values: Any) -> UUID:
        return self.insert(
            "thread",
            **{
                "plan_id": plan_id,
                "subject": "Praktik",
                "waits_for": "nobody",
                "last_message_at": datetime.now(UTC),
                **values,
            },
        )

    def a_message(self, thread_id: UUID, author_id: UUID, **values: Any) -> UUID:
        return self.insert(
            "message",
            **{
                "thread_id": thread_id,
                "author_id": author_id,
                "author_role": "citizen",
                "body": "Hej",
                **values,
            },
        )

    def an_intervention(
        self, plan_id: UUID, administration: str = "employment", **values: Any
    ) -> UUID:
        return self.insert(
            "intervention",
            **{
                "plan_id": plan_id,
                "administration": administration,
                "unit": "Beskæftigelse",
                "responsible": "Mette Krog",
                "title": "Virksomhedspraktik",
                "what": "Praktik i en butik",
                "why": "Du vil prøve et job",
                "rule": "LAB § 57",
                "starts_on": self.today - timedelta(days=10),
                "theme": "work",
                "state": "active",
                **values,
            },
        )

    def an_appointment(
        self, plan_id: UUID, starts_at: datetime, administration: str = "employment", **values: Any
    ) -> UUID:
        """A meeting, of an hour unless told otherwise."""
        return self.insert(
            "appointment",
            **{
                "plan_id": plan_id,
                "administration": administration,
                "title": "Samtale",
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=1),
                **values,
            },
        )

    def a_consent_text(self, kind: str = "collection", **values: Any) -> dict[str, Any]:
        """A text; returns the whole row."""
        text = {
            "id": kind,
            "version": 1,
            "language": "da",
            "kind": kind,
            "title": "Må vi hente oplysninger?",
            "purpose": "At du kun skal fortælle det én gang",
            "body": "Vi henter de oplysninger, du vælger.",
            "consequence": "Siger du nej, spørger vi dig selv.",
            "legal_ground": "retssikkerhedsloven § 11 a",
            "valid_from": self.today - timedelta(days=30),
            **values,
        }
        text.setdefault("sha256", digest(text["title"], text["body"], text["consequence"]))
        self.insert("consent_text", **text)
        return text

    def a_consent(self, citizen_id: UUID, kind: str = "collection", **values: Any) -> UUID:
        """A consent that works today, to the employment administration unless told otherwise."""
        known = self.rows("SELECT 1 FROM consent_text WHERE id = %(kind)s", kind=kind)
        if not known:
            self.a_consent_text(kind)
        recipient = (
            {} if "recipient_person" in values else {"recipient_administration": "employment"}
        )
        return self.insert(
            "consent",
            **{
                "citizen_id": citizen_id,
                "given_by": citizen_id,
                "kind": kind,
                "categories": ["social"],
                "valid_from": self.today - timedelta(days=10),
                "valid_until": self.today + timedelta(days=100),
                "text_id": kind,
                "text_version": 1,
                "text_language": "da",
                "given_loa": "substantial",
                **recipient,
                **values,
            },
        )

    def a_helper(self, citizen_id: UUID, cpr: str, **values: Any) -> UUID:
        """Somebody with that number who helps with everything, unless told otherwise."""
        return self.insert(
            "helper",
            **{
                "citizen_id": citizen_id,
                "kind": "power_of_attorney",
                "name": "Bo Holm",
                "cpr_hash": cpr_hash(SECRET_KEY, cpr),
                "categories": ["goals", "messages"],
                "valid_from": self.today,
                "valid_until": self.today + timedelta(days=30),
                "added_by": citizen_id,
                **values,
            },
        )

    def a_withdrawal(self, consent_id: UUID, by: UUID) -> None:
        self.insert("consent_withdrawal", consent_id=consent_id, withdrawn_by=by)


@pytest.fixture
def world(owner_url) -> Iterator[World]:
    world = World(owner_url)
    yield world
    world.close()


@pytest.fixture
def key() -> Callable[[], dict[str, str]]:
    """Return a function that makes the headers of a new act."""
    return lambda: {"Idempotency-Key": uuid4().hex}
