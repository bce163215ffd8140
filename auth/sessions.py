"""Login sessions: who is logged in, in which browser, for how long.

Used by the login routes, by the web host for each request, and by its websocket guard. The
database's clock decides, so that several processes agree. The cookie value itself is never stored.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from auth.config import LoginLimits
from auth.identity import LinkedPerson, Loa, Role
from auth.opaque import digest, new_secret
from auth.powers import Power, PowerRule, nothing_allowed
from auth.relying_party import VerifiedLogin
from auth.store import Pool
from auth.tokens.logout_token import LogoutToken

ENDED_CHANNEL = "enplan_login_ended"
_RECONNECT_SECONDS = 1.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LoginSession:
    """A live login. `key` is the SHA-256 of the cookie value: safe to log and to use as an id."""

    key: str
    person_id: UUID
    name: str = field(repr=False)
    role: Role
    loa: Loa
    auth_time: datetime
    language: str | None
    created_at: datetime
    idle_expires_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))
        object.__setattr__(self, "loa", Loa(self.loa))


@dataclass(frozen=True, slots=True)
class PowerShown:
    """A power of attorney as a person sees it: for whom (masked), what, and whether it counts."""

    holder: str
    privileges: tuple[str, ...]
    allowed: bool


@dataclass(frozen=True, slots=True)
class OwnLogin:
    """One of a person's live logins, as they see it themselves."""

    key: str
    role: Role
    device: str
    created_at: datetime
    idle_expires_at: datetime
    expires_at: datetime
    powers: tuple[PowerShown, ...]


@dataclass(frozen=True, slots=True)
class EndedSession:
    """What logging out at the broker still needs from a session that is gone."""

    role: Role
    id_token: str = field(repr=False)
    age: timedelta


_COLUMNS = """key, person_id, name, role, loa, auth_time, language,
              created_at, idle_expires_at, expires_at"""

# One round trip: the session that the browser had goes, and some that ran out, past locked rows so
# that two processes never wait for each other. Their ends are told because the condition asks.
_INSERT = f"""
WITH gone AS (
    DELETE FROM login_session WHERE key = ANY(%(replaces)s::text || array(
        SELECT key FROM login_session WHERE idle_expires_at <= now()
        LIMIT 50 FOR UPDATE SKIP LOCKED))
    RETURNING key
), told AS MATERIALIZED (SELECT pg_notify(%(channel)s, key) FROM gone)
INSERT INTO login_session (key, person_id, name, role, loa, language, auth_time, issuer, subject,
                           broker_sid, id_token, device, powers,
                           created_at, idle_expires_at, expires_at)
SELECT %(key)s, %(person_id)s, %(name)s, %(role)s, %(loa)s, %(language)s, %(auth_time)s,
       %(issuer)s, %(subject)s, %(broker_sid)s, %(id_token)s, %(device)s, %(powers)s, now(),
       least(now() + %(idle)s, ends.at), ends.at
FROM (SELECT least(now() + %(absolute)s, %(broker_expiry)s::timestamptz) AS at) AS ends
WHERE (SELECT count(*) FROM told) >= 0
RETURNING {_COLUMNS}
"""  # noqa: S608 - only our own column list is put in

_FIND = f"""
SELECT {_COLUMNS} FROM login_session WHERE key = %(key)s AND idle_expires_at > now()
"""  # noqa: S608 - only our own column list is put in

# One write for many touches: a session that was just extended is left alone.
_TOUCH = """
UPDATE login_session SET idle_expires_at = least(expires_at, now() + %(idle)s)
WHERE key = %(key)s AND idle_expires_at > now()
  AND idle_expires_at < least(expires_at, now() + %(idle)s - %(every)s)
"""

_CHOOSE_LANGUAGE = """
UPDATE login_session SET language = %(language)s WHERE person_id = %(person_id)s
"""

_END = """
WITH gone AS (DELETE FROM login_session WHERE key = %(key)s
              RETURNING key, role, id_token, now() - created_at AS age)
SELECT role, id_token, age, pg_notify(%(channel)s, key) FROM gone
"""

_OF_PERSON = """
SELECT key, role, device, created_at, idle_expires_at, expires_at, powers
FROM login_session WHERE person_id = %(person_id)s AND idle_expires_at > now()
ORDER BY created_at DESC
"""

_END_OF_PERSON = """
WITH gone AS (DELETE FROM login_session WHERE person_id = %(person_id)s
                AND (%(key)s::text IS NULL OR key = %(key)s)
                AND (%(but)s::text IS NULL OR key <> %(but)s)
              RETURNING key)
SELECT pg_notify(%(channel)s, key) FROM gone
"""

_END_AT_BROKER = """
WITH gone AS (DELETE FROM login_session WHERE issuer = %(issuer)s
                AND (%(sid)s::text IS NULL OR broker_sid = %(sid)s)
                AND (%(subject)s::text IS NULL OR subject = %(subject)s)
              RETURNING key)
SELECT pg_notify(%(channel)s, key) FROM gone
"""

_REMEMBER_LOGOUT = """
INSERT INTO used_logout_token (issuer, jti_digest, remember_until)
VALUES (%(issuer)s, %(jti)s, %(until)s) ON CONFLICT DO NOTHING
"""

_FORGET_LOGOUT_TOKENS = "DELETE FROM used_logout_token WHERE remember_until < now()"


class LoginSessions:
    """The store of login sessions."""

    def __init__(
        self, pool: Pool, limits: LoginLimits, power_rule: PowerRule = nothing_allowed
    ) -> None:
        if not isinstance(pool.conninfo, str):
            raise TypeError("the pool must be made from a URL: listening needs its own connection")
        self._pool = pool
        self._conninfo = pool.conninfo
        self._limits = limits
        self._power_rule = power_rule

    async def create(
        self,
        login: VerifiedLogin,
        person: LinkedPerson,
        role: Role,
        *,
        replaces: str | None,
        device: str = "",
    ) -> tuple[str, LoginSession]:
        """Begin a session; returns the cookie's value and the session.

        `device` is what the person will know it by among their own. `replaces` is the cookie value
        that the browser had: that session ends, so that nothing planted in a browser before a
        login lives on after it.
        """
        cookie_value = new_secret()
        identity = login.identity
        values = {
            "key": digest(cookie_value),
            "person_id": person.person_id,
            "name": person.name,
            "role": role,
            "loa": identity.loa,
            "language": person.language,
            "auth_time": identity.auth_time,
            "issuer": identity.issuer,
            "subject": identity.subject,
            "broker_sid": identity.broker_sid,
            "id_token": login.id_token,
            "device": device,
            "powers": Jsonb([_shown(power, self._power_rule) for power in identity.powers]),
            "idle": self._limits.idle,
            "absolute": self._limits.absolute,
            "broker_expiry": identity.session_expiry,
            "replaces": digest(replaces) if replaces is not None else None,
            "channel": ENDED_CHANNEL,
        }
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(LoginSession))
            session = await (await cursor.execute(_INSERT, values)).fetchone()
        if session is None:
            raise RuntimeError("INSERT ... RETURNING returned nothing")
        return cookie_value, session

    async def find(self, cookie_value: str) -> LoginSession | None:
        """The live session of this cookie. Looking does not extend it."""
        return await self.find_by_key(digest(cookie_value))

    async def find_by_key(self, key: str) -> LoginSession | None:
        """The live session with this key: how a websocket re-checks its own."""
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(LoginSession))
            return await (await cursor.execute(_FIND, {"key": key})).fetchone()

    async def touch(self, key: str) -> None:
        """The person did something: idle time starts anew (written at most every 30 s)."""
        values = {"key": key, "idle": self._limits.idle, "every": self._limits.touch_every}
        async with self._pool.connection() as connection:
            await connection.execute(_TOUCH, values)

    async def choose_language(self, person_id: UUID, language: str) -> None:
        """Note the language that a person reads from now on, in all their live logins."""
        values = {"person_id": person_id, "language": language}
        async with self._pool.connection() as connection:
            await connection.execute(_CHOOSE_LANGUAGE, values)

    async def end(self, key: str) -> EndedSession | None:
        """End a session everywhere; None when there was none."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(_END, {"key": key, "channel": ENDED_CHANNEL})
            row = await cursor.fetchone()
        return None if row is None else EndedSession(Role(row[0]), row[1], row[2])

    async def of_person(self, person_id: UUID) -> list[OwnLogin]:
        """Somebody's live logins in every browser and role, the newest first."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(_OF_PERSON, {"person_id": person_id})
            rows = await cursor.fetchall()
        return [
            OwnLogin(
                key=row[0],
                role=Role(row[1]),
                device=row[2],
                created_at=row[3],
                idle_expires_at=row[4],
                expires_at=row[5],
                powers=tuple(
                    PowerShown(power["holder"], tuple(power["privileges"]), power["allowed"])
                    for power in row[6]
                ),
            )
            for row in rows
        ]

    async def end_of_person(
        self, person_id: UUID, *, key: str | None = None, but: str | None = None
    ) -> int:
        """End somebody's logins: all of them, the one with this key, or all `but` one.

        Returns how many there were. A key that is another person's ends nothing.
        """
        values = {"person_id": person_id, "key": key, "but": but, "channel": ENDED_CHANNEL}
        async with self._pool.connection() as connection:
            return (await connection.execute(_END_OF_PERSON, values)).rowcount

    async def end_at_broker(self, issuer: str, token: LogoutToken) -> int | None:
        """End the sessions that a logout_token names; None when the token was used before.

        With a `sid` that one broker session, without it all sessions of the subject
        (Back-Channel Logout 1.0, section 2.7). Remembering the token and ending the sessions is
        one transaction: a broker may repeat what failed.
        """
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_FORGET_LOGOUT_TOKENS)
            remembered = await connection.execute(
                _REMEMBER_LOGOUT,
                {"issuer": issuer, "jti": digest(token.jti), "until": token.remember_until},
            )
            if remembered.rowcount == 0:
                return None
            ended = await connection.execute(
                _END_AT_BROKER,
                {
                    "issuer": issuer,
                    "sid": token.sid,
                    "subject": token.subject,
                    "channel": ENDED_CHANNEL,
                },
            )
            return ended.rowcount

    async def ended(self) -> AsyncIterator[str]:
        """The keys of sessions as they end, in any process; never finishes.

        The first item is always "" and comes once the connection listens; it comes again after
        each lost connection. What ended meanwhile went unheard, so on "" a listener checks its
        sessions with `find_by_key`.
        """
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                async with connection:
                    await connection.execute(f"LISTEN {ENDED_CHANNEL}")
                    yield ""
                    async for notification in connection.notifies():
                        yield notification.payload
            except psycopg.OperationalError:
                _log.warning("login_ended_listener_lost")
                await asyncio.sleep(_RECONNECT_SECONDS)


def _shown(power: Power, rule: PowerRule) -> dict[str, Any]:
    """A power of attorney as it is kept: without the CPR number that it is for."""
    return {
        "holder": power.holder,
        "privileges": list(power.privileges),
        "allowed": rule(power),
    }
