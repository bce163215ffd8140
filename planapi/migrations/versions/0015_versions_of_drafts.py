"""A draft has a version: two devices that type hear of each other.

Revision ID: 0015
Revises: 0014
"""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    _run("0015_versions_of_drafts.up.sql")


def downgrade() -> None:
    _run("0015_versions_of_drafts.down.sql")


def _run(name: str) -> None:
    # By the driver, without parameters: SQLAlchemy would read `:` and `%` as its own.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None  # noqa: S101 - migrations run online only
    connection.execute((_HERE / name).read_text("utf-8"))
