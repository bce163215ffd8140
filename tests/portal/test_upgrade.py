"""Two versions of the portal behind one address: a page is of one of them, whatever happens."""

import asyncio
import importlib.metadata
import itertools
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Request, Response, expect

from auth.sessions import LoginSessions
from portal.asgi import create_app
from portal.web.files import PublicFiles
from tests.portal.browsing import BOOT_MILLISECONDS, greeting, signed_in
from tests.portal.conftest import RunningPortal, TrivialApp
from tests.support.proxy import hanging_up, proxy
from tests.support.serving import listen, served

pytestmark = pytest.mark.flaky(reruns=1)

FOR_MORE_LOADS_MILLISECONDS = 4_000
KEPT_WITHIN_SECONDS = 20
BOTH_WORKERS = 2
OLD, NEW = 0, 1


@dataclass
class Town:
    """The portal's address, with the two versions behind it; `choose` says who answers a path."""

    portal: RunningPortal
    prefixes: list[str]
    ports: list[int]
    choose: Callable[[str], int] = lambda _path: OLD
    asked: list[str] = field(default_factory=list)

    def port_for(self, path: str) -> int:
        self.asked.append(path)
        return self.ports[self.choose(path)]


@pytest.fixture
async def town(settings, session_pool, login_limits, monkeypatch) -> AsyncIterator[Town]:
    portal = RunningPortal(
        settings.public_url, TrivialApp(), LoginSessions(session_pool, login_limits)
    )
    async with AsyncExitStack() as stack:
        prefixes, ports = [], []
        for version in ("1.0.5", "1.0.6"):
            with monkeypatch.context() as patch:
                patch.setattr(importlib.metadata, "version", lambda _name, v=version: v)
                app = create_app(settings, start_app=portal.app.start)
                prefixes.append(PublicFiles().prefix)
            listener = listen()
            ports.append(listener.getsockname()[1])
            await stack.enter_async_context(served(hanging_up(app), listener))
        town = Town(portal, prefixes, ports)
        public = listen(int(settings.public_url.rpartition(":")[2]))
        await stack.enter_async_context(proxy(public, town.port_for))
        yield town


@dataclass
class Visit:
    """A page and what it has loaded."""

    page: Page
    loads: int = 0
    files: list[Response] = field(default_factory=list)

    def note(self, response: Response) -> None:
        if urlsplit(response.url).path.startswith("/engine/"):
            self.files.append(response)

    def begin(self, request: Request) -> None:
        if request.is_navigation_request():
            self.loads += 1
            self.files.clear()

    async def version(self) -> str:
        """The one that drew the page."""
        return re.search('"version": "([^"]+)"', await self.page.locator("#boot").text_content())[1]

    async def is_whole(self) -> bool:
        """Whether all that it got since it was loaded last is of the version that drew it."""
        start = f"{urlsplit(self.page.url).netloc}{await self.version()}"
        return all(start in one.url for one in self.files if one.ok)


async def begin_visit(browser: Browser, town: Town) -> Visit:
    context = await signed_in(browser, town.portal, await town.portal.log_in("Anna Holm"))
    page = await context.new_page()
    visit = Visit(page)
    page.on("response", visit.note)
    page.on("request", visit.begin)
    await page.goto(town.portal.url + "/plan")
    return visit


async def until_used(visit: Visit) -> None:
    """Wait until the app is there and works."""
    await expect(visit.page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    await expect(greeting(visit.page, "Anna Holm")).to_be_visible()
    await visit.page.get_by_role("button", name="Tryk her").click()
    await expect(visit.page.get_by_text(re.compile("Du trykkede"))).to_be_visible()


@pytest.mark.parametrize("first_of_new", ["scripts/boot.js", "main.dart.wasm", "/ws"])
async def test_a_page_that_is_half_there_when_the_version_changes_comes_again_whole(
    town, browser, first_of_new
):
    seen = []

    def choose(path: str) -> int:
        if path.endswith(first_of_new):
            seen.append(path)
        return NEW if seen else OLD

    town.choose = choose
    visit = await begin_visit(browser, town)
    async with asyncio.timeout(BOOT_MILLISECONDS / 1000):
        while visit.loads < 2:  # noqa: ASYNC110 - the browser counts
            await asyncio.sleep(0.05)
    await until_used(visit)
    assert await visit.version() == town.prefixes[NEW]
    assert await visit.is_whole()
    assert visit.loads == 2


async def test_versions_that_take_turns_lead_to_no_loop_and_the_page_stays(town, browser):
    turns = itertools.cycle([OLD, NEW])
    town.choose = lambda _path: next(turns)
    visit = await begin_visit(browser, town)
    await visit.page.wait_for_timeout(FOR_MORE_LOADS_MILLISECONDS)
    assert visit.loads <= 2
    assert await visit.is_whole()
    if await visit.page.locator("#waiting").is_visible():
        await expect(visit.page.locator("#waiting > [role=status]")).to_have_text(
            "Der er ingen forbindelse lige nu. Prøv igen om lidt."
        )


async def test_a_page_of_another_version_gets_nothing_of_this_one_but_the_way_to_it(portal):
    async with portal.browser() as browser:
        script = await browser.get("/engine/1.0.4-0a1b2c3d4e5f/scripts/boot.js")
        assert "location.reload()" in script.text
        assert script.headers["cache-control"] == "no-store"
        for name in ("flutter.js", "main.dart.wasm", "styles/page.css"):
            answer = await browser.get(f"/engine/1.0.4-0a1b2c3d4e5f/{name}")
            assert answer.status_code == 404
            assert answer.headers["cache-control"] == "no-store"


KEPT = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const kept = await (await caches.open(name)).match("/offline");
        found[name] = kept ? await kept.text() : "";
    }
    return found;
}"""


async def until_kept(visit: Visit, prefix: str, language: str) -> None:
    """Wait until this version is kept and no other, with a page for when there is no line."""
    async with asyncio.timeout(BOOT_MILLISECONDS / 1000):
        while True:
            kept = await visit.page.evaluate(KEPT)
            if (
                list(kept) == [f"enplan-{prefix}"]
                and f'<html lang="{language}"' in kept.popitem()[1]
            ):
                return
            await asyncio.sleep(0.1)


async def test_the_service_worker_keeps_one_version_whole_and_none_gets_stuck(town, browser):
    visit = await begin_visit(browser, town)
    await until_used(visit)
    await until_kept(visit, town.prefixes[OLD], "da")

    town.asked.clear()
    town.choose = lambda path: OLD if path == "/offline" else NEW
    await visit.page.reload()
    await until_used(visit)
    assert await visit.version() == town.prefixes[NEW]
    async with asyncio.timeout(KEPT_WITHIN_SECONDS):
        while town.asked.count("/offline") < BOTH_WORKERS:  # noqa: ASYNC110 - they tell nobody
            await asyncio.sleep(0.05)
    await until_kept(visit, town.prefixes[OLD], "da")

    town.choose = lambda _path: NEW
    await visit.page.goto(town.portal.url + "/language?lang=ar&next=/plan")
    await until_used(visit)
    await until_kept(visit, town.prefixes[NEW], "ar")
    await visit.page.goto(town.portal.url + "/language?lang=uk&next=/plan")
    await until_used(visit)
    await until_kept(visit, town.prefixes[NEW], "uk")
