"""Which databases `enplan db upgrade` brings up to date: those whose owners' URLs are set."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class DatabaseSettings(BaseSettings):
    """The databases' addresses, for the roles that own them."""

    model_config = SettingsConfigDict(
        env_prefix="ENPLAN_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: SecretStr | None = Field(
        default=None,
        description="The plan API's database, as its owner.",
        examples=["postgresql://enplan_owner@/enplan?host=/run/postgresql"],
    )
    session_database_url: SecretStr | None = Field(
        default=None,
        description="The database of login sessions.",
        examples=["postgresql://enplan_portal@/enplan_sessions?host=/run/postgresql"],
    )

    @model_validator(mode="after")
    def _something_to_do(self) -> Self:
        if self.database_url is None and self.session_database_url is None:
            raise ValueError(
                "ENPLAN_DATABASE_URL or ENPLAN_SESSION_DATABASE_URL must be set. "
                "For example: postgresql://enplan_owner@/enplan?host=/run/postgresql"
            )
        return self
