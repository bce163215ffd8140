"""Plans that are named by their id: whose one is, and what is written down when it changes.

For the services of what both sides write into a plan. Whoever may not read the plan finds none.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel

from planapi import history
from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.events import plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.changes import Change
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store import plans as plan_store
from planapi.store.history import reading_of_resource_history
from planapi.store.plans import PlanPlace
from portal.contract.actions import Action
from portal.contract.events import EventKind
from portal.contract.goals import History
from portal.contract.people import Administration, Role

_LONGEST_AHEAD: Final = timedelta(days=5 * 366)


async def look_into_plan(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID
) -> tuple[Sight, PlanPlace]:
    """Return whose plan it is. Raises `NotFound` where the actor may not read it."""
    sight, place = await look(tx, actor, now, plan_store.reading_of_place(plan_id))
    return sight, require_place(sight, place)


def administration_of(actor: Actor) -> Administration | None:
    """Return in whose name somebody writes: none for whoever is signed in as a citizen."""
    return actor.administration if actor.role is Role.CONTACT_PERSON else None


def require_place(sight: Sight, place: PlanPlace | None) -> PlanPlace:
    """Return a plan that the actor may read. Raises `NotFound`."""
    if place is None or not sight.may(
        Action.READ, own(ResourceKind.PLAN, place.citizen.id, place.plan_id)
    ):
        raise NotFound
    return place


def require_day_ahead(path: str, day: date, today: date) -> None:
    """Raise `Invalid` on the field `path` unless `day` is today or one of the next five years."""
    if day < today:
        raise Invalid.field(path, "in_the_past")
    if day > today + _LONGEST_AHEAD:
        raise Invalid.field(path, "too_late")


def write_down(
    tx: Transaction,
    kind: ResourceKind,
    resource_id: UUID,
    what: str,
    changed: Change,
    *,
    plan_id: UUID | None,
    event: EventKind,
) -> None:
    """Write the history of something in a plan, and tell whoever shows it.

    ``plan_id`` is absent where nobody is to hear of it yet. The ``event`` is ``plan`` for what the
    contract's `Plan` holds itself.
    """
    history.record(
        tx,
        resource_kind=kind,
        resource_id=resource_id,
        change=what,
        before=changed.before,
        after=changed.after,
    )
    if plan_id is not None:
        publish(tx, plan_topic(plan_id), event, plan_id if event == "plan" else resource_id)


async def read_history(tx: Transaction, kind: ResourceKind, *resource_ids: UUID) -> History:
    """Return what was changed in something that the actor sees, newest first."""
    return await reading_of_resource_history(kind, *resource_ids).run(tx) or History()


def only_known(whole: History, known: BaseModel, *names: str) -> History:
    """Return a history without the ids that are absent in what the actor is shown.

    They name something that the actor may not know of.
    """
    kept_back = {name for name in names if getattr(known, name) is None}

    def told(fields: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if name not in kept_back}

    entries = (
        one.model_copy(update={"before": told(one.before), "after": told(one.after)})
        for one in whole.entries
    )
    return whole.model_copy(update={"entries": tuple(entries)})
