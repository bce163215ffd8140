"""The host in a real Chromium: the app comes up, nothing is asked of anybody else, no error."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Browser, Page, Request, Route, expect

from auth.sessions import LoginSessions
from i18n.translator import LANGUAGES, translator
from portal.asgi import create_app
from portal.web.files import PublicFiles
from tests.portal.browsing import BOOT_MILLISECONDS, PHONE, Watch, greeting, signed_in
from tests.portal.conftest import RunningPortal, TrivialApp
from tests.support.serving import listen, served

pytestmark = pytest.mark.flaky(reruns=1)

START_PAGE_BYTES = 30_000

# As the app keeps it (views/preferences.py).
CHOOSE_LANGUAGE = "code => localStorage.setItem('flutter.language', JSON.stringify(code))"
ON_TOP = "document.elementFromPoint(innerWidth / 2, 10).id"
# Whether the middle of the window is the page's, not the engine's with its English words.
COVERED = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#waiting') !== null"
KEPT_PROGRAM = """navigator.serviceWorker.ready.then(async () => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some(({ url }) => url.endsWith("/main.dart.wasm"))) {
      return true;
    }
  }
  return false;
})"""
# How often the document has got a frame.
NOTES_FRAMES = """
window.framesSeen = 0;
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    window.framesSeen += [...addedNodes].filter((node) => node.nodeName === "IFRAME").length;
  }
}).observe(document, { childList: true, subtree: true });
"""
KEPT_CACHES = "navigator.serviceWorker.ready.then(() => caches.keys())"


@pytest.mark.parametrize("renderer", ["skwasm", "canvaskit"])
async def test_the_app_comes_up_readable_for_all_and_asks_nobody_else(
    portal, browser, renderer, tmp_path
):
    login = await portal.log_in("Søren Ørsted")
    context = await signed_in(browser, portal, login)
    if renderer == "canvaskit":  # what Safari and Firefox use
        await context.add_init_script(
            "WebAssembly.validate = () => false;"  # no WasmGC: the JavaScript build
        )
    page = await context.new_page()
    watch = Watch(page)
    await page.goto(portal.url)
    await expect(greeting(page, "Søren Ørsted")).to_be_visible(timeout=BOOT_MILLISECONDS)
    await page.get_by_role("button", name="Tryk her").click()
    await expect(page.get_by_text("Du trykkede 1 gange")).to_be_visible()
    await page.wait_for_timeout(1500)  # time to ask for more fonts, if it would
    await page.screenshot(path=tmp_path / "screen.png")

    results = await Axe().run(page)
    assert [violation["id"] for violation in results.response["violations"]] == []
    assert watch.errors == []
    assert watch.foreign() == []
    assert [url for url in watch.urls if "/fallback/" in url] == []
    assert any(renderer in url for url in watch.urls)
    viewport = await page.locator("meta[name=viewport]").first.get_attribute("content")
    assert "user-scalable" not in viewport
    assert await page.locator('main, [role="main"]').count() == 1
    await expect(page.locator("#waiting")).to_be_hidden()


def flames(screenshot: bytes) -> bool:
    """Whether there is anything as orange as a fire."""
    with Image.open(BytesIO(screenshot)) as image:
        colours = image.convert("RGB").getcolors(image.width * image.height) or []
    return any(red > 240 and 80 < green < 160 and blue < 40 for _, (red, green, blue) in colours)


@pytest.mark.parametrize("renderer", ["skwasm", "canvaskit"])
async def test_an_emoji_that_few_write_is_drawn_with_a_font_that_comes_from_here(
    portal, browser, renderer
):
    login = await portal.log_in("Søren Ørsted")
    context = await signed_in(browser, portal, login)
    if renderer == "canvaskit":
        await context.add_init_script("WebAssembly.validate = () => false;")
    page = await context.new_page()
    watch = Watch(page)
    await page.goto(portal.url)
    await expect(greeting(page, "Søren Ørsted")).to_be_visible(timeout=BOOT_MILLISECONDS)
    assert not flames(await page.screenshot())
    await page.get_by_role("button", name="Skriv noget sjældent").click()
    async with asyncio.timeout(BOOT_MILLISECONDS / 1000):
        while not flames(await page.screenshot()):  # noqa: ASYNC110 - a browser's event
            await asyncio.sleep(0.2)

    assert watch.foreign() == []
    assert watch.errors == []


async def test_the_program_is_compiled_beside_the_page_and_kept_for_the_next_visit(portal, browser):
    login = await portal.log_in("Søren Ørsted")
    page = await (await signed_in(browser, portal, login)).new_page()
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    watch = Watch(page)
    await page.goto(portal.url)
    await expect(greeting(page, "Søren Ørsted")).to_be_visible(timeout=BOOT_MILLISECONDS)

    assert {url.rpartition("/")[2] for url in workers} == {"compiler.js", "graphics.js"}
    fetched = await page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not any(url.endswith("main.dart.wasm") for url in fetched)  # this thread had not to
    assert page.workers == []
    async with asyncio.timeout(BOOT_MILLISECONDS / 1000):
        while not await page.evaluate(KEPT_PROGRAM):  # noqa: ASYNC110 - a browser's event
            await asyncio.sleep(0.2)
    assert watch.errors == []


async def test_the_app_comes_up_also_where_no_worker_does(portal, browser):
    login = await portal.log_in("Søren Ørsted")
    page = await (await signed_in(browser, portal, login)).new_page()
    for worker in ("compiler", "graphics"):
        await page.route(f"**/{worker}.js", lambda route: route.abort())
    await page.goto(portal.url)

    await expect(greeting(page, "Søren Ørsted")).to_be_visible(timeout=BOOT_MILLISECONDS)


async def test_logging_out_elsewhere_leads_to_the_start_page(portal, browser):
    login = await portal.log_in("Anna Holm")
    context = await signed_in(browser, portal, login)
    page = await context.new_page()
    watch = Watch(page)
    await page.goto(portal.url + "/messages")
    await expect(greeting(page, "Anna Holm")).to_be_visible(timeout=BOOT_MILLISECONDS)
    await portal.sessions.end(login.session.key)
    await expect(page.get_by_role("heading", name="Din plan på ét sted")).to_be_visible()
    await expect(page.get_by_text("Det, du skrev, er gemt.")).to_be_visible()
    link = page.get_by_role("link", name="Log ind med MitID")
    assert await link.get_attribute("href") == "/auth/login?next=%2Fmessages"
    assert watch.errors == []


async def test_a_screen_that_fails_says_so_and_goes_on(portal, browser):
    login = await portal.log_in("Anna Holm")
    context = await signed_in(browser, portal, login)
    page = await context.new_page()
    watch = Watch(page)
    await page.goto(portal.url)
    await expect(greeting(page, "Anna Holm")).to_be_visible(timeout=BOOT_MILLISECONDS)
    await page.get_by_role("button", name="Gå i stykker").click()
    await expect(page.get_by_text("Noget gik galt. Det, du skrev, er gemt.").first).to_be_visible()
    await page.get_by_role("button", name="Tryk her").click()
    await expect(page.get_by_text("Du trykkede 1 gange")).to_be_visible()
    assert watch.errors == []


async def test_a_portal_that_restarts_is_told_in_words_and_comes_back_by_itself_also_a_newer_one(
    settings, session_pool, login_limits, browser, monkeypatch
):
    portal = RunningPortal(
        settings.public_url, TrivialApp(), LoginSessions(session_pool, login_limits)
    )
    port = int(settings.public_url.rpartition(":")[2])
    login = await portal.log_in("Anna Holm")
    context = await signed_in(browser, portal, login)
    page = await context.new_page()
    async with served(create_app(settings, start_app=portal.app.start), listen(port)):
        await page.goto(portal.url)
        await expect(greeting(page, "Anna Holm")).to_be_visible(timeout=BOOT_MILLISECONDS)
        await expect(page.locator("#waiting")).to_be_hidden()
        assert len(await page.evaluate(KEPT_CACHES)) == 1
    await expect(page.get_by_text("Forbindelsen er væk.")).to_be_visible()
    assert await page.evaluate(COVERED)
    await expect(page.get_by_text("Working")).to_have_count(0)
    async with served(create_app(settings, start_app=portal.app.start), listen(port)):
        await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
        await expect(greeting(page, "Anna Holm")).to_be_visible()
        await page.get_by_role("button", name="Tryk her").click()
        await expect(page.get_by_text("Du trykkede 1 gange")).to_be_visible()

    monkeypatch.setattr(PublicFiles, "prefix", "/engine/next/")
    loaded = asyncio.create_task(page.wait_for_event("load", timeout=BOOT_MILLISECONDS))
    async with served(create_app(settings, start_app=portal.app.start), listen(port)):
        await loaded
        await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
        await page.get_by_role("button", name="Tryk her").click()
        await expect(page.get_by_text("Du trykkede 2 gange")).to_be_visible()
        async with asyncio.timeout(10):
            while await page.evaluate(KEPT_CACHES) != ["enplan-/engine/next/"]:  # noqa: ASYNC110 - the worker tells nobody
                await asyncio.sleep(0.1)


async def test_without_a_line_a_bar_says_so_in_the_readers_language_until_there_is_one(
    portal, browser
):
    login = await portal.log_in("Anna Holm")
    context = await signed_in(browser, portal, login)
    page = await context.new_page()
    await page.goto(portal.url)
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    bar = page.get_by_role("status").and_(page.locator("#line"))
    for language in ("da", "ar"):
        t = translator(language)
        async with page.expect_response(f"**/words/{language}"):
            await page.evaluate(CHOOSE_LANGUAGE, language)
        # Before there is anything to say: a screen reader follows what it has found.
        await expect(bar).to_have_count(1)
        await expect(bar).to_be_empty()
        assert await page.evaluate(ON_TOP) != "line"

        await context.set_offline(offline=True)
        await expect(bar).to_have_text(
            t("Du er ikke på nettet lige nu. Det, du har skrevet, er gemt.")
        )
        assert await page.evaluate(ON_TOP) == "line"
        assert await bar.evaluate("bar => getComputedStyle(bar).direction") == t.direction
        results = await Axe().run(page)
        assert [violation["id"] for violation in results.response["violations"]] == []

        await context.set_offline(offline=False)
        await expect(bar).to_be_empty()
        assert await page.evaluate(ON_TOP) != "line"
    await page.get_by_role("button", name="Tryk her").click()
    await expect(page.get_by_text("Du trykkede 1 gange")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/?reason=expired", "/privacy", "/accessibility", "/logout"])
async def test_plain_pages_are_accessible_and_ask_nobody_else(portal, browser, path):
    context = await browser.new_context(viewport={"width": 320, "height": 640})
    page = await context.new_page()
    watch = Watch(page)
    await page.goto(portal.url + path)
    results = await Axe().run(page)
    assert [violation["id"] for violation in results.response["violations"]] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    assert watch.errors == []
    assert watch.foreign() == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_start_page_is_light_in_every_language(portal, browser, language):
    """All that a browser fetches to show it, with the headers of the answers."""
    context = await browser.new_context(
        viewport=PHONE,
        extra_http_headers={"Save-Data": "on"},  # nothing for later
    )
    await context.add_cookies([{"name": "enplan_lang", "value": language, "url": portal.url}])
    page = await context.new_page()
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", note)
    await page.goto(portal.url, wait_until="networkidle")
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await page.evaluate("document.fonts.ready.then(() => true)")
    weights = {}
    for request in requests:
        sizes = await request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    assert any(url.endswith("/page.css") for url in weights)
    assert sum(weights.values()) < START_PAGE_BYTES, weights


async def reading_the_start_page(browser: Browser, portal) -> Page:
    """Somebody on a telephone that is not small, who has not touched anything yet."""
    context = await browser.new_context(viewport=PHONE, locale="da-DK", has_touch=True)
    await context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 8 });"
        "Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 8 });"
    )
    await context.add_init_script(NOTES_FRAMES)
    page = await context.new_page()
    await page.goto(portal.url)
    return page


async def test_while_one_reads_the_start_page_the_engine_starts_once_and_nobody_notices(
    portal, browser
):
    looked_at = asyncio.Event()  # a quick machine is done before one has looked

    async def begin_then(route: Route) -> None:
        await looked_at.wait()
        await route.continue_()

    page = await reading_the_start_page(browser, portal)
    await page.route("**/scripts/rehearsal.js", begin_then)
    watch = Watch(page)
    frame = page.locator("iframe")
    await expect(frame).to_have_count(1)
    await expect(frame).to_be_hidden()
    assert await frame.get_attribute("aria-hidden") == "true"
    assert await frame.evaluate("(frame) => frame.inert")
    tree = await page.locator("html").aria_snapshot()
    assert "iframe" not in tree
    looked_at.set()
    await expect(frame).to_have_count(0, timeout=BOOT_MILLISECONDS)

    assert await page.evaluate("window.framesSeen") == 1
    assert any(url.endswith("/main.dart.wasm") for url in watch.urls)
    assert watch.foreign() == []
    assert watch.errors == []
    assert await page.evaluate("document.activeElement === document.body")
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    # The worker that keeps what was compiled.
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.get_by_role("link", name="Tilgængelighed").click()
    await page.go_back()
    await expect(page.get_by_role("link", name="Log ind med MitID")).to_be_visible()


async def test_whoever_touches_the_start_page_is_not_kept_waiting_by_the_engine(portal, browser):
    page = await reading_the_start_page(browser, portal)
    await expect(page.locator("iframe")).to_have_count(1)
    await page.keyboard.press("Tab")
    await expect(page.locator("iframe")).to_have_count(0, timeout=1_000)


async def unable_to_start(browser: Browser, portal, login) -> Page:
    """A page in a browser that cannot run the app: what is read is the page itself."""
    context = await signed_in(browser, portal, login)
    await context.add_init_script("delete window.WebAssembly;")
    return await context.new_page()


async def idle_for(session_pool, minutes: float) -> None:
    async with session_pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET idle_expires_at = now() + %s * interval '1 minute'",
            [minutes],
        )


async def test_the_page_warns_before_the_login_ends_and_one_may_stay(portal, browser, session_pool):
    login = await portal.log_in("Anna Holm")
    await idle_for(session_pool, 4)
    page = await unable_to_start(browser, portal, login)
    await page.goto(portal.url)
    await expect(page.get_by_role("alert")).to_contain_text("Det, du har skrevet, er gemt.")

    await page.get_by_role("button", name="Bliv logget ind").click()

    await expect(page.locator("#ending")).to_be_hidden()
    stayed = await portal.sessions.find(login.cookie)
    assert stayed.idle_expires_at - datetime.now(UTC) > timedelta(minutes=25)


async def test_the_page_does_not_warn_while_there_is_time(portal, browser):
    login = await portal.log_in("Anna Holm")
    page = await unable_to_start(browser, portal, login)
    async with page.expect_response("**/auth/session"):
        await page.goto(portal.url)
    await expect(page.locator("#ending")).to_be_hidden()


async def test_after_logging_out_back_shows_nothing(portal, browser):
    login = await portal.log_in("Anna Holm")
    context = await signed_in(browser, portal, login)
    page = await context.new_page()
    await page.goto(portal.url + "/messages")
    await expect(greeting(page, "Anna Holm")).to_be_visible(timeout=BOOT_MILLISECONDS)
    await page.goto(portal.url + "/logout")
    await page.get_by_role("button", name="Log ud").click()
    await expect(page.get_by_role("heading", name="Din plan på ét sted")).to_be_visible()

    for _ in range(2):
        await page.go_back()
        await expect(page.get_by_text("Anna Holm")).to_have_count(0)
    await expect(page.get_by_role("link", name="Log ind med MitID")).to_be_visible()


async def test_logging_out_everywhere_is_one_button_on_a_plain_page(portal, browser):
    here = await portal.log_in("Anna Holm")
    elsewhere = await portal.log_in("Anna Holm", person_id=here.session.person_id)
    context = await signed_in(browser, portal, here)
    page = await context.new_page()
    await page.goto(portal.url + "/logout?everywhere=1")
    await page.get_by_role("button", name="Log ud alle steder").click()
    await expect(page.get_by_role("heading", name="Din plan på ét sted")).to_be_visible()

    assert await portal.sessions.find(elsewhere.cookie) is None
    assert await portal.sessions.find(here.cookie) is None
