"""Contact persons who hand over or are away, and the answer to a request for a plan."""

from datetime import datetime
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Conflict, Invalid, NotAllowed, NotFound
from planapi.events import person_topic, plan_topic, publish, publish_to_colleagues
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.places import require_day_ahead
from planapi.services.resources import of_plan_request, own
from planapi.services.sight import Sight, open_eyes
from planapi.store import handovers as store
from planapi.store import plans as plan_store
from portal.contract.actions import Action
from portal.contract.figures import FEWEST, Figure, Figures
from portal.contract.handovers import Absence, AbsenceList, ColleagueList, HandOver, NewAbsence
from portal.contract.people import AnswerPlanRequest, PlanRequest, PlanRequestState


async def colleagues(tx: Transaction, actor: Actor, now: datetime) -> ColleagueList:
    """Return who could take over or stand in."""
    sight = await open_eyes(tx, actor, now)
    if not sight.may(Action.READ, Resource(ResourceKind.COLLEAGUES, None, None)):
        raise NotAllowed
    found = await store.reading_of_colleagues(actor.person_id).run(tx)
    return found or ColleagueList()


async def hand_over(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID, command: HandOver
) -> ColleagueList:
    """Let a colleague be contact person from a day on, with words of goodbye to the citizen.

    Both are shown from then on (`Overview.handover`). Raises `Conflict` where somebody else has
    changed it, or the day is not after the first of the present contact person.
    """
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.HAND_OVER, own(ResourceKind.CONTACT_ASSIGNMENT, citizen_id, citizen_id))
    require_day_ahead("on", command.on, sight.today)
    if command.to == actor.person_id or not await store.works_here(tx, command.to):
        raise Invalid.field("to", "unknown")
    if not await store.change_contact_person(
        tx, citizen_id, command.to, command.on, command.greeting
    ):
        raise Conflict
    history.record(
        tx,
        resource_kind=ResourceKind.CONTACT_ASSIGNMENT,
        resource_id=citizen_id,
        change="handed_over",
        before={"contact_person": actor.person_id},
        after={"contact_person": command.to, "on": command.on},
    )
    publish(tx, person_topic(citizen_id), "person", citizen_id)
    publish(tx, person_topic(command.to), "person", citizen_id)
    words = await plan_store.reading_of_about_me(citizen_id).run(tx)
    if words is not None:
        publish(tx, plan_topic(words.plan_id), "plan", words.plan_id)
    return await colleagues(tx, actor, now)


async def absences(tx: Transaction, actor: Actor, now: datetime) -> AbsenceList:
    """Return the actor's absences that are not over."""
    sight = await open_eyes(tx, actor, now)
    if not sight.may(Action.CREATE, _absence_of(actor)):
        raise NotAllowed
    found = await store.reading_of_absences(actor.person_id, sight.today).run(tx)
    return AbsenceList(
        absences=sight.show(found.absences if found else (), lambda one: _absence_of(actor, one.id))
    )


async def add_absence(tx: Transaction, actor: Actor, now: datetime, command: NewAbsence) -> Absence:
    """Let a deputy stand in for a time. Raises `Conflict` where somebody does already."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.CREATE, _absence_of(actor))
    require_day_ahead("starts_on", command.starts_on, sight.today)
    require_day_ahead("ends_on", command.ends_on, sight.today)
    if command.ends_on < command.starts_on:
        raise Invalid.field("ends_on", "before_start")
    if command.deputy_id == actor.person_id or not await store.works_here(tx, command.deputy_id):
        raise Invalid.field("deputy_id", "unknown")
    absence_id = await store.insert_absence(tx, actor.person_id, command)
    if absence_id is None:
        raise Conflict
    written = await store.reading_of_absence(absence_id).run(tx)
    if written is None:
        raise NotFound
    _record_absence(tx, written, "created")
    return sight.with_allowed(written, _absence_of(actor, absence_id))


async def end_absence(
    tx: Transaction, actor: Actor, now: datetime, absence_id: UUID, version: int
) -> AbsenceList:
    """Be back: from now on the deputy sees nothing any more."""
    sight = await open_eyes(tx, actor, now)
    found = await store.reading_of_absence(absence_id).run(tx)
    if found is None:
        raise NotFound
    resource = Resource(ResourceKind.ABSENCE, absence_id, None, created_by=found.professional_id)
    sight.require(Action.CANCEL, resource)
    await sight.require_version(found, version)
    if not await store.end_absence(tx, absence_id, sight.today, version):
        raise await sight.stale(found)
    _record_absence(tx, found, "ended")
    return await absences(tx, actor, now)


async def answer_plan_request(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    request_id: UUID,
    command: AnswerPlanRequest,
    version: int,
) -> PlanRequest:
    """Accept a request, which makes the plan, or decline it.

    Whoever accepts is the contact person from now on, where the citizen has none.
    """
    sight = await open_eyes(tx, actor, now)
    found = await plan_store.reading_of_plan_request(request_id, sight.today).run(tx)
    if found is None or not sight.sees(of_plan_request(found)):
        raise NotFound
    sight.log()
    await sight.require_version(found.request, version)
    sight.require(Action.ACCEPT if command.accept else Action.DECLINE, of_plan_request(found))
    if not await plan_store.answer_plan_request(tx, request_id, command, actor.person_id, version):
        raise await sight.stale(found.request)
    if command.accept:
        await _make_plan(tx, sight, found.citizen.id)
    history.record(
        tx,
        resource_kind=ResourceKind.PLAN_REQUEST,
        resource_id=request_id,
        change="accepted" if command.accept else "declined",
        after=command.model_dump(),
    )
    publish(tx, person_topic(found.citizen.id), "request", request_id)
    publish_to_colleagues(tx, "request", request_id)
    state = PlanRequestState.ACCEPTED if command.accept else PlanRequestState.DECLINED
    return found.request.model_copy(
        update={"state": state, "answer": command.answer, "version": version + 1}
    )


async def figures(tx: Transaction, actor: Actor, now: datetime) -> Figures:
    """Return numbers only, and none that fewer than five people are behind."""
    sight = await open_eyes(tx, actor, now)
    if not sight.may(Action.READ, Resource(ResourceKind.FIGURES, None, None)):
        raise NotAllowed
    found = await store.reading_of_counts(sight.today).run(tx)
    return Figures(
        figures=tuple(
            Figure(
                code=one.code,
                administration=one.administration,
                people=one.people if one.people >= FEWEST else None,
            )
            for one in (found.counts if found else ())
        )
    )


async def _make_plan(tx: Transaction, sight: Sight, citizen_id: UUID) -> None:
    actor = sight.actor
    plan_id = await plan_store.insert_plan(tx, citizen_id)
    await store.assign_where_nobody_is(tx, citizen_id, actor.person_id, sight.today)
    history.record(tx, resource_kind=ResourceKind.PLAN, resource_id=plan_id, change="created")
    publish(tx, person_topic(citizen_id), "plan", plan_id)
    publish(tx, person_topic(actor.person_id), "plan", plan_id)


def _record_absence(tx: Transaction, absence: Absence, change: str) -> None:
    history.record(
        tx,
        resource_kind=ResourceKind.ABSENCE,
        resource_id=absence.id,
        change=change,
        after={
            "deputy": absence.deputy.id,
            "starts_on": absence.starts_on,
            "ends_on": absence.ends_on,
        },
    )
    publish(tx, person_topic(absence.deputy.id), "absence", absence.id)
    publish_to_colleagues(tx, "absence", absence.id)


def _absence_of(actor: Actor, absence_id: UUID | None = None) -> Resource:
    return Resource(ResourceKind.ABSENCE, absence_id, None, created_by=actor.person_id)
