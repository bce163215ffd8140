"""Wrong settings are named before anything starts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import ValidationError

from auth.identity import Loa
from planapi.settings import PlanApiSettings
from portal.settings import PortalSettings

RIGHT = {
    "public_url": "https://plan.kommune.dk",
    "secret_key": "0123456789abcdef0123456789abcdef",
    "session_database_url": "postgresql://enplan@/enplan_sessions?host=/run/postgresql",
    "plan_api_url": "https://plan-api.kommune.dk",
    "oidc_issuer": "https://broker.example/op",
    "oidc_client_id": "portal",
    "oidc_client_secret": "secret of the client",
}


def pem_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def test_they_come_from_the_environment(monkeypatch):
    for name, value in RIGHT.items():
        monkeypatch.setenv(f"ENPLAN_{name.upper()}", value)
    monkeypatch.setenv("ENPLAN_OIDC_BROKER", "nemlogin-bridge")
    monkeypatch.setenv("ENPLAN_OIDC_MIN_LOA", "high")
    settings = PortalSettings()
    assert settings.public_url == "https://plan.kommune.dk"
    assert settings.host == "plan.kommune.dk"
    assert settings.secure
    assert settings.citizen_login.broker == "nemlogin-bridge"
    assert settings.citizen_login.min_loa is Loa.HIGH


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("public_url", "http://plan.kommune.dk", "must be https"),
        ("public_url", "https://plan.kommune.dk/portal", "without a path"),
        ("public_url", "plan.kommune.dk", "must be an address"),
        ("public_url", "https://me:secret@plan.kommune.dk", "must not contain a user"),
        ("secret_key", "short", "at least 32"),
        ("session_database_url", "sqlite:///sessions.db", "postgresql://"),
        ("plan_api_url", "http://10.0.0.7:8551", "must be https"),
        ("oidc_issuer", "https://broker.example/op?x=1", "must not contain"),
        ("oidc_client_id", "", "at least 1"),
        ("oidc_broker", "nets", "neb"),
        ("oidc_min_loa", "highest", "substantial"),
        ("oidc_private_key", "not a key", "PEM"),
        ("oidc_client_secret", None, "ENPLAN_OIDC_PRIVATE_KEY must be set"),
    ],
)
def test_a_wrong_one_is_named(name, value, complaint):
    with pytest.raises(ValidationError, match=complaint) as refusal:
        PortalSettings(**RIGHT | {name: value})
    assert value is None or name in str(refusal.value)


@pytest.mark.parametrize("name", ["secret_key", "session_database_url", "oidc_private_key"])
def test_a_wrong_secret_is_not_repeated(name):
    with pytest.raises(ValidationError) as refusal:
        PortalSettings(**RIGHT | {name: "mine-alone"})
    assert "mine-alone" not in str(refusal.value)


def test_each_has_a_description_and_an_example():
    for name, field in PortalSettings.model_fields.items():
        assert field.description, name
        assert field.examples, name


@pytest.mark.parametrize("settings", [PortalSettings, PlanApiSettings])
def test_each_is_in_the_readme(settings):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    named = {name.upper() for name in settings.model_fields}

    missing = {name for name in named if f"`{name}`" not in readme}
    assert {name for name in missing if not name.startswith("OIDC_EMPLOYEE_")} == set()


def test_plain_http_is_for_this_machine():
    settings = PortalSettings(**RIGHT | {"public_url": "http://localhost:8550"})
    assert settings.host == "localhost:8550"
    assert not settings.secure


def test_contact_persons_log_in_as_citizens_do_unless_told_otherwise():
    assert PortalSettings(**RIGHT).employee_login == PortalSettings(**RIGHT).citizen_login
    own = PortalSettings(
        **RIGHT, oidc_employee_client_id="work", oidc_employee_private_key=pem_key()
    ).employee_login
    assert own.client_id == "work"
    assert own.client_secret is None
    assert own.private_key is not None
    assert own.issuer == RIGHT["oidc_issuer"]
