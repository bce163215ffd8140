"""The policy as a document that a lawyer can read: every cell is an answer of `decide`.

`python -m planapi.policy.document` writes `docs/policy.md`; a test fails when it is stale.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from planapi.policy.actors import Actor, IntegrationClient, Loa
from planapi.policy.ages import AGE_RULES
from planapi.policy.decide import allowed_actions
from planapi.policy.facts import NO_FACTS, ConsentFact, Facts, HelperFact
from planapi.policy.grounds import LAW, Ground
from planapi.policy.resources import UPCOMING, Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentKind, ConsentState
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.helpers import HelperKind, HelperState
from portal.contract.minutes import MinutesState
from portal.contract.people import Administration, PlanRequestState, Role
from portal.contract.rights import RequestState

PATH: Final = Path("docs/policy.md")

_NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
_CITIZEN, _OTHER, _HOUSEHOLD, _THING, _GOAL, _SOMEBODY = (
    UUID(int=number) for number in range(1, 7)
)
_EMPLOYMENT, _SOCIAL, _HEALTH = (
    Administration.EMPLOYMENT,
    Administration.ADULT_SOCIAL,
    Administration.HEALTH,
)


class _Row(NamedTuple):
    """Somebody who acts, with what is known about them."""

    name: str
    actor: Actor | IntegrationClient
    facts: Facts = NO_FACTS


def render() -> str:
    """Return the document."""
    return "\n".join([*_head(), *_matrix(), *_ages(), *_grounds(), ""])


def write(path: Path = PATH) -> None:
    """Write the document, from the root of the project."""
    path.write_text(render(), "utf-8")


def _head() -> Iterator[str]:
    yield "# Who may do what"
    yield ""
    yield "Written by `python -m planapi.policy.document` out of the policy itself; do not edit."
    yield "What no row allows is refused. A refused item is absent from every list and count. One"
    yield "thing is told beside, to whoever works with a citizen: who holds more (`withheld`)."
    yield ""


def _matrix() -> Iterator[str]:
    things = list(_things())
    for row in _rows():
        yield f"## {row.name}"
        yield ""
        yield "| what | may |"
        yield "|---|---|"
        refused = []
        for name, resource in things:
            actions = allowed_actions(row.actor, resource, row.facts, _NOW)
            if actions:
                yield f"| {name} | {_words(actions)} |"
            else:
                refused.append(name)
        yield ""
        yield f"Nothing with: {', '.join(refused)}." if refused else "Something with everything."
        yield ""


def _words(actions: Iterable[Action]) -> str:
    there = set(actions)
    return ", ".join(action.value for action in Action if action in there)


def _ages() -> Iterator[str]:
    yield "## Ages"
    yield ""
    yield "| from | what | law | from day | to day |"
    yield "|---|---|---|---|---|"
    for rule in AGE_RULES:
        yield (
            f"| {rule.from_age} | {rule.text} | {rule.law} {rule.section} |"
            f" {rule.valid_from} | {rule.valid_to or 'open'} |"
        )
    yield ""


def _grounds() -> Iterator[str]:
    yield "## Grounds"
    yield ""
    yield "| ground in the access log | law | from day | to day |"
    yield "|---|---|---|---|"
    for ground in Ground:
        for reference in LAW[ground]:
            yield (
                f"| {ground} | {reference.law} {reference.section} | {reference.valid_from} |"
                f" {reference.valid_to or 'open'} |"
            )


def _rows() -> Iterator[_Row]:
    yield _Row("The citizen", _citizen(_CITIZEN))
    for years in (9, 10, 15, 16):
        yield _Row(f"The citizen, {years} years old", _citizen(_CITIZEN), Facts(born=_born(years)))
    yield _Row(
        "A member of the household",
        _citizen(),
        Facts(households={_HOUSEHOLD: frozenset({_CITIZEN, _OTHER})}),
    )
    yield _Row(
        "A relative, by the citizen's consent",
        _citizen(),
        Facts(consents=(_consent(ConsentKind.FAMILY, person=_OTHER),)),
    )
    yield _Row("Somebody a goal is shared with", _citizen(), Facts(shared_goals=frozenset({_GOAL})))
    for years in (9, 10, 15, 18):
        yield _Row(
            f"A custody holder of a child of {years}",
            _citizen(),
            Facts(custody_of={_CITIZEN: _born(years)}),
        )
    for kind in HelperKind:
        yield _Row(
            f"A helper ({kind}) with every category", _citizen(), Facts(helps=(_helper(kind),))
        )
    yield _Row(
        "A custody holder of a child of 9, where everything is hidden for safety",
        _citizen(),
        Facts(custody_of={_CITIZEN: _born(9)}, hidden=frozenset({_THING, _GOAL})),
    )
    yield from _professionals()


def _professionals() -> Iterator[_Row]:
    mine = frozenset({_CITIZEN})
    everything = (
        _consent(ConsentKind.COLLECTION),
        _consent(ConsentKind.HEALTH_DISCLOSURE, categories={Category.HEALTH}),
    )
    yield _Row("The contact person (employment)", _professional(), Facts(contact_person_of=mine))
    yield _Row("Today's deputy (employment)", _professional(), Facts(deputy_for=mine))
    yield _Row(
        "The contact person (employment), with consents to collect and to disclose",
        _professional(),
        Facts(contact_person_of=mine, consents=everything),
    )
    yield _Row(
        "A case worker (employment), not the contact person",
        _professional(),
        Facts(works_with=mine),
    )
    yield _Row(
        "A case worker (employment), with consents to collect and to disclose",
        _professional(),
        Facts(works_with=mine, consents=everything),
    )
    yield _Row("A professional who does not work with the citizen", _professional())
    yield _Row("A leader", _professional(), Facts(leads=True))
    yield _Row("A sector system of employment", IntegrationClient("system", _EMPLOYMENT))
    yield _Row("A stranger", _citizen())


def _things() -> Iterator[tuple[str, Resource]]:
    yield (
        "own goal",
        Resource(
            ResourceKind.GOAL, _GOAL, _CITIZEN, owner=GoalOwner.CITIZEN, state=GoalState.ACTIVE
        ),
    )
    yield (
        "goal that employment proposed",
        Resource(
            ResourceKind.GOAL,
            _THING,
            _CITIZEN,
            administration=_EMPLOYMENT,
            owner=GoalOwner.ADMINISTRATION,
            state=GoalState.PROPOSED,
        ),
    )
    yield (
        "joint goal of the household",
        Resource(
            ResourceKind.GOAL,
            _THING,
            None,
            _HOUSEHOLD,
            owner=GoalOwner.HOUSEHOLD,
            state=GoalState.ACTIVE,
        ),
    )
    for administration in (_EMPLOYMENT, _SOCIAL, _HEALTH):
        for kind in (ResourceKind.INTERVENTION, ResourceKind.APPOINTMENT, ResourceKind.DECISION):
            state = UPCOMING if kind is ResourceKind.APPOINTMENT else None
            yield (
                f"{kind} of {administration}",
                Resource(kind, _THING, _CITIZEN, administration=administration, state=state),
            )
    for state in (MinutesState.DRAFT, MinutesState.SHARED):
        yield (
            f"{state} minutes of employment",
            Resource(
                ResourceKind.MINUTES, _THING, _CITIZEN, administration=_EMPLOYMENT, state=state
            ),
        )
    for kind in (
        ResourceKind.PERSON,
        ResourceKind.PLAN,
        ResourceKind.ABOUT_ME,
        ResourceKind.THREAD,
        ResourceKind.FOLLOW_UP,
        ResourceKind.TOLD_FACT,
        ResourceKind.ACCESS_LOG,
        ResourceKind.SHARING,
        ResourceKind.EXPORT,
        ResourceKind.CALENDAR_ADDRESS,
        ResourceKind.SAFETY_HIDING,
        ResourceKind.CONTACT_ASSIGNMENT,
        ResourceKind.CASE_WORKER,
    ):
        yield kind.replace("_", " "), Resource(kind, _THING, _CITIZEN)
    yield from _things_with_a_state()


def _things_with_a_state() -> Iterator[tuple[str, Resource]]:
    yield "household", Resource(ResourceKind.HOUSEHOLD, _HOUSEHOLD, None, _HOUSEHOLD)
    for kind in ConsentKind:
        yield (
            f"new consent ({kind})",
            Resource(ResourceKind.CONSENT, None, _CITIZEN, variety=kind),
        )
    yield (
        "active consent (collection)",
        Resource(
            ResourceKind.CONSENT,
            _THING,
            _CITIZEN,
            administration=_EMPLOYMENT,
            state=ConsentState.ACTIVE,
            variety=ConsentKind.COLLECTION,
        ),
    )
    for helper in HelperKind:
        yield (
            f"new helper ({helper})",
            Resource(ResourceKind.HELPER, None, _CITIZEN, variety=helper),
        )
    yield (
        "guardian of today",
        Resource(
            ResourceKind.HELPER,
            _THING,
            _CITIZEN,
            state=HelperState.ACTIVE,
            variety=HelperKind.GUARDIAN,
        ),
    )
    yield "fact to be told", Resource(ResourceKind.TOLD_FACT, None, _CITIZEN)
    yield (
        "fact that the reader wrote down for the citizen",
        Resource(ResourceKind.TOLD_FACT, _THING, _CITIZEN, created_by=_OTHER),
    )
    yield (
        "unanswered request by right",
        Resource(ResourceKind.RIGHTS_REQUEST, _THING, _CITIZEN, state=RequestState.RECEIVED),
    )
    yield (
        "unanswered request for a plan",
        Resource(ResourceKind.PLAN_REQUEST, _THING, _CITIZEN, state=PlanRequestState.RECEIVED),
    )
    yield (
        "unanswered request for a plan of who has a contact person",
        Resource(
            ResourceKind.PLAN_REQUEST,
            _THING,
            _CITIZEN,
            state=PlanRequestState.RECEIVED,
            contact_person_id=_SOMEBODY,
        ),
    )
    yield "figures of the municipality", Resource(ResourceKind.FIGURES, None, None)


def _citizen(person_id: UUID = _OTHER) -> Actor:
    return Actor(person_id, Role.CITIZEN, Loa.SUBSTANTIAL, _NOW, "document")


def _professional() -> Actor:
    return Actor(_OTHER, Role.CONTACT_PERSON, Loa.SUBSTANTIAL, _NOW, "document", _EMPLOYMENT)


def _born(years: int) -> date:
    return date(_NOW.year - years, 1, 1)


def _helper(kind: HelperKind) -> HelperFact:
    return HelperFact(
        _THING, _CITIZEN, kind, frozenset(Category), date(2026, 1, 1), date(2026, 12, 31)
    )


def _consent(
    kind: ConsentKind,
    *,
    person: UUID | None = None,
    categories: Iterable[Category] = tuple(Category),
) -> ConsentFact:
    return ConsentFact(
        id=_THING,
        citizen_id=_CITIZEN,
        kind=kind,
        source=None,
        recipient_administration=None if person else _EMPLOYMENT,
        recipient_person=person,
        categories=frozenset(categories),
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )


if __name__ == "__main__":
    write()
