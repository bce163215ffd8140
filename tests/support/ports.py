"""Ports that are free: for each test, and for those who make the pictures."""

import contextlib
import secrets
import socket

# Below those that the system gives to outgoing connections: nobody takes one between being found
# here and being listened at.
_LISTENERS = range(20_000, 32_000)


def find_free_port(consecutive: int = 1) -> int:
    """Return the first of so many free ports in a row."""
    while True:
        # Not from `random`: each worker's is seeded alike.
        first = secrets.choice(_LISTENERS)
        with contextlib.ExitStack() as sockets, contextlib.suppress(OSError):
            for port in range(first, first + consecutive):
                sockets.enter_context(socket.create_server(("127.0.0.1", port)))
            return first
