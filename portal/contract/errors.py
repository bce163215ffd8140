"""Problems by RFC 9457. A type is stable; a text for people is chosen by the portal."""

from typing import Any

from portal.contract.base import Model
from portal.contract.words import Word

MEDIA_TYPE = "application/problem+json"


class ProblemType(Word):
    """The ``type`` of a problem."""

    NOT_AUTHENTICATED = "urn:enplan:problem:not-authenticated"
    NOT_ALLOWED = "urn:enplan:problem:not-allowed"
    STEP_UP_NEEDED = "urn:enplan:problem:step-up-needed"
    NOT_FOUND = "urn:enplan:problem:not-found"
    INVALID = "urn:enplan:problem:invalid"
    STALE = "urn:enplan:problem:stale"
    VERSION_MISSING = "urn:enplan:problem:version-missing"
    KEY_MISSING = "urn:enplan:problem:idempotency-key-missing"
    KEY_REUSED = "urn:enplan:problem:idempotency-key-reused"
    CONFLICT = "urn:enplan:problem:conflict"
    TOO_LARGE = "urn:enplan:problem:too-large"
    UNAVAILABLE = "urn:enplan:problem:unavailable"
    INTERNAL = "urn:enplan:problem:internal"


class FieldProblem(Model):
    """What is wrong with one field: its path, and a code such as ``string_too_short``."""

    path: str
    code: str


class Problem(Model):
    """The body of every error. ``current`` is the newest state after a stale write (412)."""

    type: ProblemType
    title: str
    status: int
    request_id: str | None = None
    errors: tuple[FieldProblem, ...] = ()
    current: dict[str, Any] | None = None
