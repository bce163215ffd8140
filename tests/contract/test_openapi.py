"""The whole OpenAPI document, tried out by schemathesis: with nonsense, and along its links.

No answer is a server's error or differs from what the document says; no nonsense is accepted.
"""

import asyncio
import sys
from pathlib import Path

import pytest

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
RUNS = {
    "citizen": ("20", "--exclude-path-regex=^/v1/(work|integration)/"),
    "contact_person": ("14", "--exclude-path-regex=^/v1/integration/"),
    "client": ("8", "--include-path-regex=^/(v1/integration|oauth)/"),
}
"""For how many seconds, and what: nobody tries what only others can reach."""


@pytest.mark.parametrize("role", RUNS)
async def test_nothing_surprises_along_the_whole_document(target, tmp_path, role):
    seconds, part = RUNS[role]
    tokens = {
        "citizen": lambda: target.token(target.citizen, role),
        "contact_person": lambda: target.token(target.contact_person, role),
    }
    token = await target.client_token() if role == "client" else tokens[role]()
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}", "run"),
        *(f"{target.url}/openapi.json", f"--max-time={seconds}", "--no-color", part),
        *("-H", f"Authorization: Bearer {token}"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    output, _ = await run.communicate()

    assert run.returncode == 0, output.decode()
