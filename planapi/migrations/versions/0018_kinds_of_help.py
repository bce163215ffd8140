"""Interventions are of different kinds.

Revision ID: 0018
Revises: 0017
"""

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    _run("0018_kinds_of_help.up.sql")


def downgrade() -> None:
    _run("0018_kinds_of_help.down.sql")


def _run(name: str) -> None:
    # By the driver, without parameters: SQLAlchemy would read `:` and `%` as its own.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None  # noqa: S101 - migrations run online only
    connection.execute((_HERE / name).read_text("utf-8"))
