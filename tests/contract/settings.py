"""Which plan API the contract tests are for; without settings, ours with the sample."""

from uuid import UUID

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ContractSettings(BaseSettings):
    """Everything that is needed to call somebody's plan API as two people and a sector system."""

    model_config = SettingsConfigDict(env_prefix="ENPLAN_CONTRACT_", frozen=True)

    url: str | None = Field(default=None, description="The plan API's address, without /v1.")
    issuer: str = Field(
        default="http://localhost:8550", description="`iss` of the tokens: the portal's address."
    )
    key: SecretStr | None = Field(
        default=None, description="The private P-256 key that signs the tokens, as a JWK."
    )
    citizen: UUID | None = Field(default=None, description="A citizen with a plan, to write in.")
    contact_person: UUID | None = Field(default=None, description="Their contact person.")
    client_id: str | None = Field(default=None, description="A registered sector system.")
    client_key: SecretStr | None = Field(
        default=None, description="The private P-256 key that it signs with, as a JWK."
    )
