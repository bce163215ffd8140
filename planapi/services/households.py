"""Households: who belongs to them, and the goals that they follow together."""

from datetime import datetime

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotAllowed
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.goals import with_steps
from planapi.services.resources import new_goal_of_household, of_goal, own
from planapi.services.sight import Sight, look
from planapi.store import households as household_store
from planapi.store.households import HouseholdRow, HouseholdRows
from portal.contract.actions import Action
from portal.contract.households import Household, HouseholdList


async def households(tx: Transaction, actor: Actor, now: datetime) -> HouseholdList:
    """Return the households of a citizen with members and joint goals."""
    sight, rows = await look(
        tx, actor, now, household_store.reading_of_households(actor.person_id, danish_date(now))
    )
    if not sight.may(Action.READ, own(ResourceKind.PLAN, actor.person_id)):
        raise NotAllowed
    found = (rows or HouseholdRows()).households
    return HouseholdList(households=tuple(_shown(sight, row) for row in found if _seen(sight, row)))


def _seen(sight: Sight, household: HouseholdRow) -> bool:
    return sight.sees(_resource(household))


def _resource(household: HouseholdRow) -> Resource:
    return Resource(ResourceKind.HOUSEHOLD, household.id, None, household.id)


def _shown(sight: Sight, household: HouseholdRow) -> Household:
    goals = tuple(with_steps(sight, goal) for goal in sight.show(household.goals, of_goal))
    return Household(
        id=household.id,
        name=household.name,
        members=household.members,
        goals=goals,
        may_create_goal=sight.may(Action.CREATE, new_goal_of_household(household.id)),
        may_invite=sight.may(Action.INVITE, _resource(household)),
        may_leave=sight.may(Action.LEAVE, _resource(household)),
    )
