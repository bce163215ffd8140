"""The way to PostgreSQL: a pool, and transactions that see one municipality.

Services open a transaction for an actor; the store's functions run plain SQL on it. Statements are
sent in psycopg's pipeline mode where several can share one round trip.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, LiteralString, NamedTuple, Self
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Composed
from psycopg_pool import AsyncConnectionPool

from planapi.errors import NotAuthenticated
from planapi.policy.actors import Actor
from portal.contract.people import Administration

Row = DictRow
Query = LiteralString | SQL | Composed
_Connection = AsyncConnection[Row]

_SESSION_OPTIONS: Final = (
    "-c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC"
    " -c jit=off -c plan_cache_mode=force_generic_plan"
    " -c random_page_cost=1.1 -c enable_bitmapscan=off"
)
"""For each connection; milliseconds. A statement that takes longer ends as ``unavailable``.

Statements run for a millisecond and find rows by their ids: compiling one, or planning it for these
very ids, takes longer than running it. And a page found by an index costs no more than the next
one: they are in memory, or on a disk without heads. So nothing is gained by noting all pages before
the first is read, which loses the order of the rows. Without that an ``OR`` over two columns uses
no index: write two statements.
"""

_PATIENCE_SECONDS: Final = 5.0
"""How long a request waits for a connection of the pool."""


class Statement(NamedTuple):
    """A query with its named parameters."""

    query: Query
    parameters: Mapping[str, Any] = {}


_ENTER: Final = "SELECT enter_as(%(person_id)s) AS administration"
"""Row-level security shows nothing before this, and the actor's municipality afterwards."""


def _nobody(_person_id: UUID) -> bool:
    return False


class Transaction:
    """A transaction in the name of one actor.

    It begins with the first statement, in the same round trip. What is put off with `later` is
    sent together with the commit. Parameters are named: ``%(goal_id)s``.
    """

    def __init__(self, database: "Database", connection: _Connection, actor: Actor | None) -> None:
        self._database = database
        self._connection = connection
        self._actor = actor
        self._entered = actor is None
        self._begun = False
        self._later: list[Statement] = []
        self.knows: Callable[[UUID], bool] = _nobody
        """Whose protected name may be read here: nobody's until `planapi.services.sight` looks."""

    @property
    def actor(self) -> Actor:
        """Who acts, with the administration that a professional works in.

        Known from the first statement on; `planapi.services.sight.look` usually sends it.
        """
        if self._actor is None or not self._entered:
            raise RuntimeError("the actor is known after the first statement")
        return self._actor

    async def rows(self, query: Query, /, **parameters: Any) -> list[Row]:
        """Return all rows."""
        (rows,) = await self.together(Statement(query, parameters))
        return rows

    async def row(self, query: Query, /, **parameters: Any) -> Row | None:
        """Return the first row, if there is one."""
        (rows,) = await self.together(Statement(query, parameters))
        return rows[0] if rows else None

    async def execute(self, query: Query, /, **parameters: Any) -> int:
        """Run a statement that returns nothing; return how many rows it touched."""
        (cursor,) = await self._send([Statement(query, parameters)])
        return cursor.rowcount

    async def together(self, *statements: Statement) -> list[list[Row]]:
        """Run queries in one round trip; return the rows of each."""
        return [await cursor.fetchall() for cursor in await self._send(statements)]

    def later(self, query: Query, /, **parameters: Any) -> None:
        """Run a statement right before the commit, in the same round trip.

        For what nobody waits for, and for what holds a lock that should be short.
        """
        self._later.append(Statement(query, parameters))

    async def start_over(self) -> None:
        """Undo everything, also what was put off; begins anew with the next statement."""
        self._later = []
        await self._connection.rollback()
        self._entered = self._actor is None
        self._begun = False

    async def commit(self) -> None:
        """Send what was put off, and commit. `Database.transaction` calls this at its end."""
        if not self._begun and not self._later:
            return
        statements, self._later = self._later, []
        await self._send(statements, commit=True)

    async def _send(
        self, statements: "list[Statement] | tuple[Statement, ...]", *, commit: bool = False
    ) -> list[AsyncCursor[Row]]:
        """Send all statements in one round trip, after those that enter the municipality."""
        beginning, self._begun = not self._begun, True
        entering = not self._entered
        self._database.round_trips += 1
        if len(statements) == 1 and not beginning and not commit:
            return [await self._connection.execute(statements[0].query, statements[0].parameters)]
        entrance: AsyncCursor[Row] | None = None
        try:
            async with self._connection.pipeline():
                if beginning:
                    await self._connection.execute("BEGIN", prepare=False)
                if entering and self._actor is not None:
                    entrance = await self._connection.execute(
                        _ENTER, {"person_id": self._actor.person_id}
                    )
                cursors = [
                    await self._connection.execute(query, parameters)
                    for query, parameters in statements
                ]
                if commit:
                    await self._connection.execute("COMMIT", prepare=False)
        except psycopg.errors.NoDataFound:
            # A valid token for somebody who is not in the database (any more).
            raise NotAuthenticated from None
        if entrance is not None and (row := await entrance.fetchone()) is not None:
            self._enter(row["administration"])
        return cursors

    def _enter(self, administration: str | None) -> None:
        if self._actor is not None and administration is not None:
            self._actor = replace(self._actor, administration=Administration(administration))
        self._entered = True


class Reading(Transaction):
    """What only reads, in the name of one actor: with fewer messages than a transaction.

    Each statement enters the municipality by itself and is a transaction of its own, so nothing has
    to be begun or ended, and nothing is left on the connection. What was put off with `later` (the
    access log) goes into one transaction at the end.
    """

    async def together(self, *statements: Statement) -> list[list[Row]]:
        """Run queries one after the other, each in a round trip; return the rows of each."""
        return [await self._read(statement) for statement in statements]

    async def _send(
        self, statements: "list[Statement] | tuple[Statement, ...]", *, commit: bool = False
    ) -> list[AsyncCursor[Row]]:
        if not commit:
            raise RuntimeError("what only reads writes nothing but what was put off")
        if not statements:
            return []
        self._entered = False
        return await super()._send(statements, commit=True)

    async def _read(self, statement: Statement) -> list[Row]:
        assert self._actor is not None  # noqa: S101 - `Database.reading` has an actor
        self._database.round_trips += 1
        text, names = _entering(_text(statement.query))
        values = {**statement.parameters, _ACTOR: self._actor.person_id}
        cursor: AsyncRawCursor[Row] = AsyncRawCursor(self._connection)
        try:
            # Planned once by each connection: that takes longer than to run it.
            await cursor.execute(text, [values[name] for name in names], prepare=True)
        except psycopg.errors.NoDataFound:
            raise NotAuthenticated from None
        rows = await cursor.fetchall()
        if not self._entered and rows:
            self._enter(rows[0]["entered_in"])
        return rows


_ACTOR: Final = "entering_actor"
_PARAMETER: Final = re.compile(r"%(?:\((\w+)\)s|%)")


def _text(query: Query) -> str:
    return query if isinstance(query, str) else query.as_string()


@lru_cache(maxsize=256)
def _entering(query: LiteralString) -> tuple[bytes, tuple[str, ...]]:
    """Return a query that enters the municipality and then reads, and its parameters in order.

    The read depends on the entrance (it is `LATERAL`), and the entrance may not be moved (it is
    volatile, with `OFFSET`): so row-level security finds the municipality set when the first row is
    looked for. Parameters become PostgreSQL's own, once for each query and not for each call.
    """
    names: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    text = _PARAMETER.sub(numbered, _READ_AS.format(query=query))
    return text.encode(), tuple(names)


_READ_AS: Final = """
SELECT answer.*, entered.administration AS entered_in
FROM (SELECT enter_as(%(entering_actor)s) AS administration OFFSET 0) entered
CROSS JOIN LATERAL (
    SELECT * FROM ({query}) asked WHERE entered.administration IS NOT DISTINCT FROM
        entered.administration OFFSET 0
) answer
"""


class Database:
    """A pool of connections to the plan database. Open it with ``async with``.

    ``round_trips`` counts what went over the wire, for tests and metrics.
    """

    def __init__(self, url: str, *, pool_size: int = 6) -> None:
        self.url = url
        self.round_trips = 0
        self._pool: AsyncConnectionPool[_Connection] = AsyncConnectionPool(
            url,
            connection_class=AsyncConnection[Row],
            # Left alone, psycopg waits for the answer to BEGIN and to COMMIT before it goes on.
            kwargs={"row_factory": dict_row, "options": _SESSION_OPTIONS, "autocommit": True},
            min_size=1,
            max_size=pool_size,
            timeout=_PATIENCE_SECONDS,
            open=False,
        )

    async def __aenter__(self) -> Self:
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Transaction]:
        """Open a transaction that sees the actor's municipality; commits unless it raises.

        Raises `NotAuthenticated` at the first statement when the database does not know the actor.
        """
        async with self._open(actor) as transaction:
            yield transaction

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[Transaction]:
        """Open what only reads, for the actor. Use `transaction` for whatever writes."""
        async with self._checked_connection() as connection:
            reading = Reading(self, connection, actor)
            yield reading
            await reading.commit()

    @asynccontextmanager
    async def service_transaction(self) -> AsyncIterator[Transaction]:
        """Open a transaction of the plan API itself, which sees no municipality's rows.

        Only for what the functions of the schema do on their own: linking identities, events.
        """
        async with self._open(None) as transaction:
            yield transaction

    async def answers(self) -> bool:
        """Tell whether the database can be reached now."""
        try:
            async with self._pool.connection(timeout=1) as connection:
                await connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    @asynccontextmanager
    async def _open(self, actor: Actor | None) -> AsyncIterator[Transaction]:
        async with self._checked_connection() as connection:
            transaction = Transaction(self, connection, actor)
            yield transaction
            await transaction.commit()

    @asynccontextmanager
    async def _checked_connection(self) -> AsyncIterator[_Connection]:
        async with self._pool.connection() as connection:
            try:
                yield connection
            except psycopg.OperationalError:
                if connection.closed:
                    # The server was restarted: the idle connections are broken too, and would
                    # each cost somebody a request.
                    await self._pool.check()
                raise
