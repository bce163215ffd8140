"""What the simulator remembers between two requests: pushed requests, logins, codes, tokens.

In memory: a restart makes a person begin a login anew, and nothing else.
"""

import secrets
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sandbox.broker.clock import Clock
from sandbox.broker.identities import SimulatedIdentity
from sandbox.broker.outcomes import Outcome

Kept = TypeVar("Kept")

SESSION_SECONDS = 16_200


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A valid request of a client, from the query or pushed beforehand."""

    client_id: str
    redirect_uri: str
    scope: frozenset[str]
    state: str | None
    nonce: str | None
    code_challenge: str
    idps: frozenset[str]
    loa: str
    prompt: frozenset[str]
    max_age: int | None

    @property
    def employees_only(self) -> bool:
        """Whether only MitID Erhverv was asked for."""
        return self.idps == frozenset({"mitid_erhverv"})


@dataclass(frozen=True, slots=True)
class Grant:
    """A person who logged in for a client: what a code and an access token stand for."""

    request: AuthorizationRequest
    identity: SimulatedIdentity
    professional: bool
    outcome: Outcome
    sid: str
    transaction_id: str
    idp_transaction_id: str
    auth_time: int
    session_expiry: int
    access_tokens: list[str] = field(default_factory=list)


class Shelf(Generic[Kept]):
    """Things under unguessable names that are thrown away after `lifetime` seconds."""

    def __init__(self, lifetime: float, clock: Clock, prefix: str = "") -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._prefix = prefix
        self._things: dict[str, tuple[float, Kept]] = {}

    def put(self, thing: Kept) -> str:
        """Keep a thing; returns its name."""
        name = self._prefix + secrets.token_urlsafe(32)
        self.put_as(name, thing)
        return name

    def put_as(self, name: str, thing: Kept) -> None:
        """Keep a thing under a name of the caller's."""
        now = self._clock.now()
        self._things = {name: kept for name, kept in self._things.items() if kept[0] > now}
        self._things[name] = (now + self._lifetime, thing)

    def get(self, name: str | None) -> Kept | None:
        """The thing with this name, while it lasts."""
        until, thing = self._things.get(name or "", (0.0, None))
        return thing if until > self._clock.now() else None

    def drop(self, name: str) -> None:
        """Throw a thing away."""
        self._things.pop(name, None)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody whom the simulator remembers in one browser (single sign-on)."""

    identity: SimulatedIdentity
    professional: bool
    sid: str
    auth_time: int
    session_expiry: int


class Memory:
    """All shelves of a simulator. `redeemed` knows used codes, to answer a replay."""

    def __init__(self, clock: Clock) -> None:
        self.pushed: Shelf[AuthorizationRequest] = Shelf(
            600, clock, prefix="urn:ietf:params:oauth:request_uri:"
        )
        self.logins: Shelf[AuthorizationRequest] = Shelf(900, clock)
        self.codes: Shelf[Grant] = Shelf(120, clock)
        self.redeemed: Shelf[Grant] = Shelf(600, clock)
        self.access_tokens: Shelf[Grant] = Shelf(10_800, clock)
        self.signed_in: Shelf[SignedIn] = Shelf(SESSION_SECONDS, clock)
        self.errors: Shelf[str] = Shelf(600, clock)
        self.used_assertions: set[str] = set()
