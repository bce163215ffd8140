"""What the login tests are made of: two people, servers on real HTTP, a browser by hand."""

import re
import socket
import ssl
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
from joserfc.jwk import ECKey
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.failures import LoginFailed
from auth.identity import LinkedPerson, Role, VerifiedIdentity
from auth.service import LoginService
from sandbox.broker.identities import IdentityKind, Professional, SimulatedIdentity
from sandbox.broker.outcomes import Outcome

ACTOR_KEY = ECKey.generate_key("P-256", {"kid": "actor"})
CLIENT_ID = "urn:my portal"  # not what a URL would leave as it is: both ends must encode
CLIENT_SECRET = "hemmelig: 100 % a+b/c="  # printable ASCII, RFC 6749 appendix A

ANNA = SimulatedIdentity(
    slug="anna",
    name="Anna Bæk Sørensen",
    kind=IdentityKind.CITIZEN,
    cpr="7105841234",
    uuid=UUID("0b5a3c1e-3e0f-4a53-9d3f-0a63a90a1001"),
    birth_date=date(1984, 5, 11),
)
LARS = SimulatedIdentity(
    slug="lars",
    name="Lars Holm",
    kind=IdentityKind.CONTACT_PERSON,
    cpr="6203791111",
    uuid=UUID("0b5a3c1e-3e0f-4a53-9d3f-0a63a90a1002"),
    birth_date=date(1979, 3, 2),
    professional=Professional(
        professional_id="f0f6bd0c-0f3a-4d0a-8a55-0a63a90a2002",
        cvr="12345678",
        organisation="Solkøbing Kommune",
    ),
)


@dataclass
class Linked:
    """Remembers whom the portal was asked to link, and refuses when told to."""

    identities: list[tuple[VerifiedIdentity, Role]] = field(default_factory=list)
    person_id: UUID = field(default_factory=uuid4)
    fails_with: Exception | None = None

    async def __call__(self, identity: VerifiedIdentity, role: Role) -> LinkedPerson:
        self.identities.append((identity, role))
        if self.fails_with is not None:
            raise self.fails_with
        return LinkedPerson(self.person_id, identity.name or "", "da")


def listening() -> tuple[socket.socket, int]:
    listener = socket.create_server(("127.0.0.1", 0))
    return listener, listener.getsockname()[1]


@dataclass(frozen=True)
class Broker:
    issuer: str
    url: str
    http: httpx.AsyncClient

    async def next(self, outcome: Outcome) -> None:
        answer = await self.http.post(f"{self.url}/sim/next", json={"outcome": outcome})
        assert answer.status_code == 204

    async def move_clock(self, seconds: float) -> None:
        answer = await self.http.post(f"{self.url}/sim/clock", json={"offset": seconds})
        assert answer.status_code == 200


@dataclass(frozen=True)
class Portal:
    url: str
    service: LoginService
    linked: Linked


class Browser:
    """A browser that follows nothing by itself, so that a test sees each step."""

    def __init__(self, portal: Portal, http: httpx.AsyncClient) -> None:
        self.portal = portal
        self.http = http

    async def start(self, **query: str) -> httpx.Response:
        return await self.http.get(f"{self.portal.url}/auth/login", params=query)

    async def choose(self, start: httpx.Response, slug: str) -> str:
        """From the portal's redirect to the broker, to the address the broker sends back to."""
        assert start.status_code == 303, start.text
        to_page = await self.http.get(start.headers["location"])
        page_url = str(httpx.URL(start.headers["location"]).join(to_page.headers["location"]))
        page = await self.http.get(page_url)
        request = re.search(r'name="request" value="([^"]+)"', page.text)
        assert request, page.text
        pressed = {"abort": "1"} if slug == "abort" else {"identity": slug}
        back = await self.http.post(
            httpx.URL(page_url).join("/op/login"), data={"request": request[1], **pressed}
        )
        assert back.status_code == 302, back.text
        return back.headers["location"]

    async def log_in(self, slug: str = "anna", **query: str) -> httpx.Response:
        callback = await self.choose(await self.start(**query), slug)
        return await self.http.get(callback)

    async def session(self) -> httpx.Response:
        return await self.http.get(f"{self.portal.url}/auth/session")

    async def log_out(self, **headers: str) -> httpx.Response:
        headers = headers or {"Origin": self.portal.url}
        return await self.http.post(f"{self.portal.url}/auth/logout", headers=headers)


def parameters(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def failure_page(_request: Request, failure: LoginFailed) -> Response:
    words = {
        "reason": failure.reason,
        "detail": failure.detail,
        "reference": failure.reference,
        "next": failure.next_path,
    }
    return JSONResponse(words, status_code=failure.status)


# Everything is on plain http here; loading the machine's certificates takes longer than a login.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def new_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(verify=_NO_CERTIFICATES)
