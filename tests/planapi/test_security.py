"""Actor tokens: one kind is let in, every other is refused in the same words."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from auth.identity import Loa as LoginLoa
from auth.identity import Role as LoginRole
from auth.sessions import LoginSession
from planapi.errors import NotAuthenticated, Unavailable
from planapi.policy.actors import Actor, Loa
from planapi.security import ActorTokens, PortalKeys, PortalService
from portal.actor_token import ActorTokens as PortalTokens
from portal.contract.people import Role
from tests.planapi.conftest import ISSUER, JWKS_URL, TokenSigner

PERSON = UUID(int=7)


class Portal:
    """Publishes keys, counts who asks, and can be down."""

    def __init__(self, signer: TokenSigner) -> None:
        self.keys = [signer.jwks["keys"][0]]
        self.asked = 0
        self.down = False

    def answer(self, _request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(503) if self.down else httpx.Response(200, json={"keys": self.keys})


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def portal(signer):
    return Portal(signer)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def tokens(portal, clock):
    async with httpx.AsyncClient(transport=httpx.MockTransport(portal.answer)) as http:
        yield ActorTokens(PortalKeys(http, JWKS_URL, clock), issuer=ISSUER, clock=clock)


async def test_a_persons_token_tells_who_acts_in_which_role_and_how_surely(tokens, signer):
    logged_in = int(time.time()) - 100
    token = signer.for_person(PERSON, "citizen", loa="high", auth_time=logged_in, sid="abc")

    assert await tokens.verify(token) == Actor(
        PERSON, Role.CITIZEN, Loa.HIGH, datetime.fromtimestamp(logged_in, UTC), "abc"
    )


async def test_the_portals_own_token_needs_no_login(tokens, signer):
    assert isinstance(await tokens.verify(signer.for_portal()), PortalService)


NOW = int(time.time())
WRONG_CLAIMS = {
    "issuer": {"iss": "http://elsewhere"},
    "no issuer": {"iss": None},
    "audience": {"aud": "somebody-else"},
    "list of audiences": {"aud": ["enplan-plan-api", "somebody-else"]},
    "no audience": {"aud": None},
    "expired": {"iat": NOW - 120, "exp": NOW - 60},
    "lives too long": {"exp": NOW + 3600},
    "ends before it begins": {"iat": NOW + 10, "exp": NOW - 10},
    "from the future": {"iat": NOW + 600, "exp": NOW + 660},
    "no expiry": {"exp": None},
    "no issue time": {"iat": None},
    "expiry as text": {"exp": str(NOW + 60)},
    "expiry out of this world": {"exp": 10**18, "iat": 10**18},
    "no id": {"jti": None},
    "no subject": {"sub": None},
    "subject is no person": {"sub": "anna"},
    "portal in a person's role": {"sub": "portal"},
    "person in the portal's role": {"role": "portal"},
    "unknown role": {"role": "leader"},
    "no role": {"role": None},
    "unknown assurance": {"loa": "very high"},
    "no assurance": {"loa": None},
    "no login time": {"auth_time": None},
    "logged in tomorrow": {"auth_time": NOW + 86_400},
    "no session": {"sid": None},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS.keys())
async def test_a_token_with_a_wrong_claim_is_refused(tokens, signer, claims):
    role = claims.get("role", "citizen")

    with pytest.raises(NotAuthenticated):
        await tokens.verify(signer.for_person(PERSON, **{"role": role, **claims}))


def _base64url(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _unsigned(signer) -> str:
    parts = signer.for_person(PERSON, "citizen").split(".")
    return f"{_base64url({'alg': 'none', 'kid': 'portal-1'})}.{parts[1]}."


def _payload_of_another(signer) -> str:
    mine = signer.for_person(PERSON, "citizen").split(".")
    other = signer.for_person(uuid4(), "citizen").split(".")
    return ".".join([mine[0], other[1], mine[2]])


def _signed_by(key, algorithm: str, kid: str = "portal-1") -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "enplan-plan-api", "sub": "portal", "role": "portal"}
    claims |= {"iat": now, "exp": now + 60, "jti": "1"}
    return jwt.encode({"alg": algorithm, "kid": kid}, claims, key, algorithms=[algorithm])


WRONG_SIGNATURES = {
    "nothing": lambda _: "",
    "no token": lambda _: "anna",
    "not ASCII": lambda _: "å.å.å",
    "broken base64": lambda _: "!.!.!",
    "header that is a list": lambda _: f"{_base64url(['alg'])}.e30.eA",
    "unsigned": _unsigned,
    "payload of another": _payload_of_another,
    "another key": lambda _: _signed_by(ECKey.generate_key("P-256"), "ES256"),
    "another curve": lambda _: _signed_by(ECKey.generate_key("P-384"), "ES384"),
    "RSA": lambda _: _signed_by(RSAKey.generate_key(2048), "RS256"),
    "public key as a secret": lambda signer: _signed_by(
        OctKey.import_key(json.dumps(signer.jwks["keys"][0])), "HS256"
    ),
    "unknown key id": lambda _: _signed_by(ECKey.generate_key("P-256"), "ES256", "portal-9"),
    "no key id": lambda signer: signer.for_person(PERSON, "citizen", header={"kid": None}),
    "signature cut off": lambda signer: signer.for_person(PERSON, "citizen")[:-4],
}


@pytest.mark.parametrize("forge", WRONG_SIGNATURES.values(), ids=WRONG_SIGNATURES.keys())
async def test_a_token_with_a_wrong_signature_is_refused(tokens, signer, forge):
    with pytest.raises(NotAuthenticated):
        await tokens.verify(forge(signer))


async def test_a_token_may_come_again_as_long_as_it_lives(tokens, signer, portal, clock):
    token = signer.for_person(PERSON, "citizen", auth_time=NOW - 1000)
    first = await tokens.verify(token)
    assert await tokens.verify(token) == first

    portal.down = True
    clock.turn(hours=2)
    with pytest.raises(NotAuthenticated):
        await tokens.verify(token)


async def test_a_token_that_is_known_does_not_vouch_for_one_that_looks_like_it(tokens, signer):
    token = signer.for_person(PERSON, "citizen")
    await tokens.verify(token)
    header, payload, _ = token.split(".")
    _, _, signature = signer.for_person(PERSON, "citizen").split(".")

    with pytest.raises(NotAuthenticated):
        await tokens.verify(f"{header}.{payload}.{signature}")


async def test_only_the_tokens_that_came_last_are_remembered(tokens, signer, monkeypatch):
    monkeypatch.setattr("planapi.security._MOST_KNOWN", 2)
    for _ in range(5):
        token = signer.for_person(PERSON, "citizen")
        assert await tokens.verify(token) == await tokens.verify(token)

    assert len(tokens._known) == 2


async def test_clocks_may_be_half_a_minute_apart(tokens, signer, clock):
    token = signer.for_person(PERSON, "citizen", auth_time=NOW - 1000)
    clock.turn(seconds=80)
    assert isinstance(await tokens.verify(token), Actor)

    clock.turn(seconds=20)
    with pytest.raises(NotAuthenticated):
        await tokens.verify(token)


async def test_keys_are_fetched_once_and_again_for_an_unknown_id_at_most_once_a_minute(
    tokens, signer, portal, clock
):
    await tokens.verify(signer.for_portal())
    await tokens.verify(signer.for_portal())
    assert portal.asked == 1

    new = TokenSigner(ECKey.generate_key("P-256", {"kid": "portal-2"}))
    portal.keys = [signer.jwks["keys"][0], new.jwks["keys"][0]]
    for _ in range(3):
        with pytest.raises(NotAuthenticated):
            await tokens.verify(new.for_portal())
    assert portal.asked == 1

    clock.turn(seconds=61)
    assert isinstance(await tokens.verify(_later(new, clock)), PortalService)
    assert portal.asked == 2


async def test_the_portals_keys_for_other_purposes_are_passed_over(tokens, signer, portal):
    rsa = RSAKey.generate_key(2048, {"kid": "broker"}).as_dict(private=False)
    portal.keys = [rsa, {"kty": "of the future", "kid": "x"}, *portal.keys]

    assert isinstance(await tokens.verify(signer.for_portal()), PortalService)
    with pytest.raises(NotAuthenticated):
        await tokens.verify(_signed_by(ECKey.generate_key("P-256"), "ES256", "broker"))


async def test_a_key_that_the_portal_has_dropped_is_trusted_for_an_hour_at_most(
    tokens, signer, portal, clock
):
    await tokens.verify(signer.for_portal())
    portal.keys = TokenSigner(ECKey.generate_key("P-256", {"kid": "portal-2"})).jwks["keys"]

    clock.turn(minutes=61)

    with pytest.raises(NotAuthenticated):
        await tokens.verify(_later(signer, clock))


async def test_without_the_portals_keys_nobody_is_refused_but_asked_to_come_back(
    tokens, signer, portal, clock
):
    portal.down = True
    with pytest.raises(Unavailable):
        await tokens.verify(signer.for_portal())

    portal.down = False
    clock.turn(seconds=2)

    assert isinstance(await tokens.verify(signer.for_portal()), PortalService)


async def test_what_the_real_portal_signs_is_understood(tokens, portal):
    real = PortalTokens(issuer=ISSUER, secret_key="a secret of the portal that only tests know")
    portal.keys = [real.public_jwk]
    now = datetime.now(UTC).replace(microsecond=0)
    login = LoginSession(
        key="ab" * 32,
        person_id=PERSON,
        name="Anna Holm",
        role=LoginRole.CITIZEN,
        loa=LoginLoa.SUBSTANTIAL,
        auth_time=now,
        language=None,
        created_at=now,
        idle_expires_at=now,
        expires_at=now,
    )

    actor = await tokens.verify(real.for_login(login))

    assert actor == Actor(PERSON, Role.CITIZEN, Loa.SUBSTANTIAL, now, "ab" * 32)
    assert isinstance(await tokens.verify(real.for_service()), PortalService)


async def test_over_http_every_refusal_is_the_same(api):
    anyone = await api.client()

    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}):
        answer = await anyone.get("/v1/me", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:enplan:problem:not-authenticated"


def _later(signer: TokenSigner, clock: Clock) -> str:
    now = int(clock().timestamp())
    return signer.for_portal(iat=now, exp=now + 60)
