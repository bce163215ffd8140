"""The command `enplan`. Thin: it reads settings, sets up logging and calls what does the work.

Parts are imported by the command that needs them: `enplan --help` and each server start without
loading the others' libraries, and an installation can do without the sandbox's.
"""
# ruff: noqa: PLC0415 - see above

import asyncio
import contextlib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsError

from portal.complaints import complaints
from portal.logs import configure_logging

USAGE_ERROR = 2
"""Exit code when a setting, an argument or the surroundings are to blame."""

FOUND_SOMETHING = 1
"""Exit code of a check that ran well and found something."""

app = typer.Typer(
    help="Én Plan: one entrance, one plan, one contact person.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they show local variables, people's words among them
)
db = typer.Typer(help="The databases.", no_args_is_help=True)
assets_app = typer.Typer(help="What the browser loads.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(assets_app, name="assets")


class Part(StrEnum):
    """A server that has settings of its own."""

    PORTAL = "portal"
    PLANAPI = "planapi"


Host = Annotated[str, typer.Option(help="The address to listen on.")]
Settings = TypeVar("Settings", bound=BaseSettings)


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=1, max=65533, help="The portal's port; the next two are used too.")
    ] = 8550,
    data: Annotated[Path, typer.Option(help="Where everything is kept between runs.")] = Path(
        ".demo"
    ),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin with new sample data.")] = False,
) -> None:
    """Run everything on this machine, with a sample municipality."""
    from sandbox.demo import DemoError, run

    try:
        run(port=port, data=data, fresh=fresh, say=_say)
    except KeyboardInterrupt:  # before or after the servers ran
        typer.echo("Stopping.")
    except DemoError as error:
        _fail(str(error))


@app.command()
def portal(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8550,
    host: Host = "127.0.0.1",
) -> None:
    """Serve the portal."""
    from portal.serve import postpone_garbage_collection, serve

    postpone_garbage_collection()
    from portal.asgi import create_app
    from portal.settings import PortalSettings

    configure_logging()
    app = create_app(_read(PortalSettings), improve_files=True)
    serve(app, host=host, port=port, sweeps_itself=True)


@app.command()
def planapi(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8551,
    host: Host = "127.0.0.1",
) -> None:
    """Serve the plan API."""
    from portal.serve import postpone_garbage_collection, serve

    postpone_garbage_collection()
    from planapi.app import create_app
    from planapi.settings import PlanApiSettings

    configure_logging()
    serve(create_app(_read(PlanApiSettings)), host=host, port=port)


@app.command()
def planapi_contract() -> None:
    """Print the plan API's OpenAPI document, as it is kept with each release."""
    import json

    from planapi.app import create_app
    from planapi.settings import PlanApiSettings

    nowhere = PlanApiSettings.model_construct(
        database_url=SecretStr("postgresql://nobody@/nothing"),
        actor_jwks_url="http://localhost:8550/auth/jwks.json",
        actor_issuer="http://localhost:8550",
        secret_key=SecretStr(""),
    )
    document = create_app(nowhere).openapi()
    typer.echo(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False))


@app.command()
def simulator(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8552,
) -> None:
    """Serve the MitID simulator on this machine. For demos and tests only."""
    from portal.serve import serve
    from sandbox import sample
    from sandbox.broker.app import create_broker_app
    from sandbox.broker.settings import BrokerSettings, portal_client
    from sandbox.settings import SimulatorSettings

    configure_logging()
    settings = _read(SimulatorSettings)
    client = portal_client(settings.portal_url, settings.client_secret.get_secret_value())
    broker = BrokerSettings(
        host="127.0.0.1", port=port, data_dir=settings.data_dir, clients=(client,)
    )
    people = sample.identities(settings.sample_day)
    serve(create_broker_app(broker, people), host=broker.host, port=port)


@db.command()
def upgrade() -> None:
    """Bring the databases whose URLs are set up to date; run it as their owner."""
    import auth.migrations
    import planapi.migrations
    from portal.database_settings import DatabaseSettings

    configure_logging()
    settings = _read(DatabaseSettings)
    if settings.database_url is not None:
        planapi.migrations.upgrade(settings.database_url.get_secret_value())
        typer.echo("The plan database is up to date.")
    if settings.session_database_url is not None:
        auth.migrations.upgrade(settings.session_database_url.get_secret_value())
        typer.echo("The database of login sessions is up to date.")


@db.command()
def verify() -> None:
    """Find consents, withdrawals and access entries that were changed or removed.

    Run it as the owner of the plan database. Exit code 1 when something is found.
    """
    from planapi.chain import verify as verify_chain
    from portal.database_settings import DatabaseSettings

    settings = _read(DatabaseSettings)
    if settings.database_url is None:
        _fail("ENPLAN_DATABASE_URL is missing: which plan database?")
    verification = verify_chain(settings.database_url.get_secret_value())
    for found in verification.findings:
        typer.echo(f"{found.kind}: {found.number} {found.row} in {found.municipality_id}")
    typer.echo(f"{verification.sealed} seals checked, {len(verification.findings)} findings.")
    if verification.findings:
        raise typer.Exit(FOUND_SOMETHING)


@assets_app.command()
def build() -> None:
    """Build what the browser loads, compressed as well as it can be, and say what it weighs."""
    from assets.build import build as build_assets

    configure_logging()
    typer.echo(build_assets())


@app.command()
def check(
    part: Annotated[Part | None, typer.Argument(help="Which server; both when absent.")] = None,
) -> None:
    """Say whether the settings are right, and whether what they name is within reach."""
    from planapi.settings import PlanApiSettings
    from portal.check import check_plan_api, check_portal
    from portal.settings import PortalSettings

    findings = []
    if part is not Part.PLANAPI:
        findings += asyncio.run(check_portal(_read(PortalSettings)))
    if part is not Part.PORTAL:
        findings += asyncio.run(check_plan_api(_read(PlanApiSettings)))
    for finding in findings:
        typer.echo(f"{'MISSING' if finding.problem else 'found'}: {finding.what}")
    problems = [finding.problem for finding in findings if finding.problem]
    if problems:
        _fail(*problems)


def _read(settings: type[Settings]) -> Settings:
    """Read settings from the environment; end with a line for each that is wrong."""
    try:
        return settings()
    except ValidationError as error:
        _fail(*complaints(settings, error))
    except SettingsError as error:
        _fail(f"{error}.")


def _say(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # `bin/demo | head` must not end the demo
        typer.echo(line)


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(USAGE_ERROR)


if __name__ == "__main__":
    main()
