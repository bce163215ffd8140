"""Broker profiles. To add a broker: one module here, which holds its `PROFILE`."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from auth.brokers.profile import BrokerProfile


def _found() -> Mapping[str, BrokerProfile]:
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    profiles = (getattr(module, "PROFILE", None) for module in modules)
    return {profile.name: profile for profile in profiles if isinstance(profile, BrokerProfile)}


_PROFILES: Final = _found()

BROKERS: Final = tuple(_PROFILES)
"""The names of all profiles: who stands between the portal and MitID."""


def profile_for(name: str) -> BrokerProfile:
    """The profile with this name; raises `ValueError` for one that is not there."""
    profile = _PROFILES.get(name)
    if profile is None:
        raise ValueError(f"a broker is one of {', '.join(BROKERS)}")
    return profile
