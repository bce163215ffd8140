"""The simulator's clock, which can be put forward and back: `POST /sim/clock`."""

import time


class Clock:
    """Unix time, moved by some seconds. Everything in the simulator asks it, lifetimes too."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """The simulator's time, in seconds since 1970."""
        return time.time() + self.offset
