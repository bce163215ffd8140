"""What a person sees of their own logins: which device, and powers of attorney (CPR masked)."""

from alembic import op

revision = "a002"
down_revision = "a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE login_session
            ADD COLUMN device text NOT NULL DEFAULT '',
            ADD COLUMN powers jsonb NOT NULL DEFAULT '[]'
    """)
    op.execute("CREATE INDEX ON login_session (person_id)")


def downgrade() -> None:
    op.execute("DROP INDEX login_session_person_id_idx")
    op.execute("ALTER TABLE login_session DROP COLUMN device, DROP COLUMN powers")
