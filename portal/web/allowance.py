"""How much somebody may send: so much at once, and so much a second in the long run."""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

LOOKS_EVERY: Final = 1_000


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

    @property
    def is_full(self) -> bool:
        """Whether all of it is there again."""
        self._fill_up()
        return self._left >= self._at_once

    def take(self, amount: float = 1) -> bool:
        """Take `amount`; False where there is not so much left."""
        self._fill_up()
        if amount > self._left:
            return False
        self._left -= amount
        return True

    def _fill_up(self) -> None:
        now = self._monotonic()
        self._left = min(self._at_once, self._left + (now - self._looked) * self._per_second)
        self._looked = now


class Allowances:
    """The same allowance for each of many; who has all of it again is forgotten now and then.

    Args:
        per_second: as in `Allowance`.
        at_once: as in `Allowance`.
    """

    def __init__(
        self,
        per_second: float,
        at_once: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._full = partial(Allowance, per_second, at_once, monotonic=monotonic)
        self._each: dict[str, Allowance] = {}
        self._new = 0

    def __len__(self) -> int:
        return len(self._each)

    def take(self, key: str) -> bool:
        """Take one of what belongs to `key`; False where there is none left."""
        if key not in self._each:
            self._new += 1
            if self._new % LOOKS_EVERY == 0:
                self._each = {key: one for key, one in self._each.items() if not one.is_full}
            self._each[key] = self._full()
        return self._each[key].take()
