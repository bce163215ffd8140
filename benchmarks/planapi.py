"""Figures of the plan API: how fast the overview is, and whether the size of the town matters.

    python -m benchmarks.planapi overview     against two plain round trips in the same process
    python -m benchmarks.planapi size         1,000,000 citizens against 1,000
    python -m benchmarks.planapi batch        how long one call with 10,000 deliveries takes

Each run starts a PostgreSQL and one plan API process of its own. The load of the first comes from
`wrk` with 16 connections (`apt-get install wrk`); that of the second is gentle, for it asks how
long one reading takes. Only ratios within one run mean something.
"""

import asyncio
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import httpx
import psycopg
import typer
from joserfc.jwk import ECKey

from benchmarks import batch as deliveries
from benchmarks.signing import sign
from planapi.migrations import upgrade
from sandbox import sample
from sandbox.crowd import Crowd, insert_crowd
from sandbox.postgres import APP, OWNER, EmbeddedPostgres
from sandbox.sample.ids import person_id

SAMPLE_CITIZEN: Final = "mette"
CONNECTIONS: Final = 16
GENTLE_RATE: Final = 25
"""Requests a second to each, which no machine is busy with."""
SECRET_KEY: Final = "the plan API's key of a benchmark, nothing else"  # noqa: S105
INTEGRATION_URL: Final = "http://localhost:8551"
"""The plan API's own address where nothing else is set."""
_READY_SECONDS: Final = 30
_LOAD_SCRIPT: Final = Path(__file__).with_name("percentiles.lua")
_RESULT: Final = re.compile(r"^requests_per_second=(\S+) p95_ms=(\S+) errors=(\d+)$", re.MULTILINE)

app = typer.Typer(add_completion=False, help=__doc__)
Seconds = Annotated[int, typer.Option(min=1, max=55, help="Of each measurement.")]
Runs = Annotated[int, typer.Option(min=1, help="The median of so many counts.")]


class Api:
    """A plan API process under load."""

    def __init__(self, url: str, key: ECKey) -> None:
        self.url = url
        self._key = key

    def headers(self, person: UUID) -> dict[str, str]:
        """Return those of a call on behalf of a person, good for a minute."""
        return {"Authorization": f"Bearer {sign(self._key, person)}"}

    def measure(self, path: str, person: UUID, seconds: int) -> tuple[float, float]:
        """Return requests a second and the 95th percentile in ms."""
        (authorization,) = self.headers(person).values()
        done = subprocess.run(
            [
                *("wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"),
                *("-s", str(_LOAD_SCRIPT), "-H", f"Authorization: {authorization}"),
                self.url + path,
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        found = _RESULT.search(done.stdout)
        if found is None or found[3] != "0":
            sys.exit(f"The plan API did not answer as it should: {done.stdout[-500:]}")
        return float(found[1]), float(found[2])


@app.command()
def overview(seconds: Seconds = 10, runs: Runs = 5) -> None:
    """Compare the sample citizen's overview with two plain round trips and a constant."""
    _need_wrk()
    with _postgres() as postgres:
        url = _town(postgres, "sample")
        sample.seed(url, datetime.now(UTC).date(), secret_key=SECRET_KEY)
        _tidy(url)
        citizen = person_id(SAMPLE_CITIZEN)
        with _api(postgres, "sample") as api:
            _same_size(api, citizen)
            paths = ("/v1/overview", "/plain")
            for path in paths:
                api.measure(path, citizen, 2)
            figures: dict[str, list[float]] = {path: [] for path in paths}
            ratios = []
            for _ in range(runs):
                for path in paths:
                    figures[path].append(api.measure(path, citizen, seconds)[0])
                ratios.append(figures["/v1/overview"][-1] / figures["/plain"][-1])
    for path, found in figures.items():
        typer.echo(f"{path:14} {statistics.median(found):8.0f} requests/s")
    typer.echo(f"ratio          {statistics.median(ratios):8.2f}   (wanted: at least 0.50)")


@app.command()
def size(
    citizens: Annotated[int, typer.Option(min=2_000, help="Of the large town.")] = 1_000_000,
    seconds: Seconds = 10,
    runs: Runs = 5,
) -> None:
    """Compare the overview's 95th percentile in a large town with that in one of 1,000."""
    towns = {"small": Crowd(citizens=1_000), "large": Crowd(citizens=citizens)}
    p95: dict[str, list[float]] = {name: [] for name in towns}
    with _postgres() as postgres:
        for name, crowd in towns.items():
            url = _town(postgres, name)
            sample.seed(url, datetime.now(UTC).date(), secret_key=SECRET_KEY)
            begun = time.monotonic()
            with psycopg.connect(url) as connection:
                insert_crowd(connection, crowd)
            _tidy(url)
            typer.echo(f"{name}: {crowd.citizens} citizens in {time.monotonic() - begun:.0f} s")
        citizen = person_id(SAMPLE_CITIZEN)
        with _api(postgres, "small") as small, _api(postgres, "large") as large:
            apis = {"small": small, "large": large}
            asyncio.run(_gentle_p95(apis, citizen, seconds=3))
            for _ in range(runs):
                for name, milliseconds in asyncio.run(_gentle_p95(apis, citizen, seconds)).items():
                    p95[name].append(milliseconds)
    for name, found in p95.items():
        typer.echo(f"{name}: p95 {statistics.median(found):.2f} ms")
    ratio = statistics.median(p95["large"]) / statistics.median(p95["small"])
    typer.echo(f"ratio: {ratio:.2f} (wanted: at most 1.30)")


@app.command()
def batch(
    items: Annotated[int, typer.Option(min=1, max=10_000, help="In one call.")] = 10_000,
    runs: Runs = 5,
) -> None:
    """Tell how long one call of a sector system takes: all new, then all known already."""
    took: dict[str, list[float]] = {"new": [], "the same again": []}
    with _postgres() as postgres:
        for run in range(runs):
            key = deliveries.prepare(_town(postgres, f"batch{run}"), SECRET_KEY)
            with _api(postgres, f"batch{run}") as api:
                token = deliveries.access_token(api.url, key, INTEGRATION_URL)
                for found in took.values():
                    found.append(_deliver(api, token, deliveries.items(items)))
    for name, found in took.items():
        typer.echo(f"{items} items, {name}: {statistics.median(found):.1f} s (wanted: under 60)")


def _deliver(api: Api, token: str, items: list[dict[str, Any]]) -> float:
    begun = time.monotonic()
    answer = httpx.put(
        f"{api.url}/v1/integration/items",
        json={"items": items},
        headers={"Authorization": f"Bearer {token}"},
        timeout=600,
    )
    seconds = time.monotonic() - begun
    outcomes = {one["outcome"] for one in answer.raise_for_status().json()["items"]}
    if len(outcomes) != 1 or outcomes - {"created", "unchanged"}:
        sys.exit(f"The batch was not taken as it should be: {sorted(outcomes)}")
    return seconds


async def _gentle_p95(apis: Mapping[str, Api], person: UUID, seconds: int) -> dict[str, float]:
    """Ask each in turn, `GENTLE_RATE` times a second; return the 95th percentiles in ms.

    Whatever else the machine does meanwhile is felt by all alike.
    """
    took: dict[str, list[float]] = {name: [] for name in apis}
    end = time.monotonic() + seconds
    async with httpx.AsyncClient() as http:
        while time.monotonic() < end:
            next_round = time.monotonic() + 1 / GENTLE_RATE
            for name, api in apis.items():
                headers = api.headers(person)
                begun = time.monotonic()
                answer = await http.get(f"{api.url}/v1/overview", headers=headers)
                took[name].append((time.monotonic() - begun) * 1e3)
                answer.raise_for_status()
            await asyncio.sleep(max(next_round - time.monotonic(), 0))
    return {name: statistics.quantiles(found, n=20)[-1] for name, found in took.items()}


def _need_wrk() -> None:
    if shutil.which("wrk") is None:
        sys.exit("The load comes from wrk: install it first (Debian: apt-get install wrk).")


@contextmanager
def _postgres() -> Iterator[EmbeddedPostgres]:
    directory = Path(tempfile.mkdtemp(prefix="enplan-benchmark-"))
    directory.chmod(0o755)
    server = EmbeddedPostgres(directory)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory)


def _town(postgres: EmbeddedPostgres, name: str) -> str:
    postgres.create_database(name, owner=OWNER)
    url = postgres.url(name, OWNER)
    upgrade(url)
    return url


def _tidy(url: str) -> None:
    """As autovacuum would leave it: statistics and visibility, nothing still to write."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def _api(postgres: EmbeddedPostgres, database: str) -> Iterator[Api]:
    key = ECKey.generate_key("P-256", {"kid": "benchmark", "use": "sig"})
    public = json.dumps({"keys": [key.as_dict(private=False)]})
    served = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.served", postgres.url(database, APP), public],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert served.stdout is not None  # noqa: S101 - a pipe was asked for
        url = served.stdout.readline().strip()
        _wait_until_ready(url)
        yield Api(url, key)
    finally:
        served.terminate()
        served.wait()


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    sys.exit("The plan API did not start.")


def _same_size(api: Api, citizen: UUID) -> None:
    """Tell the process how large the constant must be."""
    body = (
        httpx.get(f"{api.url}/v1/overview", headers=api.headers(citizen)).raise_for_status().content
    )
    httpx.post(f"{api.url}/plain", content=body).raise_for_status()


if __name__ == "__main__":
    app()
