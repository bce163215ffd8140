"""A real browser in front of the portal alone: who is signed in, and what goes wrong in it.

Such tests get a second try (`pytest.mark.flaky`) where the machine is busy, as those in tests/e2e.
"""

from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

BOOT_MILLISECONDS = 60_000
PHONE = {"width": 390, "height": 844}

# Playwright's own five seconds are too few beside another browser on two cores.
expect.set_options(timeout=20_000)


class Watch:
    """What goes wrong in a browser, and what it asks for."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self.urls: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.urls.append(request.url))

    def _on_console(self, message) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def foreign(self) -> list[str]:
        return [
            url
            for url in self.urls
            if urlsplit(url).hostname != "localhost" and not url.startswith(("data:", "blob:"))
        ]


async def signed_in(browser: Browser, portal, login) -> BrowserContext:
    """A telephone with the cookie of `login`."""
    context = await browser.new_context(viewport=PHONE, locale="da-DK", has_touch=True)
    await context.add_cookies(
        [{"name": portal.cookie_name, "value": login.cookie, "url": portal.url}]
    )
    return context


def greeting(page: Page, name: str) -> Locator:
    """What the trivial app says to whoever is signed in."""
    return page.locator("flutter-view").get_by_text(f"Hej {name}")
