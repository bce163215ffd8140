"""What the portal asks in its own name has a key too.

Revision ID: 0013
Revises: 0012
"""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    _run("0013_portal_requests.up.sql")


def downgrade() -> None:
    _run("0013_portal_requests.down.sql")


def _run(name: str) -> None:
    # By the driver, without parameters: SQLAlchemy would read `:` and `%` as its own.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None  # noqa: S101 - migrations run online only
    connection.execute((_HERE / name).read_text("utf-8"))
