"""Pending logins, login sessions, and the logout tokens that were used."""

from alembic import op

revision = "a001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE pending_login (
            state_digest   text PRIMARY KEY,
            browser_digest text NOT NULL,
            nonce          text NOT NULL,
            code_verifier  text NOT NULL,
            role           text NOT NULL CHECK (role IN ('citizen', 'contact_person')),
            next_path      text NOT NULL,
            fresh          boolean NOT NULL,
            max_age        integer,
            created_at     timestamptz NOT NULL,
            expires_at     timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX ON pending_login (expires_at)")
    op.execute("""
        CREATE TABLE login_session (
            key             text PRIMARY KEY,
            person_id       uuid NOT NULL,
            name            text NOT NULL,
            role            text NOT NULL CHECK (role IN ('citizen', 'contact_person')),
            loa             text NOT NULL CHECK (loa IN ('low', 'substantial', 'high')),
            language        text,
            auth_time       timestamptz NOT NULL,
            issuer          text NOT NULL,
            subject         text NOT NULL,
            broker_sid      text,
            id_token        text NOT NULL,
            created_at      timestamptz NOT NULL,
            idle_expires_at timestamptz NOT NULL,
            expires_at      timestamptz NOT NULL,
            CHECK (idle_expires_at <= expires_at)
        )
    """)
    op.execute("CREATE INDEX ON login_session (idle_expires_at)")
    op.execute("CREATE INDEX ON login_session (issuer, subject)")
    op.execute("CREATE INDEX ON login_session (issuer, broker_sid)")
    op.execute("""
        CREATE TABLE used_logout_token (
            issuer         text NOT NULL,
            jti_digest     text NOT NULL,
            remember_until timestamptz NOT NULL,
            PRIMARY KEY (issuer, jti_digest)
        )
    """)
    op.execute("CREATE INDEX ON used_logout_token (remember_until)")


def downgrade() -> None:
    op.execute("DROP TABLE used_logout_token, login_session, pending_login")
