"""A person with a browser: logs in, reads, taps and types through what a screen reader is given.

Whatever goes wrong in the browser is kept, and fails the test at the end: an error on the console,
an exception on the page, a request to any other host.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    TimeoutError,  # noqa: A004 - Playwright's own
    ViewportSize,
    expect,
)

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)

BOOT_MILLISECONDS = 60_000
"""How long the engine may take to paint on a busy machine; a limit for hanging, not a measure."""
PATIENCE_MILLISECONDS = 20_000

_STILL_MILLISECONDS = 150
_MOST_TABS = 40
_FOCUS_MILLISECONDS = 2_000
_PICTURE_QUALITY = 75

CONTACT_PERSONS = frozenset({"louise", "henrik", "naja", "birgitte"})

# As after Back and Forward: the app is told of the new address and nothing is loaded.
_VISIT = """path => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
}"""

# The engine moves the focus at its next frame, not while the key is handled.
_HAS_MOVED = "() => document.activeElement !== window.focusedBefore"
_FOCUSED = """() => {
    const element = document.activeElement;
    return (element.getAttribute("aria-label") || element.textContent).trim();
}"""

# Half a megabyte of axe-core stays in a document for the next time that one looks.
_HAS_AXE = "() => window.axe !== undefined"
_VIOLATIONS = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations;
}"""

Name = str | re.Pattern[str]


@dataclass
class Phone:
    """One browser window of one person."""

    page: Page
    portal: str
    troubles: list[str] = field(default_factory=list)
    taps: int = 0
    """How often it was tapped so far, also to go to a field; typing is no tap."""
    _expected: re.Pattern[str] | None = None

    @classmethod
    async def open(cls, context: BrowserContext, portal: str) -> "Phone":
        page = await context.new_page()
        phone = cls(page, portal)
        page.on("console", phone._on_console)
        page.on("pageerror", lambda error: phone._note(f"page error: {error}"))
        page.on("request", phone._on_request)
        return phone

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text} {message.location}")

    def _on_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in {None, "localhost", "127.0.0.1"} and not request.url.startswith(
            ("data:", "blob:")
        ):
            self._note(f"request to another host: {request.url}")
        if "/fallback/" in request.url:
            self._note(f"a character that none of our fonts has: {request.url}")

    def _note(self, trouble: str) -> None:
        if self._expected is None or not self._expected.search(trouble):
            self.troubles.append(trouble)

    def expect_trouble(self, pattern: str) -> None:
        """From now on the browser itself may complain so: a server is taken away on purpose."""
        self._expected = re.compile(pattern)

    # ---- going somewhere

    async def go(self, path: str) -> None:
        """Open an address of the portal."""
        await self.page.goto(self.portal + path)

    async def visit(self, path: str, heading: Name) -> None:
        """Go to another screen of the open app by its address."""
        await self.page.evaluate(_VISIT, path)
        await self.on_screen(heading)

    async def arrive(self, path: str, heading: Name) -> None:
        """Open an address of the app and wait for its screen."""
        await self.go(path)
        await self.on_screen(heading)

    @asynccontextmanager
    async def reading(self, language: str) -> AsyncIterator[None]:
        """Choose a language meanwhile, as the links below each plain page do."""
        await self.go(f"/language?lang={language}&next=/privacy")
        try:
            yield
        finally:
            await self.go("/language?lang=da&next=/privacy")

    async def log_in(self, person: str, *, draw: bool = True) -> None:
        """Log in at the simulator from the start page, and wait for the first screen."""
        employee = person in CONTACT_PERSONS
        await self.go("/")
        name = "Log ind som kontaktperson" if employee else "Log ind med MitID"
        await self.page.get_by_role("link", name=name).click()
        await self.choose_identity(person)
        await expect(self.page).to_have_url(self.portal + ("/work" if employee else "/"))
        if draw:
            await self.on_screen("Indbakke" if employee else "Overblik")

    async def choose_identity(self, person: str) -> None:
        """Be somebody, on the simulator's page."""
        await self.page.locator(f"button[name=identity][value={person}]").click()
        self.taps += 1

    async def on_screen(self, name: Name) -> None:
        """Wait until a screen with this first heading stands in the app, and nothing over it."""
        heading = self.screen.get_by_role("heading", name=name, level=1, exact=True)
        await expect(heading.first).to_be_visible(timeout=BOOT_MILLISECONDS)
        await expect(self.page.locator("#waiting")).to_be_hidden(timeout=BOOT_MILLISECONDS)

    async def until_drawn(self) -> None:
        """Wait until nothing on the screen is on its way, and nothing moves any more."""
        loading = self.text(re.compile("(Henter|Loading) …$"))
        before, now = "", await self.screen.aria_snapshot()
        while before != now or await loading.count():
            await self.page.wait_for_timeout(_STILL_MILLISECONDS)
            before, now = now, await self.screen.aria_snapshot()

    @property
    def screen(self) -> Locator:
        """What the app has drawn, as a screen reader is given it."""
        return self.page.locator("flutter-view")

    # ---- finding, tapping, typing

    def button(self, name: Name) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def named(self, name: Name) -> Locator:
        """Whatever can be tapped under this name: a text is the whole name, a pattern a part."""
        return (
            self.button(name)
            .or_(self.page.get_by_role("link", name=name, exact=True))
            .or_(self.page.get_by_role("tab", name=name, exact=True))
            .or_(self.page.get_by_role("checkbox", name=name, exact=True))
            .or_(self.page.get_by_role("radio", name=name, exact=True))
        )

    async def tap(self, name: Name) -> None:
        await self.named(name).first.click(timeout=PATIENCE_MILLISECONDS)
        self.taps += 1

    async def double_tap(self, name: Name) -> None:
        """Tap twice as quickly as an unsteady hand does."""
        await self.button(name).first.dblclick(timeout=PATIENCE_MILLISECONDS)

    async def tab_to(self, name: str) -> None:
        """Press Tab until what has the focus has a name that this pattern is found in."""
        passed = []
        for _ in range(_MOST_TABS):
            await self._tab()
            focused = await self.page.evaluate(_FOCUSED)
            if re.search(name, focused):
                return
            passed.append(focused[:40])
        raise AssertionError(f"Tab does not lead to {name!r}, but to {passed}")

    async def _tab(self) -> None:
        await self.page.evaluate("() => { window.focusedBefore = document.activeElement; }")
        await self.page.keyboard.press("Tab")
        with suppress(TimeoutError):  # where there is one thing to focus, it keeps the focus
            await self.page.wait_for_function(_HAS_MOVED, timeout=_FOCUS_MILLISECONDS)

    def entry(self, label: Name) -> Locator:
        return self.page.get_by_role("textbox", name=label).first

    async def write(self, label: Name, text: str) -> None:
        """Type into the field with this label, key by key, as a person does."""
        await self.focus(label)
        await self.page.keyboard.type(text, delay=10)
        await expect(self.entry(label)).to_have_value(re.compile(re.escape(text) + "$"))

    async def focus(self, label: Name) -> None:
        """Go to the field with this label, until the engine listens to what is typed there."""
        await self.entry(label).click(timeout=PATIENCE_MILLISECONDS)
        self.taps += 1
        await expect(self.entry(label)).to_be_focused()
        await expect(self.entry(label)).to_have_attribute("autocorrect", "on")

    async def rewrite(self, label: Name, text: str) -> None:
        """Put another text into the field with this label."""
        await self.focus(label)
        await self.entry(label).fill(text)
        await expect(self.entry(label)).to_have_value(text)

    # ---- reading

    async def sees(self, text: Name) -> None:
        await expect(self.text(text).first).to_be_visible(timeout=PATIENCE_MILLISECONDS)

    async def sees_not(self, text: Name) -> None:
        await expect(self.text(text)).to_have_count(0, timeout=PATIENCE_MILLISECONDS)

    async def holds(self, label: Name, text: str) -> None:
        """Go to the field with this label, and wait until it holds a text.

        The engine tells a field's text only while it has the focus.
        """
        await self.focus(label)
        await expect(self.entry(label)).to_have_value(text, timeout=PATIENCE_MILLISECONDS)

    def text(self, text: Name) -> Locator:
        """Anything on the screen that says this, read out or shown."""
        return self.page.get_by_text(text).or_(self.page.get_by_label(text))

    async def accessibility_violations(self) -> list[str]:
        """What axe-core finds on the screen as it stands."""
        if not await self.page.evaluate(_HAS_AXE):
            await self.page.evaluate(AXE_SCRIPT)
        return [
            f"{found['id']}: {found['help']} {[node['html'] for node in found['nodes']]}"
            for found in await self.page.evaluate(_VIOLATIONS)
        ]

    async def picture(self, path: Path) -> None:
        """Keep what is on the screen as a small WebP file."""
        browser = await self.page.context.new_cdp_session(self.page)
        shot = await browser.send(
            "Page.captureScreenshot", {"format": "webp", "quality": _PICTURE_QUALITY}
        )
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))
