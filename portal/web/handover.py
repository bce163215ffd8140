"""What a page has read, kept for a moment: the app that takes over need not read it again.

Reading twice would be counted twice in the access log, and costs the person time. Kept are answers
that are still true: they go when anything of the person's topics changes, when the person writes,
and after a minute. Used by `portal.web.first_look` and by the app's plan clients.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Final, Protocol

from pydantic import BaseModel

from portal.contract.events import Event

KEPT_SECONDS: Final = 60.0
"""The app comes up within 20 s on a slow telephone line."""

PAGES_PER_LOGIN: Final = 5
"""As many as one login has sockets."""


class Subscribe(Protocol):
    """How one hears of changes: see `views.live.Live`."""

    def __call__(
        self, topics: Collection[str], listener: Callable[[Event], None]
    ) -> Callable[[], None]:
        """Call `listener` for each event of `topics`; returns the way to stop that."""


class Look:
    """The answers that one page was made of."""

    def __init__(self, forget: Callable[["Look"], None]) -> None:
        self._forget = forget
        self._answers: dict[str, BaseModel] = {}
        self._stop: list[Callable[[], None]] = []
        self._is_over = False

    def take(self, address: str) -> BaseModel | None:  # noqa: ARG002 - a page reads for itself
        """Return None: the page itself reads everything anew."""
        return None

    def put(self, address: str, answer: BaseModel) -> None:
        """Keep an answer of the plan API."""
        if not self._is_over:
            self._answers[address] = answer

    def clear(self) -> None:
        """Forget all of it."""
        self._is_over = True
        self._answers.clear()
        for stop in self._stop:
            stop()
        self._stop.clear()
        self._forget(self)

    def give(self, address: str) -> BaseModel | None:
        """Give an answer away; None where there is none."""
        answer = self._answers.pop(address, None)
        if answer is not None and not self._answers:
            self.clear()
        return answer

    def only_while_unchanged(self, topics: Collection[str], subscribe: Subscribe) -> None:
        """Forget all of it as soon as anything of `topics` changes."""
        self._stop.append(subscribe(topics, lambda _: self.clear()))

    def only_for(self, seconds: float) -> None:
        """Forget all of it after some time."""
        self._stop.append(asyncio.get_running_loop().call_later(seconds, self.clear).cancel)


class Handover:
    """The looks of all logins at this process."""

    def __init__(self, kept_seconds: float = KEPT_SECONDS) -> None:
        self._kept_seconds = kept_seconds
        self._looks: defaultdict[str, list[Look]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._looks.values()))

    def begin(self, key: str) -> Look:
        """Begin a page of the login `key`."""

        def forget(look: Look) -> None:
            looks = self._looks[key]
            if look in looks:
                looks.remove(look)
            if not looks:
                del self._looks[key]

        look = Look(forget)
        self._looks[key].append(look)
        look.only_for(self._kept_seconds)
        if len(self._looks[key]) > PAGES_PER_LOGIN:
            self._looks[key][0].clear()
        return look

    def taker(self, key: str) -> "Taker":
        """What the app of the login `key` takes from."""
        return Taker(self._looks, key)


class Taker:
    """The app's side: takes each answer once, the newest first, and forgets all when it writes."""

    def __init__(self, looks: defaultdict[str, list[Look]], key: str) -> None:
        self._looks = looks
        self._key = key

    def take(self, address: str) -> BaseModel | None:
        """Take an answer; None where it must be asked for."""
        for look in reversed(self._looks.get(self._key, [])):
            if (answer := look.give(address)) is not None:
                return answer
        return None

    def put(self, address: str, answer: BaseModel) -> None:
        """Do nothing: what the app reads is on its screen."""

    def clear(self) -> None:
        """Forget everything: the person has changed something."""
        for look in list(self._looks.get(self._key, [])):
            look.clear()
