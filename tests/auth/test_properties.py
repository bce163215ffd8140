"""Whatever a browser or a broker sends: never a 5xx, never a session, never another error."""

import base64
import json
import time
from contextlib import suppress
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from joserfc.jwk import RSAKey

from auth.brokers import BROKERS, profile_for
from auth.config import LoginLimits
from auth.devices import device_of
from auth.identity import NSIS_LOA, Loa
from auth.local_path import local_path
from auth.powers import parse_powers
from auth.tokens.checks import peek_claims
from auth.tokens.id_token import Expected, LoaTooLow, validate_id_token
from auth.tokens.jwks import JwksCache
from auth.tokens.logout_token import validate_logout_token
from auth.tokens.rejection import TokenRejected
from sandbox.broker.claims import at_hash
from tests.auth.parts import Browser, new_client, parameters

KEY = RSAKey.generate_key(2048, auto_kid=True)
ISSUER = "https://broker.example/op"
CLIENT = "portal"
NEB = profile_for("neb")

texts = st.text(max_size=60)
names = st.sampled_from(["code", "state", "iss", "error", "error_description", "session_state"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
over_http = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
in_process = settings(max_examples=150, deadline=None)


@pytest.fixture
async def open_door(make_portal):
    """A portal that counts nobody's attempts, and a browser."""
    limits = LoginLimits(per_address=1_000_000, per_browser=1_000_000)
    async with make_portal(limits) as portal, new_client() as http:
        yield Browser(portal, http)


async def assert_nobody_got_in(browser, answer):
    assert answer.status_code in {200, 400, 403}
    assert len(answer.json()["reference"]) == 8
    assert (await browser.session()).status_code == 401


@given(query=st.lists(st.tuples(names | texts, texts), max_size=8))
@over_http
async def test_a_callback_that_nobody_asked_for_opens_nothing(open_door, query):
    url = f"{open_door.portal.url}/auth/callback?{_encoded(query)}"

    await assert_nobody_got_in(open_door, await open_door.http.get(url))


@given(
    changes=st.dictionaries(
        st.sampled_from(["code", "state", "iss"]), st.none() | texts, min_size=1
    ),
    more=st.lists(st.tuples(names | texts, texts), max_size=3),
)
@over_http
async def test_a_callback_that_was_tampered_with_opens_nothing(open_door, changes, more):
    callback = await open_door.choose(await open_door.start(), "anna")
    good = parameters(callback)
    assume(all(good[name] != value for name, value in changes.items()))
    query = [(name, value) for name, value in (good | changes).items() if value is not None]
    url = f"{open_door.portal.url}/auth/callback?{_encoded([*query, *more])}"

    await assert_nobody_got_in(open_door, await open_door.http.get(url))


@given(
    query=st.dictionaries(
        st.sampled_from(["role", "next", "prompt", "max_age", "app_switch"]) | texts, texts
    )
)
@over_http
async def test_any_login_start_leads_to_the_broker_and_nowhere_else(open_door, broker, query):
    answer = await open_door.http.get(
        f"{open_door.portal.url}/auth/login?{_encoded(query.items())}"
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{broker.issuer}/connect/authorize?")


@given(body=st.binary(max_size=300), kind=st.sampled_from(["x-www-form-urlencoded", "json"]))
@over_http
async def test_any_back_channel_logout_is_answered_400(open_door, body, kind):
    answer = await open_door.http.post(
        f"{open_door.portal.url}/auth/backchannel-logout",
        content=body,
        headers={"Content-Type": f"application/{kind}"},
    )

    assert answer.status_code == 400


@given(wanted=texts | st.from_regex(r"[/\\.:@a-z\t%]{0,12}", fullmatch=True))
@in_process
def test_whatever_next_says_one_stays_in_the_portal(wanted):
    path = local_path(wanted)

    assert urlsplit(urljoin("https://portal.example/x", path)).netloc == "portal.example"
    assert httpx.URL("https://portal.example/x").join(path).host == "portal.example"


# Tokens


def good_claims() -> dict:
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "subject",
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "nonce": "nonce",
        "at_hash": at_hash("access"),
        "auth_time": now,
        "loa": NSIS_LOA + "Substantial",
        "session_expiry": str(now + 16_000),
    }


def signed(claims, header=None) -> str:
    """Signed by the broker's key, whatever is in it; the library would refuse to write some."""
    head = {"alg": "RS256", "kid": KEY.kid, **(header or {})}
    protected = f"{_part(head)}.{_part(claims)}"
    return f"{protected}.{_signature(protected)}"


def _part(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _signature(signing_input: str) -> str:
    raw = KEY.private_key.sign(signing_input.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def cache() -> JwksCache:
    async def fetch():
        return {"keys": [KEY.as_dict(private=False)]}

    return JwksCache(fetch)


async def validated(token: str):
    """The id_token, or None where it was refused. Any other error fails the test."""
    expected = Expected(ISSUER, CLIENT, "nonce", "access", Loa.SUBSTANTIAL, None)
    try:
        return await validate_id_token(
            token,
            expected=expected,
            keys=cache(),
            algorithms=NEB.algorithms,
            read_loa=NEB.read_loa,
            now=time.time(),
        )
    except (TokenRejected, LoaTooLow):
        return None


async def test_the_token_that_the_others_are_made_from_is_good():
    assert await validated(signed(good_claims())) is not None


@given(token=st.text(max_size=200) | st.from_regex(r"[A-Za-z0-9_.-]{0,80}", fullmatch=True))
@in_process
async def test_what_is_no_token_is_refused(token):
    assert await validated(token) is None


@given(claims=st.dictionaries(st.sampled_from([*good_claims(), "azp", "sid"]) | texts, json_values))
@in_process
async def test_claims_made_up_altogether_are_refused(claims):
    assert await validated(signed(claims)) is None


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_around_now(value) -> bool:
    return _is_number(value) and abs(value - time.time()) < 3600


REQUIRED = ["iss", "aud", "sub", "iat", "exp", "nonce", "at_hash", "loa"]


@given(name=st.sampled_from(REQUIRED), value=json_values)
@in_process
async def test_any_other_value_of_a_claim_that_counts_is_refused(name, value):
    claims = good_claims()
    harmless = {
        "aud": value == [CLIENT],
        "sub": isinstance(value, str) and value.strip() != "" and len(value) <= 255,
        "iat": _is_around_now(value),
        "exp": _is_around_now(value) or (_is_number(value) and value > time.time()),
    }
    assume(value != claims[name] and not harmless.get(name))

    assert await validated(signed(claims | {name: value})) is None


@given(name=st.sampled_from(REQUIRED))
@in_process
async def test_a_claim_that_counts_cannot_be_left_out(name):
    claims = good_claims()
    del claims[name]

    assert await validated(signed(claims)) is None


@given(
    header=st.dictionaries(
        st.sampled_from(["jwk", "jku", "x5c", "x5u", "crit", "b64", "zip", "typ", "cty"]),
        json_values,
    )
)
@in_process
async def test_nothing_in_the_header_makes_another_key_count_or_breaks_anything(header):
    accepted = await validated(signed(good_claims(), header))

    assert accepted is None or accepted.subject == "subject"


@given(position=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=5))
@in_process
async def test_a_token_with_one_bit_changed_is_refused(position, bit):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = signed(good_claims())
    place = position % len(token)
    assume(token[place] != "." and place < len(token) - 2)  # the last characters hold spare bits
    other = alphabet[alphabet.index(token[place]) ^ (1 << bit)]

    assert await validated(token[:place] + other + token[place + 1 :]) is None


@given(claims=st.dictionaries(st.sampled_from([*good_claims(), "jti", "events"]), json_values))
@in_process
async def test_a_logout_token_made_up_altogether_is_refused(claims):
    with pytest.raises(TokenRejected):
        await validate_logout_token(
            signed(claims),
            issuer=ISSUER,
            client_id=CLIENT,
            keys=cache(),
            algorithms=NEB.algorithms,
            now=time.time(),
        )


@given(token=st.text())
@in_process
def test_peeking_into_anything_is_no_error_but_a_refusal(token):
    with suppress(TokenRejected):
        peek_claims(token)


@pytest.mark.parametrize("broker", BROKERS)
@given(data=st.data())
@in_process
def test_a_profile_reads_any_claims_without_an_error(broker, data):
    profile = profile_for(broker)
    known = st.sampled_from(
        ["mitid.date_of_birth", "birthdate", "employee", "sub", "cvr", "nemlogin.cvr", "loa"]
    )
    claims = data.draw(st.dictionaries(known | texts, json_values))

    profile.read_loa(claims)
    profile.read_person(claims)
    profile.read_employee(claims)


@given(text=st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
@in_process
def test_any_power_of_attorney_and_any_browser_name_can_be_read(text):
    parse_powers(text)
    device_of(text)


def _encoded(query) -> str:
    return urlencode(list(query), errors="surrogatepass")
