"""`kill -9` of any one process: what was written stays, and the browser comes back by itself."""

import asyncio
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from sandbox.lifeline import has_ended
from tests.e2e.conftest import OpenPhone, plan_database_of
from tests.e2e.written import times_written, until_saved
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

    async def start_again(self) -> None:
        """Stop what runs, and start the demo as the next morning."""
        if self.demo.process.poll() is None:
            await asyncio.to_thread(self.demo.stop)
        self.demo = RunningDemo(self._data, self._port)
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
