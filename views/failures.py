"""What went wrong, in the few kinds that a screen tells apart. Used by the hooks and the guard."""

import secrets
import traceback
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import structlog

from portal.contract.errors import FieldProblem
from portal.plan_client import (
    PlanConflict,
    PlanInvalid,
    PlanNotFound,
    PlanRefused,
    PlanUnavailable,
    SignedOut,
    StepUpNeeded,
)

_log = structlog.get_logger(__name__)


class FailureKind(StrEnum):
    """What a person can do about it differs: try again, log in, go elsewhere, write differently."""

    OFFLINE = "offline"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    STEP_UP = "step_up"
    CONFLICT = "conflict"
    INVALID = "invalid"
    BROKEN = "broken"


@dataclass(frozen=True)
class Failure:
    """Why a read or a write did not succeed.

    ``reference`` names the log entry of a ``BROKEN`` one, ``fields`` what an ``INVALID`` one
    is about, ``current`` the newest state after a ``CONFLICT``.
    """

    kind: FailureKind
    reference: str = ""
    fields: tuple[FieldProblem, ...] = ()
    current: dict[str, Any] | None = None


_KINDS: Final[dict[type[Exception], FailureKind]] = {
    PlanUnavailable: FailureKind.OFFLINE,
    PlanNotFound: FailureKind.NOT_FOUND,
    PlanRefused: FailureKind.REFUSED,
    SignedOut: FailureKind.SIGNED_OUT,
    StepUpNeeded: FailureKind.STEP_UP,
}


def understand(error: Exception) -> Failure:
    """Return what ``error`` means to the person; an unexpected one is logged."""
    if isinstance(error, PlanConflict):
        return Failure(FailureKind.CONFLICT, current=error.current)
    if isinstance(error, PlanInvalid):
        return Failure(FailureKind.INVALID, fields=error.errors)
    if kind := _KINDS.get(type(error)):
        return Failure(kind)
    return Failure(FailureKind.BROKEN, reference=report(error))


def report(error: BaseException) -> str:
    """Log an unexpected error and return the reference that the person sees.

    Only the places in the code are logged: the message of an error may hold what a person wrote.
    """
    reference = secrets.token_hex(4)
    _log.error(
        "view_failed",
        reference=reference,
        error=type(error).__name__,
        places=_places(error),
    )
    return reference


def _places(error: BaseException) -> list[str]:
    """Return where it happened, and where what led to it did, as a trace has them."""
    cause = error.__cause__ or error.__context__
    frames = traceback.extract_tb(error.__traceback__)
    return [
        *(_places(cause) if cause else []),
        *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames),
    ]
