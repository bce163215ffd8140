"""Drafts that nobody has touched for 30 days are forgotten.

Revision ID: 0011
Revises: 0010
"""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    _run("0011_old_drafts.up.sql")


def downgrade() -> None:
    _run("0011_old_drafts.down.sql")


def _run(name: str) -> None:
    # By the driver, without parameters: SQLAlchemy would read `:` and `%` as its own.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None  # noqa: S101 - migrations run online only
    connection.execute((_HERE / name).read_text("utf-8"))
