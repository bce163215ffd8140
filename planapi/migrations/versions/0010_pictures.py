"""Pictures of people, to be shown beside their names.

Revision ID: 0010
Revises: 0009
"""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    _run("0010_pictures.up.sql")


def downgrade() -> None:
    _run("0010_pictures.down.sql")


def _run(name: str) -> None:
    # By the driver, without parameters: SQLAlchemy would read `:` and `%` as its own.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None  # noqa: S101 - migrations run online only
    connection.execute((_HERE / name).read_text("utf-8"))
