"""The schema goes up and down."""

from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

import planapi.migrations
from planapi.chain import verify
from planapi.migrations import downgrade, upgrade
from sandbox.crowd import Crowd, insert_crowd

OBJECTS = """
SELECT 'table', relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 'S', 'v')
UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 2
"""


def objects(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return connection.execute(OBJECTS).fetchall()


@pytest.fixture
def empty_url(postgres) -> str:
    return postgres.new_database()


def test_up_and_down_and_up_again_is_up(empty_url):
    upgrade(empty_url)
    first = objects(empty_url)

    downgrade(empty_url)
    nothing = objects(empty_url)
    upgrade(empty_url)

    assert ("table", "plan") in first
    assert {name for _, name in nothing} <= {"alembic_version", "alembic_version_pkc"}
    assert objects(empty_url) == first


def test_up_twice_is_up_once(empty_url):
    upgrade(empty_url)
    first = objects(empty_url)

    upgrade(empty_url)

    assert objects(empty_url) == first


def test_a_migration_that_fails_leaves_nothing(empty_url):
    with psycopg.connect(empty_url) as connection:
        connection.execute("CREATE TABLE promise (id int)")  # in the way, late in the script

    with pytest.raises(psycopg.errors.DuplicateTable):
        upgrade(empty_url)

    assert ("table", "person") not in objects(empty_url)


def test_a_town_of_the_first_release_comes_along_and_goes_back(empty_url):
    upgrade(empty_url, "0001")
    with psycopg.connect(empty_url) as connection:
        insert_crowd(connection, Crowd(citizens=400))
    first = contents(empty_url)

    upgrade(empty_url)
    newest = contents(empty_url)
    downgrade(empty_url, "0001")
    back = contents(empty_url)
    upgrade(empty_url)

    assert {name for name, rows in first.items() if rows} >= {"goal", "message", "consent"}
    assert {name: newest[name] for name in first} == first
    assert back == first
    assert {name: rows for name, rows in contents(empty_url).items() if rows} == {
        name: rows for name, rows in newest.items() if rows
    }


RELEASED = {
    "0001_house.up.sql": "16304bd517f58831",
    "0002_time_and_talk.up.sql": "702946334c3e9b65",
    "0003_people_and_trust.up.sql": "fd377efa10aabdbd",
    "0004_integration.up.sql": "fa727b21b1c21789",
}


def test_a_released_migration_stays_as_it_was():
    versions = Path(planapi.migrations.__file__).parent / "versions"

    now = {name: sha256((versions / name).read_bytes()).hexdigest()[:16] for name in RELEASED}

    assert now == RELEASED


def test_every_row_of_the_release_before_survives_there_and_back(empty_url):
    upgrade(empty_url, "0004")
    with psycopg.connect(empty_url) as connection:
        insert_crowd(connection, Crowd(citizens=200))
        connection.execute("SELECT seal_chain(100)")
    before = digests(empty_url)

    upgrade(empty_url)
    downgrade(empty_url, "0004")

    assert digests(empty_url) == before


def test_going_back_shows_nothing_again_and_opens_nothing(empty_url):
    upgrade(empty_url)
    with psycopg.connect(empty_url) as connection:
        insert_crowd(connection, Crowd(citizens=200))
        connection.execute("UPDATE intervention SET withdrawn_at = now()")
        connection.execute("UPDATE appointment SET withdrawn_at = now()")
        connection.execute(
            "UPDATE consent SET kind = 'holistic_plan', waits_for = 'custody_holder'"
        )
        connection.execute("SELECT seal_chain(100)")

    downgrade(empty_url, "0004")

    with psycopg.connect(empty_url) as connection:
        assert connection.execute("SELECT count(*) FROM intervention").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM appointment").fetchone() == (0,)
        working = connection.execute(
            "SELECT count(*) FROM consent c WHERE NOT EXISTS"
            " (SELECT FROM consent_withdrawal WHERE consent_id = c.id)"
        ).fetchone()
        assert working == (0,)
        connection.execute("SELECT seal_chain(100000)")
        connection.commit()
    assert verify(empty_url).findings == ()
    upgrade(empty_url)


def digests(url: str) -> dict[str, str]:
    """What each table holds, whatever the order."""
    with psycopg.connect(url) as connection:
        return {
            name: connection.execute(
                f"SELECT md5(coalesce(string_agg(r::text, ' ' ORDER BY r::text), '')) FROM"  # noqa: S608
                f' "{name}" r'
            ).fetchone()[0]
            for name in tables(connection)
        }


def contents(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(url) as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in tables(connection)
        }


def tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' AND relname <> 'alembic_version'"
    ).fetchall()
    return [name for (name,) in found]
