"""One address in front of several servers, as a load balancer is."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Choose = Callable[[str], int]


def hanging_up(app: ASGIApp) -> ASGIApp:
    """The same application on one connection for each request, so that each may go elsewhere."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_hang_up(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await app(scope, receive, send_and_hang_up)

    return answer


@contextlib.asynccontextmanager
async def proxy(listener: socket.socket, choose: Choose) -> AsyncIterator[None]:
    """Pass each connection on to the port that `choose` names for the path it begins with."""
    under_way: set[asyncio.Task[None]] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if not line:  # a browser connects in advance, and may need nothing
            writer.close()
            return
        port = choose(line.split()[1].decode())
        there, back = await asyncio.open_connection("127.0.0.1", port)
        back.write(line)
        try:
            await asyncio.gather(_copy(reader, back), _copy(there, writer))
        finally:
            back.close()
            writer.close()

    async def follow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await pass_on(reader, writer)

    server = await asyncio.start_server(follow, sock=listener)
    try:
        yield
    finally:
        server.close()
        for task in list(under_way):
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()
    writer.close()
