"""The demo as a person meets it: it starts, keeps what was written and leaves nothing behind."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from sandbox.data_directory import LAYOUT, DataDirectory
from sandbox.lifeline import has_ended
from sandbox.postgres import OWNER, PLAN_DATABASE, EmbeddedPostgres
from sandbox.settings import environment_for_servers
from tests.contract.of_demo import settings
from tests.support.demo import RunningDemo, command

PATIENCE_SECONDS = 30


@pytest.fixture
def data() -> Iterator[Path]:
    # Not pytest's own directory: as root, PostgreSQL's user must be able to pass through it.
    parent = Path(tempfile.mkdtemp(prefix="enplan-test-"))
    yield parent / "demo"
    shutil.rmtree(parent)


@pytest.fixture
def port(free_port) -> int:
    return free_port(3)


@contextlib.contextmanager
def plan_database(data: Path) -> Iterator[psycopg.Connection]:
    url = EmbeddedPostgres(data / "postgres").url(PLAN_DATABASE, OWNER)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def write_note(data: Path) -> None:
    with plan_database(data) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'Jeg vil gå en tur' AS text")


def note_exists(data: Path) -> bool:
    with plan_database(data) as connection:
        return connection.execute("SELECT to_regclass('note')").fetchone() == ("note",)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def wait_until_answers(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not answers(url):
        assert time.monotonic() < deadline, f"{url} does not answer"
        time.sleep(0.1)


def wait_until_replaced(demo: RunningDemo, name: str, old: psutil.Process) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(LookupError, psutil.NoSuchProcess):
            if demo.server(name).pid != old.pid:
                return
        assert time.monotonic() < deadline, f"{name} was not started again"
        time.sleep(0.1)


def run_to_its_end(
    data: Path, port: int, *arguments: str, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, port, *arguments),
        env=environment_for_servers(with_broker=False) | dict(settings or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_what_was_written_stays_until_fresh(data, port):
    with RunningDemo(data, port).wait_until_ready() as demo:
        write_note(data)
        processes = demo.everything()
        assert demo.stop() == 0
    assert all(has_ended(process, within=0) for process in processes)
    socket.create_server(("127.0.0.1", port)).close()

    with RunningDemo(data, port).wait_until_ready():
        assert note_exists(data)

    with RunningDemo(data, port, "--fresh").wait_until_ready():
        assert not note_exists(data)


def test_it_says_where_it_is_and_who_can_log_in_and_ends_on_ctrl_c(data, port):
    with RunningDemo(data, port).wait_until_ready() as demo:
        people = httpx.get(f"http://127.0.0.1:{port + 2}/sim/identities", trust_env=False).json()
        demo.process.send_signal(signal.SIGINT)

        assert demo.process.wait(60) == 0

    said = "\n".join(demo.lines)
    assert f"Én Plan is ready: http://localhost:{port}" in said
    assert all(person["name"] in said for person in people)


def test_a_killed_part_is_started_again(data, port):
    with RunningDemo(data, port).wait_until_ready() as demo:
        write_note(data)
        for name in ("portal", "planapi", "simulator", "postgres"):
            victim = demo.server(name)
            victim.kill()
            wait_until_replaced(demo, name, victim)

        wait_until_answers(f"http://localhost:{port}/readyz")
        wait_until_answers(f"http://localhost:{port + 1}/readyz")
        wait_until_answers(f"http://127.0.0.1:{port + 2}/sim/identities")
        assert note_exists(data)


def test_a_killed_demo_leaves_nothing_and_can_begin_again(data, port):
    with RunningDemo(data, port).wait_until_ready() as demo:
        write_note(data)
        processes = demo.everything()
        demo.process.kill()

        with RunningDemo(data, port).wait_until_ready():
            assert all(has_ended(process, within=0) for process in processes)
            assert note_exists(data)


def test_ctrl_c_while_it_starts_leaves_nothing(data, port):
    with RunningDemo(data, port) as demo:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (data / "postgres").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        processes = demo.everything()
        demo.process.send_signal(signal.SIGINT)

        assert demo.process.wait(60) == 0
    assert all(has_ended(process, within=1) for process in processes)


def test_a_broker_of_ones_own_replaces_the_simulator(data, port):
    broker = {
        "ENPLAN_OIDC_ISSUER": "http://localhost:9/op",
        "ENPLAN_OIDC_CLIENT_ID": "portal",
        "ENPLAN_OIDC_CLIENT_SECRET": "hush",
    }
    with RunningDemo(data, port, settings=broker).wait_until_ready() as demo:
        socket.create_server(("127.0.0.1", port + 2)).close()

    assert "Log in with the broker http://localhost:9/op." in demo.lines


def test_what_is_wrong_or_missing_about_the_broker_is_named_before_anything_starts(data, port):
    broker = {"ENPLAN_OIDC_ISSUER": "https://broker.example/op", "ENPLAN_OIDC_BROKER": "nobody"}

    done = run_to_its_end(data, port, settings=broker)

    assert done.returncode == 2
    for line, name in zip(
        done.stderr.splitlines(), ["ENPLAN_OIDC_CLIENT_ID", "ENPLAN_OIDC_BROKER"], strict=True
    ):
        assert line.startswith(name)
        assert "For example: " in line
    assert not (data / "postgres").exists()


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_a_port_in_use_is_one_line_that_says_what_to_do(data, port, offset):
    with socket.create_server(("127.0.0.1", port + offset)):
        done = run_to_its_end(data, port)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"Port {port + offset} is in use" in done.stderr
    assert "--port" in done.stderr


def test_a_directory_that_is_not_ours_is_one_line(data, port):
    data.mkdir()
    (data / "thesis.txt").write_text("ten years of work")

    done = run_to_its_end(data, port, "--fresh")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no demo made it" in done.stderr
    assert (data / "thesis.txt").exists()


@pytest.mark.parametrize("damage", ["postgres/data/PG_VERSION", "enplan-demo.json", "secrets.json"])
def test_a_damaged_directory_is_one_line_that_offers_to_begin_anew(data, port, damage):
    directory = DataDirectory(data)
    directory.prepare(fresh=False)
    directory.close()
    (data / damage).parent.mkdir(parents=True, exist_ok=True)
    (data / damage).write_text("19\n")

    done = run_to_its_end(data, port)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--fresh" in done.stderr


def test_data_of_a_newer_version_is_one_line(data, port):
    DataDirectory(data).close()
    (data / "enplan-demo.json").write_text(json.dumps({"layout": LAYOUT + 1}))

    done = run_to_its_end(data, port)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "newer version" in done.stderr


def test_a_running_demo_proves_its_plan_api_as_any_municipality_proves_its_own(data, port):
    with RunningDemo(data, port).wait_until_ready():
        proof = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-n0"),
                *("tests/contract", "-k", "test_contract or client"),
            ],
            env=os.environ  # noqa: TID251 - what a person's shell has, and the settings
            | {f"ENPLAN_CONTRACT_{name}": value for name, value in settings(data, port)},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    assert proof.returncode == 0, proof.stdout
