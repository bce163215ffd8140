"""Deliveries of sector systems: matched to the person, compared with what is there, written.

A batch is worked through in parts, each in a transaction of its own. Who is cut off in the middle
sends the batch again: what was written is found unchanged.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from planapi.appeals import last_day_to_appeal
from planapi.clock import Clock
from planapi.database import Database, Transaction
from planapi.oauth import Client
from planapi.people import cpr_hash, encrypt_cpr
from planapi.policy.actors import IntegrationClient
from planapi.policy.decide import Allowed, decide
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import Resource, ResourceKind
from planapi.services import withdrawals
from planapi.store import integration as store
from planapi.store.decisions import read_days_to_appeal
from planapi.store.integration import Key, Known, Place, Queued, Writing
from portal.contract.actions import Action
from portal.contract.errors import FieldProblem
from portal.contract.integration import (
    DecisionItem,
    Delivered,
    Delivery,
    DeliveryOutcome,
    InvalidItem,
    Item,
    ItemKind,
    Withdrawal,
)
from portal.contract.intervention_kinds import DeliverOther

_PART: Final = 500
"""Items in one transaction: some tenths of a second, and a small loss when it is cut off."""
_DELIVER_WAITING_SECONDS: Final = 10.0
_NO_DETAILS: Final = DeliverOther().model_dump(mode="json")
_RULE: Final = "four_weeks"
"""The rule of appeal where a source names no last day (retssikkerhedsloven § 67)."""

_logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """An item on its way into a plan or into the queue."""

    key: Key
    version: int
    digest: bytes
    cpr_hash: bytes
    encrypted: Callable[[], bytes]
    """The person's number, encrypted; called only where it is kept."""
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Leaving:
    """An item on its way out."""

    key: Key
    version: int


AnyItem = Item | Withdrawal | InvalidItem
_Taken = _Incoming | _Leaving | InvalidItem


async def deliver(
    database: Database,
    client: Client,
    items: Sequence[AnyItem],
    secret: str,
    now: datetime,
) -> tuple[Delivery, ...]:
    """Take what a client delivers; return what became of each item, in order.

    Raises `NotAuthenticated` where the client is not active any more.
    """
    answers: list[Delivery] = []
    for part in _parts(items):
        answers += await _deliver_part(database, client, part, secret, now)
        await asyncio.sleep(0)  # whoever else waits for this process comes in between
    return tuple(answers)


async def keep_delivering(database: Database, clock: Clock) -> None:
    """Deliver what waited for people who have a plan by now, again and again, for ever."""
    while True:
        try:
            await deliver_waiting(database, clock())
        except (psycopg.Error, PoolTimeout) as error:
            _logger.warning("waiting_deliveries_failed", error=type(error).__name__)
        await asyncio.sleep(_DELIVER_WAITING_SECONDS)


async def deliver_waiting(database: Database, now: datetime) -> int:
    """Deliver what waited for people who have a plan by now; return how many items."""
    async with database.service_transaction() as tx:
        clients = await store.clients_with_deliveries_due(tx)
    return sum([await _deliver_waiting_of(database, client, now) for client in clients])


async def _deliver_waiting_of(database: Database, client_id: str, now: datetime) -> int:
    async with database.service_transaction() as tx:
        client = await store.enter_as_client(tx, client_id)
        due = await store.read_due(tx, client_id, _PART)
        incoming = [_from_queue(one) for one in due]
        known, places = await store.read_surroundings(
            tx, client_id, [one.key for one in incoming], {one.cpr_hash for one in incoming}
        )
        # What waits has no place yet: compare with nothing, or it would be found unchanged.
        known = {key: there for key, there in known.items() if there.item_id is not None}
        part = _Part(client, now, known, places)
        answers = [part.take(one) for one in incoming]
        part.write(tx)
    _logger.info("waiting_deliveries", client_id=client_id, items=len(answers))
    return len(answers)


def _parts(items: Sequence[AnyItem]) -> Iterator[list[AnyItem]]:
    """Parts in which each item comes once: a second version of one goes into the next part."""
    part: list[AnyItem] = []
    seen: set[Key | None] = set()
    for item in items:
        key = _key_of(item)
        if key in seen or len(part) == _PART:
            yield part
            part, seen = [], set()
        part.append(item)
        if key is not None:
            seen.add(key)
    if part:
        yield part


def _key_of(item: AnyItem) -> Key | None:
    """What an item of a batch is about; nothing where it is not valid."""
    match item:
        case InvalidItem():
            return None
        case Withdrawal():
            return item.withdraws, item.external_id
        case _:
            return item.kind, item.external_id


async def _deliver_part(
    database: Database,
    client: Client,
    items: Iterable[AnyItem],
    secret: str,
    now: datetime,
) -> list[Delivery]:
    async with database.service_transaction() as tx:
        entered = await store.enter_as_client(tx, client.id)
        days = await _days_to_appeal(tx, items)
        taken = [_taken(item, days, secret) for item in items]
        known, places = await store.read_surroundings(
            tx,
            client.id,
            [one.key for one in taken if not isinstance(one, InvalidItem)],
            {one.cpr_hash for one in taken if isinstance(one, _Incoming)},
        )
        part = _Part(entered, now, known, places)
        answers = [part.answer(one) for one in taken]
        part.write(tx)
    return answers


class _Part:
    """One transaction's items: decides what becomes of each, then writes all."""

    def __init__(
        self,
        client: IntegrationClient,
        now: datetime,
        known: dict[Key, Known],
        places: dict[bytes, Place],
    ) -> None:
        self._client = client
        self._now = now
        self._known = known
        self._places = places
        self._writings: list[Writing] = []
        self._queued: list[Queued] = []
        self._leaving: list[_Leaving] = []
        self._numbers: dict[Any, bytes] = {}

    def answer(self, item: _Taken) -> Delivery:
        """Return what becomes of a part of the batch, and remember to write it."""
        match item:
            case InvalidItem():
                return _refused(item)
            case _Leaving():
                return self._let_go(item)
            case _Incoming():
                return self.take(item)

    def take(self, item: _Incoming) -> Delivery:
        """Return what becomes of an item, and remember to write it."""
        known = self._known.get(item.key)
        place = self._places.get(item.cpr_hash)
        if known is not None:
            if item.version < known.version:
                return self._answer(item, DeliveryOutcome.IGNORED_OLDER, known.version)
            if item.version == known.version:
                return self._same_version(item, known)
            if known.withdrawn:
                known = replace(known, item_id=None)  # it comes back as a new one
            if known.citizen_id is not None and (
                place is None or place.citizen_id != known.citizen_id
            ):
                # It was read in one person's plan: another person's item has an id of its own.
                return self._refusal(item, known, "cpr", "another_person")
        if place is None:
            self._queue(item)
            return self._answer(item, DeliveryOutcome.QUEUED)
        if not self._may_write(item, known, place):
            return self._refusal(item, known, "kind", "not_allowed")
        self._write(item, known, place)
        new = known is None or known.item_id is None
        return self._answer(item, DeliveryOutcome.CREATED if new else DeliveryOutcome.UPDATED)

    def write(self, tx: Transaction) -> None:
        """Write what was taken, with the commit."""
        for kind in ItemKind:
            of_kind = [one for one in self._writings if one.kind is kind]
            store.write_items(tx, self._client, kind, of_kind)
            if kind is ItemKind.INTERVENTION:
                store.write_times(tx, of_kind)
        for leaving in self._leaving:
            known, new = self._known[leaving.key], withdrawals.after(leaving.version)
            store.withdraw_item(tx, self._client.client_id, leaving.key, known, new)
        store.queue_items(tx, self._client.client_id, self._queued)
        store.keep_numbers(tx, self._numbers)
        store.tell_plans(tx, {one.place.plan_id for one in self._writings})

    def _let_go(self, item: _Leaving) -> Delivery:
        known = self._known.get(item.key)
        answer = withdrawals.answer_of(self._client, item.key, known, item.version, self._now)
        if answer.outcome is DeliveryOutcome.WITHDRAWN:
            self._leaving.append(item)
        return answer

    def _same_version(self, item: _Incoming, known: Known) -> Delivery:
        if not hmac.compare_digest(item.digest, known.digest):
            return self._refusal(item, known, "version", "reused")
        waits = known.item_id is None
        return self._answer(item, DeliveryOutcome.QUEUED if waits else DeliveryOutcome.UNCHANGED)

    def _may_write(self, item: _Incoming, known: Known | None, place: Place) -> bool:
        item_id = known.item_id if known else None
        resource = Resource(
            ResourceKind(item.key[0].value),
            item_id,
            place.citizen_id,
            administration=self._client.administration,
        )
        action = Action.CREATE if item_id is None else Action.EDIT
        decision = decide(self._client, action, resource, NO_FACTS, self._now)
        return isinstance(decision, Allowed)

    def _queue(self, item: _Incoming) -> None:
        kind, external_id = item.key
        self._queued.append(
            Queued(
                kind,
                external_id,
                item.version,
                item.digest,
                item.cpr_hash,
                item.encrypted(),
                item.fields,
            )
        )

    def _write(self, item: _Incoming, known: Known | None, place: Place) -> None:
        kind, external_id = item.key
        item_id = (known.item_id if known else None) or uuid4()
        self._writings.append(
            Writing(kind, external_id, item.version, item.digest, item_id, place, item.fields)
        )
        if place.citizen_id not in self._numbers:
            self._numbers[place.citizen_id] = item.encrypted()

    @staticmethod
    def _answer(item: _Incoming, outcome: DeliveryOutcome, version: int | None = None) -> Delivery:
        kind, external_id = item.key
        return Delivery(
            kind=kind, external_id=external_id, outcome=outcome, version=version or item.version
        )

    def _refusal(self, item: _Incoming, known: Known | None, path: str, code: str) -> Delivery:
        version = known.version if known else None
        answer = self._answer(item, DeliveryOutcome.REFUSED, version)
        return answer.model_copy(update={"errors": (FieldProblem(path=path, code=code),)})


def _refused(item: InvalidItem) -> Delivery:
    return Delivery(
        kind=item.kind,
        external_id=item.external_id,
        outcome=DeliveryOutcome.REFUSED,
        errors=item.errors,
    )


def _from_queue(waiting: Queued) -> _Incoming:
    return _Incoming(
        (waiting.kind, waiting.external_id),
        waiting.version,
        waiting.digest,
        waiting.cpr_hash,
        lambda: waiting.cpr_encrypted,
        waiting.fields,
    )


def _taken(item: AnyItem, days: Mapping[date, int], secret: str) -> _Taken:
    match item:
        case InvalidItem():
            return item
        case Withdrawal():
            return _Leaving((item.withdraws, item.external_id), item.version)
        case DecisionItem(appeal_by=None) if item.decided_on not in days:
            problem = FieldProblem(path="appeal_by", code="missing")  # no rule of that day is known
            return InvalidItem(kind=item.kind, external_id=item.external_id, errors=(problem,))
        case _:
            return _incoming(item, days, secret)


def _incoming(item: Item, days: Mapping[date, int], secret: str) -> _Incoming:
    cpr = item.cpr.get_secret_value()
    hashed = cpr_hash(secret, cpr)
    fields = item.model_dump(mode="json", exclude={"kind", "external_id", *Delivered.model_fields})
    if not fields.get("weekly_times", True):
        del fields["weekly_times"]  # the digest is as it was before there were any
    if fields.get("details") == _NO_DETAILS:
        del fields["details"]  # as above
    if isinstance(item, DecisionItem):
        notified = item.notified_on or item.decided_on
        last_day = item.appeal_by or last_day_to_appeal(notified, days[item.decided_on])
        fields |= {"notified_on": notified.isoformat(), "appeal_by": last_day.isoformat()}
    # Keyed with the person's own hash, so that nobody can guess a content from its digest.
    content = json.dumps(fields, sort_keys=True).encode()
    return _Incoming(
        (item.kind, item.external_id),
        item.version,
        hmac.digest(hashed, content, hashlib.sha256),
        hashed,
        lambda: encrypt_cpr(secret, cpr),
        fields,
    )


async def _days_to_appeal(tx: Transaction, items: Iterable[AnyItem]) -> Mapping[date, int]:
    """How long one can appeal, by the day of the decision, where a source names no last day."""
    decided = {
        item.decided_on
        for item in items
        if isinstance(item, DecisionItem) and item.appeal_by is None
    }
    return await read_days_to_appeal(tx, _RULE, decided) if decided else {}
