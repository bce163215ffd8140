"""What the sandbox reads from the environment: the demo's broker and the simulator's settings."""

import os
from datetime import date
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_PREFIX = "ENPLAN_"
_BROKER_PREFIX = "ENPLAN_OIDC_"


class DemoSettings(BaseSettings):
    """The little that the demo can be told by the environment."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    oidc_issuer: str | None = Field(
        default=None,
        description="A MitID broker to use instead of the simulator.",
        examples=["https://pp.netseidbroker.dk/op"],
    )


class SimulatorSettings(BaseSettings):
    """What the MitID simulator must know of its one client, the portal."""

    model_config = SettingsConfigDict(
        env_prefix="ENPLAN_SIMULATOR_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    portal_url: str = Field(
        description="The portal's address: logins return to it.",
        examples=["http://localhost:8550"],
    )
    client_secret: SecretStr = Field(
        min_length=1,
        description="The secret by which the portal proves itself.",
        examples=["any random text"],
    )
    sample_day: date = Field(
        description="The day from which the sample people's ages count.", examples=["2026-11-21"]
    )
    data_dir: Path = Field(
        description="Where the simulator keeps its signing key.", examples=[".demo/simulator"]
    )


def environment_for_servers(*, with_broker: bool) -> dict[str, str]:
    """Return this process's environment for a server that is told everything else by the demo.

    Settings of some other Én Plan, or of Flet, would change the demo unseen: they are left out.

    Args:
        with_broker: Keep the settings of a MitID broker.
    """
    return {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - this is a settings module
        if (with_broker and name.startswith(_BROKER_PREFIX))
        or not name.startswith((_PREFIX, "FLET_"))
    }
