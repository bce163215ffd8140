"""Who is signed in at this process: login sessions as sockets and views share them.

One `SignedIn` per login session and process. It learns when the login ends, wherever that
happened, and then closes the sockets and stops the calls made in the person's name.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

import psycopg
import structlog

from auth.sessions import LoginSession, LoginSessions
from portal.web.language import DEFAULT
from views.login import Ending

logger = structlog.get_logger(__name__)

SHORTEST_WAIT_SECONDS = 1.0
WARN_SECONDS = 300.0
"""So long before a login ends, the person is told (WCAG 2.2, 2.2.1)."""
LAST_WORDS = timedelta(seconds=10)
"""So long after it has ended, what was typed before may still be saved."""


class SignedIn:
    """One login session while somebody here uses it."""

    def __init__(self, login: LoginSession) -> None:
        self.login = login
        self.language = login.language or DEFAULT
        self.ending: Ending | None = None
        self._over = asyncio.Event()
        self._ended_at: datetime | None = None
        self._listeners: list[Callable[[Ending | None], None]] = []

    @property
    def is_over(self) -> bool:
        """Whether the login has ended or reached its absolute limit."""
        return self._over.is_set() or datetime.now(UTC) >= self.login.expires_at

    @property
    def may_save_last_words(self) -> bool:
        """Whether the login is there, or was until just now.

        Nothing typed after the end gets here: the sockets are closed. A draft lags a second behind
        the typing, and that second is the person's own too.
        """
        ended_at = min(self._ended_at or self.login.expires_at, self.login.expires_at)
        return datetime.now(UTC) < ended_at + LAST_WORDS

    def end(self) -> None:
        """Tell everybody who waits that the login is over."""
        if self._ended_at is None:
            self._ended_at = datetime.now(UTC)
        self._over.set()

    def on_ending(self, listener: Callable[[Ending | None], None]) -> Callable[[], None]:
        """Call `listener` when `ending` changes, until the returned function is called."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def look_at_the_clock(self) -> float:
        """Warn, or stop warning; return the seconds until there is something new to look for."""
        login = self.login
        left = (login.idle_expires_at - datetime.now(UTC)).total_seconds()
        ending = None
        if left <= WARN_SECONDS:
            final = login.idle_expires_at >= login.expires_at
            ending = Ending(login.idle_expires_at, final=final)
        if ending != self.ending:
            self.ending = ending
            for listener in list(self._listeners):
                listener(ending)
        return left if ending else left - WARN_SECONDS

    async def wait_until_over(self) -> None:
        """Return when the login has ended."""
        await self._over.wait()


class Logins:
    """Finds login sessions by cookie and follows their end."""

    def __init__(self, sessions: LoginSessions) -> None:
        self._sessions = sessions
        # Weak: kept alive by the sockets and by the Flet sessions' plan clients.
        self._signed_in: WeakValueDictionary[str, SignedIn] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._signed_in)

    async def find(self, cookie: str | None) -> SignedIn | None:
        """Who shows this cookie; None when nobody, or no longer."""
        login = await self._sessions.find(cookie) if cookie else None
        if login is None:
            return None
        signed_in = self._signed_in.get(login.key)
        if signed_in is None or signed_in.is_over:
            signed_in = self._signed_in[login.key] = SignedIn(login)
        signed_in.login = login
        return signed_in

    async def choose_language(self, signed_in: SignedIn, code: str) -> None:
        """The person reads another language from now on. A lost database is no error here."""
        signed_in.language = code
        try:
            await self._sessions.choose_language(signed_in.login.person_id, code)
        except psycopg.Error:
            logger.warning("login_language_not_kept", key=signed_in.login.key)

    async def touch(self, signed_in: SignedIn) -> None:
        """The person did something: idle time begins again. A lost database is no error here."""
        try:
            await self._sessions.touch(signed_in.login.key)
        except psycopg.Error:
            logger.warning("login_touch_failed", key=signed_in.login.key)
        if signed_in.ending is not None:
            await self._check(signed_in)
            signed_in.look_at_the_clock()

    async def follow_endings(self) -> None:
        """Run for ever: end here what has ended anywhere."""
        async for key in self._sessions.ended():
            if key == "":
                await self._check_everybody()
            else:
                self._end(key)

    async def _check_everybody(self) -> None:
        """The listener is new: endings may have gone unheard."""
        for signed_in in list(self._signed_in.values()):
            await self._check(signed_in)

    def _end(self, key: str) -> None:
        # Not a part of `follow_endings`: its variables live as long as the process, and so would
        # whoever one of them names.
        if (ended := self._signed_in.get(key)) is not None:
            ended.end()

    async def until_over(self, signed_in: SignedIn, recheck_seconds: float) -> None:
        """Return when the login has ended, was idle too long, or reached its limit.

        Meanwhile `signed_in.ending` tells when that is near.
        The store is asked when the login could have expired, and every `recheck_seconds`, so
        that a lost notification cannot keep a socket open.
        """
        while not signed_in.is_over:
            left = signed_in.look_at_the_clock()
            try:
                async with asyncio.timeout(min(max(left, SHORTEST_WAIT_SECONDS), recheck_seconds)):
                    await signed_in.wait_until_over()
            except TimeoutError:
                await self._check(signed_in)

    async def _check(self, signed_in: SignedIn) -> None:
        """Ask the store about a login that we believe in; a lost database ends nothing."""
        try:
            login = await self._sessions.find_by_key(signed_in.login.key)
        except psycopg.Error:
            logger.warning("login_recheck_failed", key=signed_in.login.key)
            return
        if login is None:
            signed_in.end()
        else:
            signed_in.login = login
