"""A portal that listens on a real port with a trivial Flet app, and people logged in to it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import flet as ft
import httpx
import pytest
from playwright.async_api import Browser, async_playwright
from starlette.routing import Router

from auth.config import LoginLimits
from auth.identity import LinkedPerson, Loa, Role, VerifiedIdentity
from auth.migrations import upgrade
from auth.relying_party import VerifiedLogin
from auth.sessions import LoginSession, LoginSessions
from auth.store import Pool, open_pool
from portal.asgi import create_app
from portal.settings import PortalSettings
from portal.web.compression import Compressed
from portal.web.files import PublicFiles
from portal.web.logins import SignedIn
from portal.web.socket import SocketLimits
from sandbox.postgres import PORTAL
from tests.e2e.browser import launch
from tests.support.serving import listen, served
from views import theme

SECRET_KEY = "a secret key that only the tests know and nobody else"


class Watched(ft.Text):
    """Text that tells its app when it is taken down."""

    def will_unmount(self) -> None:
        self.data.taken_down += 1


@dataclass
class TrivialApp:
    """Instead of the product's views: a greeting, and buttons: one works, fails, goes on and on."""

    started: list[SignedIn] = field(default_factory=list)
    presses: int = 0
    departures: int = 0
    taken_down: int = 0

    def start(self, page: ft.Page, signed_in: SignedIn) -> None:
        self.started.append(signed_in)
        if signed_in.login.name == "Findes Ikke":
            raise RuntimeError("a secret from the start")
        if signed_in.login.name == "Tegnet Af Dele":
            page.render_views(Parts, self)
            return
        theme.dress(page, theme.Appearance.LIGHT)
        page.title = "Prøve"
        page.on_disconnect = self.leave
        content = ft.Column(
            [
                ft.Semantics(
                    content=ft.Text(f"Hej {signed_in.login.name}", size=28),
                    header=True,
                    heading_level=1,
                ),
                ft.Button("Tryk her", key="works", on_click=self.press),
                ft.Button("Gå i stykker", key="fails", on_click=self.fail),
                ft.Button("Bliv ved", key="goes on", on_click=self.go_on),
                ft.Button("Skriv noget sjældent", key="rare", on_click=self.write_rarely),
                Watched("Her", data=self),
                ft.Text(
                    "Blåbærgrød · العربية · Українська · 🌱 😊",
                    font_family_fallback=theme.FONTS_BEHIND,
                ),
            ]
        )
        page.add(ft.Semantics(container=True, identifier="page", content=content))

    async def press(self, event: ft.Event[ft.Button]) -> None:
        self.presses += 1
        content = event.control.parent
        said = ft.Text(f"Du trykkede {self.presses} gange")
        content.controls.append(ft.Semantics(container=True, content=said))
        content.update()

    async def write_rarely(self, event: ft.Event[ft.Button]) -> None:
        content = event.control.parent
        content.controls.append(ft.Text("🔥", font_family_fallback=theme.FONTS_BEHIND))
        content.update()

    async def go_on(self, event: ft.Event[ft.Button]) -> None:
        for _ in range(40):
            event.page.add(ft.Text("Mere " * 1000))
            await asyncio.sleep(0.02)

    def leave(self) -> None:
        self.departures += 1

    async def fail(self, _event: ft.Event[ft.Button]) -> None:
        raise RuntimeError("a secret from a handler")


@ft.component
def Parts(app: TrivialApp) -> list[ft.View]:  # noqa: N802
    """Draw it as the product's views do."""
    return [ft.View(controls=[ft.Button("Gå i stykker", key="fails", on_click=app.fail)])]


@dataclass
class Login:
    """Somebody who is logged in."""

    cookie: str
    session: LoginSession


@dataclass
class RunningPortal:
    """A portal on a port of this machine."""

    url: str
    app: TrivialApp
    sessions: LoginSessions
    cookie_name: str = "enplan"

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws"

    def cookie_header(self, login: Login) -> str:
        return f"{self.cookie_name}={login.cookie}"

    def browser(self, login: Login | None = None) -> httpx.AsyncClient:
        cookies = {self.cookie_name: login.cookie} if login else {}
        return httpx.AsyncClient(base_url=self.url, cookies=cookies)

    async def log_in(
        self,
        name: str = "Anna Holm",
        role: Role = Role.CITIZEN,
        *,
        language: str | None = None,
        person_id: UUID | None = None,
    ) -> Login:
        identity = VerifiedIdentity(
            issuer="https://broker.test",
            subject=str(uuid4()),
            uuid=None,
            name=name,
            cpr=None,
            birth_date=None,
            loa=Loa.SUBSTANTIAL,
            auth_time=datetime.now(UTC),
            employee=None,
            broker_sid=None,
            session_expiry=None,
        )
        person = LinkedPerson(person_id=person_id or uuid4(), name=name, language=language)
        verified = VerifiedLogin(identity=identity, id_token="an.id.token")
        return Login(*await self.sessions.create(verified, person, role, replaces=None))


@pytest.fixture(scope="session")
def session_database_template(postgres) -> str:
    url = postgres.new_database(PORTAL)
    upgrade(url)
    return url


@pytest.fixture
def session_database(postgres, session_database_template) -> Iterator[str]:
    with postgres.lend(session_database_template) as url:
        yield url


@pytest.fixture
def settings(session_database, free_port) -> PortalSettings:
    port = free_port(2)
    return PortalSettings(
        public_url=f"http://localhost:{port}",
        secret_key=SECRET_KEY,
        session_database_url=session_database,
        plan_api_url=f"http://localhost:{port + 1}",  # nobody listens but `plan_api`
        oidc_issuer="http://localhost:9/op",  # nobody listens on "discard"
        oidc_client_id="enplan",
        oidc_client_secret="a client secret",
    )


@pytest.fixture
async def plan_api(settings) -> AsyncIterator[Router]:
    """A plan API where the portal looks for it; it answers what a test adds with `add_route`."""
    router = Router()
    async with served(router, listen(port_of(settings.plan_api_url))):
        yield router


@pytest.fixture
def login_limits() -> LoginLimits:
    return LoginLimits()


@pytest.fixture
async def session_pool(session_database) -> AsyncIterator[Pool]:
    async with open_pool(session_database, max_size=2) as pool:
        yield pool


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


@pytest.fixture(scope="session")
def table_of_files() -> PublicFiles:
    """The table of public files, which takes a portal longest to work out."""
    return PublicFiles()


@pytest.fixture
def public_files(table_of_files) -> PublicFiles:
    """The same with a compression of its own, for it belongs to one event loop."""
    files = copy(table_of_files)
    files.compressed = Compressed(table_of_files.compressed.folder)
    return files


@pytest.fixture
async def portal(
    settings, session_pool, login_limits, public_files
) -> AsyncIterator[RunningPortal]:
    app = TrivialApp()
    limits = SocketLimits(first_message=1.0, wind_down=1.0)
    asgi = create_app(settings, start_app=app.start, socket_limits=limits, files=public_files)
    async with served(asgi, listen(port_of(settings.public_url))):
        sessions = LoginSessions(session_pool, login_limits)
        yield RunningPortal(settings.public_url, app, sessions)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()
