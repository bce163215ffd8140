"""Where a screen hears that something changed; the web host and the tests provide one."""

from collections.abc import Callable, Collection
from typing import Protocol

from portal.contract.events import Event


class Live(Protocol):
    """Events of the plan API, fanned out to the open sessions of this process."""

    def subscribe(
        self, topics: Collection[str], listener: Callable[[Event], None]
    ) -> Callable[[], None]:
        """Call ``listener`` for each event of ``topics``, until the returned function is called."""
        ...
