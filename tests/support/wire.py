"""Between the plan API and PostgreSQL: counts how often the one waits for the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

QUIET_SECONDS = 0.02


class Wire:
    """Passes questions on at once, and holds answers back until nothing more is asked.

    So whatever is sent together is one round trip, and what waits for an answer begins another.
    """

    def __init__(self) -> None:
        self.round_trips = 0

    @asynccontextmanager
    async def to(self, url: str, directory: Path) -> AsyncIterator[str]:
        """Yield the URL by which the database of ``url`` is reached through here."""
        (sockets,) = parse_qs(urlsplit(url).query)["host"]
        name = ".s.PGSQL.5432"

        async def serve(questions: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
            server = await asyncio.open_unix_connection(f"{sockets}/{name}")
            await _Connection(self, (questions, server[1]), (server[0], answers)).run()

        server = await asyncio.start_unix_server(serve, directory / name)
        async with server:
            yield urlsplit(url)._replace(query=f"host={quote(str(directory), safe='')}").geturl()


_Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _Connection:
    def __init__(self, wire: Wire, there: _Way, back: _Way) -> None:
        self._wire = wire
        self._there = there
        self._back = back
        self._moves = 0
        self._asked = False
        self._held = bytearray()
        self._answered = asyncio.Event()

    async def run(self) -> None:
        releasing = asyncio.create_task(self._release())
        try:
            await asyncio.gather(self._ask(), self._hold())
        except (ConnectionError, asyncio.CancelledError):
            pass  # the test is over
        finally:
            releasing.cancel()
            self._back[1].close()

    async def _ask(self) -> None:
        source, target = self._there
        while data := await source.read(65_536):
            self._moves += 1
            self._asked = True
            target.write(data)
        target.close()

    async def _hold(self) -> None:
        while data := await self._back[0].read(65_536):
            self._moves += 1
            self._held += data
            self._answered.set()

    async def _release(self) -> None:
        while True:
            await self._answered.wait()
            seen = None
            while seen != self._moves:
                seen = self._moves
                await asyncio.sleep(QUIET_SECONDS)
            self._wire.round_trips += self._asked
            self._asked = False
            self._back[1].write(bytes(self._held))
            self._held.clear()
            self._answered.clear()
