"""Whoever opens a page about somebody else is in their access log once for each thing on it.

The page reads, and then the app that takes over. Within a quarter of an hour the plan API enters a
second reading no more; here it has forgotten the first, so that a second one is seen.
"""

import asyncio
import html
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import httpx
import psycopg
import pytest
import pytest_asyncio

from sandbox.sample.ids import person_id, sample_id
from tests.e2e.conftest import Logins, OpenPhone
from tests.e2e.screens import METTE_AT_WORK, METTES_THREAD, MOVE_A_MEETING
from tests.portal.flet_client import FletClient, open_socket
from tests.support.demo import RunningDemo

Opening = Callable[[str], Awaitable[None]]

SILENT_SECONDS = 0.4
ISOLATES = "\u2068\u2069"

_OF_A_CHILD = f"/goals/{sample_id('goal', 'freja', 'i-skole-hver-dag')}"
_SHARED = f"/goals/{sample_id('goal', 'freja', 'efterskole')}"
_CONSENT = f"/sharing/{sample_id('consent', 'freja', 'samlet-plan')}"
_MEETING = f"/calendar/{sample_id('appointment', 'freja', 0)}"

PAGES = {
    "mette": [
        *(f"{goal}{part}" for goal in (_OF_A_CHILD, _SHARED) for part in ("", "/edit", "/history")),
        *(f"{_CONSENT}{part}" for part in ("", "/receipt", "/sign", "/withdraw")),
        *(f"{_MEETING}{part}" for part in ("", "/cannot")),
        "/sharing",
    ],
    "louise": [
        *(f"{METTE_AT_WORK}{part}" for part in ("", "/write", "/propose-goal")),
        "/work",
        "/work/citizens",
        MOVE_A_MEETING,
        METTES_THREAD,
    ],
}
"""What a mother opens of her daughter's, and a contact person of a citizen's."""


@pytest_asyncio.fixture(loop_scope="session")
async def log_in(demo: RunningDemo, open_phone: OpenPhone, logins: Logins):
    """Log somebody in; returns how one opens addresses in their name, page and app."""

    async def log_in(person: str, forget: Callable[[], None]) -> Opening:
        if person not in logins:
            await open_phone(person)
        cookies = {one["name"]: one["value"] for one in logins[person]["cookies"]}

        async def opening(path: str) -> None:
            async with httpx.AsyncClient(
                base_url=demo.url, cookies=cookies, trust_env=False
            ) as browser:
                page = (await browser.get(path)).raise_for_status().text
            forget()
            heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]
            if path.endswith("/edit"):
                heading = "Ret målet"  # the page shows the goal, as there is nothing to write on
            await draw(path, html.unescape(heading).strip().strip(ISOLATES))

        async def draw(path: str, heading: str) -> None:
            socket = open_socket(
                demo.url.replace("http", "ws", 1) + "/ws",
                origin=demo.url,
                cookie="; ".join(f"{name}={value}" for name, value in cookies.items()),
            )
            async with socket as line:
                client = FletClient(line)
                await client.register(route=path)
                await client.wait_for_text(heading)
                with suppress(TimeoutError):
                    while True:
                        await asyncio.wait_for(client.receive(), SILENT_SECONDS)

        return opening

    return log_in


@pytest.mark.parametrize("person", PAGES)
async def test_a_page_and_its_app_are_one_reading(
    log_in, plan_database: psycopg.Connection, person: str
):
    def forget() -> None:
        plan_database.execute("DELETE FROM recent_reading")

    def entries_since(moment: datetime) -> Counter[tuple]:
        find = """SELECT citizen_id, resource_kind, resource_id, ground FROM access_entry
                  WHERE reader_id = %s AND at > %s"""
        return Counter(plan_database.execute(find, [person_id(person), moment]).fetchall())

    opening = await log_in(person, forget)
    for path in (_OF_A_CHILD, _SHARED) if person == "mette" else (METTES_THREAD,):
        await opening(path)  # whoever has seen the news tells so, which is a look at them too
    for path in PAGES[person]:
        forget()
        (moment,) = plan_database.execute("SELECT clock_timestamp()").fetchone()
        await opening(path)
        entries = entries_since(moment)
        assert entries, path
        assert set(entries.values()) == {1}, (path, entries)
