"""Creates, migrates and fills the demo's two databases."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from alembic.util import CommandError

import auth.migrations
import planapi.migrations
from sandbox import sample
from sandbox.postgres import (
    APP,
    OWNER,
    PLAN_DATABASE,
    PORTAL,
    SESSION_DATABASE,
    EmbeddedPostgres,
)


class NewerSchemaError(Exception):
    """A newer version migrated the databases."""


def seed_anew(postgres: EmbeddedPostgres, secret_key: str) -> date:
    """Make the plan database anew, with sample data; return the day that its dates count from.

    Args:
        postgres: The running server.
        secret_key: The plan API's.

    Raises:
        NewerSchemaError: The database of login sessions is there, and newer.
    """
    postgres.drop_database(PLAN_DATABASE)
    migrate(postgres)
    today = datetime.now(ZoneInfo("Europe/Copenhagen")).date()
    sample.seed(postgres.url(PLAN_DATABASE, OWNER), today, secret_key=secret_key)
    return today


def migrate(postgres: EmbeddedPostgres) -> None:
    """Create the databases where they are missing, and bring both up to date.

    Raises:
        NewerSchemaError: One of them is newer than this program.
    """
    postgres.create_database(PLAN_DATABASE, owner=OWNER, guests=[APP])
    postgres.create_database(SESSION_DATABASE, owner=PORTAL, guests=[])
    try:
        planapi.migrations.upgrade(postgres.url(PLAN_DATABASE, OWNER))
        auth.migrations.upgrade(postgres.url(SESSION_DATABASE, PORTAL))
    except CommandError as error:
        raise NewerSchemaError(str(error)) from error
