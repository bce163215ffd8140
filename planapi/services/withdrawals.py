"""What a sector system takes back: out of a plan, or out of the queue. A withdrawal has its place
among the versions of an item. One at a time, or in a batch (`planapi.services.integration`).
"""

import hashlib
from datetime import datetime
from typing import Final

from planapi.database import Database
from planapi.errors import NotFound
from planapi.oauth import Client
from planapi.policy.actors import IntegrationClient
from planapi.policy.decide import Allowed, decide
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import Resource, ResourceKind
from planapi.store import integration as store
from planapi.store.integration import Key, Known
from portal.contract.actions import Action
from portal.contract.errors import FieldProblem
from portal.contract.integration import Delivery, DeliveryOutcome

_WITHDRAWN: Final = hashlib.sha256(b"withdrawn").digest()
"""In the place of a content's digest, so that no content is found unchanged."""


async def withdraw(
    database: Database, client: Client, key: Key, version: int, now: datetime
) -> Delivery:
    """Take what a client delivered out of the plan again, or out of the queue.

    A later version of it may be delivered afterwards. Raises `NotFound` where the client has
    delivered nothing of that name, `NotAuthenticated` where it is not active any more.
    """
    async with database.service_transaction() as tx:
        entered = await store.enter_as_client(tx, client.id)
        known = await store.find_known(tx, client.id, key)
        if known is None:
            raise NotFound
        answer = answer_of(entered, key, known, version, now, field="query.version")
        if answer.outcome is DeliveryOutcome.WITHDRAWN:
            store.withdraw_item(tx, client.id, key, known, after(version))
    return answer


def answer_of(
    client: IntegrationClient,
    key: Key,
    known: Known | None,
    version: int,
    now: datetime,
    field: str = "version",
) -> Delivery:
    """Return what becomes of a withdrawal; it is still to be written where that is `WITHDRAWN`.

    ``field`` is where the version stands in the request.
    """
    if known is None:
        return _answer(key, DeliveryOutcome.REFUSED, None, ("external_id", "unknown"))
    waits = known.item_id is None
    if not waits and not _may_withdraw(client, key, known, now):
        return _answer(key, DeliveryOutcome.REFUSED, known.version, ("kind", "not_allowed"))
    if version < known.version:
        return _answer(key, DeliveryOutcome.IGNORED_OLDER, known.version)
    if known.withdrawn:
        return _answer(key, DeliveryOutcome.UNCHANGED, known.version)
    if version == known.version and not waits:
        return _answer(key, DeliveryOutcome.REFUSED, known.version, (field, "reused"))
    return _answer(key, DeliveryOutcome.WITHDRAWN, version)


def after(version: int) -> Known:
    """Return what is known of an item that was withdrawn with ``version``."""
    return Known(version, _WITHDRAWN)


def _may_withdraw(client: IntegrationClient, key: Key, known: Known, now: datetime) -> bool:
    resource = Resource(
        ResourceKind(key[0].value),
        known.item_id,
        known.citizen_id,
        administration=client.administration,
    )
    return isinstance(decide(client, Action.EDIT, resource, NO_FACTS, now), Allowed)


def _answer(
    key: Key, outcome: DeliveryOutcome, version: int | None, problem: tuple[str, str] | None = None
) -> Delivery:
    kind, external_id = key
    errors = () if problem is None else (FieldProblem(path=problem[0], code=problem[1]),)
    return Delivery(
        kind=kind, external_id=external_id, outcome=outcome, version=version, errors=errors
    )
