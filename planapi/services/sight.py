"""What one actor may see and do within one transaction. Every service reads through it.

It asks the policy about each item, leaves out what is refused, fills in `allowed`, and remembers
what was shown and on which ground, for the access log.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from planapi.access import Reading as Read
from planapi.access import log_reads
from planapi.authorization import ask, ask_to_show, require
from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import Stale
from planapi.policy.actors import Actor
from planapi.policy.decide import Allowed, Reason, allowed_actions
from planapi.policy.facts import Facts
from planapi.policy.resources import Resource, ResourceKind
from planapi.store.facts import facts_of, facts_statement
from planapi.store.reading import Reading
from portal.contract import base
from portal.contract.actions import Action

_Item = TypeVar("_Item", bound=base.Resource)
_Model = TypeVar("_Model", bound=BaseModel)


class Sight:
    """The eyes of an actor: their facts at one moment."""

    def __init__(
        self, tx: Transaction, facts: Facts, now: datetime, actor: Actor | None = None
    ) -> None:
        """``actor`` is another one than the transaction's, for "see as": then nothing is logged."""
        self.facts = facts
        self.now = now
        self.actor = actor or tx.actor
        """Who looks."""
        self._tx = tx
        self._is_another = actor is not None
        self._seen: dict[Read, bool] = {}  # and whether it is in the access log
        self._also = None if actor is None else tx.knows
        tx.knows = self.knows

    @property
    def grounds(self) -> frozenset[str]:
        """The codes of the grounds on which something of another's was shown so far."""
        return frozenset(read.ground.ground.value for read in self._seen)

    @property
    def today(self) -> date:
        """The day it is in Denmark."""
        return danish_date(self.now)

    def may(self, action: Action, resource: Resource) -> bool:
        """Tell whether the actor may do something."""
        return isinstance(ask(self.actor, action, resource, self.facts, self.now), Allowed)

    def may_after_login(self, action: Action, resource: Resource) -> bool:
        """Tell whether the actor may do something, if need be after logging in again."""
        decision = ask(self.actor, action, resource, self.facts, self.now)
        return isinstance(decision, Allowed) or decision.reason is Reason.STEP_UP_NEEDED

    def require(self, action: Action, resource: Resource) -> None:
        """Raise `NotFound`, `NotAllowed` or `StepUpNeeded` unless the actor may do something."""
        require(self.actor, action, resource, self.facts, self.now)

    def sees(self, resource: Resource) -> bool:
        """Tell whether the actor may read something that is then shown to them."""
        decision = ask(self.actor, Action.READ, resource, self.facts, self.now)
        if not isinstance(decision, Allowed):
            return False
        self._remember(resource, decision)
        return True

    def _remember(self, resource: Resource, ground: Allowed) -> None:
        if resource.citizen_id == self.actor.person_id:
            return  # nobody is told that they looked at their own
        if resource.citizen_id is not None and resource.id is not None:
            read = Read(resource.citizen_id, resource.kind, resource.id, ground)
            self._seen.setdefault(read, False)

    def show(
        self, items: Iterable[_Item], resource_of: Callable[[_Item], Resource]
    ) -> tuple[_Item, ...]:
        """Return those items that the actor may read, each with its `allowed`."""
        shown = (self._shown(item, resource_of(item)) for item in items)
        return tuple(item for item in shown if item is not None)

    def _shown(self, item: _Item, resource: Resource) -> _Item | None:
        decision, actions = ask_to_show(self.actor, resource, self.facts, self.now)
        if not isinstance(decision, Allowed):
            return None
        self._remember(resource, decision)
        return item.model_copy(update={"allowed": actions})

    def knows(self, person_id: UUID) -> bool:
        """Tell whether the actor may know somebody's protected name.

        Who looks as another one is told no name that they may not know themselves.
        """
        person = Resource(ResourceKind.PERSON, person_id, person_id)
        return self.may(Action.READ, person) and (self._also is None or self._also(person_id))

    def show_one(
        self, item: _Item | None, resource_of: Callable[[_Item], Resource]
    ) -> _Item | None:
        """Return an item with its `allowed`, None where the actor may not read it."""
        shown = self.show(() if item is None else (item,), resource_of)
        return shown[0] if shown else None

    def with_allowed(self, item: _Item, resource: Resource) -> _Item:
        """Return an item with its `allowed`, where it is shown as a part of something seen."""
        actions = allowed_actions(self.actor, resource, self.facts, self.now)
        return item.model_copy(update={"allowed": actions})

    async def require_version(self, item: base.Resource, version: int) -> None:
        """Raise `Stale` with `item`, which the actor sees, unless `version` is its version."""
        if item.version != version:
            raise await self.stale(item)

    async def stale(self, current: base.Resource) -> Stale:
        """Return the error for a stale write, to raise, with what is there now.

        Nothing is done but one thing: the access log keeps what this answer shows.
        """
        actor = self.actor
        await self._tx.start_over()
        log_reads(self._tx, actor, self._seen)
        await self._tx.commit()
        return Stale(current=current)

    def log(self) -> None:
        """Enter into the access log what was shown and is not there yet; sent with the commit."""
        if self._is_another:
            return
        log_reads(self._tx, self.actor, [read for read, logged in self._seen.items() if not logged])
        self._seen = dict.fromkeys(self._seen, True)


async def look(
    tx: Transaction, actor: Actor, now: datetime, reading: Reading[_Model]
) -> tuple[Sight, _Model | None]:
    """Bring the actor's facts and something to look at, in one round trip."""
    facts, rows = await tx.together(facts_statement(actor, now), reading.statement)
    sight = Sight(tx, facts_of(facts), now)
    return sight, reading.parse(rows, sight.knows)


async def open_eyes(tx: Transaction, actor: Actor, now: datetime) -> Sight:
    """Bring the actor's facts alone."""
    (facts,) = await tx.together(facts_statement(actor, now))
    return Sight(tx, facts_of(facts), now)
