"""People who look with or for a citizen: custody holders, helpers, those a goal is shared with.

For `planapi.policy.decide`, which has kept away from them what is hidden for safety.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from planapi.policy.ages import AgeRight, has_right
from planapi.policy.categories import categories_of
from planapi.policy.facts import Facts
from planapi.policy.grounds import HELPER_GROUNDS, Ground
from planapi.policy.resources import UPCOMING, Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentKind, ConsentState
from portal.contract.helpers import HelperKind
from portal.contract.people import Administration

_READ: Final = frozenset({Action.READ})
_NOTHING: Final[frozenset[Action]] = frozenset()

_SKELETON: Final = frozenset({ResourceKind.PERSON, ResourceKind.PLAN})
"""That there is somebody, with a plan: no more."""

_SHOWN: Final = frozenset(
    {
        ResourceKind.GOAL,
        ResourceKind.STEP,
        ResourceKind.INTERVENTION,
        ResourceKind.APPOINTMENT,
        ResourceKind.DECISION,
        ResourceKind.PROMISE,
        ResourceKind.FOLLOW_UP,
        ResourceKind.MINUTES,
        ResourceKind.THREAD,
        ResourceKind.ATTACHMENT,
        ResourceKind.ABOUT_ME,
    }
)
"""What can be seen on behalf of somebody at all."""

_CHILDS_OWN_WORDS: Final = frozenset(
    {ResourceKind.ABOUT_ME, ResourceKind.THREAD, ResourceKind.ATTACHMENT}
)
"""What custody holders do not read once the child is a party."""

_CONSENTS_FOR_A_CHILD: Final[Mapping[str | None, AgeRight]] = {
    ConsentKind.HOLISTIC_PLAN: AgeRight.OF_AGE,
    ConsentKind.COLLECTION: AgeRight.OF_AGE,
    ConsentKind.HEALTH_DISCLOSURE: AgeRight.OWN_HEALTH,
}
"""Until the child has this right, a custody holder gives the consent.

From 16 to 17 a holistic plan wants the young person's signature as well.
"""

_ACTING: Final = frozenset({HelperKind.POWER_OF_ATTORNEY, HelperKind.GUARDIAN})
"""Helpers who also act for the citizen; a bisidder only sees."""


def of_goal_share(resource: Resource, facts: Facts) -> frozenset[Action]:
    """What somebody may do with a goal, and its steps, that its owner shares with them."""
    shared = resource.part_of if resource.kind is ResourceKind.STEP else resource.id
    goal = resource.kind in {ResourceKind.GOAL, ResourceKind.STEP}
    return _READ if goal and shared in facts.shared_goals else _NOTHING


def of_custody_holder(resource: Resource, facts: Facts, today: date) -> frozenset[Action]:
    """What a custody holder may do with what is a child's; less with each age that gives a right.

    It ends when the child is of age.
    """
    born = None if resource.citizen_id is None else facts.custody_of.get(resource.citizen_id)
    if born is None or has_right(AgeRight.OF_AGE, born, today):
        return _NOTHING
    if resource.kind is ResourceKind.CONSENT:
        return _consent_for_a_child(resource, born, today)
    if resource.kind in _SKELETON:
        return _READ
    if resource.kind not in _SHOWN or resource.id is None or _is_private(resource, born, today):
        return _NOTHING
    return _READ | {Action.REPLY} if resource.kind is ResourceKind.THREAD else _READ


def _is_private(resource: Resource, born: date, today: date) -> bool:
    """Tell whether a child keeps something from custody holders: own words, later own health."""
    words = resource.kind in _CHILDS_OWN_WORDS and has_right(AgeRight.PARTY, born, today)
    health = resource.administration is Administration.HEALTH
    return words or (health and has_right(AgeRight.OWN_HEALTH, born, today))


def _consent_for_a_child(resource: Resource, born: date, today: date) -> frozenset[Action]:
    """Give one in the child's name, as long as the child does not decide; take it back likewise."""
    right = _CONSENTS_FOR_A_CHILD.get(resource.variety)
    if right is None or has_right(right, born, today):
        return _NOTHING
    if resource.id is None:
        return frozenset({Action.GIVE})
    waits_for_holder = (
        resource.state == ConsentState.WAITING and resource.created_by == resource.citizen_id
    )
    return _READ | {Action.WITHDRAW} | ({Action.SIGN} if waits_for_holder else _NOTHING)


def of_helper(
    resource: Resource, facts: Facts, today: date
) -> Iterator[tuple[Ground, frozenset[Action]]]:
    """What helpers may do with what is the citizen's, each on the ground of their capacity."""
    for helper in facts.helps:
        if helper.citizen_id == resource.citizen_id and helper.works_on(today):
            opened = _in_scope(resource, helper.kind, helper.categories)
            yield HELPER_GROUNDS[helper.kind], opened


def _in_scope(
    resource: Resource, kind: HelperKind, scope: frozenset[Category]
) -> frozenset[Action]:
    if resource.kind in _SKELETON:
        return _READ
    needed = categories_of(resource)
    if resource.kind not in _SHOWN or resource.id is None or not needed or not needed <= scope:
        return _NOTHING
    if kind not in _ACTING:
        return _READ
    if resource.kind is ResourceKind.THREAD:
        return frozenset({Action.READ, Action.REPLY})
    if resource.kind is ResourceKind.APPOINTMENT and resource.state == UPCOMING:
        return frozenset({Action.READ, Action.ANSWER})
    return _READ
