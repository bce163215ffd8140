"""What the relying party must be told about its broker. Filled by the web host's settings."""

from dataclasses import dataclass, field
from datetime import timedelta

from auth.identity import Loa


@dataclass(frozen=True, slots=True)
class OidcConfig:
    """One registration at one broker, whose name is one of `auth.brokers.BROKERS`.

    `private_key` is a PEM (EC P-256 or RSA); with it the client authenticates by
    private_key_jwt, otherwise by `client_secret` (client_secret_basic). Of several keys in one
    PEM the first signs and all are published: how a key is changed without a gap.
    """

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    private_key: str | None = field(repr=False)
    broker: str
    min_loa: Loa = Loa.SUBSTANTIAL

    def __post_init__(self) -> None:
        if self.client_secret is None and self.private_key is None:
            raise ValueError("a client secret or a private key is needed")


@dataclass(frozen=True, slots=True)
class LoginLimits:
    """How long things live. The defaults are the product's; tests choose smaller ones."""

    pending: timedelta = timedelta(minutes=10)
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=8)
    touch_every: timedelta = timedelta(seconds=30)
    broker_timeout: timedelta = timedelta(seconds=10)
    # Login starts, and as many callbacks, a minute. A whole town hall may share one address.
    per_address: int = 300
    per_browser: int = 30

    def __post_init__(self) -> None:
        if min(self.per_address, self.per_browser) < 1:
            raise ValueError("at least one login a minute must be let through")
