"""The login behind one session of the app, as the screens may use it (`views.login.Login`).

Built in `portal.asgi` for each session; everything is asked of the login sessions' store.
"""

from collections.abc import Callable

from auth.sessions import LoginSessions
from portal.contract.people import Role
from portal.web.logins import Logins, SignedIn
from views.login import Ending, OwnLogin, OwnLogins, OwnPower


class ScreensLogin:
    """What somebody who is signed in may know and do about their own logins."""

    def __init__(self, signed_in: SignedIn, logins: Logins, sessions: LoginSessions) -> None:
        self._signed_in = signed_in
        self._logins = logins
        self._sessions = sessions

    @property
    def ending(self) -> Ending | None:
        """When the login ends, if that is soon."""
        return self._signed_in.ending

    def on_ending(self, listener: Callable[[Ending | None], None]) -> Callable[[], None]:
        """Call `listener` when that changes, until the returned function is called."""
        return self._signed_in.on_ending(listener)

    async def stay(self) -> None:
        """The person is still there."""
        await self._logins.touch(self._signed_in)

    async def own_logins(self) -> OwnLogins:
        """Return where the person is logged in, and the powers that came with this login."""
        here = self._signed_in.login.key
        found = await self._sessions.of_person(self._signed_in.login.person_id)
        return OwnLogins(
            logins=tuple(
                OwnLogin(
                    id=login.key,
                    role=Role(login.role),
                    device=login.device,
                    since=login.created_at,
                    here=login.key == here,
                )
                for login in found
            ),
            powers=tuple(
                OwnPower(holder=power.holder, allowed=power.allowed)
                for login in found
                if login.key == here
                for power in login.powers
            ),
        )

    async def end_login(self, login_id: str) -> None:
        """Log the person out at one of those places; another person's login is not touched."""
        await self._sessions.end_of_person(self._signed_in.login.person_id, key=login_id)
