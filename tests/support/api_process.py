"""The plan API as a process of its own, so that a test can kill it and start it again."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import httpx
import uvicorn

from planapi.app import create_app
from planapi.settings import PlanApiSettings


class ApiProcess:
    """One plan API process at a fixed port, with the keys of a signer."""

    def __init__(self, database_url: str, port: int, keys: dict, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._arguments = (database_url, str(port), json.dumps(keys))
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.support.api_process", *self._arguments),
                stdout=log,
                stderr=log,
            )
        async with httpx.AsyncClient() as http:
            while True:
                assert self._process.returncode is None, self._log.read_text()
                try:
                    if (await http.get(f"{self.url}/readyz")).is_success:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it at once: SIGKILL, nothing is tidied."""
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()


def _serve(database_url: str, port: str, keys: str) -> None:
    settings = PlanApiSettings(
        database_url=database_url,
        actor_jwks_url="http://localhost:8550/auth/jwks.json",
        actor_issuer="http://localhost:8550",
        secret_key="a secret of the plan API that only tests know",
    )
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=json.loads(keys)))
    app = create_app(settings, http=httpx.AsyncClient(transport=portal))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_config=None)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
