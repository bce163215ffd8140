"""How long a browser is without its portal: `python -m benchmarks.reconnect`, for the README.

The demo, a browser with something half written. The portal's process is killed (SIGKILL), its
supervisor starts another. Measured from the kill until the same page stands there again and takes
what is typed; then the text must be there. Run it on a machine that does nothing else.
"""

import argparse
import asyncio
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.async_api import BrowserContext, Page, async_playwright, expect

from benchmarks.phone import CHROMIUM, FLAGS, log_in, process
from benchmarks.sessions import process_at

TYPED = "Half a sentence, when the line"
SAVED_SECONDS = 3.0
PATIENCE_MS = 60_000


async def lose_the_portal(page: Page, port: int) -> float:
    """Kill the portal; return the seconds until the page is back. Fails when text is lost."""
    field = page.get_by_role("textbox", name=re.compile("^Din besked")).first
    process_at(port).kill()
    began = time.perf_counter()
    await expect(page.locator("#waiting")).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.locator("#waiting")).to_be_hidden(timeout=PATIENCE_MS)
    await field.click(timeout=PATIENCE_MS)
    seconds = time.perf_counter() - began
    await expect(field).to_have_value(TYPED, timeout=PATIENCE_MS)
    return seconds


async def write_something(context: BrowserContext, url: str) -> Page:
    """Open a form, type, and wait until that is saved."""
    page = await context.new_page()
    await page.goto(url + "/messages/new")
    await expect(page.locator("#waiting")).to_be_hidden(timeout=PATIENCE_MS)
    field = page.get_by_role("textbox", name=re.compile("^Din besked")).first
    await field.click()
    await expect(field).to_have_attribute("autocorrect", "on")  # the engine listens
    await page.keyboard.type(TYPED, delay=20)
    await page.wait_for_timeout(SAVED_SECONDS * 1000)
    return page


async def measure(port: int, times: int) -> list[float]:
    """Lose the portal some times; return the seconds that each took."""
    url = f"http://localhost:{port}"
    cookie = await log_in(url, f"http://localhost:{port + 2}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
        await context.add_cookies([{"name": "enplan", "value": cookie, "url": url}])
        page = await write_something(context, url)
        seconds = []
        for _ in range(times):
            seconds.append(await lose_the_portal(page, port))
            await asyncio.sleep(SAVED_SECONDS)
        await browser.close()
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8990, help="three ports from here are used")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="enplan-reconnect-"))
    folder.chmod(0o755)  # PostgreSQL's user must be able to pass through it
    try:
        data = str(folder / "demo")
        arguments = ["--port", str(given.port), "--data", data]
        with process("portal.cli", "demo", *arguments, until="Stop with Ctrl-C"):
            seconds = asyncio.run(measure(given.port, given.times))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("each time", ", ".join(f"{one:.1f} s" for one in seconds))
    print(f"median {statistics.median(seconds):.1f} s (below 5)")


if __name__ == "__main__":
    main()
