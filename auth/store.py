"""The pool of the session database, shared by pending logins and login sessions."""

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection]

_WAIT_SECONDS = 5


def open_pool(database_url: str, *, max_size: int = 10) -> Pool:
    """A pool of the session database; it connects when it is entered with `async with`.

    Each statement stands for itself, without the round trips of a transaction around it; what
    belongs together says `connection.transaction()`.
    """
    return AsyncConnectionPool(
        database_url,
        kwargs={"autocommit": True},
        min_size=1,
        max_size=max_size,
        open=False,
        timeout=_WAIT_SECONDS,
        name="enplan-sessions",
    )
