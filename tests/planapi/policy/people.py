"""A small world without a database, in which the policy's tests ask their questions."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from planapi.policy.actors import Actor, Loa
from planapi.policy.facts import ConsentFact, Facts
from planapi.policy.resources import Resource, ResourceKind
from portal.contract.consents import Category, ConsentKind
from portal.contract.goals import GoalOwner
from portal.contract.people import Administration, Role

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def an_id(number: int) -> UUID:
    return UUID(int=number)


ANNA, BO, EVA, METTE, LARS = (an_id(number) for number in range(1, 6))
"""Anna has the plan; Bo lives with her; Eva is a stranger; Mette and Lars work for the town."""
HOUSEHOLD, ELSEWHERE = an_id(11), an_id(12)
THING, CONSENT = an_id(21), an_id(22)


def a_citizen(person_id: UUID = ANNA, **changes) -> Actor:
    fields = {
        "role": Role.CITIZEN,
        "loa": Loa.SUBSTANTIAL,
        "auth_time": NOW - timedelta(minutes=5),
        "session_id": "s",
    }
    return Actor(person_id, **(fields | changes))


def a_professional(
    person_id: UUID = METTE, administration: Administration | None = Administration.EMPLOYMENT
) -> Actor:
    return a_citizen(person_id, role=Role.CONTACT_PERSON, administration=administration)


CONTACT_PERSON = Facts(contact_person_of=frozenset({ANNA}))
DEPUTY = Facts(deputy_for=frozenset({ANNA}))
FAMILY = Facts(households={HOUSEHOLD: frozenset({ANNA, BO})})


def a_consent(kind: ConsentKind = ConsentKind.COLLECTION, **changes) -> ConsentFact:
    fields = {
        "id": CONSENT,
        "citizen_id": ANNA,
        "kind": kind,
        "source": None,
        "recipient_administration": Administration.EMPLOYMENT,
        "recipient_person": None,
        "categories": frozenset({Category.SOCIAL, Category.FAMILY, Category.HEALTH}),
        "valid_from": TODAY - timedelta(days=10),
        "valid_until": TODAY + timedelta(days=10),
    }
    return ConsentFact(**(fields | changes))


def with_consent(facts: Facts, *consents: ConsentFact) -> Facts:
    return Facts(facts.contact_person_of, facts.deputy_for, facts.households, consents)


def annas(kind: ResourceKind, **changes) -> Resource:
    return Resource(**({"kind": kind, "id": THING, "citizen_id": ANNA} | changes))


def a_goal(
    owner: GoalOwner = GoalOwner.CITIZEN, state: str | None = "active", **changes
) -> Resource:
    if owner is GoalOwner.HOUSEHOLD:
        changes = {"citizen_id": None, "household_id": HOUSEHOLD} | changes
    return annas(ResourceKind.GOAL, owner=owner, state=state, **changes)


def an_intervention(administration: Administration | None) -> Resource:
    return annas(ResourceKind.INTERVENTION, administration=administration)
