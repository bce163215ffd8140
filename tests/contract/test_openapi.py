"""The whole OpenAPI document, tried out by schemathesis: with nonsense, and along its links.

No answer is a server's error or differs from what the document says; no nonsense is accepted.
"""

import asyncio
import re
import sys
from pathlib import Path

import pytest

from tests.contract.settings import ContractSettings

ROOT = Path(__file__).parents[2]
CONFIGURATION = "tests/contract/schemathesis.toml"
PARTS = {
    "citizen": "--exclude-path-regex=^/v1/(work|integration)/",
    "contact_person": "--exclude-path-regex=^/v1/integration/",
    "client": "--include-path-regex=^/(v1/integration|oauth)/",
}
"""Nobody tries what only others can reach."""

NONSENSE = "--phases=examples,coverage,fuzzing"
LINKS = "--phases=stateful"


async def token_of(target, role) -> str:
    if role == "client":
        return await target.client_token()
    people = {"citizen": target.citizen, "contact_person": target.contact_person}
    return target.token(people[role], role)


async def tried(target, role, seconds: int, phases: str) -> str:
    """What schemathesis says, once it has found nothing wrong."""
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}", "run"),
        *(f"{target.url}/openapi.json", f"--max-time={seconds}", "--no-color"),
        *(phases, PARTS[role], "-H", f"Authorization: Bearer {await token_of(target, role)}"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=ROOT,
    )
    output, _ = await run.communicate()

    assert run.returncode == 0, output.decode()
    return output.decode()


@pytest.mark.parametrize(("role", "seconds"), [("citizen", 15), ("contact_person", 13)])
async def test_nothing_surprises_along_the_whole_document(target, role, seconds):
    await tried(target, role, seconds, NONSENSE)


async def test_nothing_surprises_a_sector_system(target):
    await tried(target, "client", 8, f"{NONSENSE},stateful")


@pytest.mark.parametrize(("role", "least"), [("citizen", 20), ("contact_person", 10)])
async def test_one_thing_is_made_after_the_other_along_the_links(target, role, least):
    for seconds in (10, 20, 40):  # a slow machine goes less far in the same time
        said = await tried(target, role, seconds, LINKS)
        followed = re.search(r"API Links: +(\d+) covered", said)
        assert followed
        if int(followed[1]) >= least or ContractSettings().url:
            return
    raise AssertionError(said)
