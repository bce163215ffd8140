"""The broker tells the portal that somebody logged out there."""

import asyncio
import time
from uuid import uuid4

import pytest
import structlog
from joserfc import jwt
from joserfc.jwk import RSAKey

from auth.opaque import digest
from sandbox.broker.keys import SigningKeys
from tests.auth.parts import CLIENT_ID

EVENT = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def claims(broker):
    """What a good logout_token says; a test spoils one claim."""
    now = int(time.time())
    return {
        "iss": broker.issuer,
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 120,
        "jti": str(uuid4()),
        "sid": "some-session",
        "events": {EVENT: {}},
    }


@pytest.fixture
def broker_key(broker_data):
    return SigningKeys(broker_data).current


@pytest.fixture
def send(browser, broker_key):
    async def send(claims, key=None, alg="RS256"):
        header = {"alg": alg, "kid": broker_key.kid}
        token = jwt.encode(header, claims, key or broker_key, default_type="logout+jwt")
        return await post(browser, token)

    return send


async def post(browser, token):
    return await browser.http.post(
        f"{browser.portal.url}/auth/backchannel-logout", data={"logout_token": token}
    )


async def test_logging_out_at_the_broker_ends_the_session_in_every_browser_tab(
    browser, another_browser, broker
):
    # Another browser holds the same broker session: it ends without doing anything itself.
    await browser.log_in()
    key = digest(browser.http.cookies["enplan"])
    ended = browser.portal.service.sessions.ended()
    assert await anext(ended) == ""
    hint = await _id_token(browser)

    out = await another_browser.http.get(
        f"{broker.issuer}/connect/endsession",
        params={"id_token_hint": hint, "post_logout_redirect_uri": f"{browser.portal.url}/"},
    )

    assert out.headers["location"] == f"{browser.portal.url}/"
    async with asyncio.timeout(2):
        while await anext(ended) != key:
            pass
    assert (await browser.session()).status_code == 401
    await ended.aclose()


async def _id_token(browser):
    async with browser.portal.service.sessions._pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT id_token FROM login_session ORDER BY created_at DESC LIMIT 1"
        )
        return (await cursor.fetchone())[0]


async def test_a_good_token_is_answered_with_200_and_never_stored(send, claims):
    answer = await send(claims)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


async def test_a_replayed_token_is_refused(send, claims):
    await send(claims)

    assert (await send(claims)).status_code == 400


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"iss": "https://another.example"}, "unknown_issuer"),
        ({"aud": "another-client"}, "wrong_audience"),
        ({"exp": 1}, "expired"),
        ({"iat": 1}, "issued_too_long_ago"),
        ({"iat": None}, "missing_iat"),
        ({"events": {}}, "not_a_logout_token"),
        ({"events": None}, "not_a_logout_token"),
        ({"events": {EVENT: "yes"}}, "not_a_logout_token"),
        ({"nonce": "n"}, "nonce_in_logout_token"),
        ({"sid": None}, "nobody_to_log_out"),
        ({"jti": None}, "missing_jti"),
    ],
)
async def test_a_token_that_breaks_a_rule_is_refused(send, claims, spoil, why):
    spoiled = {name: value for name, value in {**claims, **spoil}.items() if value is not None}

    with structlog.testing.capture_logs() as logs:
        answer = await send(spoiled)

    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request"}
    assert [entry["code"] for entry in logs if "code" in entry] == [why]


async def test_a_token_with_a_strangers_signature_is_refused(send, claims):
    assert (await send(claims, RSAKey.generate_key(2048))).status_code == 400


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "æ.ø.å"])
async def test_rubbish_is_refused(browser, token):
    assert (await post(browser, token)).status_code == 400


async def test_an_id_token_is_no_logout_token(browser):
    await browser.log_in()

    assert (await post(browser, await _id_token(browser))).status_code == 400
    assert (await browser.session()).status_code == 200


async def test_an_endless_form_is_refused(browser):
    assert (await post(browser, "x" * 40_000)).status_code == 400
