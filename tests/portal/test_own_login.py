"""What the screens know of the login behind them: the warning before its end, and one's others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from auth.identity import Role
from auth.sessions import LoginSessions
from portal.web.logins import Logins
from portal.web.own_login import ScreensLogin
from tests.portal.flet_client import FletClient, open_socket


@pytest.fixture
def sessions(portal) -> LoginSessions:
    return portal.sessions


@pytest.fixture
def logins(sessions) -> Logins:
    return Logins(sessions)


@asynccontextmanager
async def followed(logins: Logins, signed_in) -> AsyncIterator[list]:
    """What the screens are told while the login is followed as a socket does."""
    told: list = []
    stop = signed_in.on_ending(told.append)
    following = asyncio.create_task(logins.until_over(signed_in, recheck_seconds=0.05))
    try:
        yield told
    finally:
        stop()
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def leave_minutes(session_pool, minutes: float, *, at_most: float = 480) -> None:
    async with session_pool.connection() as connection:
        await connection.execute(
            """UPDATE login_session SET idle_expires_at = now() + %s * interval '1 minute',
               expires_at = now() + %s * interval '1 minute'""",
            [minutes, at_most],
        )


async def until(holds) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for is told, not announced
            await asyncio.sleep(0.02)


async def test_the_screens_are_warned_five_minutes_before_and_no_more_once_one_stays(
    portal, session_pool, logins, sessions
):
    signed_in = await logins.find((await portal.log_in()).cookie)
    async with followed(logins, signed_in) as told:
        await asyncio.sleep(0.2)
        assert told == []
        await leave_minutes(session_pool, 4.9)
        await until(lambda: len(told) == 1)
        assert not told[0].final
        assert 280 < (told[0].at - datetime.now(UTC)).total_seconds() < 300

        await ScreensLogin(signed_in, logins, sessions).stay()

        assert told[-1] is None
        assert signed_in.ending is None


async def test_at_the_absolute_limit_the_warning_says_that_it_is_final(
    portal, session_pool, logins, sessions
):
    signed_in = await logins.find((await portal.log_in()).cookie)
    await leave_minutes(session_pool, 4, at_most=4)
    async with followed(logins, signed_in) as told:
        await until(lambda: len(told) == 1)
        await ScreensLogin(signed_in, logins, sessions).stay()

        assert told[-1].final
        assert signed_in.ending is not None


async def test_one_sees_ones_own_logins_and_ends_none_of_anybody_else(portal, logins, sessions):
    here = await portal.log_in()
    work = await portal.log_in(role=Role.CONTACT_PERSON, person_id=here.session.person_id)
    somebody = await portal.log_in("Eva Lund")
    screens = ScreensLogin(await logins.find(here.cookie), logins, sessions)

    own = await screens.own_logins()
    assert [(one.role.value, one.here) for one in own.logins] == [
        ("contact_person", False),
        ("citizen", True),
    ]
    await screens.end_login(somebody.session.key)
    await screens.end_login(work.session.key)

    assert await sessions.find(somebody.cookie) is not None
    assert await sessions.find(work.cookie) is None


async def test_ending_a_login_elsewhere_closes_all_its_sockets_within_two_seconds(portal, sessions):
    here = await portal.log_in()
    there = await portal.log_in(person_id=here.session.person_id)
    cookie = portal.cookie_header(there)
    async with (
        open_socket(portal.socket_url, origin=portal.url, cookie=cookie) as first,
        open_socket(portal.socket_url, origin=portal.url, cookie=cookie) as second,
    ):
        for socket in (first, second):
            await FletClient(socket).register()
        await sessions.end_of_person(here.session.person_id, key=there.session.key)
        async with asyncio.timeout(2):
            await asyncio.gather(first.wait_closed(), second.wait_closed())

    assert (first.close_code, second.close_code) == (4401, 4401)
