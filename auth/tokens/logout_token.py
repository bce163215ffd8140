"""Validation of the logout_token (OpenID Connect Back-Channel Logout 1.0, section 2.6)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from auth.brokers.profile import text
from auth.tokens.checks import (
    LEEWAY_SECONDS,
    check_audience,
    check_issuer,
    check_times,
    number,
    verify_signature,
)
from auth.tokens.jwks import JwksCache
from auth.tokens.rejection import TokenRejected

_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class LogoutToken:
    """A validated logout_token. `remember_until` is how long its jti must be remembered."""

    jti: str
    sid: str | None
    subject: str | None
    remember_until: datetime


async def validate_logout_token(
    token: str,
    *,
    issuer: str,
    client_id: str,
    keys: JwksCache,
    algorithms: tuple[str, ...],
    now: float,
) -> LogoutToken:
    """Validate a logout_token; raises `TokenRejected`. Replay is for the caller's memory."""
    verified = await verify_signature(token, keys, algorithms)
    claims = verified.claims
    check_issuer(claims, issuer)
    check_audience(claims, client_id)
    check_times(claims, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_EVENT), dict):
        raise TokenRejected("not_a_logout_token")
    if "nonce" in claims:
        # Point 6: so that an id_token can never be passed off as a logout_token.
        raise TokenRejected("nonce_in_logout_token")
    sid, subject, jti = text(claims, "sid"), text(claims, "sub"), text(claims, "jti")
    if sid is None and subject is None:
        raise TokenRejected("nobody_to_log_out")
    if jti is None:
        raise TokenRejected("missing_jti")
    return LogoutToken(
        jti=jti,
        sid=sid,
        subject=subject,
        remember_until=_forgettable_at(number(claims, "exp"), now),
    )


def _forgettable_at(expires: float, now: float) -> datetime:
    # check_times refuses the token an iat of ten minutes later on, whatever its exp.
    latest = now + 660 + LEEWAY_SECONDS
    return datetime.fromtimestamp(min(expires + LEEWAY_SECONDS, latest), UTC)
