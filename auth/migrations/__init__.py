"""The schema of the session database, in Alembic revisions of raw SQL.

Used by `enplan db upgrade` and the demo, as the database's owner.
"""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

# Of those who start at the same time one migrates, and the others find it done.
_LOCK = "SELECT pg_advisory_xact_lock(7001)"


def upgrade(database_url: str) -> None:
    """Bring the schema to its newest version; does nothing where it is. Blocks while it works."""
    # The URL is libpq's own (with ?host=/socket/dir), so libpq reads it.
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(database_url), poolclass=NullPool
    )
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.begin() as connection:
        connection.exec_driver_sql(_LOCK)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
