"""The MitID simulator: strict where the real broker is, and its answers in the recorded shape."""

import base64
import hashlib
import json
import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from sandbox.broker.app import create_broker_app
from sandbox.broker.identities import IdentityKind, Professional, SimulatedIdentity
from sandbox.broker.keys import SigningKeys
from sandbox.broker.outcomes import Outcome
from sandbox.broker.settings import BrokerSettings, portal_client

PORTAL = "http://localhost:8550"
CALLBACK = f"{PORTAL}/auth/callback"
ORIGIN = "http://localhost:8552"
VERIFIER = "v" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
THIS_YEAR = datetime.now(UTC).year


def person(slug, name, kind, born, professional=None):
    number = len(slug)
    return SimulatedIdentity(
        slug, name, kind, "7105841234", UUID(int=number), born, professional=professional
    )


ANNA = person("anna", "Anna <Bæk> Sørensen", IdentityKind.CITIZEN, date(1984, 5, 11))
TEEN = person("ida-14", "Ida", IdentityKind.CHILD, date(THIS_YEAR - 15, 1, 1))
SMALL = person("noah-9", "Noah", IdentityKind.CHILD, date(THIS_YEAR - 9, 1, 1))
LARS = person(
    "lars",
    "Lars Peter Holm",
    IdentityKind.CONTACT_PERSON,
    date(1979, 3, 2),
    Professional(str(UUID(int=77)), "12345678", "Solkøbing Kommune"),
)

CITIZEN_REQUEST = {
    "client_id": "enplan-demo",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid mitid ssn",
    "idp_values": "mitid",
    "idp_params": '{"mitid":{"loa_value":"substantial"}}',
    "state": "the-state",
    "nonce": "the-nonce",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
EMPLOYEE_REQUEST = CITIZEN_REQUEST | {"scope": "openid nemlogin", "idp_values": "mitid_erhverv"}
REDEEM = {
    "grant_type": "authorization_code",
    "redirect_uri": CALLBACK,
    "code_verifier": VERIFIER,
}
SECRET = ("enplan-demo", "demo-secret")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("simulator")


@pytest.fixture
def app(data_dir):
    settings = BrokerSettings("127.0.0.1", 8552, data_dir, (portal_client(PORTAL, SECRET[1]),))
    return create_broker_app(settings, [ANNA, TEEN, SMALL, LARS])


@pytest.fixture
async def web(app):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


def query(url):
    return dict(parse_qsl(urlsplit(url).query))


async def login_page(web, request=CITIZEN_REQUEST):
    answer = await web.get("/op/connect/authorize", params=request)
    return await web.get(answer.headers["location"])


async def choose(web, slug, request=CITIZEN_REQUEST):
    """Back to the client with these parameters."""
    page = await login_page(web, request)
    name = re.search(r'name="request" value="([^"]+)"', page.text)[1]
    back = await web.post("/op/login", data={"request": name, "identity": slug})
    return query(back.headers["location"])


async def tokens(web, slug="anna", request=CITIZEN_REQUEST):
    code = (await choose(web, slug, request))["code"]
    answer = await web.post("/op/connect/token", data={**REDEEM, "code": code}, auth=SECRET)
    return answer.json()


async def id_token(web, answer):
    keys = (await web.get("/op/.well-known/openid-configuration/jwks")).json()
    return jwt.decode(answer["id_token"], KeySet.import_key_set(keys), algorithms=["RS256"])


# The recorded shape


async def test_the_callback_carries_what_was_recorded_in_that_order(web):
    back = await choose(web, "anna")

    assert list(back) == ["code", "state", "session_state", "iss"]
    assert (back["state"], back["iss"]) == ("the-state", f"{ORIGIN}/op")


async def test_a_failure_of_the_person_comes_back_without_an_issuer(web):
    await web.post("/sim/next", json={"outcome": "timeout"})
    back = await choose(web, "anna")

    assert list(back) == ["error", "error_description", "state", "session_state"]
    assert (back["error"], back["error_description"]) == ("access_denied", "mitid_timeout")


async def test_the_token_answer_and_the_id_token_have_the_recorded_members(web):
    answer = await tokens(web)
    token = await id_token(web, answer)

    assert list(answer) == ["id_token", "access_token", "expires_in", "token_type", "scope"]
    assert answer["expires_in"] == 10_800
    assert list(token.claims) == [
        "iss",
        "nbf",
        "iat",
        "exp",
        "aud",
        "amr",
        "nonce",
        "at_hash",
        "sid",
        "sub",
        "auth_time",
        "idp",
        "acr",
        "neb_sid",
        "loa",
        "aal",
        "ial",
        "identity_type",
        "transaction_id",
        "idp_transaction_id",
        "session_expiry",
        "idtoken_type",
        "subject_type",
    ]
    assert {
        name: type(value) for name, value in token.claims.items() if not isinstance(value, str)
    } == {
        "nbf": int,
        "iat": int,
        "exp": int,
        "amr": list,
        "auth_time": int,
    }
    assert token.claims["exp"] - token.claims["iat"] == 300
    assert token.claims["sid"] == token.claims["neb_sid"]
    assert ANNA.name not in json.dumps(token.claims)


async def test_discovery_has_the_recorded_members(web):
    found = (await web.get("/op/.well-known/openid-configuration")).json()

    issuer = f"{ORIGIN}/op"
    assert list(found)[:7] == [
        "issuer",
        "jwks_uri",
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "end_session_endpoint",
        "pushed_authorization_request_endpoint",
    ]
    assert found["issuer"] == issuer
    assert found["jwks_uri"] == f"{issuer}/.well-known/openid-configuration/jwks"
    for name in ("authorize", "token", "userinfo", "endsession", "par"):
        assert f"{issuer}/connect/{name}" in found.values()
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]
    assert found["prompt_values_supported"] == ["login", "none", "select_account"]
    assert found["authorization_response_iss_parameter_supported"] is True
    assert found["require_pushed_authorization_requests"] is False
    assert {"client_secret_basic", "client_secret_post", "private_key_jwt"} == set(
        found["token_endpoint_auth_methods_supported"]
    )
    assert not {"scopes_supported", "revocation_endpoint", "claims_supported"} & set(found)
    assert {
        name: type(value) for name, value in found.items() if not isinstance(value, str | bool)
    } == {name: list for name in found if name.endswith("_supported") and found[name] is not True}


async def test_userinfo_is_all_strings_with_the_recorded_members_in_order(web):
    answer = await tokens(web)
    userinfo = await web.get(
        "/op/connect/userinfo", headers={"Authorization": f"Bearer {answer['access_token']}"}
    )

    assert list(userinfo.json()) == [
        "session_is_active",
        "session_expiry",
        "idp",
        "subject_type",
        "idp_identity_id",
        "loa",
        "aal",
        "ial",
        "mitid.transaction_id",
        "mitid.uuid",
        "mitid.age",
        "mitid.date_of_birth",
        "mitid.has_cpr",
        "mitid.identity_name",
        "dk.cpr",
        "mitid.psd2",
        "mitid.geo_ip_distance_km",
        "sub",
    ]
    assert {type(value) for value in userinfo.json().values()} == {str}
    assert userinfo.json()["sub"] == (await id_token(web, answer)).claims["sub"]


async def test_without_the_scope_there_is_no_cpr(web):
    answer = await tokens(web, request=CITIZEN_REQUEST | {"scope": "openid mitid"})
    userinfo = await web.get(
        "/op/connect/userinfo", headers={"Authorization": f"Bearer {answer['access_token']}"}
    )

    assert "dk.cpr" not in userinfo.json()
    assert userinfo.json()["mitid.has_cpr"] == "true"


async def test_an_employee_has_the_shape_of_mitid_erhverv(web):
    answer = await tokens(web, "lars", EMPLOYEE_REQUEST)
    claims = (await id_token(web, answer)).claims
    userinfo = await web.get(
        "/op/connect/userinfo", headers={"Authorization": f"Bearer {answer['access_token']}"}
    )

    assert (claims["identity_type"], claims["idp"]) == ("professional", "mitid_erhverv")
    assert claims["amr"] == ["mitid:code_app"]
    employee = {
        name: value for name, value in userinfo.json().items() if name.startswith("nemlogin.")
    }
    assert employee == {
        "nemlogin.name": "Lars Peter Holm",
        "nemlogin.given_name": "Lars Peter",
        "nemlogin.family_name": "Holm",
        "nemlogin.cvr": "12345678",
        "nemlogin.org_name": "Solkøbing Kommune",
        "nemlogin.persistent_professional_id": str(UUID(int=77)),
    }


async def test_a_person_has_the_same_subject_and_the_broker_the_same_key_after_a_restart(
    web, data_dir
):
    first = await id_token(web, await tokens(web))
    settings = BrokerSettings("127.0.0.1", 8552, data_dir, (portal_client(PORTAL, SECRET[1]),))
    restarted = httpx.ASGITransport(create_broker_app(settings, [ANNA]))
    async with httpx.AsyncClient(transport=restarted, base_url=ORIGIN) as again:
        second = await id_token(again, await tokens(again))

    assert first.claims["sub"] == second.claims["sub"]
    assert first.header["kid"] == second.header["kid"]


# Strict


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "somebody"},
        {"max_age": "soon"},
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": CALLBACK + "?x=1"},
        {"redirect_uri": None},
        {"response_type": None},
        {"response_type": "code id_token"},
        {"response_mode": "fragment"},
        {"scope": None},
        {"scope": "mitid"},
        {"scope": "openid everything"},
        {"idp_values": "facebook"},
        {"idp_params": "not json"},
        {"prompt": "consent"},
        {"code_challenge": None},
        {"code_challenge": "short"},
        {"code_challenge_method": None},
        {"code_challenge_method": "plain"},
    ],
)
async def test_a_bad_request_ends_on_the_brokers_page_and_never_at_the_client(web, change):
    wanted = {k: v for k, v in {**CITIZEN_REQUEST, **change}.items() if v is not None}

    answer = await web.get("/op/connect/authorize", params=wanted)

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/op/Error?errorId=")
    assert "Noget gik galt" in (await web.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    "change",
    [
        {"code": "another"},
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"redirect_uri": CALLBACK + "/"},
    ],
)
async def test_a_code_needs_its_verifier_and_its_redirect_uri(web, change):
    code = (await choose(web, "anna"))["code"]
    answer = await web.post(
        "/op/connect/token", data={**REDEEM, "code": code, **change}, auth=SECRET
    )

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


async def test_a_code_used_twice_takes_back_what_it_gave(web):
    code = (await choose(web, "anna"))["code"]
    form = {**REDEEM, "code": code}
    first = (await web.post("/op/connect/token", data=form, auth=SECRET)).json()
    second = await web.post("/op/connect/token", data=form, auth=SECRET)

    assert second.json() == {"error": "invalid_grant"}
    bearer = {"Authorization": f"Bearer {first['access_token']}"}
    assert (await web.get("/op/connect/userinfo", headers=bearer)).status_code == 401


@pytest.mark.parametrize("auth", [None, ("enplan-demo", "wrong"), ("somebody", "demo-secret")])
@pytest.mark.parametrize("endpoint", ["token", "par"])
async def test_a_client_must_prove_itself(web, auth, endpoint):
    answer = await web.post(f"/op/connect/{endpoint}", data=CITIZEN_REQUEST, auth=auth)

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_a_secret_may_also_be_posted(web):
    code = (await choose(web, "anna"))["code"]
    posted = {"client_id": SECRET[0], "client_secret": SECRET[1]}
    answer = await web.post("/op/connect/token", data={**REDEEM, "code": code, **posted})

    assert answer.status_code == 200


async def test_a_pushed_request_is_used_instead_of_the_query(web):
    pushed = await web.post("/op/connect/par", data=CITIZEN_REQUEST, auth=SECRET)
    assert pushed.status_code == 201
    assert pushed.json()["expires_in"] == 600
    reference = {"client_id": SECRET[0], "request_uri": pushed.json()["request_uri"]}

    assert (await choose(web, "anna", reference))["state"] == "the-state"


async def test_a_pushed_request_is_checked_and_belongs_to_its_client(web):
    bad = await web.post(
        "/op/connect/par", data=CITIZEN_REQUEST | {"code_challenge": "x"}, auth=SECRET
    )
    assert bad.json() == {"error": "invalid_request"}
    pushed = await web.post("/op/connect/par", data=CITIZEN_REQUEST, auth=SECRET)
    stolen = {"client_id": "somebody", "request_uri": pushed.json()["request_uri"]}

    answer = await web.get("/op/connect/authorize", params=stolen)

    assert answer.headers["location"].startswith("/op/Error")


async def authorized(web, **change):
    """Where the broker sends a browser that asks."""
    answer = await web.get("/op/connect/authorize", params=CITIZEN_REQUEST | change)
    return answer.headers["location"]


async def test_whoever_logged_in_in_this_browser_is_known_to_a_silent_request(web):
    await choose(web, "anna")
    back = query(await authorized(web, prompt="none"))
    redeemed = await web.post(
        "/op/connect/token", data={**REDEEM, "code": back["code"]}, auth=SECRET
    )

    assert (await id_token(web, redeemed.json())).claims["identity_type"] == "private"


async def test_a_silent_request_is_refused_when_the_login_is_too_old_or_of_another_kind(web):
    await choose(web, "anna")
    employee = await web.get("/op/connect/authorize", params=EMPLOYEE_REQUEST | {"prompt": "none"})
    await web.post("/sim/clock", json={"offset": 3601})

    assert query(employee.headers["location"])["error"] == "login_required"
    assert "code" in query(await authorized(web, prompt="none"))
    assert "error" in query(await authorized(web, prompt="none", max_age="3600"))
    await web.post("/sim/clock", json={"offset": 16_201})  # the session's end
    assert "error" in query(await authorized(web, prompt="none"))


async def test_the_login_keeps_its_time_and_its_session_when_it_is_used_again(web):
    first = await id_token(web, await tokens(web))
    await web.post("/sim/clock", json={"offset": 600})
    code = query(await authorized(web, prompt="none"))["code"]
    answer = await web.post("/op/connect/token", data={**REDEEM, "code": code}, auth=SECRET)
    again = await id_token(web, answer.json())

    for same in ("auth_time", "sid", "session_expiry", "sub"):
        assert again.claims[same] == first.claims[same]
    assert again.claims["iat"] >= first.claims["iat"] + 600


async def test_after_a_logout_nobody_is_known(web):
    answer = await tokens(web)
    await web.get(
        "/op/connect/endsession",
        params={
            "id_token_hint": answer["id_token"],
            "post_logout_redirect_uri": "https://elsewhere",
        },
    )

    assert "error" in query(await authorized(web, prompt="none"))


async def test_there_is_always_the_choice_of_a_person_unless_single_sign_on_is_wanted(web):
    await choose(web, "anna")

    assert (await authorized(web)).startswith("/op/login?")


async def test_with_single_sign_on_only_a_demand_for_a_login_asks_again(data_dir):
    settings = BrokerSettings(
        "127.0.0.1", 8552, data_dir, (portal_client(PORTAL, SECRET[1]),), single_sign_on=True
    )
    transport = httpx.ASGITransport(create_broker_app(settings, [ANNA]))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as web:
        await choose(web, "anna")

        assert "code" in query(await authorized(web))
        assert (await authorized(web, prompt="login")).startswith("/op/login?")
        assert (await authorized(web, prompt="select_account")).startswith("/op/login?")


async def test_the_clock_can_be_moved_and_everything_goes_by_it(web):
    moved = await web.post("/sim/clock", json={"offset": -3600})
    token = await id_token(web, await tokens(web))

    assert moved.json()["offset"] == -3600
    assert abs(token.claims["iat"] - moved.json()["now"]) < 60
    back = await choose(web, "anna")
    await web.post("/sim/clock", json={"offset": 0})  # an hour later the code is too old
    late = await web.post("/op/connect/token", data={**REDEEM, "code": back["code"]}, auth=SECRET)
    assert late.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("body", ["", "{}", '{"offset": "soon"}', '{"offset": 1e99}', "[]"])
async def test_a_clock_is_moved_by_seconds_only(web, body):
    assert (await web.post("/sim/clock", content=body)).status_code == 422
    assert (await web.get("/sim/clock")).json()["offset"] == 0


async def test_keys_are_rotated_on_demand_and_the_old_one_stays_published(web):
    before = await id_token(web, await tokens(web))
    assert (await web.post("/sim/keys")).status_code == 204
    after = await id_token(web, await tokens(web))

    assert before.header["kid"] != after.header["kid"]


@pytest.mark.parametrize(("outcome", "years"), [("age_13", "13"), ("age_15", "15")])
async def test_somebody_young_says_so_in_userinfo(web, outcome, years):
    await web.post("/sim/next", json={"outcome": outcome})
    assert (await userinfo_of(web, await tokens(web)))["mitid.age"] == years


async def test_a_protected_name_is_not_told(web):
    await web.post("/sim/next", json={"outcome": "protected_name"})
    userinfo = await userinfo_of(web, await tokens(web))

    assert "mitid.identity_name" not in userinfo
    assert userinfo["dk.cpr"] == ANNA.cpr


async def userinfo_of(web, answer):
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    return (await web.get("/op/connect/userinfo", headers=bearer)).json()


async def test_nobody_is_logged_in_silently(web):
    answer = await web.get("/op/connect/authorize", params=CITIZEN_REQUEST | {"prompt": "none"})

    assert query(answer.headers["location"])["error"] == "login_required"


async def test_userinfo_needs_a_token(web):
    answer = await web.get("/op/connect/userinfo")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="IdentityServer",error="invalid_token"'
    )


async def test_logout_without_a_hint_stays_at_the_broker(web):
    answer = await web.get(
        "/op/connect/endsession", params={"post_logout_redirect_uri": f"{PORTAL}/"}
    )

    assert answer.headers["location"] == "/op/Account/Logout"
    assert "Du er logget ud" in (await web.get("/op/Account/Logout")).text


# Its page and its controls


async def test_the_page_says_that_it_is_not_mitid_and_offers_people_of_13_and_above(web):
    page = await login_page(web)

    assert "Dette er ikke MitID" in page.text
    assert re.findall(r'name="identity" value="([^"]+)"', page.text) == ["anna", "ida-14"]
    assert "Anna &lt;Bæk&gt; Sørensen" in page.text
    assert "Afbryd" in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize("path", ["/", "/op/Account/Logout", "/op/Error", None])
async def test_every_page_is_one_that_a_screen_reader_can_make_sense_of(web, path):
    page = (await web.get(path)) if path else await login_page(web)

    assert '<html lang="da">' in page.text
    assert "width=device-width" in page.text
    for once in ("<title>", "<main>", "<h1>"):
        assert page.text.count(once) == 1


async def test_the_page_for_employees_offers_employees(web):
    page = await login_page(web, EMPLOYEE_REQUEST)

    assert re.findall(r'name="identity" value="([^"]+)"', page.text) == ["lars"]


async def test_nobody_can_be_chosen_who_is_not_on_the_page(web):
    page = await login_page(web)
    name = re.search(r'name="request" value="([^"]+)"', page.text)[1]
    for slug in ("noah-9", "lars", "", "nobody"):
        back = await web.post("/op/login", data={"request": name, "identity": slug})
        assert back.headers["location"].startswith("/op/Error")


async def test_everybody_is_listed_with_slug_name_and_kind(web):
    people = (await web.get("/sim/identities")).json()

    assert people[0] == {"slug": "anna", "name": ANNA.name, "kind": "citizen"}
    assert [one["kind"] for one in people] == ["citizen", "child", "child", "contact_person"]


async def test_queued_outcomes_come_one_for_each_login(web):
    for outcome in ("abort", "timeout"):
        await web.post("/sim/next", json={"outcome": outcome})

    ends = [(await choose(web, "anna")).get("error_description") for _ in range(3)]

    assert ends == ["mitid_user_aborted", "mitid_timeout", None]


@pytest.mark.parametrize("body", ['{"outcome": "never heard of"}', "{}", "[]", "x"])
async def test_an_unknown_outcome_is_answered_with_the_known_ones(web, body):
    answer = await web.post("/sim/next", content=body)

    assert answer.status_code == 422
    assert answer.json()["outcomes"] == list(Outcome)


async def test_another_host_name_is_refused(app):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as stranger:
        assert (await stranger.get("/sim/identities")).status_code == 400


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "example.dk", ""])  # noqa: S104
def test_it_listens_on_nothing_but_loopback(host, data_dir):
    with pytest.raises(ValueError, match="only listens on this machine"):
        BrokerSettings(host, 8552, data_dir, ())


def test_a_damaged_key_is_replaced_and_the_new_one_stays(tmp_path):
    SigningKeys(tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])

    new = SigningKeys(tmp_path).current.kid

    assert SigningKeys(tmp_path).current.kid == new


def test_its_key_is_for_its_owner_alone(app, data_dir):
    [key] = data_dir.iterdir()
    assert key.stat().st_mode & 0o077 == 0
