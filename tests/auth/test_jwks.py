"""The cache of a broker's keys: when it asks again, and which key it takes."""

import asyncio

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from auth.tokens.jwks import JwksCache
from auth.tokens.rejection import TokenRejected

FIRST = RSAKey.generate_key(2048, auto_kid=True)
SECOND = RSAKey.generate_key(2048, auto_kid=True)
CURVE = ECKey.generate_key("P-256", auto_kid=True)


class Published:
    """A JWK Set that can change, a clock that is moved, and a count of who asked."""

    def __init__(self, *keys):
        self.keys = [key.as_dict(private=False) for key in keys]
        self.asked = 0
        self.now = 0.0
        self.cache = JwksCache(self.fetch, monotonic=lambda: self.now)

    async def fetch(self):
        self.asked += 1
        return {"keys": self.keys}


async def test_known_keys_are_not_asked_for_again():
    published = Published(FIRST)
    for _ in range(3):
        key = await published.cache.key_for(FIRST.kid, "RS256")

    assert key.kid == FIRST.kid
    assert published.asked == 1


async def test_a_new_key_is_found_at_once_even_just_after_the_first_look():
    published = Published(FIRST)
    await published.cache.key_for(FIRST.kid, "RS256")
    published.keys.append(SECOND.as_dict(private=False))

    assert (await published.cache.key_for(SECOND.kid, "RS256")).kid == SECOND.kid


async def test_those_who_come_at_once_share_one_look_and_all_find_the_new_key():
    published = Published(FIRST)
    await published.cache.key_for(FIRST.kid, "RS256")
    published.keys.append(SECOND.as_dict(private=False))

    found = await asyncio.gather(*(published.cache.key_for(SECOND.kid, "RS256") for _ in range(5)))

    assert {key.kid for key in found} == {SECOND.kid}
    assert published.asked == 2


async def test_a_look_that_failed_is_tried_again_by_the_next_one():
    published = Published(FIRST)
    keys, published.keys = published.keys, None
    for _ in range(2):
        with pytest.raises(TokenRejected, match="jwks_without_keys"):
            await published.cache.key_for(FIRST.kid, "RS256")
    published.keys = keys

    assert (await published.cache.key_for(FIRST.kid, "RS256")).kid == FIRST.kid


async def test_unknown_keys_are_looked_up_once_a_minute():
    published = Published(FIRST)
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        published.now = seconds
        with pytest.raises(TokenRejected, match="no_fitting_key"):
            await published.cache.key_for("made up", "RS256")

    assert published.asked == 1 + 3


async def test_without_kid_the_only_fitting_key_is_taken():
    published = Published(FIRST, CURVE)

    assert (await published.cache.key_for(None, "RS256")).kid == FIRST.kid
    assert (await published.cache.key_for(None, "ES256")).kid == CURVE.kid


async def test_without_kid_two_fitting_keys_are_refused():
    with pytest.raises(TokenRejected):
        await Published(FIRST, SECOND).cache.key_for(None, "RS256")


async def test_keys_for_encryption_and_for_other_algorithms_do_not_verify():
    published = Published(FIRST)
    for marks in ({"use": "enc"}, {"alg": "RS512"}):
        published.keys[:] = [FIRST.as_dict(private=False, **marks)]
        published.cache = JwksCache(published.fetch)
        with pytest.raises(TokenRejected):
            await published.cache.key_for(FIRST.kid, "RS256")


async def test_a_shared_secret_in_the_set_is_never_a_key():
    secret = OctKey.generate_key(256, auto_kid=True)
    published = Published()
    published.keys = [secret.as_dict(private=True)]

    with pytest.raises(TokenRejected):
        await published.cache.key_for(secret.kid, "HS256")


@pytest.mark.parametrize("rubbish", [None, "key", {}, {"kty": "RSA"}, {"kty": "RSA", "n": 1}])
async def test_a_key_that_is_not_understood_does_not_hide_the_others(rubbish):
    published = Published(FIRST)
    published.keys.insert(0, rubbish)

    assert (await published.cache.key_for(FIRST.kid, "RS256")).kid == FIRST.kid


async def test_a_set_without_keys_is_refused():
    published = Published()
    published.keys = "none"
    with pytest.raises(TokenRejected, match="jwks_without_keys"):
        await published.cache.key_for(None, "RS256")
