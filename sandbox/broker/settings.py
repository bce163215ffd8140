"""What the simulator must be told: where it listens and which clients it knows."""

from dataclasses import dataclass, field
from pathlib import Path

DEMO_CLIENT_ID = "enplan-demo"
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """One relying party. Every address is matched exactly."""

    client_id: str
    client_secret: str | None = field(repr=False)
    redirect_uris: frozenset[str]
    post_logout_redirect_uris: frozenset[str] = frozenset()
    backchannel_logout_uri: str | None = None
    jwks_uri: str | None = None


def portal_client(
    portal_url: str, client_secret: str, client_id: str = DEMO_CLIENT_ID
) -> RegisteredClient:
    """The registration of a portal at `portal_url`."""
    portal_url = portal_url.rstrip("/")
    return RegisteredClient(
        client_id=client_id,
        client_secret=client_secret,
        redirect_uris=frozenset({f"{portal_url}/auth/callback"}),
        post_logout_redirect_uris=frozenset({f"{portal_url}/"}),
        backchannel_logout_uri=f"{portal_url}/auth/backchannel-logout",
        jwks_uri=f"{portal_url}/auth/jwks.json",
    )


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """The simulator. `data_dir` keeps its signing key, so that a restart changes nothing.

    `slow_seconds` is how long the token endpoint hesitates when the outcome "slow" is due.
    With `single_sign_on` somebody who logged in before in this browser is not asked again, unless
    the request says so. Off, there is always the choice of a person: what a demo wants.
    Raises `ValueError` for a host that others could reach: anybody can log in here as anybody.
    """

    host: str
    port: int
    data_dir: Path
    clients: tuple[RegisteredClient, ...]
    slow_seconds: float = 20.0
    single_sign_on: bool = False

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK_HOSTS:
            raise ValueError("the MitID simulator only listens on this machine (127.0.0.1)")

    @property
    def issuer(self) -> str:
        """The issuer; always `localhost`, as a browser sees it."""
        return f"http://localhost:{self.port}/op"

    def client(self, client_id: str) -> RegisteredClient | None:
        """The client with this id."""
        return next((client for client in self.clients if client.client_id == client_id), None)
