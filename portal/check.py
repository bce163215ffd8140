"""Looks whether what the portal and the plan API need is within reach. Used by `enplan check`."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import psycopg

from planapi.settings import PlanApiSettings
from portal.settings import PortalSettings

_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked for, and why it is not there; `problem` is None when it is."""

    what: str
    problem: str | None


async def check_portal(settings: PortalSettings) -> list[Finding]:
    """Look for everything that a portal process needs."""
    findings = await asyncio.gather(
        _database(
            "the database of login sessions", settings.session_database_url.get_secret_value()
        ),
        _web("the plan API", f"{settings.plan_api_url}/healthz"),
        _web("the MitID broker", f"{settings.oidc_issuer}/.well-known/openid-configuration"),
    )
    return list(findings)


async def check_plan_api(settings: PlanApiSettings) -> list[Finding]:
    """Look for everything that a plan API process needs."""
    findings = await asyncio.gather(
        _database("the plan database", settings.database_url.get_secret_value()),
        _web("the portal's public keys", settings.actor_jwks_url),
    )
    return list(findings)


async def _database(what: str, url: str) -> Finding:
    async def connect() -> None:
        connection = await psycopg.AsyncConnection.connect(url, connect_timeout=_PATIENCE_SECONDS)
        await connection.close()

    return await _look(what, connect)


async def _web(what: str, url: str) -> Finding:
    async def get() -> None:
        async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS) as http:
            (await http.get(url)).raise_for_status()

    return await _look(f"{what} at {url}", get)


async def _look(what: str, look: Callable[[], Awaitable[None]]) -> Finding:
    try:
        await look()
    except (httpx.HTTPError, psycopg.Error) as error:
        return Finding(what, " ".join(str(error).split()) or type(error).__name__)
    return Finding(what, None)
