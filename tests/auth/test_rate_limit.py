"""How often a login may be begun or ended: per address, per browser, and what one is told."""

import asyncio

import pytest

from auth.config import LoginLimits
from auth.opaque import digest, new_secret
from auth.rate_limit import Bucket, RateLimit, address_key
from auth.store import open_pool
from tests.auth.parts import Browser, new_client


@pytest.fixture
def limit(pool) -> RateLimit:
    return RateLimit(pool)


@pytest.fixture
def let_pass(pool):
    """As if some seconds had passed since every login so far."""

    async def let_pass(seconds: float) -> None:
        async with pool.connection() as connection:
            await connection.execute(
                "UPDATE login_rate SET full_at = full_at - make_interval(secs => %s)", [seconds]
            )

    return let_pass


def somebody(per_minute: int) -> Bucket:
    return Bucket(new_secret(), per_minute)


async def test_a_minutes_worth_may_come_at_once_and_then_one_at_a_time(pool, let_pass):
    bucket = somebody(6)

    assert [await RateLimit(pool).wait(bucket) for _ in range(6)] == [0] * 6
    assert 8 < await RateLimit(pool).wait(bucket) <= 10
    await let_pass(10)
    assert await RateLimit(pool).wait(bucket) == 0
    assert await RateLimit(pool).wait(bucket) > 0


async def test_all_processes_count_together(pool):
    bucket = somebody(10)
    processes = [RateLimit(pool) for _ in range(4)]

    waits = await asyncio.gather(*(process.wait(bucket) for process in processes * 4))

    assert sorted(wait > 0 for wait in waits) == [False] * 10 + [True] * 6


async def test_whoever_waited_for_another_and_came_too_late_is_refused(pool):
    bucket = somebody(2)
    assert await RateLimit(pool).wait(bucket) == 0
    async with pool.connection() as other, other.transaction():
        await other.execute(
            "UPDATE login_rate SET full_at = full_at + interval '30 seconds' WHERE key = %s",
            [digest(bucket.key)],
        )
        waiting = asyncio.create_task(RateLimit(pool).wait(bucket))
        async with asyncio.timeout(10), pool.connection() as watching:
            while not await is_held_up(watching):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)

    assert await waiting > 0


async def is_held_up(connection) -> bool:
    """Whether somebody waits for a row of this database."""
    found = await connection.execute(
        "SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return await found.fetchone() is not None


async def test_trying_on_while_refused_does_not_make_the_wait_longer(pool, let_pass):
    bucket = somebody(6)
    waits = [await RateLimit(pool).wait(bucket) for _ in range(20)]

    assert max(waits) <= 10
    await let_pass(61)
    assert [await RateLimit(pool).wait(bucket) for _ in range(6)] == [0] * 6


async def test_a_flood_that_is_refused_asks_the_database_no_more(session_database):
    async with open_pool(session_database) as pool:
        limit, bucket = RateLimit(pool), somebody(1)
        assert await limit.wait(bucket) == 0
        refused_first = await limit.wait(bucket)
    # The pool is closed now: who asks it gets an error.
    assert 0 < await limit.wait(bucket) <= refused_first


async def test_everybody_has_their_own(limit):
    one, other = somebody(1), somebody(1)

    assert await limit.wait(one) == await limit.wait(other) == 0
    assert await limit.wait(one) > 0


async def test_one_full_bucket_is_enough_and_the_longest_wait_is_told(limit):
    small, large = somebody(2), somebody(60)

    assert [await limit.wait(small, large) for _ in range(2)] == [0, 0]
    assert 25 < await limit.wait(small, large) <= 30
    assert await limit.wait(large) == 0


async def test_buckets_are_kept_as_digests_and_full_ones_are_swept(pool, let_pass):
    clock = Hands()
    limit = RateLimit(pool, monotonic=clock)
    address = somebody(5)
    await limit.wait(address)
    await let_pass(61)
    clock.now += 61
    await limit.wait(somebody(5))

    async with pool.connection() as connection:
        kept = await (await connection.execute("SELECT key FROM login_rate")).fetchall()
    assert (digest(address.key),) not in kept
    assert all(len(key) == len(digest("")) for (key,) in kept)


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_site_is_one_address_however_many_it_has(host, key):
    assert address_key(host) == key


async def test_too_many_login_starts_from_one_address_are_answered_429(make_portal):
    async with make_portal(LoginLimits(per_address=3)) as portal:
        for number in range(5):
            async with new_client() as http:  # each without a cookie
                answer = await Browser(portal, http).start()
            assert answer.status_code == (303 if number < 3 else 429)

    assert answer.json()["reason"] == "too_many_attempts"
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


async def test_too_many_login_starts_in_one_browser_are_answered_429_and_others_go_on(make_portal):
    limits = LoginLimits(per_browser=3)
    async with make_portal(limits) as portal, new_client() as http, new_client() as other:
        browser = Browser(portal, http)
        answers = [(await browser.start()).status_code for _ in range(6)]

        assert answers == [303, 303, 303, 303, 429, 429]  # the first one had no cookie yet
        assert (await Browser(portal, other).log_in()).status_code == 303


async def test_too_many_callbacks_are_answered_429_too_and_use_up_no_state(make_portal):
    async with make_portal(LoginLimits(per_browser=3)) as portal, new_client() as http:
        browser = Browser(portal, http)
        callback = await browser.choose(await browser.start(), "anna")
        rubbish = f"{portal.url}/auth/callback?code=x&state=y"
        answers = [(await http.get(rubbish)).status_code for _ in range(4)]
        late = await http.get(callback)

    assert answers == [400, 400, 400, 429]
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 0


async def test_what_is_no_login_is_not_counted(make_portal):
    async with (
        make_portal(LoginLimits(per_address=2, per_browser=2)) as portal,
        new_client() as http,
    ):
        browser = Browser(portal, http)
        await browser.log_in()

        assert {(await browser.session()).status_code for _ in range(10)} == {200}


@pytest.mark.parametrize("limits", [{"per_address": 0}, {"per_browser": 0}])
def test_a_limit_that_lets_nobody_in_is_refused_at_the_start(limits):
    with pytest.raises(ValueError, match="at least one"):
        LoginLimits(**limits)
