"""Logins that have been sent to the broker and have not come back yet.

State, nonce and verifier stay here, on the server. A pending login is bound to one browser by a
cookie, is taken once, and lives ten minutes; several may be under way in one browser.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from psycopg.rows import class_row

from auth.identity import Role
from auth.opaque import digest, new_secret
from auth.store import Pool


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """One login under way. `fresh` demands that the person authenticates anew (a step-up)."""

    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    role: Role
    next_path: str
    fresh: bool
    max_age: int | None
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))


# Those that nobody came back for go in small bites and past locked rows, so that two processes
# never wait for each other.
_INSERT = """
WITH swept AS (
    DELETE FROM pending_login WHERE state_digest IN (
        SELECT state_digest FROM pending_login WHERE expires_at < now()
        LIMIT 50 FOR UPDATE SKIP LOCKED))
INSERT INTO pending_login (state_digest, browser_digest, nonce, code_verifier, role, next_path,
                           fresh, max_age, created_at, expires_at)
VALUES (%(state)s, %(browser)s, %(nonce)s, %(code_verifier)s, %(role)s, %(next_path)s,
        %(fresh)s, %(max_age)s, now(), now() + %(lifetime)s)
RETURNING nonce, code_verifier, role, next_path, fresh, max_age, created_at
"""

_TAKE = """
DELETE FROM pending_login
WHERE state_digest = %(state)s AND browser_digest = %(browser)s
RETURNING nonce, code_verifier, role, next_path, fresh, max_age, created_at, expires_at > now()
"""


class PendingLogins:
    """The store of logins under way."""

    def __init__(self, pool: Pool, lifetime: timedelta) -> None:
        self._pool = pool
        self._lifetime = lifetime

    async def start(
        self, browser: str, *, role: Role, next_path: str, fresh: bool, max_age: int | None
    ) -> tuple[str, PendingLogin]:
        """Begin a login in the browser that holds `browser`; returns its state and itself."""
        state = new_secret()
        values = {
            "state": digest(state),
            "browser": digest(browser),
            "nonce": new_secret(),
            "code_verifier": new_secret(),
            "role": role,
            "next_path": next_path,
            "fresh": fresh,
            "max_age": max_age,
            "lifetime": self._lifetime,
        }
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(PendingLogin))
            pending = await (await cursor.execute(_INSERT, values)).fetchone()
        if pending is None:
            raise RuntimeError("INSERT ... RETURNING returned nothing")
        return state, pending

    async def take(self, state: str, browser: str) -> PendingLogin | None:
        """The login with this state, once, and only in the browser that began it."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                _TAKE, {"state": digest(state), "browser": digest(browser)}
            )
            row = await cursor.fetchone()
        if row is None or not row[-1]:
            return None
        return PendingLogin(*row[:-1])
