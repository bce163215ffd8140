"""The plan API under load, with one more route to compare with. Started by `benchmarks.planapi`.

`/plain` sends two plain statements to PostgreSQL, one after the other, and answers a constant.
"""

import json
import socket
import sys

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from psycopg_pool import AsyncConnectionPool

from benchmarks.signing import ISSUER
from planapi.app import create_app
from planapi.settings import PlanApiSettings
from portal.serve import tune_garbage_collection

POOL_SIZE = 4


def _application(database_url: str, keys: dict[str, object]) -> FastAPI:
    settings = PlanApiSettings(
        database_url=database_url,
        actor_jwks_url=f"{ISSUER}/auth/jwks.json",
        actor_issuer=ISSUER,
        secret_key="the plan API's key of a benchmark, nothing else",  # noqa: S106
    )
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=keys))
    application = create_app(settings, http=httpx.AsyncClient(transport=portal))
    _add_plain(application, database_url, settings.database_pool_size)
    return application


def _add_plain(application: FastAPI, database_url: str, pool_size: int) -> None:
    pool = AsyncConnectionPool(
        database_url, min_size=1, max_size=pool_size, open=False, kwargs={"autocommit": True}
    )
    constant = b""

    @application.get("/plain")
    async def plain() -> Response:
        if pool.closed:
            await pool.open()
        async with pool.connection() as connection:
            await (await connection.execute("SELECT 1")).fetchone()
            await (await connection.execute("SELECT 2")).fetchone()
        return Response(constant, media_type="application/json")

    @application.post("/plain")
    async def set_constant(request: Request) -> None:
        nonlocal constant
        constant = await request.body()


def _main() -> None:
    database_url, keys = sys.argv[1:]
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    application = _application(database_url, json.loads(keys))
    tune_garbage_collection()  # as whoever serves the plan API does
    config = uvicorn.Config(application, loop="uvloop", log_config=None)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _main()
