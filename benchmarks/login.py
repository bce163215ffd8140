"""How long the portal itself takes for a login, and what 20,000 live sessions cost.

    .venv/bin/python benchmarks/login.py [--seconds 30] [--rate 50]

One process of the portal's login, served as the portal is, with a real PostgreSQL; a stand-in
broker in a second one, which tells how long it took itself (`Server-Timing`), and that is left out;
the browsers in this one. A bare Starlette redirect in the portal's process, asked at the same rate
in the same run, says what the machine and the HTTP stack cost: the figures to compare are the
ratios to it. `portal_cpu_ms_per_login` (a redirect, a start and a callback) hardly depends on what
else the machine does.
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import random
import socket
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import httpx
import psutil
import uvloop
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.config import LoginLimits, OidcConfig
from auth.failures import LoginFailed
from auth.identity import LinkedPerson, Loa, Role, VerifiedIdentity
from auth.migrations import upgrade
from auth.opaque import digest, new_secret
from auth.relying_party import VerifiedLogin
from auth.routes import auth_routes
from auth.service import LoginService
from auth.sessions import LoginSessions
from auth.store import open_pool
from portal.logs import configure_logging
from portal.serve import serve
from sandbox.broker.claims import at_hash
from sandbox.postgres import OWNER, EmbeddedPostgres

CLIENT = "benchmark"
SECRET = "benchmark"  # noqa: S105 - of nobody
NSIS = "https://data.gov.dk/concept/core/nsis/Substantial"
ANNA = uuid4()
MANY = 20_000
FEW = 100
LOOK_UPS = 6000

_broker_time: ContextVar[list[float]] = ContextVar("broker_time")


# -- the broker, as small as one can be


def broker_app(issuer: str) -> ASGIApp:
    """PAR, token and userinfo. A pushed request's name holds the state, its code is the nonce."""
    key = RSAKey.generate_key(2048, auto_kid=True)

    async def discovery(_: Request) -> Response:
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks",
                "pushed_authorization_request_endpoint": f"{issuer}/par",
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def jwks(_: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async def push(request: Request) -> Response:
        async with request.form() as form:
            name = f"{form['state']}.{form['nonce']}"
        return JSONResponse({"request_uri": name, "expires_in": 600}, status_code=201)

    async def token(request: Request) -> Response:
        async with request.form() as form:
            nonce = str(form["code"])
        now, access = int(time.time()), new_secret()
        claims = {
            "iss": issuer,
            "aud": CLIENT,
            "sub": "anna",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "at_hash": at_hash(access),
            "auth_time": now,
            "sid": nonce,
            "loa": NSIS,
        }
        id_token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return JSONResponse({"id_token": id_token, "access_token": access, "token_type": "Bearer"})

    async def userinfo(_: Request) -> Response:
        return JSONResponse({"sub": "anna", "mitid.uuid": str(ANNA), "dk.cpr": "7105841234"})

    routes = [
        Route("/.well-known/openid-configuration", discovery),
        Route("/jwks", jwks),
        Route("/par", push, methods=["POST"]),
        Route("/token", token, methods=["POST"]),
        Route("/userinfo", userinfo),
    ]
    return TellOwnTime(Starlette(routes=routes))


# -- the portal's login


class TimedTransport(httpx.AsyncHTTPTransport):
    """Notes how long the broker says that it took, for the request that asks it."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and note."""
        response = await super().handle_async_request(request)
        _broker_time.get([]).append(_told_milliseconds(response.headers["server-timing"]))
        return response


def _told_milliseconds(server_timing: str) -> float:
    return float(server_timing.partition("dur=")[2])


class TellOwnTime:
    """Middleware: says in `Server-Timing` how long an answer took here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the header."""
        began = time.perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = (time.perf_counter() - began) * 1000
                MutableHeaders(scope=message)["Server-Timing"] = f"broker;dur={took}"
            await send(message)

        await self._app(scope, receive, timed)


class TellBrokerTime:
    """Middleware: says in `Server-Timing` how much of an answer's time was the broker's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the header."""
        spent: list[float] = []
        _broker_time.set(spent)

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Server-Timing"] = f"broker;dur={sum(spent)}"
            await send(message)

        await self._app(scope, receive, timed)


async def link_person(_identity: VerifiedIdentity, _role: Role) -> LinkedPerson:
    """Somebody; the plan API's time is not the login's."""
    return LinkedPerson(ANNA, "Anna", "da")


def portal_app(url: str, issuer: str, database: str) -> ASGIApp:
    """The login routes, and the bare redirect to compare them with."""
    pool = open_pool(database)
    http = httpx.AsyncClient(transport=TimedTransport())
    service = LoginService(
        public_url=url,
        citizen=OidcConfig(issuer, CLIENT, SECRET, None, "neb"),
        employee=None,
        http=http,
        pool=pool,
        link_person=link_person,
        limits=LoginLimits(per_address=10_000_000, per_browser=10_000_000),
    )

    def failed(_request: Request, failure: LoginFailed) -> Response:
        return PlainTextResponse(failure.detail, status_code=500)

    async def bare(_: Request) -> Response:
        return RedirectResponse("/", status_code=303)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool, http:
            yield

    routes = auth_routes(service, failure_page=failed, language=lambda _: "da")
    return TellBrokerTime(Starlette(routes=[*routes, Route("/bare", bare)], lifespan=lifespan))


def _serve(make: Callable[..., ASGIApp], port: int, *arguments: str) -> None:
    configure_logging()  # logging is part of a login's cost; who reads it is not
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    serve(make(*arguments), host="127.0.0.1", port=port)


@contextlib.contextmanager
def serving(make: Callable[..., ASGIApp], port: int, *arguments: str) -> Iterator[psutil.Process]:
    """A server in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(make, port, *arguments), daemon=True
    )
    process.start()
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.join()


# -- the browsers


@dataclass
class Times:
    """Milliseconds, the broker's own left out."""

    start: list[float] = field(default_factory=list)
    callback: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What a browser of ours reads of an answer."""

    headers: dict[str, str]
    body: bytes


class Connections:
    """Kept-alive connections to one server, by hand: browsers that cost the machine little."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str, cookie: str = "") -> Answer:
        """Ask, over a connection that nobody else uses meanwhile."""
        while self._idle and self._idle[-1][0].at_eof():  # the server has no use for idle ones
            self._idle.pop()
        if not self._idle:
            self._idle.append(await asyncio.open_connection("127.0.0.1", self._port))
        reader, writer = connection = self._idle.pop()
        more = f"Cookie: {cookie}\r\n" if cookie else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{self._port}\r\n{more}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head)
        }
        body = await reader.readexactly(int(headers["content-length"]))
        self._idle.append(connection)
        return Answer(headers, body)


async def one_login(browsers: Connections, issuer: str, times: Times) -> None:
    """A bare redirect, a start, and the callback, in a browser of their own."""
    await _timed(times.bare, browsers, "/bare")
    started = await _timed(times.start, browsers, "/auth/login?next=/plan")
    request_uri = parse_qs(urlsplit(started.headers["location"]).query)["request_uri"][0]
    state, _, nonce = request_uri.partition(".")
    query = urlencode({"code": nonce, "state": state, "iss": issuer})
    mark = started.headers["set-cookie"].partition(";")[0]
    arrived = await _timed(times.callback, browsers, f"/auth/callback?{query}", mark)
    if arrived.headers.get("location") != "/plan":
        raise RuntimeError(f"the login failed: {arrived.body!r}")


async def _timed(into: list[float], browsers: Connections, path: str, cookie: str = "") -> Answer:
    began = time.perf_counter()
    answer = await browsers.get(path, cookie)
    took = (time.perf_counter() - began) * 1000
    into.append(took - _told_milliseconds(answer.headers["server-timing"]))
    return answer


async def logins(port: int, issuer: str, rate: int, seconds: int) -> Times:
    """`rate` logins a second, begun on time whether or not earlier ones are over."""
    times, browsers = Times(), Connections(port)
    began, tasks = time.perf_counter(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(one_login(browsers, issuer, times)))
    await asyncio.gather(*tasks)
    return times


# -- sessions


async def look_ups(few: str, many: str) -> tuple[float, float]:
    """Median microseconds of a look-up among few and among many live sessions, one by one in turn.

    So whatever else the machine does meets both alike.
    """
    async with open_pool(few, max_size=1) as few_pool, open_pool(many, max_size=1) as many_pool:
        stores = [LoginSessions(pool, LoginLimits()) for pool in (few_pool, many_pool)]
        cookies = [await _fill(stores[0], few_pool, FEW), await _fill(stores[1], many_pool, MANY)]
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(LOOK_UPS):
            for index in (0, 1) if number % 2 else (1, 0):
                cookie = random.choice(cookies[index])  # noqa: S311 - nothing secret
                began = time.perf_counter()
                if await stores[index].find(cookie) is None:
                    raise RuntimeError("a session is missing")
                times[index].append((time.perf_counter() - began) * 1e6)
    return statistics.median(times[0]), statistics.median(times[1])


async def _fill(sessions: LoginSessions, pool: Any, count: int) -> list[str]:
    identity = VerifiedIdentity(
        issuer="https://broker",
        subject="anna",
        uuid=None,
        name=None,
        cpr=None,
        birth_date=None,
        loa=Loa.SUBSTANTIAL,
        auth_time=datetime.now(UTC),
        employee=None,
        broker_sid=None,
        session_expiry=None,
    )
    person = LinkedPerson(ANNA, "Anna", "da")
    login = VerifiedLogin(identity, "x" * 1200)
    first, _ = await sessions.create(login, person, Role.CITIZEN, replaces=None)
    cookies = [first, *(new_secret() for _ in range(count - 1))]
    async with pool.connection() as connection:
        await connection.execute(
            """INSERT INTO login_session
               SELECT (jsonb_populate_record(session, jsonb_build_object('key', new.key))).*
               FROM login_session session, unnest(%s::text[]) AS new(key)
               WHERE session.key = %s""",
            [[digest(cookie) for cookie in cookies[1:]], digest(first)],
        )
        await connection.execute("VACUUM ANALYZE login_session")
    return cookies


# -- all of it


async def until_up(url: str) -> None:
    """Wait for a server: on a busy machine its imports alone may take a minute."""
    async with httpx.AsyncClient() as http:
        for _ in range(1200):
            with contextlib.suppress(httpx.TransportError):
                await http.get(url)
                return
            await asyncio.sleep(0.1)
    raise RuntimeError(f"nobody answers at {url}")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def p95(values: list[float]) -> float:
    """The value that 95 % stay under."""
    return statistics.quantiles(values, n=100)[94]


async def measure(databases: tuple[str, str, str], rate: int, seconds: int) -> dict[str, Any]:
    """Run everything; returns the figures."""
    portal_port, broker_port = free_port(), free_port()
    url, issuer = f"http://localhost:{portal_port}", f"http://localhost:{broker_port}"
    with (
        serving(broker_app, broker_port, issuer),
        serving(portal_app, portal_port, url, issuer, databases[0]) as portal,
    ):
        await until_up(f"{issuer}/jwks")
        await until_up(f"{url}/bare")
        await logins(portal_port, issuer, rate=rate, seconds=2)  # so that all is warm
        before = portal.cpu_times()
        times = await logins(portal_port, issuer, rate, seconds)
        after = portal.cpu_times()
    few, many = await look_ups(databases[1], databases[2])
    bare = p95(times.bare)
    cpu_seconds = after.user + after.system - before.user - before.system
    return {
        "logins": len(times.start),
        "logins_per_second": rate,
        "bare_redirect_p95_ms": round(bare, 2),
        "start_p95_ms": round(p95(times.start), 2),
        "start_to_bare": round(p95(times.start) / bare, 2),
        "callback_p95_ms": round(p95(times.callback), 2),
        "callback_to_bare": round(p95(times.callback) / bare, 2),
        "start_median_ms": round(statistics.median(times.start), 2),
        "callback_median_ms": round(statistics.median(times.callback), 2),
        "bare_redirect_median_ms": round(statistics.median(times.bare), 2),
        "portal_cpu_ms_per_login": round(cpu_seconds * 1000 / len(times.start), 2),
        f"look_up_among_{FEW}_us": round(few),
        f"look_up_among_{MANY}_us": round(many),
        "look_up_ratio": round(many / few, 2),
    }


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--rate", type=int, default=50, help="logins a second")
    arguments.add_argument("--seconds", type=int, default=30)
    chosen = arguments.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="enplan-login-"))
    directory.chmod(0o755)
    server = EmbeddedPostgres(directory)
    server.start()
    try:
        databases = []
        for name in ("login", "few", "many"):
            server.create_database(name, owner=OWNER)
            databases.append(server.url(name, OWNER))
            upgrade(databases[-1])
        figures = uvloop.run(
            measure((databases[0], databases[1], databases[2]), chosen.rate, chosen.seconds)
        )
    finally:
        server.stop()
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
