"""Serves an ASGI application behind a real socket, as in production, on the test's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

from portal.serve import server_config


class _QuietServer(uvicorn.Server):
    def capture_signals(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()  # the signals are pytest's


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
        server.should_exit = True
        await serving


def listen(port: int = 0) -> socket.socket:
    """Return a socket that listens on this port, or on any free one."""
    return socket.create_server(("127.0.0.1", port))
