"""Fixtures for every test: an embedded PostgreSQL for each pytest process, and free ports."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from sandbox.lifeline import Lifeline
from sandbox.postgres import OWNER, SUPERUSER, EmbeddedPostgres, with_user
from tests.support.ports import find_free_port

# Rooms whose files take longest: they come first, so that no process is left alone with one.
_ROOMS_IN_ORDER = ("e2e", "contract", "sandbox", "bin", "portal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and with the walk through all screens before everything."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[int, bool]:
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    place = _ROOMS_IN_ORDER.index(room) if room in _ROOMS_IN_ORDER else len(_ROOMS_IN_ORDER)
    return place, item.path.name != "test_screens.py"


_GROWN_BYTES = 20_000_000
"""A copy that has grown by so much is quicker dropped than emptied."""


@dataclass(frozen=True)
class Copy:
    """A copy of a template that tests have one after the other."""

    url: str
    size: int
    empty: sql.Composed
    """Makes it what it was, but for changes of the schema."""


@dataclass
class Databases:
    """Makes databases on one running server. They go when the server's directory goes."""

    server: EmbeddedPostgres
    _numbers: Iterator[int] = field(default_factory=count)
    _free: dict[str, list[Copy]] = field(default_factory=dict)

    @contextlib.contextmanager
    def lend(self, template_url: str) -> Iterator[str]:
        """Yield the URL of a copy that looks new: ten times quicker than a new one.

        Whoever changes the schema changes it back, or takes a `clone`.
        """
        free = self._free.setdefault(template_url, [])
        copy = free.pop() if free else self._copy(template_url)
        yield copy.url
        name = urlsplit(copy.url).path.removeprefix("/")
        with psycopg.connect(self.server.url(SUPERUSER), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                [name],
            )
            row = connection.execute("SELECT pg_database_size(%s)", [name]).fetchone()
        if row is None or row[0] > copy.size + _GROWN_BYTES:
            self.server.drop_database(name)
            return
        with psycopg.connect(with_user(copy.url, SUPERUSER)) as connection:
            connection.execute(copy.empty)
        free.append(copy)

    def _copy(self, template_url: str) -> Copy:
        """A copy of a template, and how to empty it of all that the template has not."""
        parts = urlsplit(template_url)
        assert parts.username is not None
        url = self._create(parts.username, template=parts.path.removeprefix("/"))
        # No trigger fires: neither those that forbid to delete, nor those of foreign keys.
        statements = [sql.SQL("SET session_replication_role = replica")]
        with psycopg.connect(with_user(url, SUPERUSER)) as connection:
            connection.execute("CREATE SCHEMA as_it_was")
            for (name,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall():
                table = sql.Identifier("public", name)
                kept = sql.Identifier("as_it_was", name)
                statements.append(sql.SQL("DELETE FROM {}").format(table))
                if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
                    connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, table))
                    statements.append(
                        sql.SQL("INSERT INTO {} SELECT * FROM {}").format(table, kept)
                    )
            for (name,) in connection.execute(
                "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
            ).fetchall():
                sequence = sql.Identifier("public", name)
                statements.append(sql.SQL("ALTER SEQUENCE {} RESTART").format(sequence))
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return Copy(url, row[0], sql.SQL("; ").join(statements))

    def new_database(self, owner: str = OWNER) -> str:
        """Return the owner's URL of a new empty database."""
        return self._create(owner, template=None)

    @contextlib.contextmanager
    def clone(self, template_url: str) -> Iterator[str]:
        """Yield the URL of a new copy: quicker than migrations. Nobody may be connected to it."""
        parts = urlsplit(template_url)
        assert parts.username is not None
        url = self._create(parts.username, template=parts.path.removeprefix("/"))
        yield url
        self.server.drop_database(urlsplit(url).path.removeprefix("/"))

    def _create(self, owner: str, template: str | None) -> str:
        name = f"test_{next(self._numbers)}"
        self.server.create_database(name, owner=owner, template=template)
        return self.server.url(name, owner)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """A PostgreSQL server for this pytest process (with xdist: for this worker).

    One for each worker needs no agreement between workers about who starts and who stops it.
    """
    # Not pytest's own directory: its path is long for a socket, and closed to the database's user.
    directory = Path(tempfile.mkdtemp(prefix="enplan-test-"))
    directory.chmod(0o755)
    server = EmbeddedPostgres(directory, durable=False)
    lifeline = Lifeline()
    try:
        server.start()
        assert server.process is not None
        lifeline.hold(server.process.pid, server.ending)
        yield Databases(server)
    finally:
        server.stop()
        lifeline.close()
        shutil.rmtree(directory)


@pytest.fixture(scope="session", autouse=True)
def no_authorities(tmp_path_factory) -> Iterator[None]:
    """Let nobody vouch for servers: each HTTP client would read 140 certificates, and ask none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("no-authorities")))
        yield


@pytest.fixture(scope="session")
def free_port() -> Callable[..., int]:
    """Return a function that finds `consecutive` free ports in a row, and returns the first."""
    return find_free_port
