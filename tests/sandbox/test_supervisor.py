"""What dies is started again, what keeps dying ends the demo, and stopping leaves nothing."""

import asyncio
import sys
import textwrap
from contextlib import asynccontextmanager

import psutil
import pytest

from sandbox.lifeline import Lifeline
from sandbox.settings import environment_for_servers
from sandbox.supervisor import MOST_RESTARTS, Server, Supervisor, SupervisorError

STAND_IN = """
    import http.server, sys

    class Healthy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Healthy).serve_forever()
"""


@pytest.fixture
def server(tmp_path, free_port):
    port = free_port()
    return Server(
        name="stand-in",
        command=[sys.executable, "-c", textwrap.dedent(STAND_IN), str(port)],
        environment=environment_for_servers(with_broker=False),
        log=tmp_path / "stand-in.log",
        health_url=f"http://127.0.0.1:{port}/healthz",
    )


@pytest.fixture
def short_lived(tmp_path):
    return Server(
        name="short-lived",
        command=[sys.executable, "-c", "raise SystemExit('no luck')"],
        environment=environment_for_servers(with_broker=False),
        log=tmp_path / "short-lived.log",
        health_url="http://127.0.0.1:9/healthz",
    )


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    lifeline = Lifeline()
    supervisor = Supervisor(lifeline, said.append, first_pause=0.01)
    yield supervisor
    supervisor.stop()
    lifeline.close()


@asynccontextmanager
async def watched(supervisor):
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(supervisor.watch(stopping))
        yield
        stopping.set()


async def test_a_killed_server_is_started_again(supervisor, server, said):
    running = asyncio.Event()
    await supervisor.start(server)
    await supervisor.ready([server], running)
    first = server.process

    async with watched(supervisor):
        first.kill()
        while server.process is first:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.01)
        await supervisor.ready([server], running)

    assert server.process.pid != first.pid
    assert said == ["stand-in ended: starting it again in 0.0 s"]


async def test_a_server_that_keeps_dying_ends_the_watch(supervisor, short_lived, said):
    await supervisor.start(short_lived)

    with pytest.raises(SupervisorError, match="short-lived ended, 6 times in 60 s: giving up"):
        await supervisor.watch(asyncio.Event())

    assert len(said) == MOST_RESTARTS


async def test_a_server_that_ends_before_it_answers_is_named_with_its_log(supervisor, short_lived):
    await supervisor.start(short_lived)

    with pytest.raises(SupervisorError, match=r"short-lived ended at once; see .*\.log"):
        await supervisor.ready([short_lived], asyncio.Event())

    assert "no luck" in short_lived.log.read_text()


async def test_waiting_for_a_server_ends_when_the_demo_is_told_to_stop(supervisor, server):
    stopping = asyncio.Event()
    stopping.set()
    await supervisor.start(server)

    await supervisor.ready([server], stopping)


async def test_stopping_ends_every_process(supervisor, server):
    await supervisor.start(server)
    pid = server.process.pid

    supervisor.stop()

    assert not psutil.pid_exists(pid)


async def test_a_large_log_makes_room(supervisor, server):
    server.log.write_bytes(b"x" * 5_000_001)

    await supervisor.start(server)

    assert server.log.stat().st_size == 0
    assert server.log.with_suffix(".log.1").stat().st_size == 5_000_001
