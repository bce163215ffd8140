"""The same screens in the stock Flet host, to compare with. Started by `benchmarks.phone`.

No login, no guard, nothing compressed: `flet_web.fastapi.app` as its documentation shows it. Every
visitor is the person whose login cookie of the demo is given.
"""

import argparse
import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import flet as ft
import flet_web.fastapi
import httpx
import uvicorn

from auth.config import LoginLimits
from auth.sessions import LoginSession, LoginSessions
from auth.store import open_pool
from portal.actor_token import ActorTokens
from portal.plan_client import PlanClient
from portal.web.first_look import viewer_of
from portal.web.live import LiveHub
from portal.web.logins import Logins, SignedIn
from portal.web.own_login import ScreensLogin
from sandbox.postgres import PORTAL, SESSION_DATABASE, EmbeddedPostgres
from views.app import start


async def serve(data: Path, cookie: str, port: int, portal: str, plan_api: str) -> None:
    """Serve until told to stop."""
    url = EmbeddedPostgres(data / "postgres").url(SESSION_DATABASE, PORTAL)
    async with open_pool(url) as pool, httpx.AsyncClient(base_url=plan_api) as http:
        sessions = LoginSessions(pool, LoginLimits())
        login = await sessions.find(cookie)
        if login is None:
            raise SystemExit("nobody is logged in by this cookie")
        tokens = ActorTokens(
            issuer=portal,
            secret_key=json.loads((data / "secrets.json").read_text())["portal_key"],
        )
        # From this machine, too: the line to the public CDN is not what is compared.
        app = flet_web.fastapi.app(_main(login, tokens, http, sessions), no_cdn=True)
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, loop="uvloop")
        await uvicorn.Server(config).serve()


def _main(
    login: LoginSession, tokens: ActorTokens, http: httpx.AsyncClient, sessions: LoginSessions
) -> Callable[[ft.Page], None]:
    signed_in = SignedIn(login)
    live = LiveHub(http, tokens.for_service)
    client = PlanClient(http, lambda: tokens.for_login(login))

    def main(page: ft.Page) -> None:
        start(
            page,
            client=client,
            viewer=viewer_of(signed_in, "da"),
            live=live,
            login=ScreensLogin(signed_in, Logins(sessions), sessions),
        )

    return main


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cookie", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--plan-api", required=True)
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    asyncio.run(serve(given.data, given.cookie, given.port, given.portal, given.plan_api))
