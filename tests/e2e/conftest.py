"""The whole portal, started the way a person starts it, and real browsers in front of it.

One demo and one browser serve all stories; each person logs in once and keeps the login. A story
uses texts of its own, so that they can run in any order.
"""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    StorageState,
    async_playwright,
    expect,
)

from sandbox.postgres import PORTAL, SESSION_DATABASE, EmbeddedPostgres
from tests.e2e.browser import launch
from tests.e2e.phone import DESK, PATIENCE_MILLISECONDS, PHONE, Phone
from tests.e2e.walk import Walked, walk
from tests.e2e.written import plan_database_of
from tests.support.demo import RunningDemo

OpenPhone = Callable[..., Awaitable[Phone]]
_LEAVE_SECONDS = 20

# Playwright's own five seconds are too few beside another browser on two cores.
expect.set_options(timeout=PATIENCE_MILLISECONDS)

Logins = dict[str, StorageState]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the stories run on one event loop: those of a worker share one running portal.

    A browser on a busy machine gets a second try. The report names each that needed it.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def data_directory() -> Iterator[Path]:
    # Not pytest's own directory: as root, PostgreSQL's user must be able to pass through it.
    folder = Path(tempfile.mkdtemp(prefix="enplan-e2e-"))
    folder.chmod(0o755)
    yield folder / "demo"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def demo(data_directory, free_port) -> Iterator[RunningDemo]:
    with RunningDemo(data_directory, free_port(3)) as running:
        yield running.wait_until_ready()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def walked(browser: Browser, free_port) -> Walked:
    """What one walk through all screens has found, in a town of its own."""
    return await walk(browser, free_port(3))


async def leave(context: BrowserContext) -> None:
    """Close a context. Chromium forgets to answer once in some thousand times: it is left then."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(context.close(), _LEAVE_SECONDS)


@pytest.fixture(scope="session")
def logins() -> Logins:
    """The cookies of those who have logged in so far."""
    return {}


@pytest_asyncio.fixture(loop_scope="session")
async def open_phone(
    browser: Browser, demo: RunningDemo, logins: Logins, plan_database: psycopg.Connection
):
    """Open browsers; whoever is named is logged in. All are checked for trouble at the end.

    Nobody finds what they have begun to write in another story, or in a first try of this one.
    """
    plan_database.execute("DELETE FROM draft")
    contexts: list[BrowserContext] = []
    phones: list[Phone] = []

    async def open_one(
        person: str | None = None, *, wide: bool = False, at: str | None = None
    ) -> Phone:
        if person is not None and person not in logins:
            logins[person] = await log_in(person)
        context = await browser.new_context(
            viewport=DESK if wide else PHONE,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            has_touch=not wide,
            storage_state=logins[person] if person is not None else None,
        )
        contexts.append(context)
        phone = await Phone.open(context, at or demo.url)
        phones.append(phone)
        return phone

    async def log_in(person: str) -> StorageState:
        phone = await open_one()
        await phone.log_in(person, draw=False)
        cookies = await phone.page.context.storage_state()
        await leave(phone.page.context)
        return cookies

    yield open_one
    for context in contexts:
        await leave(context)
    troubles = [trouble for phone in phones for trouble in phone.troubles]
    assert not troubles, "\n".join(troubles)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(open_phone: OpenPhone) -> Phone:
    """A browser in which nobody is logged in."""
    return await open_phone()


@pytest.fixture
def plan_database(demo: RunningDemo) -> Iterator[psycopg.Connection]:
    """What the plan API has written: here one sees that nothing was written twice."""
    with plan_database_of(demo.data) as connection:
        yield connection


@pytest.fixture
def session_database(demo: RunningDemo) -> Iterator[psycopg.Connection]:
    """The login sessions of the portal."""
    url = EmbeddedPostgres(demo.data / "postgres").url(SESSION_DATABASE, PORTAL)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
