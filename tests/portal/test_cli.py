"""The command line: quick help, kind words for wrong settings, exit codes that scripts can use."""

import subprocess
import sys

import psycopg
import pytest
from typer.testing import CliRunner

from portal.cli import app
from sandbox.postgres import PORTAL
from sandbox.settings import environment_for_servers

PORTAL_SETTINGS = {
    "ENPLAN_PUBLIC_URL": "http://localhost:8550",
    "ENPLAN_SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "ENPLAN_SESSION_DATABASE_URL": "postgresql://portal@/sessions?host=/nowhere",
    "ENPLAN_PLAN_API_URL": "http://localhost:9",
    "ENPLAN_OIDC_ISSUER": "http://localhost:9/op",
    "ENPLAN_OIDC_CLIENT_ID": "portal",
    "ENPLAN_OIDC_CLIENT_SECRET": "hush",
}


@pytest.fixture
def enplan(monkeypatch):
    """Run a command with these settings and no others."""
    for name in [*PORTAL_SETTINGS, "ENPLAN_DATABASE_URL", "ENPLAN_ACTOR_ISSUER"]:
        monkeypatch.delenv(name, raising=False)

    def run(*arguments, **settings):
        return CliRunner().invoke(app, arguments, env=settings)

    return run


def test_help_names_every_command(enplan):
    shown = enplan("--help").output

    for command in ("demo", "portal", "planapi", "simulator", "db", "assets", "check"):
        assert f" {command} " in shown


def test_help_loads_no_server():
    program = (
        "import sys, portal.cli; "
        "print(sorted({'flet', 'fastapi', 'psycopg', 'alembic', 'sandbox'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=environment_for_servers(with_broker=False),
    )

    assert done.stdout == "[]\n"


def test_every_missing_setting_is_named_with_an_example(enplan):
    result = enplan("check", "portal")

    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert [line.split(" is missing. ")[0] for line in lines] == [
        "ENPLAN_PUBLIC_URL",
        "ENPLAN_SECRET_KEY",
        "ENPLAN_SESSION_DATABASE_URL",
        "ENPLAN_PLAN_API_URL",
        "ENPLAN_OIDC_ISSUER",
        "ENPLAN_OIDC_CLIENT_ID",
    ]
    assert all("For example: " in line for line in lines)


def test_a_wrong_setting_is_named_without_its_value(enplan):
    result = enplan("check", "portal", **PORTAL_SETTINGS | {"ENPLAN_SECRET_KEY": "too-short"})

    assert result.exit_code == 2
    assert "ENPLAN_SECRET_KEY must have at least 32 characters. " in result.stderr
    assert "too-short" not in result.output


def test_a_rule_about_two_settings_is_one_line_with_an_example(enplan):
    settings = dict(PORTAL_SETTINGS)
    del settings["ENPLAN_OIDC_CLIENT_SECRET"]

    result = enplan("check", "portal", **settings)

    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("ENPLAN_OIDC_CLIENT_SECRET or ENPLAN_OIDC_PRIVATE_KEY must be set.")
    assert "For example: " in line


@pytest.mark.parametrize("name", PORTAL_SETTINGS)
def test_an_empty_setting_is_a_missing_one(enplan, name):
    result = enplan("check", "portal", **PORTAL_SETTINGS | {name: ""})

    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert name in line
    assert "For example: " in line


def test_check_says_what_is_out_of_reach(enplan):
    result = enplan("check", "portal", **PORTAL_SETTINGS)

    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "MISSING: the database of login sessions",
        "MISSING: the plan API at http://localhost:9/healthz",
        "MISSING: the MitID broker at http://localhost:9/op/.well-known/openid-configuration",
    ]


def test_db_upgrade_without_a_database_says_which_settings(enplan):
    result = enplan("db", "upgrade")

    assert result.exit_code == 2
    assert "ENPLAN_DATABASE_URL or ENPLAN_SESSION_DATABASE_URL must be set" in result.stderr


def test_db_upgrade_brings_both_databases_up_to_date_and_can_be_repeated(enplan, postgres):
    plans, sessions = postgres.new_database(), postgres.new_database(PORTAL)

    for _ in range(2):
        result = enplan(
            "db", "upgrade", ENPLAN_DATABASE_URL=plans, ENPLAN_SESSION_DATABASE_URL=sessions
        )
        assert result.exit_code == 0, result.output

    for url, table in ((plans, "goal"), (sessions, "login_session")):
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT to_regclass(%s)", [table]).fetchone() == (table,)
