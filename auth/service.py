"""The login as the routes see it: start, complete, log out. HTTP stays in `auth.routes`."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import structlog
from joserfc.jwk import DictKey

from auth.brokers.profile import AppSwitch
from auth.config import LoginLimits, OidcConfig
from auth.cookies import LoginCookies
from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import LinkedPerson, Role, VerifiedIdentity
from auth.opaque import digest
from auth.pending import PendingLogins
from auth.powers import PowerRule, nothing_allowed
from auth.rate_limit import RateLimit
from auth.relying_party import Callback, RelyingParty
from auth.sessions import EndedSession, LoginSession, LoginSessions
from auth.store import Pool
from auth.tokens.checks import peek_claims
from auth.tokens.rejection import TokenRejected

LinkPerson = Callable[[VerifiedIdentity, Role], Awaitable[LinkedPerson]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CompletedLogin:
    """A session that has just begun, and where the person wanted to go."""

    cookie_value: str
    session: LoginSession
    next_path: str


class LoginService:
    """Everything about logging in, built once per process by the web host.

    `employee` is the registration for contact persons; without it they use `citizen`'s.
    `link_person` finds or makes the person behind an identity, and raises `LoginFailed` when
    there is none here. `power_rule` says which powers of attorney count. Raises `ValueError` for
    a public URL or key that cannot be used.
    """

    def __init__(
        self,
        *,
        public_url: str,
        citizen: OidcConfig,
        employee: OidcConfig | None,
        http: httpx.AsyncClient,
        pool: Pool,
        link_person: LinkPerson,
        limits: LoginLimits | None = None,
        power_rule: PowerRule = nothing_allowed,
    ) -> None:
        self.limits = limits or LoginLimits()
        self.public_url = public_url.rstrip("/")
        self.cookies = LoginCookies(public_url)
        self.sessions = LoginSessions(pool, self.limits, power_rule)
        self.rate_limit = RateLimit(pool)
        self._pending = PendingLogins(pool, self.limits.pending)
        self._link_person = link_person
        ours = self._relying_party(citizen, http)
        self._parties: Mapping[Role, RelyingParty] = {
            Role.CITIZEN: ours,
            Role.CONTACT_PERSON: ours
            if employee in {None, citizen}
            else self._relying_party(employee, http),
        }

    def public_jwks(self) -> list[DictKey]:
        """The public keys that brokers verify our client assertions with."""
        keys = [key for party in self._distinct_parties() for key in party.public_jwks()]
        return list({key["kid"]: key for key in keys}.values())

    async def start(
        self,
        browser: str,
        *,
        role: Role,
        next_path: str,
        language: str,
        fresh: bool,
        max_age: int | None,
        app_switch: AppSwitch | None = None,
    ) -> str:
        """Begin a login; returns the broker's address for it. Raises `LoginFailed`."""
        state, pending = await self._pending.start(
            browser, role=role, next_path=next_path, fresh=fresh, max_age=max_age
        )
        with _going_to(next_path):
            return await self._parties[role].authorization_url(
                pending, state, language=language, app_switch=app_switch
            )

    async def complete(
        self,
        callback: Callback,
        *,
        state: str | None,
        browser: str | None,
        replaces: str | None,
        device: str = "",
    ) -> CompletedLogin:
        """Finish the login that this callback belongs to. Raises `LoginFailed`."""
        pending = await self._pending.take(state, browser) if state and browser else None
        if pending is None:
            raise LoginFailed(LoginFailureReason.STATE_UNKNOWN, "state_unknown")
        with _going_to(pending.next_path):
            login = await self._parties[pending.role].redeem(callback, pending)
            person = await self._link_person(login.identity, pending.role)
        cookie_value, session = await self.sessions.create(
            login, person, pending.role, replaces=replaces, device=device
        )
        return CompletedLogin(cookie_value, session, pending.next_path)

    async def log_out(self, cookie_value: str, *, everywhere: bool = False) -> str:
        """End the session; returns where the browser goes next, the broker's logout or home.

        `everywhere` ends the person's sessions in all other browsers too. A broker that is away
        does not keep anybody logged in here.
        """
        home = self.public_url + "/"
        if everywhere and (session := await self.sessions.find(cookie_value)) is not None:
            await self.sessions.end_of_person(session.person_id, but=session.key)
        ended = await self.sessions.end(digest(cookie_value))
        if ended is None:
            return home
        try:
            return await self._broker_logout(ended, home) or home
        except LoginFailed as failure:
            _log.warning("broker_logout_unavailable", detail=failure.detail)
            return home

    async def end_by_logout_token(self, token: str) -> int:
        """End the sessions that a broker's logout_token names; returns how many.

        Raises `TokenRejected` for a token that is invalid or was used before, `LoginFailed` when
        the broker's keys cannot be fetched.
        """
        issuer = peek_claims(token).get("iss")
        error = TokenRejected("unknown_issuer")
        for party in self._distinct_parties():
            if party.config.issuer != issuer:
                continue
            try:
                verified = await party.read_logout_token(token)
            except TokenRejected as rejected:
                error = rejected  # another registration at the same broker may be meant
                continue
            ended = await self.sessions.end_at_broker(party.config.issuer, verified)
            if ended is None:
                raise TokenRejected("replayed")
            return ended
        raise error

    async def _broker_logout(self, ended: EndedSession, home: str) -> str | None:
        party = self._parties[ended.role]
        return await party.logout_url(ended.id_token, ended.age, home)

    def _distinct_parties(self) -> list[RelyingParty]:
        return list(dict.fromkeys(self._parties.values()))

    def _relying_party(self, config: OidcConfig, http: httpx.AsyncClient) -> RelyingParty:
        return RelyingParty(
            config,
            redirect_uri=self.public_url + "/auth/callback",
            http=http,
            timeout=self.limits.broker_timeout,
        )


@contextmanager
def _going_to(next_path: str) -> Iterator[None]:
    """Whatever fails here, another try leads to where the person was going."""
    try:
        yield
    except LoginFailed as failure:
        failure.next_path = next_path
        raise
