"""The plan API behind a real socket, for tests that need HTTP as it is on the wire."""

import asyncio
import threading

import uvicorn


class ServedApi:
    """An application served by uvicorn in a thread of its own."""

    def __init__(self, app, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        config = uvicorn.Config(
            app, host="127.0.0.1", port=port, log_config=None, timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self.server.run)

    async def start(self) -> None:
        self._thread.start()
        while not self.server.started:
            assert self._thread.is_alive()
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        self.server.should_exit = True
        await asyncio.to_thread(self._thread.join)
