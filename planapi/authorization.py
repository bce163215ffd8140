"""From a decision to an answer: what services call to hold a request to the policy."""

from contextvars import ContextVar
from datetime import datetime
from typing import Final

from planapi.errors import NotAllowed, NotFound, StepUpNeeded
from planapi.policy.actors import Actor
from planapi.policy.decide import Allowed, Decision, Reason, decide, decide_to_show
from planapi.policy.facts import Facts
from planapi.policy.resources import Resource
from portal.contract.actions import Action

asked: Final[ContextVar[list[Resource] | None]] = ContextVar("asked", default=None)
"""Where a test sets a list, what the policy was asked about during a request."""


def ask(actor: Actor, action: Action, resource: Resource, facts: Facts, now: datetime) -> Decision:
    """Return what the policy decides. Services ask in this module and nowhere else."""
    _note(resource)
    return decide(actor, action, resource, facts, now)


def ask_to_show(
    actor: Actor, resource: Resource, facts: Facts, now: datetime
) -> tuple[Decision, frozenset[Action]]:
    """Return what the policy decides about reading something, and the `allowed` of it."""
    _note(resource)
    return decide_to_show(actor, resource, facts, now)


def _note(resource: Resource) -> None:
    heard = asked.get()
    if heard is not None:
        heard.append(resource)


def require(
    actor: Actor, action: Action, resource: Resource, facts: Facts, now: datetime
) -> Allowed:
    """Return the ground on which ``actor`` may do ``action``.

    Raises `NotFound` where the actor may not even know of the resource, `StepUpNeeded` where a
    fresh login would do, else `NotAllowed`.
    """
    decision = ask(actor, action, resource, facts, now)
    if isinstance(decision, Allowed):
        return decision
    if decision.reason is Reason.STEP_UP_NEEDED:
        raise StepUpNeeded
    if isinstance(ask(actor, Action.READ, resource, facts, now), Allowed):
        raise NotAllowed
    if resource.id is None and action is not Action.READ:
        raise NotAllowed  # nothing that exists is given away
    raise NotFound
