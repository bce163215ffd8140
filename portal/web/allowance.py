"""How much somebody may send: so much at once, and so much a second in the long run."""

import time
from collections.abc import Callable


class Allowance:
    """A token bucket.

    Args:
        per_second: what flows in.
        at_once: what fits in; it is full at the beginning.
    """

    def __init__(
        self,
        per_second: float,
        at_once: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._monotonic = monotonic
        self._left = at_once
        self._looked = monotonic()

    def take(self, amount: float = 1) -> bool:
        """Take `amount`; False where there is not so much left."""
        now = self._monotonic()
        self._left = min(self._at_once, self._left + (now - self._looked) * self._per_second)
        self._looked = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
