"""Which types of information something is: what consents and helpers' scopes are measured by."""

from collections.abc import Mapping
from typing import Final

from planapi.policy.resources import Resource, ResourceKind
from portal.contract.consents import Category
from portal.contract.people import Administration

CATEGORY_OF: Final[Mapping[Administration, Category]] = {
    Administration.EMPLOYMENT: Category.EMPLOYMENT,
    Administration.ADULT_SOCIAL: Category.SOCIAL,
    Administration.FAMILY: Category.FAMILY,
    Administration.HEALTH: Category.HEALTH,
}
"""The information category of what an administration writes."""

_CATEGORY_OF_KIND: Final[Mapping[ResourceKind, Category]] = {
    ResourceKind.ABOUT_ME: Category.GOALS,
    ResourceKind.GOAL: Category.GOALS,
    ResourceKind.STEP: Category.GOALS,
    ResourceKind.FOLLOW_UP: Category.GOALS,
    ResourceKind.APPOINTMENT: Category.APPOINTMENTS,
    ResourceKind.DECISION: Category.DECISIONS,
    ResourceKind.THREAD: Category.MESSAGES,
    ResourceKind.ATTACHMENT: Category.MESSAGES,
}
"""Of what has a category of its own, whoever wrote it."""


def categories_of(resource: Resource) -> frozenset[Category]:
    """Return every category that somebody's scope must hold to see something; none: not theirs.

    Whatever the health administration wrote is also health information.
    """
    own = _CATEGORY_OF_KIND.get(resource.kind)
    if own is None:
        if resource.administration is None:
            return frozenset()
        return frozenset({CATEGORY_OF[resource.administration]})
    if resource.administration is Administration.HEALTH:
        return frozenset({own, Category.HEALTH})
    return frozenset({own})
