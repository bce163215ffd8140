"""Every way in which a login can end without a session. The host words them for people."""

import secrets
from enum import StrEnum

# No 0/O, 1/I/L: a reference is read aloud over the telephone.
_REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class LoginFailureReason(StrEnum):
    """What happened, as a stable code."""

    ABORTED = "aborted"
    TIMED_OUT = "timed_out"
    LOA_TOO_LOW = "loa_too_low"
    BROWSER_NOT_SUPPORTED = "browser_not_supported"
    REFUSED_BY_BROKER = "refused_by_broker"
    BROKER_UNAVAILABLE = "broker_unavailable"
    INVALID_RESPONSE = "invalid_response"
    STATE_UNKNOWN = "state_unknown"
    NO_CPR = "no_cpr"
    NOT_KNOWN_HERE = "not_known_here"
    NOT_EMPLOYEE = "not_employee"
    NOT_OUR_EMPLOYER = "not_our_employer"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    PORTAL_UNAVAILABLE = "portal_unavailable"


# Never 5xx: the portal itself answers, and a proxy or browser must not replace its page.
_STATUS = {
    LoginFailureReason.ABORTED: 200,
    LoginFailureReason.TIMED_OUT: 200,
    LoginFailureReason.REFUSED_BY_BROKER: 200,
    LoginFailureReason.BROKER_UNAVAILABLE: 200,
    LoginFailureReason.PORTAL_UNAVAILABLE: 200,
    LoginFailureReason.INVALID_RESPONSE: 400,
    LoginFailureReason.STATE_UNKNOWN: 400,
    LoginFailureReason.TOO_MANY_ATTEMPTS: 429,
}


class LoginFailed(Exception):
    """A login ended without a session.

    `reference` is a short id that the person can read aloud and that the log holds too.
    `detail` is for the log only: a code of ours, never something that a broker sent.
    `retry_after` is in seconds, for `TOO_MANY_ATTEMPTS`. `next_path` is where in the portal the
    person was going, as far as that is known: another try leads there.
    """

    def __init__(
        self, reason: LoginFailureReason, detail: str = "", *, retry_after: int | None = None
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.next_path = "/"
        self.reference = "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(8))

    @property
    def status(self) -> int:
        """The HTTP status for the page that explains it (200, 400, 403 or 429)."""
        return _STATUS.get(self.reason, 403)
