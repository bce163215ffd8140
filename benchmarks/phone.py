"""How long a cheap telephone waits: `python -m benchmarks.phone`; the README tells the figures.

Chromium, 390 × 844, 1.6 Mbit/s down, 150 ms, CPU ÷ 4, on this machine, signed in as the first
sample citizen; the stock Flet host of the same screens in the same run. Takes some five minutes,
most of them for the stock host. Run it on a machine that does nothing else.
"""

import argparse
import asyncio
import contextlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.async_api import (
    BrowserContext,
    CDPSession,
    Page,
    Playwright,
    Request,
    async_playwright,
)

PHONE = {"width": 390, "height": 844}
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
CPU = 4
PREFETCH_SECONDS = 30
PATIENCE_MS = 240_000
BEST_WASM_BYTES = 2_000_000
# Playwright's own where there is neither.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-headless-shell")
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]

# Notes when Flutter has painted first, and when the page has given way to the app.
_WATCH = """
addEventListener("flutter-first-frame", () => { window.firstFrame ??= performance.now(); });
const look = setInterval(() => {
  if (document.getElementById("waiting")?.hidden) {
    window.takenOver = performance.now();
    clearInterval(look);
  }
}, 20);
"""
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Visit:
    """What one visit took: milliseconds and bytes."""

    readable: float = 0.0
    taken_over: float = 0.0
    bytes_before_readable: int = 0
    bytes: int = 0
    foreign: int = 0


@dataclass
class Wire:
    """What a page receives, as the browser's debugger tells it."""

    host: str
    began: float = 0.0
    wall_began: float = 0.0
    foreign: int = 0
    seen: set[str] = field(default_factory=set)
    arrivals: list[tuple[float, int]] = field(default_factory=list)

    def listen(self, debugger: CDPSession) -> None:
        """Begin to note what arrives."""
        debugger.on("Network.requestWillBeSent", self._sent)
        debugger.on("Network.dataReceived", self._received)
        debugger.on("Network.webSocketFrameReceived", self._frame)

    def _sent(self, event: dict) -> None:  # type: ignore[type-arg]
        self.began = self.began or event["timestamp"]
        self.wall_began = self.wall_began or event["wallTime"]
        self.seen.add(event["request"]["url"])
        url = urlsplit(event["request"]["url"])
        if url.scheme in {"http", "https"} and url.netloc != self.host:
            self.foreign += 1

    def _received(self, event: dict) -> None:  # type: ignore[type-arg]
        # Of compressed bodies the encoded length, which is 0 for what comes from a cache.
        self.arrivals.append((event["timestamp"], event["encodedDataLength"]))

    def _frame(self, event: dict) -> None:  # type: ignore[type-arg]
        size = len(event["response"]["payloadData"]) * 3 // 4  # base64
        self.arrivals.append((event["timestamp"], size))

    async def add_workers(self, finished: list[Request]) -> None:
        """Add what workers of the page fetched: its debugger does not hear of that."""
        for request in finished:
            if request.url not in self.seen:
                size = (await request.sizes())["responseBodySize"]
                at = (request.timing["startTime"] + request.timing["responseEnd"]) / 1000
                self.arrivals.append((self.began + at - self.wall_began, size))

    def until(self, milliseconds: float) -> int:
        """Return the bytes that arrived in so many milliseconds after the first request."""
        end = self.began + milliseconds / 1000
        return sum(size for at, size in self.arrivals if at <= end)


async def visit(context: BrowserContext, url: str, *, stock: bool = False) -> Visit:
    """Open a page on the slow line and wait until the app is there."""
    page = await context.new_page()
    debugger, wire = await _slow_down(context, page, url)
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - bound methods are refused
    await page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    taken_over = await _noted(page, "window.firstFrame" if stock else "window.takenOver")
    await page.wait_for_timeout(2_000)
    await wire.add_workers(finished)
    readable = taken_over if stock else await page.evaluate(_PAINTED)
    seen = Visit(
        readable=readable,
        taken_over=taken_over,
        bytes_before_readable=wire.until(readable),
        bytes=wire.until(PATIENCE_MS),
        foreign=wire.foreign,
    )
    await debugger.detach()
    await page.close()
    return seen


async def _noted(page: Page, what: str) -> float:
    """Wait for what `_WATCH` notes. Not by `wait_for_function`, which the policy forbids."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while (found := await page.evaluate(what)) is None:  # noqa: ASYNC110 - a browser's event
            await asyncio.sleep(0.25)
    return float(found)


async def _slow_down(context: BrowserContext, page: Page, url: str) -> tuple[CDPSession, Wire]:
    debugger = await context.new_cdp_session(page)
    wire = Wire(urlsplit(url).netloc)
    wire.listen(debugger)
    await debugger.send("Network.enable")
    await debugger.send("Network.emulateNetworkConditions", LINE)
    await debugger.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    return debugger, wire


@contextlib.asynccontextmanager
async def window(
    playwright: Playwright, cookies: list[dict], *, private: bool
) -> AsyncIterator[BrowserContext]:
    """An ordinary window, with a cache on disk, or a private one."""
    chromium = playwright.chromium
    how = {"viewport": PHONE, "locale": "da-DK", "has_touch": True}
    async with contextlib.AsyncExitStack() as stack:
        if private:
            browser = await chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            stack.push_async_callback(browser.close)
            context = await browser.new_context(**how)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            context = await chromium.launch_persistent_context(
                folder, executable_path=CHROMIUM, args=FLAGS, **how
            )
            stack.push_async_callback(context.close)
        await context.add_cookies(cookies)
        await context.add_init_script(_WATCH)
        yield context


async def two_visits(playwright: Playwright, url: str, cookies: list[dict], **how: bool) -> list:
    """The first visit in a new window, and the second."""
    private, stock = how["private"], how.get("stock", False)
    async with window(playwright, cookies, private=private) as context:
        first = await visit(context, url, stock=stock)
        return [first, await visit(context, url, stock=stock)]


async def visit_after_start_page(playwright: Playwright, url: str, cookies: list[dict]) -> Visit:
    """The first visit of somebody who was on the start page for a while, at full speed."""
    async with window(playwright, [], private=False) as context:
        page = await context.new_page()
        await page.goto(url)
        await page.wait_for_timeout(PREFETCH_SECONDS * 1000)
        await page.close()
        await context.add_cookies(cookies)
        return await visit(context, url)


# ---- the servers


@contextlib.contextmanager
def process(*command: str, until: str) -> Iterator[None]:
    """Run a program of ours until the block ends; it is ready when it has said `until`."""
    running = subprocess.Popen(
        [sys.executable, "-P", "-m", *command], stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None  # noqa: S101 - it is a pipe
        if until:
            next(line for line in running.stdout if until in line)
        yield
    finally:
        running.terminate()
        running.wait(60)


async def log_in(portal: str, simulator: str) -> str:
    """Log in as the first sample citizen; returns the cookie's value."""
    async with httpx.AsyncClient(follow_redirects=True, timeout=60) as browser:
        slug = (await browser.get(f"{simulator}/sim/identities")).json()[0]["slug"]
        page = await browser.get(f"{portal}/auth/login")
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        hidden = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
        target = page.url.join(action[1].replace("&amp;", "&")) if action else page.url
        await browser.post(target, data={**hidden, "identity": slug})
        return browser.cookies["enplan"]


async def compressed(portal: str) -> None:
    """Wait until the best compression is served."""
    headers = {"Accept-Encoding": "br"}
    async with httpx.AsyncClient(headers=headers, base_url=portal, timeout=60) as client:
        version = (await client.get("/version")).json()["version"]
        wasm = version + "main.dart.wasm"
        while int((await client.head(wasm)).headers["content-length"]) > BEST_WASM_BYTES:  # noqa: ASYNC110 - a process elsewhere
            await asyncio.sleep(2)


async def measure(port: int, data: Path, *, with_stock: bool) -> dict[str, object]:
    """Start the demo, measure everything, stop it."""
    portal, plan_api, simulator, stock = (f"http://localhost:{port + n}" for n in range(4))
    with process(
        "portal.cli", "demo", "--port", str(port), "--data", str(data), until="Stop with Ctrl-C"
    ):
        cookie = await log_in(portal, simulator)
        await compressed(portal)
        cookies = [{"name": "enplan", "value": cookie, "url": portal}]
        async with async_playwright() as playwright:
            found = {
                "ordinary": await two_visits(playwright, portal, cookies, private=False),
                "private": await two_visits(playwright, portal, cookies, private=True),
                "prefetched": await visit_after_start_page(playwright, portal, cookies),
            }
            if with_stock:
                print(table(found), flush=True)  # the stock host takes a while
                found |= await measure_stock(playwright, stock, data, cookie, portal, plan_api)
    return found


async def measure_stock(
    playwright: Playwright, url: str, data: Path, cookie: str, portal: str, plan_api: str
) -> dict[str, object]:
    """The same screens in the stock host."""
    arguments = ["--data", str(data), "--cookie", cookie, "--port", url.rpartition(":")[2]]
    arguments += ["--portal", portal, "--plan-api", plan_api]
    with process("benchmarks.stock_host", *arguments, until=""):
        async with httpx.AsyncClient() as client:
            for _ in range(100):
                with contextlib.suppress(httpx.HTTPError):
                    await client.get(url)
                    break
                await asyncio.sleep(0.2)
        return {
            "stock ordinary": await two_visits(playwright, url, [], private=False, stock=True),
            "stock private": await two_visits(playwright, url, [], private=True, stock=True),
        }


# ---- the table


def table(found: dict) -> str:  # type: ignore[type-arg]
    """The figures beside those of the stock host and the limits."""
    ordinary, private, prefetched = found["ordinary"], found["private"], found["prefetched"]
    stock = found.get("stock ordinary", [Visit(), Visit()])
    stock_private = found.get("stock private", [Visit(), Visit()])

    def seconds(one: float) -> str:
        return f"{one / 1000:.2f} s"

    def size(one: float) -> str:
        return f"{one / 1000:,.1f} kB"

    rows = [
        ("plan readable, first visit", stock[0].readable, ordinary[0].readable, 800, seconds),
        ("plan readable, second visit", stock[1].readable, ordinary[1].readable, 700, seconds),
        ("bytes, first visit", stock[0].bytes, ordinary[0].bytes, 3.6e6, size),
        ("… before one can read", 0, ordinary[0].bytes_before_readable, 60e3, size),
        ("app takes over, first visit", stock[0].taken_over, ordinary[0].taken_over, 20e3, seconds),
        ("… after the start page", stock[0].taken_over, prefetched.taken_over, 3500, seconds),
        ("… second visit", stock[1].taken_over, ordinary[1].taken_over, 3000, seconds),
        (
            "… second visit, private",
            stock_private[1].taken_over,
            private[1].taken_over,
            3000,
            seconds,
        ),
        ("bytes, second visit", stock[1].bytes, ordinary[1].bytes, 40e3, size),
        ("bytes, second visit, private", stock_private[1].bytes, private[1].bytes, 40e3, size),
        ("requests to other hosts", stock[0].foreign, ordinary[0].foreign, 0, "{:.0f}".format),
    ]
    lines = [f"{'':<30}{'stock':>14}{'measured':>14}{'at most':>14}"]
    for name, theirs, ours, limit, shown in rows:
        mark = "" if ours <= limit else "  !"
        lines.append(f"{name:<30}{shown(theirs):>14}{shown(ours):>14}{shown(limit):>14}{mark}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8970, help="four ports from here are used")
    parser.add_argument("--without-stock", action="store_true", help="leave out the slow part")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="enplan-phone-"))
    folder.chmod(0o755)  # PostgreSQL's user must be able to pass through it
    try:
        found = asyncio.run(
            measure(given.port, folder / "demo", with_stock=not given.without_stock)
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(found))
    if given.json:
        given.json.write_text(json.dumps(found, default=vars, indent=2))


if __name__ == "__main__":
    main()
