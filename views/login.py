"""What the screens may know and do about logins; the web host and the tests provide one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portal.contract.people import Role


@dataclass(frozen=True, slots=True)
class OwnLogin:
    """One place where the person is logged in. ``device`` may be empty; ``here`` is this one."""

    id: str
    role: Role
    device: str
    since: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class OwnPower:
    """A power of attorney that came with the login: from whom (masked), and whether it counts."""

    holder: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class OwnLogins:
    """All of a person's logins, the newest first, and the powers that came with this one."""

    logins: tuple[OwnLogin, ...]
    powers: tuple[OwnPower, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """The login ends soon. ``final``: nothing that one does here makes it longer."""

    at: datetime
    final: bool


class Login(Protocol):
    """The login behind a session of the app."""

    @property
    def ending(self) -> Ending | None:
        """When it ends, if that is soon."""
        ...

    def on_ending(self, listener: Callable[[Ending | None], None]) -> Callable[[], None]:
        """Call ``listener`` when that changes, until the returned function is called."""
        ...

    async def stay(self) -> None:
        """The person is still there."""
        ...

    async def own_logins(self) -> OwnLogins:
        """Return where the person is logged in."""
        ...

    async def end_login(self, login_id: str) -> None:
        """Log the person out at one of those places."""
        ...
