"""`kill -9` of any one process: what was written stays, and the browser comes back by itself."""

import asyncio
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import psutil
import pytest

import assets
from sandbox.lifeline import has_ended
from tests.e2e.conftest import OpenPhone
from tests.e2e.written import plan_database_of, times_written, until_saved
from tests.support.demo import RunningDemo

SUBJECT, BODY = re.compile("^Emne"), re.compile("^Din besked")
LOST_LINE = "ERR_|WebSocket|status of 50|page error: Exception$"
"""What Chromium and Flutter's engine say of a server that is not there."""
PATIENCE_SECONDS = 60
_LOOK_EVERY_SECONDS = 0.1

WHO_WRITES = {
    "portal": "renee",
    "planapi": "jonas",
    "simulator": "freja",
    "postgres": "sofie",
    "supervisor": "villads",
}


class Town:
    """A demo of its own, that can be started again on the same address and data."""

    def __init__(self, data: Path, port: int) -> None:
        self._data = data
        self._port = port
        self.demo = RunningDemo(data, port).wait_until_ready()

    async def kill(self, name: str) -> None:
        """Kill one process, the supervisor too; return when the kernel has taken it away."""
        process = (
            psutil.Process(self.demo.process.pid)
            if name == "supervisor"
            else self.demo.server(name)
        )
        rest = self.demo.everything() if name == "supervisor" else []
        process.send_signal(signal.SIGKILL)
        if name == "supervisor":
            self.demo.process.communicate()
        for each in rest:
            assert await asyncio.to_thread(has_ended, each, within=PATIENCE_SECONDS)

    async def until_ready(self) -> None:
        """Return when all that was killed has been started again by the supervisor."""
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            httpx.AsyncClient(trust_env=False) as http,
        ):
            while not await self._is_ready(http):  # noqa: ASYNC110 - other processes
                await asyncio.sleep(_LOOK_EVERY_SECONDS)

    async def _is_ready(self, http: httpx.AsyncClient) -> bool:
        try:
            portal = await http.get(f"http://127.0.0.1:{self._port}/readyz")
            plan_api = await http.get(f"http://127.0.0.1:{self._port + 1}/readyz")
        except httpx.HTTPError:
            return False
        parts = portal.json().values()
        return portal.is_success and plan_api.is_success and set(parts) == {"up"}

    async def start_again(self, settings: Mapping[str, str] | None = None) -> None:
        """Stop what runs, and start the demo as the next morning."""
        if self.demo.process.poll() is None:
            await asyncio.to_thread(self.demo.stop)
        self.demo = RunningDemo(self._data, self._port, settings=settings)
        await asyncio.to_thread(self.demo.wait_until_ready)


@pytest.fixture(scope="module")
def town(data_directory, free_port) -> Iterator[Town]:
    town = Town(data_directory.with_name("town"), free_port(3))
    yield town
    town.demo.stop()


@pytest.mark.parametrize(("name", "person"), WHO_WRITES.items())
async def test_nothing_is_lost_and_nobody_logs_in_again(
    town: Town, open_phone: OpenPhone, name: str, person: str
):
    phone = await open_phone(at=town.demo.url)
    phone.expect_trouble(LOST_LINE)
    sent, typed = f"Skrevet, før {name} faldt om", f"Skrevet, mens {name} lå"
    await phone.log_in(person)
    await phone.visit("/messages/new", "Skriv besked")
    await phone.write(SUBJECT, sent)
    await phone.write(BODY, sent)
    await phone.tap("Send")
    await phone.on_screen(sent)
    await phone.visit("/messages/new", "Skriv besked")
    await phone.write(BODY, typed)
    with plan_database_of(town.demo.data) as database:
        await until_saved(database, person, "message:new", typed)

    await town.kill(name)
    if name == "supervisor":
        await town.start_again()
    await town.until_ready()
    await phone.on_screen("Skriv besked")
    await phone.holds(BODY, typed)
    await phone.write(SUBJECT, typed)
    await phone.tap("Send")
    await phone.on_screen(typed)

    await town.start_again()
    await phone.on_screen(typed)
    await phone.visit("/messages", "Beskeder")
    await phone.sees(re.compile(sent))
    await phone.sees(re.compile(typed))
    with plan_database_of(town.demo.data) as database:
        assert times_written(database, sent) == times_written(database, typed) == 1


@pytest.fixture
def newer_version(tmp_path) -> dict[str, str]:
    """Settings of a process that has another style sheet, and so another version."""
    files = tmp_path / "assets"
    shutil.copytree(Path(assets.__file__).parent, files)
    with (files / "styles/page.css").open("a") as styles:
        styles.write("/* newer */")
    return {"PYTHONPATH": str(tmp_path)}


async def test_a_newer_version_is_loaded_once_and_what_was_typed_is_there(
    town: Town, open_phone: OpenPhone, newer_version: dict[str, str]
):
    phone = await open_phone(at=town.demo.url)
    phone.expect_trouble(LOST_LINE)
    loads = []
    phone.page.on("load", lambda: loads.append(phone.page.url))
    typed = "Skrevet lige før en ny version"
    await phone.log_in("mette")
    await phone.visit("/messages/new", "Skriv besked")
    await phone.write(BODY, typed)
    with plan_database_of(town.demo.data) as database:
        await until_saved(database, "mette", "message:new", typed)
    version = await phone.page.locator("#boot").text_content()

    loads.clear()
    async with phone.page.expect_event("load", timeout=PATIENCE_SECONDS * 1000):
        await town.start_again(newer_version)
    await phone.on_screen("Skriv besked")
    await phone.holds(BODY, typed)
    assert await phone.page.locator("#boot").text_content() != version
    assert len(loads) == 1
