"""Makes docs/screens, docs/transcripts and docs/screens.md anew.

    python -m tests.e2e.pictures [--only goals goal]

The tests compare with them: look at what `git diff` shows before it is committed.
"""

import argparse
import asyncio
from pathlib import Path

from playwright.async_api import async_playwright

from tests.e2e.browser import launch
from tests.e2e.goldens import complaint
from tests.e2e.kept import CONTACT_SHEET, SCREENS, TRANSCRIPTS, contact_sheet
from tests.e2e.walk import Walked, walk
from tests.support.ports import find_free_port


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], help="names of screens, see `screens.py`")
    only = parser.parse_args().only
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        walked = await walk(browser, find_free_port(3), only)
        await browser.close()
    keep(walked)
    if not only and not walked.troubles:  # a screen that did not come is still a screen
        forget(walked)
    if walked.wrong():
        raise SystemExit("\n".join(walked.wrong()))


def keep(walked: Walked) -> None:
    """Write what was seen. A picture that looks the same stays as it is."""
    SCREENS.mkdir(exist_ok=True)
    TRANSCRIPTS.mkdir(exist_ok=True)
    for name, picture in walked.pictures.items():
        path = SCREENS / f"{name}.webp"
        if complaint(path, picture, folder=None):
            path.write_bytes(picture)
    for name, said in walked.transcripts.items():
        (TRANSCRIPTS / f"{name}.txt").write_text(said, encoding="utf-8")
    CONTACT_SHEET.write_text(contact_sheet(), encoding="utf-8")


def forget(walked: Walked) -> None:
    """Remove what is kept of screens that are no more."""
    _forget(SCREENS, {f"{name}.webp" for name in walked.pictures})
    _forget(TRANSCRIPTS, {f"{name}.txt" for name in walked.transcripts})


def _forget(folder: Path, kept: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


if __name__ == "__main__":
    asyncio.run(main())
