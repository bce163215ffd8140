"""The plan API's settings: read from the environment once, at start, and checked there.

Used by the command line, which passes them to `planapi.app.create_app`. Every variable has the
prefix `ENPLAN_`; nothing else in the plan API reads the environment.
"""

from typing import Final, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SHORTEST_SECRET_KEY: Final = 32


class PlanApiSettings(BaseSettings):
    """Everything that the plan API must be told; raises pydantic's `ValidationError` when wrong."""

    model_config = SettingsConfigDict(
        env_prefix="ENPLAN_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: SecretStr = Field(
        description="PostgreSQL database of the plans, for the role enplan_app.",
        examples=["postgresql://enplan_app@/enplan?host=/run/postgresql"],
    )
    actor_jwks_url: str = Field(
        description="Where the portal publishes the public keys that its actor tokens verify by.",
        examples=["https://plan.kommune.dk/auth/jwks.json", "http://localhost:8550/auth/jwks.json"],
    )
    actor_issuer: str = Field(
        description="The portal's public URL: the `iss` of its actor tokens.",
        examples=["https://plan.kommune.dk", "http://localhost:8550"],
    )
    secret_key: SecretStr = Field(
        description="At least 32 random characters, the same in every plan API process. The key of "
        "the CPR look-up is derived from it: a new one makes every citizen unknown.",
        examples=["the output of: openssl rand -base64 48"],
    )
    integration_url: str = Field(
        default="http://localhost:8551",
        description="The address by which sector systems reach the plan API: what they sign at "
        "/oauth/token is for it.",
        examples=["https://planapi.kommune.dk"],
    )
    database_pool_size: int = Field(
        default=6,
        ge=2,
        le=200,
        description="Connections to PostgreSQL that each process may hold: some three times the "
        "processors that PostgreSQL has for it. Each has plans and catalogues of its own in "
        "memory, and many push each other out of the processor's caches.",
        examples=[6],
    )

    attachment_bucket_url: str | None = Field(
        default=None,
        description="A bucket of a store that speaks S3, for attachments; they are in the database "
        "when absent. With it go the three settings below.",
        examples=["https://s3.kommune.dk/enplan-attachments"],
    )
    attachment_bucket_region: str = Field(
        default="us-east-1", description="The bucket's region.", examples=["us-east-1"]
    )
    attachment_access_key_id: str = Field(
        default="", description="Who signs requests to the bucket.", examples=["enplan"]
    )
    attachment_secret_access_key: SecretStr = Field(
        default=SecretStr(""),
        description="The secret that requests to the bucket are signed with.",
        examples=["what the store has given out"],
    )
    scanner_url: str | None = Field(
        default=None,
        description="A scanner that each attachment is sent to by POST: 2xx lets it pass, 406 or "
        "422 does not. Nothing is scanned when absent.",
        examples=["http://localhost:9000/scan"],
    )

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr) -> SecretStr:
        if urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator(
        "actor_jwks_url", "actor_issuer", "integration_url", "attachment_bucket_url", "scanner_url"
    )
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an address such as https://example.dk")
        if parts.scheme == "http" and parts.hostname not in _LOCAL_HOSTS:
            raise ValueError("must be https; plain http is for localhost alone")
        return value

    @field_validator("actor_issuer", "integration_url")
    @classmethod
    def _has_no_final_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @model_validator(mode="after")
    def _bucket_has_keys(self) -> Self:
        keys = (self.attachment_access_key_id, self.attachment_secret_access_key.get_secret_value())
        if self.attachment_bucket_url is not None and not all(keys):
            raise ValueError(
                "ENPLAN_ATTACHMENT_BUCKET_URL needs ENPLAN_ATTACHMENT_ACCESS_KEY_ID and "
                "ENPLAN_ATTACHMENT_SECRET_ACCESS_KEY. For example: what the store has given out"
            )
        return self

    @field_validator("secret_key")
    @classmethod
    def _secret_key_is_long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < _SHORTEST_SECRET_KEY:
            raise ValueError(f"must have at least {_SHORTEST_SECRET_KEY} characters")
        return value
