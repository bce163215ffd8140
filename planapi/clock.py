"""What time it is, as an argument: `create_app` takes a clock, so that tests can turn it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment with its offset."""


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)
