"""The matrix "who sees what": the policy's own answers, for each recipient and category."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from planapi.authorization import ask
from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.policy.actors import Actor, Loa
from planapi.policy.categories import CATEGORY_OF, categories_of
from planapi.policy.decide import Allowed
from planapi.policy.facts import ConsentFact, Facts
from planapi.policy.grounds import law_on
from planapi.policy.resources import UPCOMING, Resource, ResourceKind
from planapi.services.resources import of_appointment, of_goal, of_item, own
from planapi.services.shared_views import viewer_of
from planapi.services.sight import look
from planapi.services.threads import of_thread
from planapi.store import sharing as sharing_store
from planapi.store.consents import StoredConsent, read_consents
from planapi.store.facts import facts_of, facts_statement
from planapi.store.sharing import Neighbour, Neighbours, ViewRow
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentState, ToAdministration
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.people import Administration, Role
from portal.contract.sharing import (
    Extent,
    Law,
    RecipientKind,
    SharingCell,
    SharingGround,
    SharingMatrix,
    SharingRecipient,
    SharingRow,
)

_ANYTHING: Final = UUID(int=0)
"""Stands for something that could be in the plan: the matrix tells of what is not there yet."""

_Probes = Mapping[Category, list[Resource]]


async def sharing(tx: Transaction, actor: Actor, now: datetime) -> SharingMatrix:
    """Return who sees what of the actor, decided for everything that there is or could be."""
    citizen, today = actor.person_id, danish_date(now)
    sight, around = await look(tx, actor, now, sharing_store.reading_of_neighbours(citizen, today))
    sight.require(Action.READ, own(ResourceKind.SHARING, citizen))
    neighbours = (around or Neighbours()).neighbours
    reading = sharing_store.reading_of_view(citizen, Role.CITIZEN, today)
    viewers = [viewer_of(neighbour, now) for neighbour in neighbours]
    rows, *facts = await tx.together(
        reading.statement, *(facts_statement(viewer, now) for viewer in viewers)
    )
    consents = await read_consents(tx, citizen, today)
    probes = _probes(citizen, reading.parse(rows, sight.knows), now)
    return SharingMatrix(
        at=now,
        categories=tuple(Category),
        rows=(
            *(
                _row(_recipient(neighbour), viewer, facts_of(theirs), probes, now)
                for neighbour, viewer, theirs in zip(neighbours, viewers, facts, strict=True)
            ),
            *(_administration_row(one, citizen, consents, probes, now) for one in Administration),
        ),
    )


def _recipient(neighbour: Neighbour) -> SharingRecipient:
    return SharingRecipient(
        kind=neighbour.kind, person=neighbour.person, administration=neighbour.administration
    )


def _administration_row(
    administration: Administration,
    citizen: UUID,
    consents: Iterable[StoredConsent],
    probes: _Probes,
    now: datetime,
) -> SharingRow:
    """What a professional of an administration sees who works with the citizen."""
    professional = Actor(
        _ANYTHING, Role.CONTACT_PERSON, Loa.SUBSTANTIAL, now, "sharing", administration
    )
    facts = Facts(
        works_with=frozenset({citizen}),
        consents=tuple(_facts_to(administration, consents)),
    )
    recipient = SharingRecipient(kind=RecipientKind.ADMINISTRATION, administration=administration)
    return _row(recipient, professional, facts, probes, now)


def _facts_to(
    administration: Administration, consents: Iterable[StoredConsent]
) -> Iterator[ConsentFact]:
    for stored in consents:
        consent, to = stored.consent, stored.consent.recipient
        if (
            consent.state is ConsentState.ACTIVE
            and isinstance(to, ToAdministration)
            and to.administration is administration
        ):
            yield ConsentFact(
                id=consent.id,
                citizen_id=stored.citizen_id,
                kind=consent.kind,
                source=consent.source,
                recipient_administration=administration,
                recipient_person=None,
                categories=frozenset(consent.categories),
                valid_from=consent.valid_from,
                valid_until=consent.valid_until,
            )


def _row(
    recipient: SharingRecipient, viewer: Actor, facts: Facts, probes: _Probes, now: datetime
) -> SharingRow:
    return SharingRow(
        recipient=recipient,
        cells=tuple(_cell(category, probes[category], viewer, facts, now) for category in Category),
    )


def _cell(
    category: Category, probes: list[Resource], viewer: Actor, facts: Facts, now: datetime
) -> SharingCell:
    decisions = [ask(viewer, Action.READ, probe, facts, now) for probe in probes]
    seen = [decision for decision in decisions if isinstance(decision, Allowed)]
    extent = Extent.NONE if not seen else Extent.ALL if len(seen) == len(probes) else Extent.SOME
    return SharingCell(
        category=category,
        extent=extent,
        grounds=tuple(_ground(allowed, now) for allowed in dict.fromkeys(seen)),
    )


def _ground(allowed: Allowed, now: datetime) -> SharingGround:
    return SharingGround(
        code=allowed.ground,
        consent_id=allowed.consent_id,
        law=tuple(
            Law(law=reference.law, section=reference.section)
            for reference in law_on(allowed.ground, danish_date(now))
        ),
    )


def _probes(citizen: UUID, row: ViewRow | None, now: datetime) -> _Probes:
    """What to ask the policy about, by category: everything there is, and one of each kind."""
    probes: dict[Category, list[Resource]] = {category: [] for category in Category}
    for resource in (*_imagined(citizen), *_there(citizen, row, now)):
        probes[_row_of(resource)].append(resource)
    return probes


def _row_of(resource: Resource) -> Category:
    """The category under which something stands: a meeting about health stands with meetings."""
    categories = categories_of(resource)
    (category,) = categories if len(categories) == 1 else categories - {Category.HEALTH}
    return category


def _imagined(citizen: UUID) -> Iterator[Resource]:
    yield Resource(
        ResourceKind.GOAL,
        _ANYTHING,
        citizen,
        owner=GoalOwner.CITIZEN,
        state=GoalState.ACTIVE,
    )
    yield own(ResourceKind.THREAD, citizen, _ANYTHING)
    for administration in CATEGORY_OF:
        for kind in (ResourceKind.INTERVENTION, ResourceKind.APPOINTMENT, ResourceKind.DECISION):
            state = UPCOMING if kind is ResourceKind.APPOINTMENT else None
            yield Resource(kind, _ANYTHING, citizen, administration=administration, state=state)


def _there(citizen: UUID, row: ViewRow | None, now: datetime) -> Iterator[Resource]:
    if row is None or row.plan is None:
        return
    yield from map(of_goal, row.plan.goals)
    for intervention in row.plan.interventions:
        yield of_item(ResourceKind.INTERVENTION, citizen, intervention)
    yield from map(of_appointment(citizen, now), row.plan.appointments)
    for decision in row.plan.decisions:
        yield of_item(ResourceKind.DECISION, citizen, decision)
    yield from map(of_thread, row.threads)
