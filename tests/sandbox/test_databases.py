"""The demo's databases: migrated, filled once, and refused when a newer version wrote them."""

import psycopg
import pytest

from sandbox.databases import NewerSchemaError, migrate, seed_anew
from sandbox.postgres import OWNER, PLAN_DATABASE, SESSION_DATABASE

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def server(postgres):
    yield postgres.server
    for name in (PLAN_DATABASE, SESSION_DATABASE):
        postgres.server.drop_database(name)


def test_seeding_again_begins_anew(server):
    seed_anew(server, KEY)
    with psycopg.connect(server.url(PLAN_DATABASE, OWNER)) as connection:
        connection.execute("CREATE TABLE note (text text)")

    seed_anew(server, KEY)

    with psycopg.connect(server.url(PLAN_DATABASE, OWNER)) as connection:
        assert connection.execute("SELECT to_regclass('note')").fetchone() == (None,)
        (people,) = connection.execute("SELECT count(*) FROM person").fetchone()
    assert people >= 17


def test_a_newer_schema_is_refused(server):
    migrate(server)
    with psycopg.connect(server.url(PLAN_DATABASE, OWNER)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchemaError, match="9999"):
        migrate(server)
