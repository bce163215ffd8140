"""What others do while a screen is open, so that each state of it is a real one."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from playwright.async_api import Browser

from sandbox.sample.ids import person_id, sample_id
from tests.e2e.phone import PHONE, Phone
from tests.e2e.written import plan_database_of
from tests.support.demo import RunningDemo

Meanwhile = Callable[[Browser, RunningDemo, str], AbstractAsyncContextManager[None]]
"""In front of a browser, in a town, while somebody reads a language."""

JOINT_GOAL = f"/goals/{sample_id('goal', 'lauridsen-bang', 'spise-sammen')}"
_HER_WORDS = {
    "da": "Vi spiser sammen uden telefoner fire gange om ugen",
    "ar": "نأكل معًا بلا هواتف أربع مرات في الأسبوع",
}


@asynccontextmanager
async def mette_rewords_the_goal(
    browser: Browser, town: RunningDemo, language: str
) -> AsyncIterator[None]:
    """Let Mette, on her own phone, give the goal of her family another wording."""
    words = _HER_WORDS[language]
    context = await browser.new_context(viewport=PHONE, locale="da-DK")
    hers = await Phone.open(context, town.url)
    await hers.log_in("mette", draw=False)
    await hers.go("/language?lang=da&next=/privacy")  # whatever she has read last
    await hers.arrive(f"{JOINT_GOAL}/edit", "Ret målet")
    await hers.rewrite(re.compile("^Hvad vil du gerne nå"), words)
    await hers.tap("Gem")
    await hers.on_screen(re.compile(re.escape(words)))
    await context.close()
    yield


@asynccontextmanager
async def moved_out(_browser: Browser, town: RunningDemo, _language: str) -> AsyncIterator[None]:
    """Let Jonas belong to the household no more, as far as the municipality knows."""
    left = "UPDATE household_member SET left_on = {} WHERE person_id = %s"
    with plan_database_of(town.data) as database:
        database.execute(left.format("current_date"), [person_id("jonas")])
        try:
            yield
        finally:
            database.execute(left.format("NULL"), [person_id("jonas")])


@asynccontextmanager
async def goals_are_lost(
    _browser: Browser, town: RunningDemo, _language: str
) -> AsyncIterator[None]:
    """Let the database have no table of goals: a fault that nobody has foreseen."""
    with plan_database_of(town.data) as database:
        database.execute("ALTER TABLE goal RENAME TO lost")
        try:
            yield
        finally:
            database.execute("ALTER TABLE lost RENAME TO goal")
