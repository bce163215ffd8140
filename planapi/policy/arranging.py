"""What the contact person writes down or arranges for a citizen: words told aloud, a guardian, who
else works with them. For `planapi.policy.decide`.
"""

from typing import Final

from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.helpers import HelperKind, HelperState

_NOTHING: Final[frozenset[Action]] = frozenset()
_READ: Final = frozenset({Action.READ})
_GOING_ON: Final = frozenset({HelperState.ACTIVE, HelperState.COMING})


def of_contact_person(actor: Actor, resource: Resource) -> frozenset[Action]:
    """What the contact person, or today's deputy, may do with these for a citizen."""
    match resource.kind:
        case ResourceKind.TOLD_FACT:
            return _told_to(actor, resource)
        case ResourceKind.HELPER:
            return _helper(resource)
        case ResourceKind.CASE_WORKER:
            return frozenset({Action.READ, Action.CREATE, Action.END})
        case _:
            return _NOTHING


def _told_to(actor: Actor, resource: Resource) -> frozenset[Action]:
    """Write down what a citizen told aloud, and change one's own words until the citizen does."""
    if resource.id is None:
        return frozenset({Action.CREATE})
    own_words = resource.created_by == actor.person_id
    return frozenset({Action.READ, Action.EDIT}) if own_words else _NOTHING


def _helper(resource: Resource) -> frozenset[Action]:
    """Know who helps; a guardian is appointed, so the municipality writes down and ends that."""
    guardian = resource.variety == HelperKind.GUARDIAN
    if resource.id is None:
        return frozenset({Action.CREATE}) if guardian else _NOTHING
    return _READ | {Action.END} if guardian and resource.state in _GOING_ON else _READ
