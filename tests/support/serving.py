"""Serves an ASGI application behind a real socket, as in production, on the test's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

from portal.serve import server_config


class _QuietServer(uvicorn.Server):
    """Ends at once where nobody is connected: uvicorn looks and waits a tenth of a second each."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._leaving = asyncio.Event()

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()  # the signals are pytest's

    def leave(self) -> None:
        self.should_exit = True
        self._leaving.set()

    async def main_loop(self) -> None:
        ticking = asyncio.create_task(super().main_loop())
        await self._leaving.wait()
        ticking.cancel()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        await self.lifespan.shutdown()


@contextlib.asynccontextmanager
async def served(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Answer on `listener` while the block runs. Fails when the application does not start."""
    server = _QuietServer(server_config(app, last_answers_seconds=1))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        if serving.done():
            await serving
            raise AssertionError("The application did not start: its lifespan failed.")
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.leave()
        await serving


def listen(port: int = 0) -> socket.socket:
    """Return a socket that listens on this port, or on any free one."""
    return socket.create_server(("127.0.0.1", port))
