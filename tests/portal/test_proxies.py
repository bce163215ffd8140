"""Whose address counts: the sender's, or what a trusted proxy names. The limit of logins tells."""

import pytest

LOGINS = 2
TOO_MANY = 429


@pytest.fixture
def trusted() -> str:
    return ""


@pytest.fixture
def settings(settings, trusted):
    return settings.model_copy(update={"logins_per_minute": LOGINS, "trusted_proxies": trusted})


async def log_in_from(portal, forwarded: str) -> int:
    """Begin a login in a fresh browser; the broker is away, which says nothing about addresses."""
    async with portal.browser() as browser:
        answer = await browser.get("/auth/login", headers={"X-Forwarded-For": forwarded})
    return answer.status_code


async def test_nobody_is_believed_who_names_another_address(portal):
    for number in range(LOGINS):
        assert await log_in_from(portal, f"203.0.113.{number}") != TOO_MANY
    assert await log_in_from(portal, "203.0.113.99") == TOO_MANY


@pytest.mark.parametrize("trusted", ["10.0.0.5", "192.0.2.0/24,fd00::/64"])
async def test_another_proxy_than_the_trusted_ones_is_not_believed(portal):
    for number in range(LOGINS):
        await log_in_from(portal, f"203.0.113.{number}")
    assert await log_in_from(portal, "203.0.113.99") == TOO_MANY


@pytest.mark.parametrize("trusted", ["127.0.0.1", "10.0.0.5, 127.0.0.0/8"])
async def test_a_trusted_proxy_tells_people_apart(portal):
    for number in range(LOGINS):
        await log_in_from(portal, "203.0.113.1")
        assert await log_in_from(portal, f"198.51.100.{number}") != TOO_MANY
    assert await log_in_from(portal, "203.0.113.1") == TOO_MANY


@pytest.mark.parametrize("trusted", ["127.0.0.1"])
async def test_what_a_person_writes_before_the_proxy_does_counts_for_nothing(portal):
    for number in range(LOGINS):
        await log_in_from(portal, f"192.0.2.{number}, 203.0.113.1")
    assert await log_in_from(portal, "192.0.2.99, 203.0.113.1") == TOO_MANY
