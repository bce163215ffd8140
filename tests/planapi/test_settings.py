"""A wrong setting is named before anything starts."""

import pytest
from pydantic import ValidationError

from planapi.settings import PlanApiSettings

GOOD = {
    "ENPLAN_DATABASE_URL": "postgresql://enplan_app@/enplan?host=/run/postgresql",
    "ENPLAN_ACTOR_JWKS_URL": "http://localhost:8550/auth/jwks.json",
    "ENPLAN_ACTOR_ISSUER": "http://localhost:8550/",
    "ENPLAN_SECRET_KEY": "x" * 32,
}


@pytest.fixture
def environment(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_the_environment_is_read(environment):
    settings = PlanApiSettings()

    assert settings.actor_issuer == "http://localhost:8550"
    assert settings.database_pool_size == 6


def test_secrets_are_not_shown(environment):
    assert "x" * 32 not in repr(PlanApiSettings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENPLAN_DATABASE_URL", "sqlite:///plans.db"),
        ("ENPLAN_ACTOR_JWKS_URL", "http://plan.kommune.dk/auth/jwks.json"),
        ("ENPLAN_ACTOR_JWKS_URL", "/auth/jwks.json"),
        ("ENPLAN_ACTOR_ISSUER", "plan.kommune.dk"),
        ("ENPLAN_SECRET_KEY", "short"),
        ("ENPLAN_DATABASE_POOL_SIZE", "1"),
    ],
)
def test_a_wrong_value_is_refused_by_name(environment, name, value):
    environment.setenv(name, value)

    with pytest.raises(ValidationError) as refused:
        PlanApiSettings()

    assert [error["loc"] for error in refused.value.errors()] == [
        (name.removeprefix("ENPLAN_").lower(),)
    ]


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_value_is_refused_by_name(environment, name):
    environment.delenv(name)

    with pytest.raises(ValidationError, match=name.removeprefix("ENPLAN_").lower()):
        PlanApiSettings()


def test_a_bucket_without_its_keys_is_refused(environment):
    environment.setenv("ENPLAN_ATTACHMENT_BUCKET_URL", "https://s3.example.dk/enplan")
    with pytest.raises(ValidationError, match=r"ENPLAN_ATTACHMENT_SECRET_ACCESS_KEY\. For example"):
        PlanApiSettings()

    environment.setenv("ENPLAN_ATTACHMENT_ACCESS_KEY_ID", "enplan")
    environment.setenv("ENPLAN_ATTACHMENT_SECRET_ACCESS_KEY", "s3cret")
    settings = PlanApiSettings()

    assert settings.attachment_bucket_url == "https://s3.example.dk/enplan"
    assert "s3cret" not in repr(settings)


def test_every_setting_is_described_with_an_example():
    for name, setting in PlanApiSettings.model_fields.items():
        assert setting.description, name
        assert setting.examples, name
