"""What a broker profile is: the differences between brokers as data plus a few functions.

Used by `auth.relying_party`; each broker's module in this package makes one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from auth.failures import LoginFailureReason
from auth.identity import EmployeeIdentity, Loa, Role
from auth.powers import Power


class MobileSystem(StrEnum):
    """The systems that MitID's app runs on."""

    IOS = "ios"
    ANDROID = "android"


@dataclass(frozen=True, slots=True)
class AppSwitch:
    """An app, not a browser, asks: MitID's app opens by itself and comes back to `return_url`."""

    system: MobileSystem
    return_url: str


@dataclass(frozen=True, slots=True)
class LoginWish:
    """What the portal asks the broker for, before it is put into the broker's own words."""

    role: Role
    loa: Loa
    language: str
    app_switch: AppSwitch | None = None

    def language_among(self, spoken: frozenset[str]) -> str:
        """Return the reader's language if the broker speaks it, else English.

        Whoever reads neither Danish nor Greenlandic more often knows some English.
        """
        return self.language if self.language in spoken else "en"

    @property
    def languages(self) -> str:
        """The reader's language, English, Danish: OpenID Connect Core 3.1.2.1, `ui_locales`."""
        return " ".join(dict.fromkeys((self.language, "en", "da")))


@dataclass(frozen=True, slots=True)
class PersonClaims:
    """The claims about a person, freed from the broker's names for them."""

    uuid: str | None
    name: str | None
    cpr: str | None
    birth_date: date | None
    powers: tuple[Power, ...] = ()


class AtHash(StrEnum):
    """Whether an id_token may come without `at_hash`, which Core 3.1.3.6 leaves optional.

    `REQUIRED_IF_LISTED` is for brokers that nobody has looked at: one whose discovery document
    lists its claims (`claims_supported`), without this one, is taken at its word.
    """

    REQUIRED = "required"
    REQUIRED_IF_LISTED = "required_if_listed"


class AuthTime(StrEnum):
    """What a missing `auth_time` means.

    `SENT`: the broker sends it, so without it nothing is known about when the person logged in.
    `EVERY_LOGIN_IS_FRESH`: the broker sends none, but each request demands a new login of it
    (`prompt=login`), so that the person logged in when the token was issued.
    """

    SENT = "sent"
    EVERY_LOGIN_IS_FRESH = "every_login_is_fresh"


@dataclass(frozen=True, slots=True)
class BrokerProfile:
    """One broker.

    `request_parameters` turns a wish into authorize parameters beyond the standard ones,
    `read_loa` reads the id_token alone, the other readers see id_token and userinfo together.
    `user_failures` maps the broker's codes to reasons; they may stand in `error` or in
    `error_description`. `logout_hint_seconds` is how long the broker honours an id_token_hint.
    `at_hash` and `auth_time` say what holds for id_tokens without those claims.
    """

    name: str
    algorithms: tuple[str, ...]
    request_parameters: Callable[[LoginWish], dict[str, str]]
    read_loa: Callable[[Mapping[str, Any]], Loa | None]
    read_person: Callable[[Mapping[str, Any]], PersonClaims]
    read_employee: Callable[[Mapping[str, Any]], EmployeeIdentity | None]
    user_failures: Mapping[str, LoginFailureReason]
    assertion_audience: str = "issuer"
    logout_hint_seconds: int | None = None
    at_hash: AtHash = AtHash.REQUIRED
    auth_time: AuthTime = AuthTime.SENT


def text(claims: Mapping[str, Any], name: str) -> str | None:
    """The claim as a non-empty string, else None."""
    value = claims.get(name)
    return value if isinstance(value, str) and value else None


def day(claims: Mapping[str, Any], name: str) -> date | None:
    """The claim as an ISO date, else None (a broken birth date does not stop a login)."""
    try:
        return date.fromisoformat(text(claims, name) or "")
    except ValueError:
        return None


def unix_time(value: object) -> datetime | None:
    """A time in seconds since 1970, sent as a number or, by neb, as a string of digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def joined_name(*parts: str | None) -> str | None:
    """A name from its parts, None when there is none."""
    return " ".join(part for part in parts if part) or None


STANDARD_FAILURES: Mapping[str, LoginFailureReason] = {
    # OpenID Connect Core 3.1.2.6 and RFC 6749 4.1.2.1
    "access_denied": LoginFailureReason.ABORTED,
    "login_required": LoginFailureReason.TIMED_OUT,
    "interaction_required": LoginFailureReason.TIMED_OUT,
    "server_error": LoginFailureReason.BROKER_UNAVAILABLE,
    "temporarily_unavailable": LoginFailureReason.BROKER_UNAVAILABLE,
}
