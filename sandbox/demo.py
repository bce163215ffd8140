"""The whole of Én Plan on one machine: what `enplan demo` runs.

Starts PostgreSQL, brings its databases up to date, fills them with a sample municipality, then runs
the plan API, the MitID simulator and the portal as processes of their own, until Ctrl-C or SIGTERM.
"""

import asyncio
import contextlib
import errno
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sandbox import sample
from sandbox.broker.settings import DEMO_CLIENT_ID
from sandbox.data_directory import DataDirectory, DataDirectoryError, Secrets
from sandbox.lifeline import Lifeline
from sandbox.postgres import (
    APP,
    PLAN_DATABASE,
    PORTAL,
    SESSION_DATABASE,
    EmbeddedPostgres,
    PostgresError,
)
from sandbox.schema import schema_in_code
from sandbox.settings import DemoSettings, environment_for_servers
from sandbox.supervisor import Server, Supervisor, SupervisorError

HOST = "127.0.0.1"

_NAME_COLUMN = 26
_STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DemoError(Exception):
    """The demo cannot run; the text says why and what to do, in one line."""


def run(*, port: int, data: Path, fresh: bool, say: Callable[[str], None]) -> None:
    """Run the demo until it is told to stop.

    Args:
        port: The portal's port; the plan API and the simulator take the next two.
        data: The directory that keeps everything between runs.
        fresh: Begin with new sample data.
        say: Takes each line for the person at the terminal.

    Raises:
        DemoError: It cannot start, or cannot go on.
    """
    issuer = DemoSettings().oidc_issuer
    with contextlib.ExitStack() as ending:
        try:
            directory = DataDirectory(data)
            ending.callback(directory.close)
            _check_ports(range(port, port + (2 if issuer else 3)))
            secrets = directory.prepare(fresh=fresh)
        except DataDirectoryError as error:
            raise DemoError(str(error)) from error
        lifeline = Lifeline(keep_open=[directory.lock])
        ending.callback(lifeline.close)
        postgres = EmbeddedPostgres(directory.postgres, log=directory.logs / "postgres.log")
        town = _Town(port, directory, secrets, postgres, issuer)
        town.check_broker()
        try:
            asyncio.run(_keep_running(town, Supervisor(lifeline, say), say))
        except SupervisorError as error:
            raise DemoError(f"{error}.") from error
        except PostgresError as error:
            raise DemoError(
                f"The database in {directory.postgres} cannot be used: {error}. "
                "Begin anew with --fresh, or give another directory with --data."
            ) from error


class _Town:
    """Everything that one demo consists of: its addresses, its database, its servers."""

    def __init__(
        self,
        port: int,
        directory: DataDirectory,
        secrets: Secrets,
        postgres: EmbeddedPostgres,
        issuer: str | None,
    ) -> None:
        self.postgres = postgres
        self.url = f"http://localhost:{port}"
        self._ports = {"portal": port, "planapi": port + 1, "simulator": port + 2}
        self._directory = directory
        self._secrets = secrets
        self._issuer = issuer
        self._has_cluster = postgres.is_initialised

    def check_broker(self) -> None:
        """Look whether a broker of one's own is described well, before anything starts.

        Raises:
            DemoError: A setting is wrong or missing; each is named in a line of its own.
        """
        if self._issuer is None:
            return
        # Only here: they take a moment to load, and the simulator is always described well.
        from portal.complaints import complaints  # noqa: PLC0415
        from portal.settings import PortalSettings  # noqa: PLC0415

        ours: dict[str, Any] = {
            name.removeprefix("ENPLAN_").lower(): value
            for name, value in self._portal_settings().items()
        }
        try:
            PortalSettings(**ours)
        except ValidationError as error:
            raise DemoError("\n".join(complaints(PortalSettings, error))) from error

    def prepare_databases(self) -> None:
        """Create and migrate both databases, and seed the plan database once.

        Raises:
            DemoError: A newer version wrote them.
        """
        schema = schema_in_code()
        seeded_on = self._directory.seeded_on if self._has_cluster else None
        if seeded_on is not None and self._directory.schema == schema:
            return
        # Only here: Alembic and SQLAlchemy take a second to load, which a second start can save.
        from sandbox.databases import NewerSchemaError, migrate, seed_anew  # noqa: PLC0415

        try:
            if seeded_on is None:  # also after a first start that was interrupted
                seeded_on = seed_anew(self.postgres, self._secrets.plan_api_key)
            else:
                migrate(self.postgres)
        except NewerSchemaError as error:
            raise DemoError(
                f"The databases in {self._directory.path} do not fit this version of Én Plan: "
                f"{error}. Update it, or begin anew with --fresh."
            ) from error
        self._directory.note_complete(seeded_on=seeded_on, schema=schema)

    def servers(self) -> list[Server]:
        """Return the servers in the order in which they start."""
        names = ["planapi", "portal"] if self._issuer else ["simulator", "planapi", "portal"]
        return [self._server(name) for name in names]

    def announcement(self) -> list[str]:
        """Return what the person at the terminal wants to know when everything runs."""
        lines = ["", f"Én Plan is ready: {self.url}", ""]
        if self._issuer:
            lines.append(f"Log in with the broker {self._issuer}.")
        else:
            lines.append("Log in as one of them:")
            lines += _table(sample.introductions())
        return [*lines, "", f"Everything is kept in {self._directory.path}. Stop with Ctrl-C."]

    def _server(self, name: str) -> Server:
        port = self._ports[name]
        health = "/sim/identities" if name == "simulator" else "/healthz"
        settings = {
            "simulator": self._simulator_settings,
            "planapi": self._plan_api_settings,
            "portal": self._portal_settings,
        }
        return Server(
            name=name,
            # -P: a folder of the same name where the demo is started is not ours.
            command=[sys.executable, "-P", "-m", "portal.cli", name, "--port", str(port)],
            environment=environment_for_servers(with_broker=self._issuer is not None)
            | settings[name](),
            log=self._directory.logs / f"{name}.log",
            health_url=f"http://{HOST}:{port}{health}",
        )

    def _simulator_settings(self) -> dict[str, str]:
        return {
            "ENPLAN_SIMULATOR_PORTAL_URL": self.url,
            "ENPLAN_SIMULATOR_CLIENT_SECRET": self._secrets.client_secret,
            "ENPLAN_SIMULATOR_SAMPLE_DAY": str(self._directory.seeded_on),
            "ENPLAN_SIMULATOR_DATA_DIR": str(self._directory.simulator),
        }

    def _plan_api_settings(self) -> dict[str, str]:
        return {
            "ENPLAN_SECRET_KEY": self._secrets.plan_api_key,
            "ENPLAN_DATABASE_URL": self.postgres.url(PLAN_DATABASE, APP),
            "ENPLAN_INTEGRATION_URL": f"http://localhost:{self._ports['planapi']}",
            "ENPLAN_ACTOR_ISSUER": self.url,
            "ENPLAN_ACTOR_JWKS_URL": f"{self.url}/auth/jwks.json",
        }

    def _portal_settings(self) -> dict[str, str]:
        settings = {
            "ENPLAN_PUBLIC_URL": self.url,
            "ENPLAN_SECRET_KEY": self._secrets.portal_key,
            "ENPLAN_SESSION_DATABASE_URL": self.postgres.url(SESSION_DATABASE, PORTAL),
            "ENPLAN_PLAN_API_URL": f"http://{HOST}:{self._ports['planapi']}",
        }
        if self._issuer is None:
            settings |= {
                "ENPLAN_OIDC_ISSUER": f"http://localhost:{self._ports['simulator']}/op",
                "ENPLAN_OIDC_BROKER": "neb",
                "ENPLAN_OIDC_CLIENT_ID": DEMO_CLIENT_ID,
                "ENPLAN_OIDC_CLIENT_SECRET": self._secrets.client_secret,
            }
        return settings


async def _keep_running(town: _Town, supervisor: Supervisor, say: Callable[[str], None]) -> None:
    stopping = asyncio.Event()
    for number in _STOPPING_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    try:
        await _start(town, supervisor, stopping)
        if not stopping.is_set():
            for line in town.announcement():
                say(line)
        await supervisor.watch(stopping)
        say("Stopping.")
    finally:
        await asyncio.to_thread(supervisor.stop)


async def _start(town: _Town, supervisor: Supervisor, stopping: asyncio.Event) -> None:
    await supervisor.start(town.postgres)
    if not stopping.is_set():
        await asyncio.to_thread(town.prepare_databases)
    if not stopping.is_set():
        servers = town.servers()
        for server in servers:
            await supervisor.start(server)
        await supervisor.ready(servers, stopping)


def _check_ports(ports: Sequence[int]) -> None:
    for port in ports:
        try:
            socket.create_server((HOST, port)).close()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise DemoError(f"Port {port} cannot be used: {error.strerror}.") from error
            raise DemoError(
                f"Port {port} is in use by another program. End it, or choose others with "
                f"--port (the demo needs {len(ports)} in a row)."
            ) from error


def _table(people: Sequence[sample.Introduction]) -> list[str]:
    names = min(_NAME_COLUMN, max(len(person.name) for person in people))
    kinds = max(len(person.kind) for person in people)
    return [f"  {one.name:<{names}}  {one.kind:<{kinds}}  {one.line}" for one in people]
