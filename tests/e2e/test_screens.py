"""What holds for every screen and important state: it comes, axe finds nothing, and it fits.

One walk serves all of it, see `tests.e2e.walk`.
"""

from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.goldens import complaint
from tests.e2e.kept import ANEW, CONTACT_SHEET, SCREENS, TRANSCRIPTS, contact_sheet
from tests.e2e.phone import DESK
from tests.e2e.screens import SIGNED_OUT
from tests.e2e.walk import Walked, walk

_WALK_SECONDS = 900
DRAWN_BY_THE_BROWSER = {screen.picture for screen in SIGNED_OUT}
"""With the fonts of the machine, so they look a little different on each."""
pytestmark = pytest.mark.timeout(_WALK_SECONDS)


@pytest.fixture
def walk_again(browser: Browser, free_port) -> Callable[[Collection[str]], Awaitable[Walked]]:
    """A walk through some screens, in another town."""
    return lambda screens: walk(browser, free_port(3), screens)


async def test_axe_finds_nothing_in_either_mode_and_direction(walked):
    assert walked.violations == []


async def test_the_browser_complains_of_nothing(walked):
    assert walked.troubles == []


async def test_everything_fits_with_large_text_in_narrow_windows_and_all_languages(walked):
    assert walked.cut_off == []


async def test_what_is_tapped_is_as_large_as_a_finger(walked):
    assert walked.too_small == []


async def test_headings_are_in_order_and_every_control_has_a_name(walked):
    assert walked.wrong_in_order == []


async def test_a_screen_reader_says_what_is_kept(walked, walk_again):
    changed = said_otherwise(walked)
    if changed:  # a screen may have been caught while it was being built: a change stays
        changed = said_otherwise(await walk_again(changed))
    assert changed == [], f"Run {ANEW} and see what changed"


async def test_every_screen_looks_as_is_kept(walked, walk_again, tmp_path):
    complaints = look_otherwise(walked, tmp_path)
    if complaints:
        complaints = look_otherwise(await walk_again(complaints), tmp_path)
    assert complaints == {}, f"Look at them, then run {ANEW}"


def said_otherwise(walked: Walked) -> list[str]:
    return [
        name
        for name, said in walked.transcripts.items()
        if said != (TRANSCRIPTS / f"{name}.txt").read_text(encoding="utf-8")
    ]


def look_otherwise(walked: Walked, folder: Path) -> dict[str, str]:
    """The complaints by screen."""
    return {
        name.split(".")[0]: found
        for name, picture in walked.pictures.items()
        if name.split(".")[0] not in DRAWN_BY_THE_BROWSER
        and (found := complaint(SCREENS / f"{name}.webp", picture, folder))
    }


async def test_the_contact_sheet_shows_every_screen():
    assert CONTACT_SHEET.read_text(encoding="utf-8") == contact_sheet(), f"Run {ANEW}"


async def test_a_window_that_grows_keeps_its_page(open_phone):
    phone = await open_phone("kirsten")
    await phone.arrive("/goals/new", "Nyt mål")
    await phone.tap("Gem")
    await phone.sees("Skriv dit mål")

    await phone.page.set_viewport_size(DESK)
    await expect(phone.named("Hvem har set mine oplysninger")).to_be_visible()

    await phone.sees("Skriv dit mål")
