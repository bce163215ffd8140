"""How Chromium is started, for stories and pictures."""

import os

from playwright.async_api import Browser, Playwright


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
        ],
    )
