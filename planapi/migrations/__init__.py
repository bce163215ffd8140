"""Brings the plan database to a version, as its owner. Used by `enplan db upgrade` and the demo."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

# Of those who start at the same time one migrates, and the others find it done.
_LOCK = "SELECT pg_advisory_xact_lock(7000)"


def upgrade(database_url: str, revision: str = "head") -> None:
    """Migrate up. Does nothing where the database is there already; blocks while it works."""
    _run(command.upgrade, database_url, revision)


def downgrade(database_url: str, revision: str = "base") -> None:
    """Migrate down; ``base`` leaves an empty database."""
    _run(command.downgrade, database_url, revision)


def _run(work: Callable[[Config, str], Any], database_url: str, revision: str) -> None:
    # The URL is libpq's own (with ?host=/socket/dir), so libpq reads it.
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(database_url), poolclass=NullPool
    )
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.begin() as connection:
        connection.exec_driver_sql(_LOCK)
        config.attributes["connection"] = connection
        work(config, revision)
