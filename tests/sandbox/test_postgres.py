"""The embedded PostgreSQL keeps what was committed, whatever happens to it or its supervisor."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from sandbox.postgres import APP, OWNER, EmbeddedPostgres, PostgresError, with_user


@pytest.fixture
def directory() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="enplan-test-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def server(directory: Path) -> Iterator[EmbeddedPostgres]:
    embedded = EmbeddedPostgres(directory)
    embedded.start()
    yield embedded
    embedded.stop()


def write_note(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('Mål: gå en tur')")


def read_note(url: str) -> str:
    with psycopg.connect(url) as connection:
        (text,) = connection.execute("SELECT text FROM note").fetchone()
    return text


def test_what_was_written_is_there_after_a_stop_and_a_start(server):
    server.create_database("enplan", owner=OWNER)
    url = server.url("enplan", OWNER)
    write_note(url)

    server.stop()
    server.start()

    assert read_note(url) == "Mål: gå en tur"


def test_a_killed_server_recovers_what_was_committed(server):
    server.create_database("enplan", owner=OWNER)
    url = server.url("enplan", OWNER)
    write_note(url)

    server.process.kill()
    server.process.wait()
    server.start()

    assert read_note(url) == "Mål: gå en tur"


def test_a_server_left_behind_is_ended_before_a_new_one_starts(server, directory):
    left_behind = server.process

    successor = EmbeddedPostgres(directory)
    successor.start()
    try:
        assert left_behind.wait(10) == 0
        assert successor.process.pid != left_behind.pid
    finally:
        successor.stop()


def test_a_lock_file_that_names_another_program_is_not_believed(server, directory):
    server.process.send_signal(signal.SIGINT)
    server.process.wait()
    lock_file = directory / "data" / "postmaster.pid"
    lock_file.write_text(f"{os.getpid()}\n{directory}/data\n")

    server.start()

    assert psutil.pid_exists(os.getpid())
    assert int(lock_file.read_text().split()[0]) == server.process.pid


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(directory):
    server = EmbeddedPostgres(directory / ("borger" * 12) / ("plan" * 12))
    server.start()
    try:
        with psycopg.connect(server.url("postgres")) as connection:
            (sockets,) = connection.execute("SHOW unix_socket_directories").fetchone()
        assert Path(sockets).stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()
    assert not Path(sockets).exists()


def test_nobody_else_can_open_the_socket(server, directory):
    assert (directory / "socket").stat().st_mode & 0o077 == 0
    assert (directory / "data").stat().st_mode & 0o077 == 0


def test_only_guests_may_connect_to_a_closed_database(server):
    server.create_database("enplan_sessions", owner="enplan_portal", guests=[])

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.url("enplan_sessions", APP))


def test_a_cluster_of_another_version_is_named(directory):
    (directory / "data").mkdir()
    (directory / "data" / "PG_VERSION").write_text("19\n")

    with pytest.raises(PostgresError, match="written by PostgreSQL 19, not 18"):
        EmbeddedPostgres(directory).start()


def test_a_damaged_cluster_is_named(server, directory):
    server.stop()
    (directory / "data" / "global" / "pg_control").unlink()

    with pytest.raises(PostgresError, match="pg_control"):
        server.start()


def test_an_interrupted_initialisation_is_begun_again(directory):
    (directory / "data.unfinished").mkdir()
    (directory / "data.unfinished" / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(directory)

    server.start()

    server.stop()
    assert (directory / "data" / "PG_VERSION").exists()


def test_an_unusable_directory_is_named(directory):
    (directory / "file").write_text("")

    with pytest.raises(PostgresError, match="file"):
        EmbeddedPostgres(directory / "file" / "postgres").start()


def test_a_clone_holds_what_its_template_holds_and_goes_when_it_was_used(postgres):
    template = postgres.new_database()
    write_note(template)

    with postgres.clone(template) as copy:
        assert copy != template
        assert read_note(copy) == "Mål: gå en tur"

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        read_note(copy)


def test_a_url_can_be_given_to_another_role(postgres):
    url = with_user(postgres.new_database(), APP)

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APP,)
