"""Logout at the simulator: reading the hint, and telling the client (Back-Channel Logout 1.0)."""

from dataclasses import dataclass
from uuid import uuid4

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError

from sandbox.broker.clock import Clock
from sandbox.broker.keys import SigningKeys
from sandbox.broker.settings import BrokerSettings, RegisteredClient
from sandbox.broker.tokens import sign

_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_LIFETIME_SECONDS = 120

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LogoutHint:
    """Whose session at which client is to end."""

    client: RegisteredClient
    subject: str
    sid: str


class LogoutNotices:
    """Reads id_token_hints and sends logout_tokens."""

    def __init__(
        self,
        settings: BrokerSettings,
        keys: SigningKeys,
        http: httpx.AsyncClient,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._http = http
        self._clock = clock

    def read_hint(self, hint: str) -> LogoutHint | None:
        """The session behind an id_token of ours; None when it is not one, or has expired."""
        try:
            token = jwt.decode(hint, self._keys.key_set(), algorithms=["RS256"])
        except (JoseError, ValueError):
            return None
        claims = token.claims
        client = self._settings.client(str(claims.get("aud")))
        if client is None or claims.get("iss") != self._settings.issuer:
            return None
        if not claims.get("exp", 0) > self._clock.now():
            return None
        return LogoutHint(client, str(claims["sub"]), str(claims["sid"]))

    def logout_token(self, hint: LogoutHint) -> str:
        """What the client is told."""
        now = int(self._clock.now())
        claims = {
            "iss": self._settings.issuer,
            "sub": hint.subject,
            "aud": hint.client.client_id,
            "iat": now,
            "exp": now + _LIFETIME_SECONDS,
            "jti": str(uuid4()),
            "sid": hint.sid,
            "events": {_EVENT: {}},
        }
        return sign(claims, self._keys, typ="logout+jwt")

    async def send(self, hint: LogoutHint) -> None:
        """Tell the client; a client that is away is not told again, as at most brokers."""
        uri = hint.client.backchannel_logout_uri
        if uri is None:
            return
        try:
            answer = await self._http.post(uri, data={"logout_token": self.logout_token(hint)})
        except httpx.HTTPError as error:
            _log.warning("backchannel_logout_failed", error=type(error).__name__)
            return
        _log.info("backchannel_logout_sent", status=answer.status_code)
