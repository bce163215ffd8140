"""Decisions: recorded by the administration that decided, with the last day to appeal computed."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from planapi.appeals import last_day_to_appeal
from planapi.database import Transaction
from planapi.errors import Invalid, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import change
from planapi.services.places import (
    administration_of,
    look_into_plan,
    read_history,
    write_down,
)
from planapi.services.resources import of_item
from planapi.services.sight import Sight, look
from planapi.store import decisions as decision_store
from planapi.store.decisions import DecisionRow
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.plans import AppealRule, Decision, NewDecision

_LONGEST_ON_THE_WAY: Final = timedelta(days=60)


async def decision(tx: Transaction, actor: Actor, now: datetime, decision_id: UUID) -> Decision:
    """Return one decision."""
    sight, found = await look(tx, actor, now, decision_store.reading_of_decision(decision_id))
    return _show(sight, found)


async def decision_history(
    tx: Transaction, actor: Actor, now: datetime, decision_id: UUID
) -> History:
    """Return what was changed in a decision, newest first."""
    await decision(tx, actor, now, decision_id)
    return await read_history(tx, ResourceKind.DECISION, decision_id)


async def record_decision(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, command: NewDecision
) -> Decision:
    """Record a decision of the contact person's own administration.

    Raises `Invalid` where the days make no sense, or no rule of that code counts on the day.
    """
    sight, place = await look_into_plan(tx, actor, now, plan_id)
    administration = administration_of(sight.actor)
    resource = Resource(
        ResourceKind.DECISION, None, place.citizen.id, administration=administration
    )
    sight.require(Action.CREATE, resource)
    assert administration is not None  # noqa: S101 - the policy lets nobody else record one
    _require_days(sight, command)
    rule = await _rule_of(tx, command)
    decision_id = await decision_store.insert_decision(
        tx,
        plan_id,
        command,
        administration=administration,
        rule=rule,
        appeal_by=last_day_to_appeal(command.notified_on, rule.days),
    )
    write_down(
        tx,
        ResourceKind.DECISION,
        decision_id,
        "created",
        change({}, command.model_dump()),
        plan_id=plan_id,
        event="plan",
    )
    return _show(sight, await decision_store.reading_of_decision(decision_id).run(tx))


def _require_days(sight: Sight, command: NewDecision) -> None:
    """The citizen hears of a decision when it is made or some days later: a letter takes time."""
    if command.decided_on > sight.today:
        raise Invalid.field("decided_on", "in_the_future")
    if command.notified_on < command.decided_on:
        raise Invalid.field("notified_on", "before_the_decision")
    if command.notified_on > command.decided_on + _LONGEST_ON_THE_WAY:
        raise Invalid.field("notified_on", "too_late")


async def _rule_of(tx: Transaction, command: NewDecision) -> AppealRule:
    found = await decision_store.reading_of_appeal_rules(command.decided_on).run(tx)
    for rule in found.rules if found else ():
        if rule.code == command.appeal_rule:
            return rule
    raise Invalid.field("appeal_rule", "unknown")


def _show(sight: Sight, found: DecisionRow | None) -> DecisionRow:
    shown = sight.show_one(found, lambda row: of_item(ResourceKind.DECISION, row.citizen_id, row))
    if shown is None:
        raise NotFound
    sight.log()
    return shown
