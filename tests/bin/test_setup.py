"""Setting up on a bare machine: what a person can mend is one line, and exit code 2."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sandbox.settings import environment_for_servers

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9/simple"


@pytest.fixture
def checkout(tmp_path):
    """A checkout in which nothing was installed yet."""
    path = tmp_path / "checkout"
    path.mkdir()
    shutil.copytree(ROOT / "bin", path / "bin")
    shutil.copytree(ROOT / "requirements", path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", path)
    return path


def run_demo(checkout, **environment):
    return subprocess.run(
        ["/usr/bin/env", "bash", checkout / "bin" / "demo"],
        env=environment_for_servers(with_broker=False) | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_network_it_says_so(checkout, tmp_path):
    done = run_demo(
        checkout,
        PIP_INDEX_URL=NOWHERE,
        UV_INDEX_URL=NOWHERE,
        UV_DEFAULT_INDEX=NOWHERE,
        UV_CACHE_DIR=str(tmp_path / "cache"),
    )

    progress, complaint = done.stderr.splitlines()
    assert done.returncode == 2
    assert progress.startswith("Installing")
    assert complaint.startswith("The Python package index cannot be reached. Check the network")


def test_without_python_it_says_so(checkout, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "cat", "cksum", "dirname", "grep"):
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)

    done = run_demo(checkout, PATH=str(programs))

    (complaint,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert complaint.startswith("Python 3.11 or newer is needed.")


def test_only_a_changed_lock_is_installed_again(checkout):
    """The stamp of what was installed names the lock's content and this checkout."""
    (checkout / ".venv" / "bin").mkdir(parents=True)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\necho started\n")
    python.chmod(0o755)
    setup = f". {checkout}/bin/_setup.sh; stamp_line runtime >$stamp; install_locked runtime"

    done = subprocess.run(["bash", "-c", setup], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

    (checkout / "requirements" / "runtime.txt").write_text("changed\n")
    with (checkout / "bin" / "_setup.sh").open("a") as script:
        script.write("\nfind_uv() { echo false; }\n")
    again = run_demo(checkout)
    assert again.returncode == 2
    assert again.stderr.splitlines()[-1].startswith("The dependencies could not be installed; see")
