"""Which schema the code wants, told without loading Alembic. Used by the demo for a quick start."""

import hashlib
from pathlib import Path

import auth
import planapi


def schema_in_code() -> str:
    """Return a digest of all migrations: another one means that there may be something to do."""
    digest = hashlib.sha256()
    for package in (planapi, auth):
        migrations = Path(package.__path__[0]) / "migrations"
        for path in sorted(migrations.rglob("*")):
            if path.suffix in {".py", ".sql"}:
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
