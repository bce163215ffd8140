"""Actor tokens: what the plan API can rely on."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey

from auth.identity import Loa, Role
from auth.sessions import LoginSession
from portal.actor_token import AUDIENCE, LIFETIME_SECONDS, ActorTokens, thumbprint

ISSUER = "https://plan.kommune.dk"
SECRET = "a secret of at least 32 characters"


@pytest.fixture
def tokens() -> ActorTokens:
    return ActorTokens(issuer=ISSUER, secret_key=SECRET)


@pytest.fixture
def login() -> LoginSession:
    now = datetime.now(UTC)
    return LoginSession(
        key="ab" * 32,
        person_id=uuid4(),
        name="Anna Holm",
        role=Role.CITIZEN,
        loa=Loa.SUBSTANTIAL,
        auth_time=now,
        language=None,
        created_at=now,
        idle_expires_at=now + timedelta(minutes=30),
        expires_at=now + timedelta(hours=8),
    )


def read(token: str, public_jwk: dict) -> jwt.Token:
    return jwt.decode(token, ECKey.import_key(public_jwk), algorithms=["ES256"])


def test_a_token_says_who_acts_and_lasts_a_minute(tokens, login):
    token = read(tokens.for_login(login), tokens.public_jwk)
    assert token.header["kid"] == tokens.public_jwk["kid"]
    claims = token.claims
    assert claims["iss"] == ISSUER
    assert claims["aud"] == AUDIENCE
    assert claims["sub"] == str(login.person_id)
    assert claims["role"] == "citizen"
    assert claims["loa"] == "substantial"
    assert claims["auth_time"] == int(login.auth_time.timestamp())
    assert claims["sid"] == login.key
    assert claims["exp"] - claims["iat"] == LIFETIME_SECONDS
    assert "Anna" not in str(claims)


def test_no_two_tokens_are_the_same(tokens, login):
    ids = {read(tokens.for_login(login), tokens.public_jwk).claims["jti"] for _ in range(20)}
    assert len(ids) == 20


def test_the_portal_can_speak_for_itself(tokens):
    claims = read(tokens.for_service(), tokens.public_jwk).claims
    assert (claims["sub"], claims["role"]) == ("portal", "portal")


def test_processes_with_the_same_secret_share_the_key(tokens):
    assert ActorTokens(issuer=ISSUER, secret_key=SECRET).public_jwk == tokens.public_jwk


def test_another_secret_is_another_key(tokens):
    other = ActorTokens(issuer=ISSUER, secret_key=SECRET + "!")
    assert other.public_jwk["kid"] != tokens.public_jwk["kid"]
    with pytest.raises(BadSignatureError):
        read(other.for_service(), tokens.public_jwk)


def test_the_published_key_is_public_and_named_by_its_thumbprint(tokens):
    jwk = tokens.public_jwk
    assert "d" not in jwk
    assert jwk["kid"] == ECKey.import_key(jwk).thumbprint()


def test_the_thumbprint_is_that_of_rfc_7638():
    # No EC example in the RFC: this one is of RFC 8037's method, checked with joserfc.
    key = ECKey.generate_key("P-256")
    assert thumbprint(key.as_dict(private=False)) == key.thumbprint()
