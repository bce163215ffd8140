"""Login sessions in real PostgreSQL: how long they live, and how everybody hears of their end."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from auth.config import LoginLimits
from auth.identity import LinkedPerson, Loa, Role, VerifiedIdentity
from auth.powers import Power
from auth.relying_party import VerifiedLogin
from auth.sessions import LoginSessions, PowerShown
from auth.tokens.logout_token import LogoutToken


@pytest.fixture
def sessions(pool) -> LoginSessions:
    return LoginSessions(pool, LoginLimits())


def login(**changes) -> VerifiedLogin:
    identity = {
        "issuer": f"https://broker.example/{uuid4()}",
        "subject": "subject",
        "uuid": None,
        "name": "Anna",
        "cpr": None,
        "birth_date": None,
        "loa": Loa.SUBSTANTIAL,
        "auth_time": datetime.now(UTC),
        "employee": None,
        "broker_sid": "sid",
        "session_expiry": None,
    }
    return VerifiedLogin(VerifiedIdentity(**{**identity, **changes}), "id-token")


async def begin(sessions, one_login=None, replaces=None):
    person = LinkedPerson(uuid4(), "Anna", "da")
    return await sessions.create(one_login or login(), person, Role.CITIZEN, replaces=replaces)


async def age(pool, key, by):
    """Let time pass for one session."""
    async with pool.connection() as connection:
        await connection.execute(
            """UPDATE login_session SET created_at = created_at - %(by)s,
                   idle_expires_at = idle_expires_at - %(by)s, expires_at = expires_at - %(by)s
               WHERE key = %(key)s""",
            {"by": by, "key": key},
        )


async def test_a_session_is_found_by_its_cookie_and_stored_only_as_a_digest(sessions, pool):
    cookie, session = await begin(sessions)

    assert await sessions.find(cookie) == session
    assert session.key == hashlib.sha256(cookie.encode()).hexdigest()
    async with pool.connection() as connection:
        rows = await (
            await connection.execute("SELECT login_session::text FROM login_session")
        ).fetchall()
    assert cookie not in str(rows)


async def test_a_stolen_row_opens_no_session(sessions):
    _, session = await begin(sessions)

    assert await sessions.find(session.key) is None


async def test_half_an_hour_without_doing_anything_ends_a_session(sessions, pool):
    cookie, session = await begin(sessions)

    await age(pool, session.key, timedelta(minutes=29))
    assert await sessions.find(cookie) is not None
    await age(pool, session.key, timedelta(minutes=1))
    assert await sessions.find(cookie) is None


async def test_doing_something_begins_the_half_hour_anew(sessions, pool):
    cookie, session = await begin(sessions)
    await age(pool, session.key, timedelta(minutes=29))

    await sessions.touch(session.key)
    await age(pool, session.key, timedelta(minutes=29))

    assert await sessions.find(cookie) is not None


async def test_doing_something_does_not_revive_a_session_that_is_over(sessions, pool):
    cookie, session = await begin(sessions)
    await age(pool, session.key, timedelta(minutes=31))

    await sessions.touch(session.key)

    assert await sessions.find(cookie) is None


async def test_touching_again_at_once_writes_nothing(sessions):
    cookie, before = await begin(sessions)

    await sessions.touch(before.key)

    assert await sessions.find(cookie) == before


async def test_eight_hours_are_the_end_whatever_one_does(sessions, pool):
    cookie, session = await begin(sessions)
    assert session.expires_at - session.created_at == timedelta(hours=8)
    for _ in range(16):
        await age(pool, session.key, timedelta(minutes=29))
        await sessions.touch(session.key)
    almost = await sessions.find(cookie)
    assert almost is not None
    assert almost.idle_expires_at == almost.expires_at

    await age(pool, session.key, timedelta(minutes=17))

    assert await sessions.find(cookie) is None


async def test_a_session_ends_with_the_brokers_if_that_is_sooner(sessions):
    soon = datetime.now(UTC) + timedelta(minutes=10)
    _, session = await begin(sessions, login(session_expiry=soon))

    assert session.expires_at == soon
    assert session.idle_expires_at == soon


async def test_a_session_does_not_outlive_eight_hours_because_the_broker_would(sessions):
    late = datetime.now(UTC) + timedelta(days=1)
    _, session = await begin(sessions, login(session_expiry=late))

    assert session.expires_at - session.created_at == timedelta(hours=8)


async def test_a_new_login_ends_the_session_that_the_browser_had(sessions):
    old, _ = await begin(sessions)
    new, _ = await begin(sessions, replaces=old)

    assert await sessions.find(old) is None
    assert await sessions.find(new) is not None


async def test_the_end_of_a_session_is_told_to_every_listener(sessions):
    _, session = await begin(sessions)
    heard = sessions.ended()
    assert await anext(heard) == ""

    await sessions.end(session.key)

    async with asyncio.timeout(10):
        while await anext(heard) != session.key:
            pass
    await heard.aclose()


async def test_a_listener_that_lost_its_connection_is_told_to_look_for_itself(sessions, pool):
    heard = sessions.ended()
    assert await anext(heard) == ""
    waiting = asyncio.create_task(anext(heard))
    async with pool.connection() as connection:
        await connection.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE query LIKE 'LISTEN%' AND datname = current_database()"""
        )

    async with asyncio.timeout(10):
        assert await waiting == ""
    await heard.aclose()


async def test_ending_a_session_twice_is_no_error(sessions):
    _, session = await begin(sessions)

    assert await sessions.end(session.key) is not None
    assert await sessions.end(session.key) is None


def logout_token(**changes) -> LogoutToken:
    values = {
        "jti": str(uuid4()),
        "sid": "sid",
        "subject": "subject",
        "remember_until": datetime.now(UTC) + timedelta(minutes=10),
    }
    return LogoutToken(**{**values, **changes})


async def test_a_broker_session_ends_only_its_own_sessions(sessions):
    one = login()
    ours, _ = await begin(sessions, one)
    another_device, _ = await begin(
        sessions, login(issuer=one.identity.issuer, broker_sid="another")
    )
    another_broker, _ = await begin(sessions)

    assert await sessions.end_at_broker(one.identity.issuer, logout_token()) == 1

    assert await sessions.find(ours) is None
    assert await sessions.find(another_device) is not None
    assert await sessions.find(another_broker) is not None


async def test_without_a_sid_every_session_of_the_person_ends(sessions):
    one = login()
    await begin(sessions, one)
    await begin(sessions, login(issuer=one.identity.issuer, broker_sid="another"))

    assert await sessions.end_at_broker(one.identity.issuer, logout_token(sid=None)) == 2


async def test_a_logout_token_works_once(sessions):
    one, token = login(), logout_token()
    await sessions.end_at_broker(one.identity.issuer, token)
    cookie, _ = await begin(sessions, one)

    assert await sessions.end_at_broker(one.identity.issuer, token) is None
    assert await sessions.find(cookie) is not None


async def test_a_logout_token_without_any_session_ends_none(sessions):
    assert await sessions.end_at_broker("https://broker.example", logout_token()) == 0


# A person's own logins


async def begin_as(sessions, person, *, device="", role=Role.CITIZEN, **identity):
    linked = LinkedPerson(person, "Anna", "da")
    return await sessions.create(login(**identity), linked, role, replaces=None, device=device)


async def test_a_person_sees_their_live_logins_in_every_role_the_newest_first(sessions, pool):
    anna, somebody = uuid4(), uuid4()
    _, phone = await begin_as(sessions, anna, device="Android, Chrome")
    _, office = await begin_as(sessions, anna, device="Windows, Edge", role=Role.CONTACT_PERSON)
    _, idle = await begin_as(sessions, anna)
    await begin_as(sessions, somebody)
    await age(pool, idle.key, timedelta(minutes=31))

    own = await sessions.of_person(anna)

    assert [(one.key, one.role, one.device) for one in own] == [
        (office.key, Role.CONTACT_PERSON, "Windows, Edge"),
        (phone.key, Role.CITIZEN, "Android, Chrome"),
    ]


async def test_a_person_ends_one_of_their_logins_and_nobody_elses(sessions):
    anna, lars = uuid4(), uuid4()
    mine, phone = await begin_as(sessions, anna)
    kept, _ = await begin_as(sessions, anna)
    theirs, other = await begin_as(sessions, lars)

    assert await sessions.end_of_person(anna, key=phone.key) == 1
    assert await sessions.end_of_person(anna, key=other.key) == 0

    assert await sessions.find(mine) is None
    assert await sessions.find(kept) is not None
    assert await sessions.find(theirs) is not None


async def test_a_person_ends_all_their_logins_but_this_one_and_every_listener_hears(sessions):
    anna = uuid4()
    here, this = await begin_as(sessions, anna)
    others = {(await begin_as(sessions, anna))[1].key for _ in range(2)}
    heard = sessions.ended()
    assert await anext(heard) == ""

    assert await sessions.end_of_person(anna, but=this.key) == 2

    async with asyncio.timeout(10):
        while others:
            others.discard(await anext(heard))
    await heard.aclose()
    assert await sessions.find(here) is not None
    assert await sessions.end_of_person(anna) == 1
    assert await sessions.of_person(anna) == []


POWER = Power("urn:dk:gov:saml:cprNumberIdentifier:1802602810", ("urn:dk:enplan:read",))


async def test_powers_of_attorney_are_shown_kept_without_the_number_and_denied(sessions, pool):
    anna = uuid4()
    await begin_as(sessions, anna, powers=(POWER,))

    (own,) = await sessions.of_person(anna)

    assert own.powers == (PowerShown("180260-••••", ("urn:dk:enplan:read",), allowed=False),)
    async with pool.connection() as connection:
        rows = await (
            await connection.execute("SELECT login_session::text FROM login_session")
        ).fetchall()
    assert "1802602810" not in str(rows)


async def test_a_power_of_attorney_counts_where_a_rule_says_so(pool):
    anna = uuid4()
    sessions = LoginSessions(pool, LoginLimits(), lambda power: "read" in power.privileges[0])
    await begin_as(sessions, anna, powers=(POWER,))

    (own,) = await sessions.of_person(anna)

    assert own.powers[0].allowed
