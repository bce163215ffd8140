"""Looks for what closed screens have left in memory; seldom, for it stops everybody.

A closed screen is free at once but for what its controls hold in circles. Python finds those by
going through everything that is old, which is all open screens: seconds with a thousand of them.
Python would do that whenever a quarter more has become old, that is while screens are opened and
there is nothing to find. Here it comes when as many have been closed as are open, so its cost for
each stays the same. Run by `portal.asgi`.
"""

import asyncio
import gc
import time
from typing import Final, Protocol

import structlog

logger = structlog.get_logger(__name__)

LOOK_SECONDS: Final = 5.0
FEWEST_CLOSED: Final = 500
"""What so many leave is some 50 MB at most."""
LONGEST_SECONDS: Final = 15 * 60
"""Screens that one walks through leave something too, without being closed."""


class Sockets(Protocol):
    """What `portal.web.socket.SocketGuard` counts."""

    @property
    def open_sockets(self) -> int:
        """How many are open now."""

    @property
    def closed_sockets(self) -> int:
        """How many were closed so far."""


async def sweep_after_closing(sockets: Sockets, *, look_seconds: float = LOOK_SECONDS) -> None:
    """Collect garbage of all ages whenever enough was closed. Runs until it is cancelled."""
    swept, closed = time.monotonic(), sockets.closed_sockets
    while True:
        await asyncio.sleep(look_seconds)
        since = sockets.closed_sockets - closed
        is_much = since >= max(FEWEST_CLOSED, sockets.open_sockets)
        if is_much or time.monotonic() - swept >= LONGEST_SECONDS:
            began = time.monotonic()
            found = gc.collect()
            swept, closed = time.monotonic(), sockets.closed_sockets
            logger.debug(
                "garbage_swept", found=found, open=sockets.open_sockets, seconds=swept - began
            )
