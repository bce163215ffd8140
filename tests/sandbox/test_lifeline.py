"""Whatever happens to a supervisor, nothing that it started stays behind."""

import contextlib
import signal
import subprocess
import sys
import textwrap

import psutil
import pytest

from sandbox.lifeline import Lifeline, has_ended

KILLED_SUPERVISOR = """
    import os, signal, subprocess
    from sandbox.lifeline import Lifeline

    lifeline = Lifeline()
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    lifeline.hold(child.pid)
    print(child.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def child():
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


def test_a_killed_supervisors_child_is_ended():
    program = [sys.executable, "-c", textwrap.dedent(KILLED_SUPERVISOR)]
    done = subprocess.run(program, stdout=subprocess.PIPE, check=False)

    assert done.returncode == -signal.SIGKILL
    with contextlib.suppress(psutil.NoSuchProcess):
        assert has_ended(psutil.Process(int(done.stdout)), within=20)


def test_what_is_held_is_ended_by_the_signal_that_it_asked_for(child):
    lifeline = Lifeline()
    lifeline.hold(child.pid, signal.SIGUSR1)  # which no shell lets its programs ignore

    lifeline.close()

    assert child.wait(10) == -signal.SIGUSR1


def test_what_was_released_is_left_alone(child):
    lifeline = Lifeline()
    lifeline.hold(child.pid)
    lifeline.release(child.pid)

    lifeline.close()

    assert child.poll() is None


def test_a_killed_watcher_is_replaced_and_told_everything(child):
    lifeline = Lifeline()
    lifeline.hold(child.pid)
    lifeline._watcher.kill()
    lifeline._watcher.wait()

    lifeline.mend()
    lifeline.close()

    assert child.wait(10) == -signal.SIGTERM
