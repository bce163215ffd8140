"""What may go wrong in the next login, on request: `POST /sim/next {"outcome": …}`."""

from collections import deque
from enum import StrEnum


class Outcome(StrEnum):
    """How a login ends. Everything but OK is a way in which a relying party must not be fooled."""

    OK = "ok"
    # The person
    ABORT = "abort"
    TIMEOUT = "timeout"
    CLIENT_ERROR = "client_error"
    TOO_LOW = "too_low"
    NO_CPR = "no_cpr"
    NO_NAME = "no_name"
    PROTECTED_NAME = "protected_name"
    AGE_13 = "age_13"
    AGE_15 = "age_15"
    # The way back
    NO_ISS = "no_iss"
    WRONG_ISS = "wrong_iss"
    WRONG_CODE = "wrong_code"
    # The broker itself
    SLOW = "slow"
    ERROR_500 = "error_500"
    GARBAGE = "garbage"
    WRONG_CONTENT_TYPE = "wrong_content_type"
    NO_ID_TOKEN = "no_id_token"  # noqa: S105 - no secret
    USERINFO_500 = "userinfo_500"
    USERINFO_GARBAGE = "userinfo_garbage"
    USERINFO_BAD_SUB = "userinfo_bad_sub"
    USERINFO_NO_SUB = "userinfo_no_sub"
    # The id_token: its signature
    BAD_SIGNATURE = "bad_signature"
    ALG_NONE = "alg_none"
    ALG_HS256 = "alg_hs256"
    ALG_UNLISTED = "alg_unlisted"
    EMBEDDED_JWK = "embedded_jwk"
    UNKNOWN_KID = "unknown_kid"
    NO_KID = "no_kid"
    NO_KID_TWO_KEYS = "no_kid_two_keys"
    ROTATED_KEY = "rotated_key"
    # The id_token: its claims
    BAD_ISS = "bad_iss"
    BAD_AUD = "bad_aud"
    BAD_AUD_WITH_AZP = "bad_aud_with_azp"
    TWO_AUDIENCES = "two_audiences"
    BAD_AZP = "bad_azp"
    BAD_NONCE = "bad_nonce"
    NO_NONCE = "no_nonce"
    NO_SUB = "no_sub"
    EMPTY_SUB = "empty_sub"
    EXPIRED = "expired"
    NO_EXP = "no_exp"
    NO_IAT = "no_iat"
    OLD_IAT = "old_iat"
    FUTURE_IAT = "future_iat"
    NOT_YET_VALID = "not_yet_valid"
    NO_AT_HASH = "no_at_hash"
    BAD_AT_HASH = "bad_at_hash"
    NO_LOA = "no_loa"
    STALE_AUTH_TIME = "stale_auth_time"
    NO_AUTH_TIME = "no_auth_time"
    SESSION_OVER = "session_over"
    # The id_token: still in order, and to be accepted
    CLOCK_AHEAD = "clock_ahead"
    CLOCK_BEHIND = "clock_behind"


class OutcomeQueue:
    """Outcomes in the order in which they were asked for, one for each login."""

    def __init__(self) -> None:
        self._queue: deque[Outcome] = deque()

    def add(self, outcome: Outcome) -> None:
        """Let the login after those already queued end like this."""
        self._queue.append(outcome)

    def next(self) -> Outcome:
        """What happens in the login that is being completed now."""
        return self._queue.popleft() if self._queue else Outcome.OK
