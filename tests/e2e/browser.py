"""How Chromium is started, for stories and pictures."""

import os

from playwright.async_api import Browser, Playwright

# V8 compiles what of the engine runs some time once more, better. Most stories are over before
# that pays: a fifth of a browser's work.
_COMPILE_TWICE_WHAT_RUNS_LONG = "--js-flags=--wasm-tiering-budget=200000000"


async def launch(playwright: Playwright) -> Browser:
    """Start the machine's Chromium, or the one that `ENPLAN_TEST_CHROMIUM` names."""
    return await playwright.chromium.launch(
        executable_path=os.environ.get("ENPLAN_TEST_CHROMIUM", "/usr/bin/chromium"),  # noqa: TID251
        args=[
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            _COMPILE_TWICE_WHAT_RUNS_LONG,
        ],
    )
