"""The page before the app and without it: read, call, log out, print; and the app taking over."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from sandbox.sample.ids import person_id, sample_id
from tests.e2e.conftest import Logins, OpenPhone, leave
from tests.e2e.phone import BOOT_MILLISECONDS, PHONE
from tests.support.demo import RunningDemo

OpenPlain = Callable[..., Awaitable[Page]]

NO_WEBASSEMBLY = "delete window.WebAssembly;"
NO_WEBSOCKET = """
window.WebSocket = class extends EventTarget {
  constructor() {
    super();
    setTimeout(() => {
      this.onerror?.(new Event("error"));
      this.onclose?.(new CloseEvent("close", { code: 1006 }));
      this.dispatchEvent(new CloseEvent("close", { code: 1006 }));
    }, 50);
  }
  send() {}
  close() {}
};
"""
THREAD = f"/messages/{sample_id('thread', 'mette', 'flere-timer')}"
LONG_THREAD = f"/messages/{sample_id('thread', 'kirsten', 'genoptraening')}"
BRIEFING = f"/work/citizens/{person_id('mette')}"
PAGES = [
    ("/", "Overblik"),
    ("/plan", "Min plan"),
    ("/goals", "Mål"),
    ("/messages", "Beskeder"),
    ("/family", "Familie"),
    ("/sharing", "Deling"),
    ("/log", "Hvem har set mine oplysninger"),
    ("/about-me", "Om mig"),
    ("/profile", "Profil"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def open_plain(
    browser: Browser, demo: RunningDemo, open_phone: OpenPhone, logins: Logins
) -> AsyncIterator[OpenPlain]:
    """Open a page in a browser that lacks something; `before` is run in it before any page."""
    contexts = []

    async def opening(
        person: str | None, path: str, *, script: bool = True, before: str = ""
    ) -> Page:
        if person is not None and person not in logins:
            await open_phone(person)
        context = await browser.new_context(
            viewport=PHONE,
            locale="da-DK",
            java_script_enabled=script,
            storage_state=logins[person] if person is not None else None,
        )
        contexts.append(context)
        if before:
            await context.add_init_script(before)
        page = await context.new_page()
        await page.goto(demo.url + path)
        return page

    yield opening
    for context in contexts:
        await leave(context)


@pytest.mark.parametrize(("path", "title"), PAGES)
async def test_every_page_is_read_without_javascript(open_plain, path, title):
    page = await open_plain("mette", path, script=False)
    await expect(page.get_by_role("heading", name=title, level=1, exact=True)).to_be_visible()
    said = page.locator("noscript p")
    await expect(said).to_contain_text("Din browser kan ikke vise hele siden.")
    await expect(page.locator("footer").get_by_role("button", name="Log ud")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "da")
    assert await page.locator("main").inner_text() != title


async def test_one_calls_and_goes_on_reading_without_javascript(open_plain):
    page = await open_plain("mette", "/", script=False)
    number = await page.get_by_role("link", name=re.compile("^Ring ")).get_attribute("href")
    assert re.fullmatch(r"tel:\+45\d{8}", number)
    await page.get_by_role("link", name="Beskeder", exact=True).click()
    await expect(page.get_by_role("heading", name="Beskeder", level=1)).to_be_visible()
    await page.get_by_role("link", name="Flere timer på biblioteket?").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Flere timer på biblioteket?")


async def test_a_page_whose_script_was_lost_on_the_way_says_that_the_rest_will_not_come(
    open_plain,
):
    page = await open_plain("mette", "/")
    await page.route("**/boot.js", lambda route: route.abort())
    await page.reload()
    state = page.locator("#waiting .state[role=status]")
    await expect(state).to_contain_text("Vi kan ikke få fat i resten af siden.")
    await expect(page.locator("#waiting")).to_have_attribute("data-alone", "")


@pytest.mark.parametrize("lack", [{"script": False}, {"before": NO_WEBSOCKET}])
async def test_who_reads_without_the_app_comes_to_the_first_message(open_plain, lack):
    page = await open_plain("kirsten", LONG_THREAD, **lack)
    messages = page.locator("#outline section")
    way_on = page.get_by_role("link", name="Vis ældre beskeder")
    await expect(messages).to_have_count(50)
    await way_on.click(timeout=BOOT_MILLISECONDS)
    await expect(messages).to_have_count(30)
    await expect(way_on).to_have_count(0)


async def test_where_the_app_comes_its_own_way_to_older_messages_is_the_only_one(open_plain):
    page = await open_plain("kirsten", LONG_THREAD)
    way_on = page.locator("#outline").get_by_text("Vis ældre beskeder")
    assert not await way_on.is_visible()
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)


async def test_logging_in_and_out_needs_no_javascript(open_plain, demo):
    page = await open_plain(None, "/", script=False)
    await page.get_by_role("link", name="Log ind med MitID").click()
    await page.locator("button[name=identity][value=renee]").click()
    await expect(page.get_by_role("heading", name="Overblik", level=1)).to_be_visible()
    await page.goto(demo.url + "/plan")
    await page.get_by_role("button", name="Log ud").click()
    await expect(page.get_by_role("link", name="Log ind med MitID")).to_be_visible()
    await page.goto(demo.url + "/plan")
    await expect(page.get_by_role("link", name="Log ind med MitID")).to_be_visible()


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        (NO_WEBASSEMBLY, "Din browser kan ikke vise hele siden."),
        (NO_WEBSOCKET, "Vi kan ikke få fat i resten af siden."),
    ],
)
async def test_a_browser_that_cannot_run_the_app_keeps_the_page_and_says_so(
    open_plain, lack, words
):
    page = await open_plain("mette", "/", before=lack)
    await expect(page.get_by_text(words)).to_be_visible(timeout=BOOT_MILLISECONDS)
    await expect(page.get_by_role("heading", name="Overblik", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile("^Ring "))).to_be_visible()
    # What Flutter says in English lies below, for nobody to see or hear.
    assert await page.evaluate("document.querySelector('flutter-view')?.inert ?? true")
    in_the_middle = "document.elementFromPoint(195, 700).closest('#waiting') !== null"
    assert await page.evaluate(in_the_middle)


async def test_the_page_is_accessible_and_fits_small_screens(open_plain):
    page = await open_plain("mette", "/plan", before=NO_WEBASSEMBLY)
    await page.set_viewport_size({"width": 320, "height": 640})
    # Here axe sees every colour, also those that the app draws on a canvas.
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        results = await Axe().run(page)
        assert [violation["id"] for violation in results.response["violations"]] == []
    assert await page.evaluate("document.getElementById('waiting').scrollWidth") <= 320


async def test_paper_is_light_also_for_who_reads_in_the_dark(open_plain):
    page = await open_plain("mette", "/plan", script=False)
    await page.emulate_media(media="print", color_scheme="dark")
    ground = "getComputedStyle(document.getElementById('waiting')).backgroundColor"
    assert await page.evaluate(ground) == "rgb(255, 255, 255)"


async def test_a_printed_page_is_the_whole_of_it_and_nothing_else(open_plain):
    page = await open_plain("mette", "/plan", script=False)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", name="Min plan", level=1)).to_be_visible()
    await expect(page.get_by_role("button", name="Log ud")).to_be_hidden()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    # Words for a machine, such as "tel:+45…", do not stand behind the number.
    behind = "call => getComputedStyle(call, '::after').content"
    assert await page.locator('a[href^="tel:"]').first.evaluate(behind) == "none"
    paper = await page.pdf(prefer_css_page_size=True)
    (width, height) = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper).groups()
    assert (round(float(width)), round(float(height))) == (595, 842)  # A4 in points
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") > 1


READS = """addEventListener("DOMContentLoaded", () => {
    window.focused = [];
    addEventListener("focusin", (event) => window.focused.push(event.target.tagName));
    const words = [...document.querySelectorAll("#outline :is(h2, h3, p)")]
        .find(({ textContent }) => textContent.includes(WORDS));
    document.getElementById("waiting").scrollTop = words.getBoundingClientRect().y - 200;
    window.before = words.getBoundingClientRect().y;
});"""
"""At once: on a quick machine the app is there a second later."""

READINGS = {
    "overview": ("mette", "/", "Overblik", "Din kontaktperson"),
    "plan": ("mette", "/plan", "Min plan", "Jeg vil have styr på mine regninger"),
    "thread": ("mette", THREAD, "Flere timer på biblioteket?", "Gode råd om pauser.txt"),
    "briefing": ("louise", BRIEFING, "Mette Holm Lauridsen", "Samtykker"),
}


@pytest.mark.parametrize(("person", "path", "title", "words"), READINGS.values(), ids=READINGS)
async def test_the_app_takes_over_where_one_was_reading_and_names_the_page_once(
    open_plain, person, path, title, words
):
    page = await open_plain(person, path, before=READS.replace("WORDS", json.dumps(words)))
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    app = page.locator("flutter-view")
    await expect(app.get_by_role("heading", name=title, level=1)).to_be_focused()
    same = app.get_by_text(words).or_(app.get_by_label(words))
    after = await same.first.bounding_box()
    assert abs(after["y"] - await page.evaluate("window.before")) < PHONE["height"]
    assert await page.locator("main, [role=main]").count() == 1
    assert await page.locator("#outline").count() == 0
    assert (await page.evaluate("window.focused")).count("H1") == 1


ON_A_LINK = """addEventListener("DOMContentLoaded", () => {
    window.lostFocusTo = [];
    const waiting = document.getElementById("waiting");
    document.querySelector("#outline main a").focus();
    addEventListener("focusin", ({ target }) => {
        if (!waiting.hidden) {
            window.lostFocusTo.push(target.tagName);
        }
    });
});"""


async def test_whoever_has_come_to_a_link_stays_on_it_until_the_app_is_there(open_plain):
    page = await open_plain("mette", "/plan", before=ON_A_LINK)
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    assert await page.evaluate("window.lostFocusTo") == []


async def test_the_app_prints_the_page_that_it_shows(open_plain):
    page = await open_plain("mette", "/")
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    await page.evaluate(
        """() => addEventListener("beforeprint", () => {
            window.onPaper = document.getElementById("waiting").innerText;
        })"""
    )
    await page.pdf()
    assert "Din kontaktperson" in await page.evaluate("window.onPaper")
    await expect(page.locator("#waiting")).to_be_hidden()


async def test_without_a_line_there_is_a_page_that_says_so_and_nothing_personal_is_kept(
    open_plain, demo
):
    page = await open_plain("mette", "/")
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await expect(page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)
    kept = await page.evaluate(
        """async (personal) => {
            const addresses = personal.map((path) => new URL(path, location).href);
            for (const address of addresses) {
                await (await fetch(address)).blob();
            }
            const { active } = await navigator.serviceWorker.ready;
            active.postMessage({ engine: addresses });
            await new Promise((resume) => setTimeout(resume, 500));
            const found = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const { url } of await cache.keys()) {
                    const isPage = url.endsWith("/offline");
                    const answer = await cache.match(url);
                    found[new URL(url).pathname] = isPage ? await answer.text() : "";
                }
            }
            return found;
        }""",
        ["/", "/plan", "/auth/session", "/ics/appointments.ics", "/export/json", "/engine/../log"],
    )
    assert "Mette" not in kept.pop("/offline")
    assert all(path.startswith("/engine/") for path in kept)
    await page.context.set_offline(offline=True)
    await page.goto(demo.url + "/plan")
    await expect(page.get_by_role("heading", name="Du er ikke på nettet", level=1)).to_be_visible()
    await page.context.set_offline(offline=False)
    await page.get_by_role("link", name="Prøv igen").click()
    await expect(page.get_by_role("heading", name="Min plan", level=1).first).to_be_visible()
