"""Alembic's entry: runs on the connection that `auth.migrations.upgrade` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="auth_alembic_version",
)
with context.begin_transaction():
    context.run_migrations()
