"""How the portal proves to the broker who it is."""

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from auth.tokens.client_key import ASSERTION_TYPE, ClientKey, client_keys
from tests.auth.parts import CLIENT_ID, Browser, new_client


def new_pem() -> str:
    return ECKey.generate_key("P-256").as_pem(private=True).decode()


@pytest.mark.parametrize(
    "key", [ECKey.generate_key("P-256"), RSAKey.generate_key(2048)], ids=["ES256", "RS256"]
)
async def test_with_a_private_key_the_portal_needs_no_secret(make_portal, key):
    pem = key.as_pem(private=True).decode()
    async with (
        make_portal(private_key=pem, client_secret=None) as portal,
        new_client() as http,
    ):
        assert (await Browser(portal, http).log_in()).status_code == 303


@pytest.fixture
def ask(broker, http):
    """Ask the broker for something, proved by a statement; returns the answer's error code."""

    async def ask(assertion: str) -> str:
        form = {
            "client_id": CLIENT_ID,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }
        return (await http.post(f"{broker.issuer}/connect/par", data=form)).json()["error"]

    return ask


async def test_the_broker_takes_a_statement_once_and_only_from_a_published_key(
    make_portal, broker, ask
):
    ours, strangers = new_pem(), new_pem()
    async with make_portal(private_key=ours, client_secret=None):
        good = ClientKey(ours).assertion(CLIENT_ID, broker.issuer)

        # Past authentication, what is missing is the request itself.
        assert await ask(good) == "invalid_request"
        assert await ask(good) == "invalid_client"
        assert await ask(ClientKey(ours).assertion(CLIENT_ID, "https://x")) == "invalid_client"
        assert await ask(ClientKey(ours).assertion("x", broker.issuer)) == "invalid_client"
        stolen = ClientKey(strangers).assertion(CLIENT_ID, broker.issuer)
        assert await ask(stolen) == "invalid_client"


async def test_the_public_keys_are_served_with_the_hosts_own_and_nothing_private(make_portal):
    async with make_portal(private_key=new_pem()) as portal, new_client() as http:
        keys = (await http.get(f"{portal.url}/auth/jwks.json")).json()["keys"]

    assert [key["kid"] for key in keys][1:] == ["actor"]
    assert {key["kty"] for key in keys} == {"EC"}
    assert keys[0]["alg"] == "ES256"
    assert not {"d", "p", "q", "k"} & set(keys[0])


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "rubbish",
        ECKey.generate_key("P-384").as_pem(private=True).decode(),
        ECKey.generate_key("P-256").as_pem(private=False).decode(),
        OKPKey.generate_key("Ed25519").as_pem(private=True).decode(),
    ],
    ids=["nothing", "rubbish", "another curve", "a public key", "another kind"],
)
def test_a_key_that_cannot_be_used_is_refused_at_the_start(pem):
    with pytest.raises(ValueError, match="private key"):
        ClientKey(pem)


OLD, NEW = new_pem(), new_pem()


@pytest.mark.parametrize(
    ("pem", "signs", "published"),
    [(OLD + NEW, OLD, [OLD, NEW]), (NEW + OLD, NEW, [NEW, OLD]), (NEW, NEW, [NEW])],
    ids=["the new one behind", "the new one in front", "the new one alone"],
)
async def test_a_key_is_changed_without_a_gap(make_portal, broker, ask, pem, signs, published):
    async with make_portal(private_key=pem, client_secret=None) as portal, new_client() as http:
        keys = (await http.get(f"{portal.url}/auth/jwks.json")).json()["keys"]
        ours = [key["kid"] for key in keys if key["kid"] != "actor"]

        assert ours == [ClientKey(one).public_jwk()["kid"] for one in published]
        assert ours[0] == ClientKey(signs).public_jwk()["kid"]
        assert (await Browser(portal, http).log_in()).status_code == 303
        for known in published:
            # What was signed before the change is still accepted while both are published.
            assert await ask(ClientKey(known).assertion(CLIENT_ID, broker.issuer)) == (
                "invalid_request"
            )


def test_the_same_key_twice_is_a_mistake():
    pem = new_pem()
    with pytest.raises(ValueError, match="twice"):
        client_keys(pem + pem)


def test_a_text_without_a_key_is_refused():
    with pytest.raises(ValueError, match="private key"):
        client_keys("-----BEGIN")
