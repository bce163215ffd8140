"""The portal's settings: read from the environment once, at start, and checked there.

Used by the command line, which passes them to `portal.asgi.create_app`. Every variable has
the prefix `ENPLAN_`; nothing else in the portal reads the environment.
"""

import os
from ipaddress import ip_network
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from auth.brokers import profile_for
from auth.config import OidcConfig
from auth.identity import Loa
from auth.tokens.client_key import client_keys

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_SECRET_KEY = 32

Broker = Annotated[str, AfterValidator(lambda name: profile_for(name).name)]


class PortalSettings(BaseSettings):
    """Everything that the portal must be told; raises pydantic's `ValidationError` when wrong."""

    model_config = SettingsConfigDict(
        env_prefix="ENPLAN_",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    public_url: str = Field(
        description="The address in people's browsers, without a path. https, but on localhost.",
        examples=["https://plan.kommune.dk", "http://localhost:8550"],
    )
    secret_key: SecretStr = Field(
        description="At least 32 random characters, the same in every portal process. "
        "The key that signs calls to the plan API is derived from it.",
        examples=["the output of: openssl rand -base64 48"],
    )
    session_database_url: SecretStr = Field(
        description="PostgreSQL database of the login sessions.",
        examples=["postgresql://enplan@/enplan_sessions?host=/run/postgresql"],
    )
    plan_api_url: str = Field(
        description="Where the plan API answers, without `/v1`.",
        examples=["https://plan-api.kommune.dk", "http://localhost:8551"],
    )

    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of the proxies in front, separated by commas: only "
        "they are believed when they name the client's address. Absent: nobody is.",
        examples=["10.0.0.5", "10.0.0.0/24,fd00::/64"],
    )

    oidc_issuer: str = Field(
        description="The MitID broker's issuer, exactly as it names itself.",
        examples=["https://pp.netseidbroker.dk/op", "http://localhost:8552/op"],
    )
    oidc_client_id: str = Field(
        min_length=1,
        description="The client id that the broker gave this portal.",
        examples=["0a775a87-878c-4b83-abe3-ee29c720c3e7"],
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="The client secret, unless a private key is used.",
        examples=["the secret shown once in the broker's administration"],
    )
    oidc_private_key: SecretStr | None = Field(
        default=None,
        description="Private key (PEM) for private_key_jwt, instead of a client secret. To change "
        "it: add the new one behind, later put it first, later still leave the old one out.",
        examples=["-----BEGIN PRIVATE KEY----- …"],
    )
    oidc_broker: Broker = Field(
        default="generic", description="Which broker it is.", examples=["neb"]
    )
    oidc_min_loa: Loa = Field(
        default=Loa.SUBSTANTIAL,
        description="The lowest level of assurance that is let in.",
        examples=["substantial"],
    )

    logins_per_minute: int = Field(
        default=300,
        ge=1,
        description="Login starts, and as many ends, a minute from one address; more get 429.",
        examples=["300"],
    )

    oidc_employee_issuer: str | None = Field(
        default=None,
        description="Contact persons' broker (MitID Erhverv). Absent: the citizens' one.",
        examples=["https://pp.netseidbroker.dk/op"],
    )
    oidc_employee_client_id: str | None = Field(
        default=None, description="As OIDC_CLIENT_ID, for contact persons.", examples=["portal-pro"]
    )
    oidc_employee_client_secret: SecretStr | None = Field(
        default=None,
        description="As OIDC_CLIENT_SECRET, for contact persons.",
        examples=["the secret shown once in the broker's administration"],
    )
    oidc_employee_private_key: SecretStr | None = Field(
        default=None,
        description="As OIDC_PRIVATE_KEY, for contact persons.",
        examples=["-----BEGIN PRIVATE KEY----- …"],
    )
    oidc_employee_broker: Broker | None = Field(
        default=None, description="As OIDC_BROKER, for contact persons.", examples=["neb"]
    )
    oidc_employee_min_loa: Loa | None = Field(
        default=None,
        description="As OIDC_MIN_LOA, for contact persons.",
        examples=["substantial"],
    )

    @property
    def citizen_login(self) -> OidcConfig:
        """The registration that citizens log in by."""
        return OidcConfig(
            issuer=self.oidc_issuer,
            client_id=self.oidc_client_id,
            client_secret=_revealed(self.oidc_client_secret),
            private_key=_revealed(self.oidc_private_key),
            broker=self.oidc_broker,
            min_loa=self.oidc_min_loa,
        )

    @property
    def employee_login(self) -> OidcConfig:
        """The registration that contact persons log in by: what is not set is as for citizens."""
        citizen = self.citizen_login
        own_client = self.oidc_employee_client_secret or self.oidc_employee_private_key
        return OidcConfig(
            issuer=self.oidc_employee_issuer or citizen.issuer,
            client_id=self.oidc_employee_client_id or citizen.client_id,
            client_secret=_revealed(self.oidc_employee_client_secret)
            if own_client
            else citizen.client_secret,
            private_key=_revealed(self.oidc_employee_private_key)
            if own_client
            else citizen.private_key,
            broker=self.oidc_employee_broker or citizen.broker,
            min_loa=self.oidc_employee_min_loa or citizen.min_loa,
        )

    @property
    def proxies(self) -> list[str]:
        """The trusted proxies, one by one."""
        return [part for part in map(str.strip, self.trusted_proxies.split(",")) if part]

    @property
    def origin(self) -> str:
        """Scheme and host as a browser sends them in `Origin`."""
        return self.public_url

    @property
    def host(self) -> str:
        """Host and port as a browser sends them in `Host`."""
        return urlsplit(self.public_url).netloc

    @property
    def secure(self) -> bool:
        """Whether people reach the portal by https."""
        return self.public_url.startswith("https://")

    @field_validator("public_url")
    @classmethod
    def _public_url_is_an_origin(cls, value: str) -> str:
        value = _checked_url(value).lower()
        if urlsplit(value).path:
            raise ValueError("must be scheme and host alone, without a path")
        return value

    @field_validator("plan_api_url", "oidc_issuer", "oidc_employee_issuer")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        return None if value is None else _checked_url(value, strip=False)

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            ip_network(part)  # raises ValueError, which names the part
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret_key_is_long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < SHORTEST_SECRET_KEY:
            raise ValueError(f"must have at least {SHORTEST_SECRET_KEY} characters")
        return value

    @field_validator("session_database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr) -> SecretStr:
        if urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("oidc_private_key", "oidc_employee_private_key")
    @classmethod
    def _private_key_parses(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                client_keys(value.get_secret_value())
            except ValueError:
                # A library's own message may quote the key.
                raise ValueError(
                    "is not an unencrypted private key (EC P-256 or RSA) in PEM form"
                ) from None
        return value

    @model_validator(mode="after")
    def _client_can_prove_itself(self) -> Self:
        if self.oidc_client_secret is None and self.oidc_private_key is None:
            raise ValueError(
                "ENPLAN_OIDC_CLIENT_SECRET or ENPLAN_OIDC_PRIVATE_KEY must be set. "
                "For example: -----BEGIN PRIVATE KEY----- …"
            )
        return self


def forget_flet_variables() -> list[str]:
    """Drop `FLET_…` from the environment, which would overrule what the portal tells Flet.

    Returns the names of those that were set.
    """
    names = [name for name in os.environ if name.startswith("FLET_")]  # noqa: TID251 - settings
    for name in names:
        del os.environ[name]  # noqa: TID251 - settings
    return names


def _revealed(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


def _checked_url(value: str, *, strip: bool = True) -> str:
    """The URL, if it is absolute http(s) and encrypted unless it stays on this machine."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address such as https://example.dk")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must not contain a user, a query or a fragment")
    if parts.scheme == "http" and parts.hostname not in LOCAL_HOSTS:
        raise ValueError("must be https; plain http is for localhost alone")
    return value.rstrip("/") if strip else value
