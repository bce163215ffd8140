"""What one person sees of another: read by that person, or by the citizen who looks as them."""

from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor, Loa
from planapi.policy.facts import Facts
from planapi.policy.grounds import HELPER_GROUNDS, Ground
from planapi.policy.resources import ResourceKind
from planapi.services.plans import PlanParts, show_parts
from planapi.services.resources import own
from planapi.services.sight import Sight, look, open_eyes
from planapi.services.threads import show_threads
from planapi.store import sharing as sharing_store
from planapi.store.facts import facts_of, facts_statement
from planapi.store.sharing import Neighbour, Neighbours, People, ViewRow
from portal.contract.actions import Action
from portal.contract.helpers import OtherPerson
from portal.contract.people import PersonRef, Role
from portal.contract.sharing import OtherPeople, SharedView

_NOTHING = PlanParts(None, (), (), (), (), ())


async def people(tx: Transaction, actor: Actor, now: datetime) -> OtherPeople:
    """Return of whom a citizen sees something: children, those they help, those who share."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.PERSON, actor.person_id, actor.person_id))
    facts = sight.facts
    sharing = [consent.citizen_id for consent in facts.consents if consent.recipient_person]
    known = {*facts.custody_of, *(one.citizen_id for one in facts.helps), *sharing}
    names = await sharing_store.reading_of_people(sorted(known)).run(tx) or People()
    shared = sorted(facts.shared_goals - facts.hidden)
    owners = await sharing_store.reading_of_goal_citizens(shared).run(tx)
    by_id = {one.id: one for one in (*names.people, *(owners or People()).people)}
    found = [
        *_by_custody(sight, by_id),
        *_by_helping(facts, by_id),
        *(
            OtherPerson(person=by_id[citizen], ground=Ground.FAMILY_CONSENT)
            for citizen in dict.fromkeys(sharing)
        ),
        *(
            OtherPerson(person=owner, ground=Ground.GOAL_SHARE)
            for owner in (owners or People()).people
        ),
    ]
    first = {one.person.id: one for one in reversed(found)}
    return OtherPeople(people=tuple(one for one in found if first[one.person.id] is one))


async def person(tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID) -> SharedView:
    """Return what the actor sees of a citizen. Raises `NotFound` where that is nothing."""
    sight = await open_eyes(tx, actor, now)
    row = await sharing_store.reading_of_view(citizen_id, actor.role, sight.today).run(tx)
    shown = _show(sight, row)
    if shown is None:
        raise NotFound
    sight.log()
    return shown


async def see_as(tx: Transaction, actor: Actor, now: datetime, person_id: UUID) -> SharedView:
    """Return what another person sees of the actor: their own reading, run for the actor.

    Raises `NotFound` for somebody who is not around the actor.
    """
    sight, around = await look(
        tx, actor, now, sharing_store.reading_of_neighbours(actor.person_id, danish_date(now))
    )
    sight.require(Action.READ, own(ResourceKind.SHARING, actor.person_id))
    neighbour = next(
        (one for one in (around or Neighbours()).neighbours if one.person.id == person_id), None
    )
    if neighbour is None:
        raise NotFound
    viewer = viewer_of(neighbour, now)
    reading = sharing_store.reading_of_view(actor.person_id, viewer.role, sight.today)
    facts, rows = await tx.together(facts_statement(viewer, now), reading.statement)
    theirs = Sight(tx, facts_of(facts), now, actor=viewer)
    row = reading.parse(rows, theirs.knows)
    if row is None:
        raise NotFound
    return _show(theirs, row) or SharedView(citizen=row.citizen)


def viewer_of(neighbour: Neighbour, now: datetime) -> Actor:
    """Return somebody around a citizen as an actor who has just logged in."""
    return Actor(
        neighbour.person.id,
        Role.CITIZEN if neighbour.administration is None else Role.CONTACT_PERSON,
        Loa.SUBSTANTIAL,
        now,
        "see-as",
        neighbour.administration,
    )


def _show(sight: Sight, row: ViewRow | None) -> SharedView | None:
    if row is None:
        return None
    parts = _NOTHING if row.plan is None else show_parts(sight, row.plan)
    threads = show_threads(sight, row.threads)
    if not sight.grounds and not sight.sees(own(ResourceKind.PLAN, row.citizen.id, row.citizen.id)):
        return None
    return SharedView(
        citizen=row.citizen,
        grounds=tuple(sorted(sight.grounds)),
        about_me=parts.about_me,
        goals=parts.goals,
        interventions=parts.interventions,
        appointments=parts.appointments,
        decisions=parts.decisions,
        promises=parts.promises,
        threads=threads,
    )


def _by_custody(sight: Sight, by_id: dict[UUID, PersonRef]) -> list[OtherPerson]:
    return [
        OtherPerson(person=by_id[child], ground=Ground.CUSTODY)
        for child in sight.facts.custody_of
        if sight.may(Action.READ, own(ResourceKind.PLAN, child, child))
    ]


def _by_helping(facts: Facts, by_id: dict[UUID, PersonRef]) -> list[OtherPerson]:
    return [
        OtherPerson(
            person=by_id[one.citizen_id],
            ground=HELPER_GROUNDS[one.kind],
            until=one.valid_until,
            helper_id=one.id,
        )
        for one in facts.helps
    ]
