"""Prints the settings with which the contract tests prove the plan API of a running demo.

In a shell, once `bin/demo` is ready: `eval "$(.venv/bin/python -m tests.contract.of_demo)"`. It
registers a sector system in the demo's database, whose keys only this shell knows.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from joserfc.jwk import ECKey
from psycopg.types.json import Jsonb

from portal.actor_token import derive_private_key, thumbprint
from sandbox.postgres import OWNER, PLAN_DATABASE, EmbeddedPostgres
from sandbox.sample.ids import person_id

CLIENT = "contract-tests"


def main() -> None:
    """Print one `export` a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(".demo"), help="that of bin/demo")
    parser.add_argument("--port", type=int, default=8550, help="that of bin/demo")
    arguments = parser.parse_args()
    for name, value in settings(arguments.data, arguments.port):
        sys.stdout.write(f"export ENPLAN_CONTRACT_{name}={shlex.quote(value)}\n")


def settings(data: Path, port: int) -> Iterator[tuple[str, str]]:
    """Return what `tests.contract.settings` reads, without the prefix."""
    client_key = ECKey.generate_key("P-256", {"kid": CLIENT})
    register(data, client_key)
    yield "URL", f"http://localhost:{port + 1}"
    yield "ISSUER", f"http://localhost:{port}"
    yield "KEY", json.dumps(portals_key(data))
    yield "CITIZEN", str(person_id("mette"))
    yield "CONTACT_PERSON", str(person_id("louise"))
    yield "CLIENT_ID", CLIENT
    yield "CLIENT_KEY", json.dumps(client_key.as_dict(private=True))


def portals_key(data: Path) -> dict[str, object]:
    """Return the key with which the demo's portal signs its calls."""
    secrets = json.loads((data / "secrets.json").read_text("utf-8"))
    key = ECKey.import_key(derive_private_key(secrets["portal_key"])).as_dict(private=True)
    public = {name: str(key[name]) for name in ("kty", "crv", "x", "y")}
    return {**key, "kid": thumbprint(public)}


def register(data: Path, client_key: ECKey) -> None:
    """Make the sector system known to the demo, with this key from now on."""
    database = EmbeddedPostgres(data / "postgres").url(PLAN_DATABASE, OWNER)
    with psycopg.connect(database) as connection:
        connection.execute(
            "INSERT INTO integration_client (id, municipality_id, administration, name, jwks)"
            " SELECT %s, id, 'employment', 'Fagsystem', %s FROM municipality"
            " ON CONFLICT (id) DO UPDATE SET jwks = EXCLUDED.jwks",
            [CLIENT, Jsonb({"keys": [client_key.as_dict(private=False)]})],
        )


if __name__ == "__main__":
    main()
