"""How often logins were begun and ended lately, counted by all processes together."""

from alembic import op

revision = "a003"
down_revision = "a002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Unlogged: it is worth nothing after a minute, so no login waits for it to reach the disk.
    op.execute("""
        CREATE UNLOGGED TABLE login_rate (
            key     text PRIMARY KEY,
            full_at timestamptz NOT NULL
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE login_rate")
