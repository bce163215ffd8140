"""What PostgreSQL itself refuses, whatever the code above it does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest

from planapi.database import Database, Statement
from planapi.errors import NotAuthenticated
from planapi.policy.actors import Actor, Loa
from planapi.services.sight import open_eyes
from portal.contract.people import Administration, Role

NOW = datetime.now(UTC)
APPEND_ONLY = (
    "rating",
    "message",
    "consent_text",
    "consent",
    "consent_withdrawal",
    "access_entry",
    "history",
    "appointment_answer",
    "minutes_remark",
    "message_attachment",
    "attachment_content",
    "thread_read",
    "delivery",
)


@pytest.fixture
async def database(database_url):
    async with Database(database_url, pool_size=2) as database:
        yield database


@pytest.fixture
def app_role(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def an_actor(person_id, role=Role.CITIZEN) -> Actor:
    return Actor(person_id, role, Loa.SUBSTANTIAL, NOW, "s")


WRITE_DRAFT = """
    INSERT INTO draft (person_id, name, fields, municipality_id)
    VALUES (%(person_id)s, 'a', '{}', coalesce(%(municipality_id)s, current_municipality()))
"""


async def write_draft(
    database: Database, person_id: UUID, *, municipality_id=None, later: str | None = None
) -> None:
    """Write a row in the name of a person, and ``later`` with the commit."""
    async with database.transaction(an_actor(person_id)) as tx:
        await tx.execute(WRITE_DRAFT, person_id=person_id, municipality_id=municipality_id)
        if later is not None:
            tx.later(later)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_append_only_can_be_neither_changed_nor_deleted(app_role, table):
    for statement in (
        f"UPDATE {table} SET municipality_id = municipality_id",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table}",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_role.execute(statement)


@pytest.mark.parametrize("table", ["municipality", "consent_text", "identity", "alembic_version"])
def test_what_others_write_cannot_be_written(app_role, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role.execute(f"INSERT INTO {table} DEFAULT VALUES")


def test_nobody_is_renamed(app_role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role.execute("UPDATE person SET name = 'Anna'")


async def test_every_table_of_a_municipality_is_under_row_level_security(world):
    open_tables = world.rows(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND a.attname = 'municipality_id' AND NOT c.relrowsecurity"
    )

    assert open_tables == []


async def test_a_transaction_sees_the_actors_municipality_and_no_other(database, world):
    anna = world.a_person()
    abroad = world.a_municipality()
    world.a_person(name="Erik", municipality_id=abroad)

    async with database.transaction(an_actor(anna)) as tx:
        names = await tx.rows("SELECT name FROM person")

    assert names == [{"name": "Anna Holm"}]


async def test_a_transaction_writes_into_the_actors_municipality_and_no_other(database, world):
    anna = world.a_person()
    abroad = world.a_municipality()

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await write_draft(database, anna, municipality_id=abroad)


async def test_without_an_actor_nothing_is_seen(database, world):
    world.a_plan()

    async with database.service_transaction() as tx:
        assert await tx.rows("SELECT * FROM person") == []
        assert await tx.rows("SELECT * FROM plan") == []


async def test_a_connection_forgets_the_municipality_with_the_transaction(database, world):
    anna = world.a_person()
    async with database.transaction(an_actor(anna)) as tx:
        await tx.rows("SELECT 1")

    for _ in range(2):
        async with database.service_transaction() as tx:
            assert await tx.rows("SELECT * FROM person") == []


async def test_somebody_who_is_not_in_the_database_gets_no_transaction(database):
    with pytest.raises(NotAuthenticated):
        await write_draft(database, uuid4())


async def test_where_a_professional_works_is_known_from_the_first_statement_on(database, world):
    mette = world.a_contact_person(administration="family")

    async with database.transaction(an_actor(mette, Role.CONTACT_PERSON)) as tx:
        await open_eyes(tx, an_actor(mette, Role.CONTACT_PERSON), NOW)
        assert tx.actor.administration is Administration.FAMILY


async def test_entering_reading_and_committing_with_what_was_put_off_takes_two_round_trips(
    database, world
):
    anna = world.a_person()
    before = database.round_trips

    async with database.transaction(an_actor(anna)) as tx:
        await tx.together(Statement("SELECT 1"), Statement("SELECT 2"))
        tx.later(WRITE_DRAFT, person_id=anna, municipality_id=None)

    assert database.round_trips - before == 2
    assert world.rows("SELECT name FROM draft") == [{"name": "a"}]


async def test_what_was_put_off_and_fails_undoes_everything(database, world):
    anna = world.a_person()

    with pytest.raises(psycopg.IntegrityError):
        await write_draft(
            database, anna, later="INSERT INTO draft (person_id, name) VALUES (NULL, 'b')"
        )

    assert world.rows("SELECT name FROM draft") == []


async def test_after_an_error_in_the_block_nothing_is_kept_and_nothing_put_off_is_sent(
    database, world
):
    anna = world.a_person()

    async def stumble() -> None:
        async with database.transaction(an_actor(anna)) as tx:
            await tx.rows("SELECT 1")
            tx.later(WRITE_DRAFT, person_id=anna, municipality_id=None)
            raise LookupError

    with pytest.raises(LookupError):
        await stumble()

    assert world.rows("SELECT name FROM draft") == []


async def test_connections_that_the_server_cut_cost_one_request_not_many(postgres, database, world):
    anna = world.a_person()
    one, other = database.transaction(an_actor(anna)), database.transaction(an_actor(anna))
    async with one as first, other as second:  # now the pool has both its connections
        await first.rows("SELECT 1")
        await second.rows("SELECT 1")
    with psycopg.connect(postgres.server.url("postgres")) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE usename = 'enplan_app' AND datname = %s",
            [urlsplit(database.url).path.removeprefix("/")],
        )

    with pytest.raises(psycopg.OperationalError):
        await write_draft(database, anna)
    async with database.transaction(an_actor(anna)) as tx:
        assert await tx.rows("SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(("begins", "ends"), [(0, 0), (-5, -1), (7, 20), (-30, 30)])
async def test_there_is_one_deputy_at_a_time(world, begins, ends):
    mette, lars, eva = (world.a_contact_person() for _ in range(3))
    day = timedelta(days=1)
    world.an_absence(mette, lars, starts_on=world.today - day, ends_on=world.today + 7 * day)

    with pytest.raises(psycopg.errors.ExclusionViolation):
        world.an_absence(
            mette, eva, starts_on=world.today + begins * day, ends_on=world.today + ends * day
        )
    world.an_absence(mette, eva, starts_on=world.today + 8 * day, ends_on=world.today + 9 * day)


async def test_there_is_one_contact_person_at_a_time(world):
    anna, day = world.a_person(), timedelta(days=1)
    world.a_contact_person(anna)
    lars = world.a_contact_person()

    with pytest.raises(psycopg.errors.ExclusionViolation):
        world.an_assignment(anna, lars, ends_on=world.today)
    world.execute("UPDATE contact_assignment SET ends_on = %(day)s", day=world.today)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        world.an_assignment(anna, lars, starts_on=world.today)
    world.an_assignment(anna, lars, starts_on=world.today + day)


def test_of_two_deputies_at_the_same_time_the_second_is_refused(owner_url, world):
    mette, lars, eva = (world.a_contact_person() for _ in range(3))
    write = (
        "INSERT INTO absence (municipality_id, professional_id, deputy_id, starts_on, ends_on)"
        " SELECT id, %s, %s, current_date, current_date FROM municipality"
    )
    with psycopg.connect(owner_url) as one, ThreadPoolExecutor() as other_thread:
        one.execute(write, [mette, lars])

        def the_other() -> None:
            with psycopg.connect(owner_url) as other:
                other.execute(write, [mette, eva])

        waiting = other_thread.submit(the_other)
        one.commit()
        with pytest.raises(psycopg.errors.ExclusionViolation):
            waiting.result()


async def test_a_statement_has_a_largest_time(database, world):
    anna = world.a_person()

    async with database.transaction(an_actor(anna)) as tx:
        found = await tx.rows("SHOW statement_timeout")

    assert found == [{"statement_timeout": "10s"}]


NAMES_ANYTHING = {
    "access_entry.resource_id": "of any kind",
    "history.resource_id": "of any kind",
    "event.resource_id": "of any kind",
    "safety_hiding.resource_id": "of any kind",
    "rights_request.resource_id": "of any kind",
    "delivery.item_id": "of any kind",
    "upload_begun.attachment_id": "a file that may never be there",
}


async def test_what_names_something_else_is_a_foreign_key(world):
    bare = world.rows(
        "SELECT format('%%s.%%s', c.relname, a.attname) AS name FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " AND a.atttypid = 'uuid'::regtype AND a.attname <> 'id'"
        " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid"
        "     AND k.contype = 'f' AND a.attnum = ANY (k.conkey))"
    )

    assert {row["name"] for row in bare} == set(NAMES_ANYTHING)
