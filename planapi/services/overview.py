"""The overview: what a citizen needs to know or do now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Final

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotAllowed, NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.plans import own_plan_request
from planapi.services.resources import of_appointment, of_goal, of_item, own
from planapi.services.sight import Sight, look
from planapi.store.goals import GoalSummaryRow, HouseholdGoalSummaryRow
from planapi.store.overview import (
    HANDOVER_TOLD,
    AssignmentRow,
    OverviewRow,
    reading_of_overview,
)
from portal.contract.actions import Action
from portal.contract.consents import ConsentState
from portal.contract.follow_ups import FollowUpState
from portal.contract.households import InvitationState
from portal.contract.minutes import MinutesState
from portal.contract.overview import DuePromise, Overview, Waiting, WaitingKind
from portal.contract.people import Handover
from portal.contract.told_facts import FactRequestState

_A_DAY: Final = timedelta(days=1)
_HANDOVER_TOLD: Final = timedelta(days=HANDOVER_TOLD)


async def overview(tx: Transaction, actor: Actor, now: datetime) -> Overview:
    """Return a citizen's overview, also to one without a plan."""
    today = danish_date(now)
    sight, row = await look(tx, actor, now, reading_of_overview(actor.person_id, today, now))
    if not sight.may(Action.READ, own(ResourceKind.PLAN, actor.person_id)):
        raise NotAllowed
    if row is None:
        raise NotFound
    goals = sight.show(row.goals, of_goal)
    current = _current(row.assignments, today)
    return Overview(
        me=row.me,
        plan_id=row.plan_id,
        # Most have a plan and are done asking.
        plan_request=None if row.plan_id else await own_plan_request(tx, sight, row.me.id),
        contact_person=current and current.person,
        deputy=current and current.deputy,
        handover=_handover(row.assignments, today - _HANDOVER_TOLD),
        next_appointment=sight.show_one(
            row.next_appointment, of_appointment(actor.person_id, sight.now)
        ),
        waiting=_by_day(_waiting(sight, row, goals)),
        goals=tuple(one for one in goals if not isinstance(one, HouseholdGoalSummaryRow)),
        household_goals=tuple(one for one in goals if isinstance(one, HouseholdGoalSummaryRow)),
        promises=tuple(_promised(sight, row)),
        unread_messages=row.unread_messages,
    )


def _current(assignments: Sequence[AssignmentRow], today: date) -> AssignmentRow | None:
    """Who is contact person today; the latest, where a day has two."""
    return max(
        (one for one in assignments if one.person.since <= today <= (one.until or today)),
        key=lambda one: one.person.since,
        default=None,
    )


def _handover(assignments: Sequence[AssignmentRow], since: date) -> Handover | None:
    """The latest change of contact person from a day on: who leaves, who comes the day after."""
    for coming in reversed(assignments):
        for leaving in assignments:
            if leaving.until == coming.person.since - _A_DAY and coming.person.since >= since:
                return Handover(
                    leaving=leaving.person,
                    coming=coming.person,
                    on=coming.person.since,
                    greeting=coming.greeting,
                )
    return None


def _waiting(sight: Sight, row: OverviewRow, goals: Sequence[GoalSummaryRow]) -> Iterator[Waiting]:
    return chain(
        _unanswered(sight, row),
        _asked(sight, row),
        _about_goals(row, goals),
        _appeals(sight, row),
        _promises(sight, row),
        _consents(sight, row),
    )


def _unanswered(sight: Sight, row: OverviewRow) -> Iterator[Waiting]:
    for thread in row.threads:
        if sight.sees(own(ResourceKind.THREAD, row.me.id, thread.id)):
            yield Waiting(kind=WaitingKind.REPLY, resource_id=thread.id, title=thread.subject)


_STATE_OF_ASKED: Final[Mapping[ResourceKind, str]] = {
    ResourceKind.MINUTES: MinutesState.SHARED,
    ResourceKind.FACT_REQUEST: FactRequestState.OPEN,
    ResourceKind.FOLLOW_UP: FollowUpState.PLANNED,
    ResourceKind.INVITATION: InvitationState.OPEN,
}


def _asked(sight: Sight, row: OverviewRow) -> Iterator[Waiting]:
    """Minutes to confirm, questions to answer, follow-ups that come, invitations to a family."""
    for one in row.asked:
        resource = Resource(
            one.kind,
            one.id,
            None if one.kind is ResourceKind.INVITATION else row.me.id,
            administration=one.administration,
            state=_STATE_OF_ASKED[one.kind],
            part_of=one.part_of,
        )
        if sight.sees(resource):
            yield Waiting(
                kind=WaitingKind(one.kind.value), resource_id=one.id, title=one.title, due=one.due
            )


def _about_goals(row: OverviewRow, goals: Sequence[GoalSummaryRow]) -> Iterator[Waiting]:
    """Proposals to answer, and own steps; a step names its goal."""
    for goal in goals:
        if Action.DECLINE in goal.allowed and goal.created_by_id != row.me.id:
            yield Waiting(kind=WaitingKind.PROPOSED_GOAL, resource_id=goal.id, title=goal.title)
    for goal in goals:
        for step in goal.steps_due:
            yield Waiting(
                kind=WaitingKind.STEP, resource_id=goal.id, title=step.title, due=step.due
            )


def _appeals(sight: Sight, row: OverviewRow) -> Iterator[Waiting]:
    for decision in row.decisions:
        if sight.sees(of_item(ResourceKind.DECISION, row.me.id, decision)):
            yield Waiting(
                kind=WaitingKind.APPEAL,
                resource_id=decision.id,
                title=decision.title,
                due=decision.appeal_by,
            )


def _promises(sight: Sight, row: OverviewRow) -> Iterator[Waiting]:
    """The citizen's own; those of the municipality wait for the municipality."""
    for promise in row.promises:
        if promise.administration is None and sight.sees(
            own(ResourceKind.PROMISE, row.me.id, promise.id)
        ):
            yield Waiting(
                kind=WaitingKind.PROMISE,
                resource_id=promise.id,
                title=promise.text,
                due=promise.due,
            )


def _promised(sight: Sight, row: OverviewRow) -> Iterator[DuePromise]:
    for promise in row.promises:
        if promise.administration and sight.sees(of_item(ResourceKind.PROMISE, row.me.id, promise)):
            yield DuePromise(id=promise.id, text=promise.text, owner=promise.owner, due=promise.due)


def _consents(sight: Sight, row: OverviewRow) -> Iterator[Waiting]:
    """Those that lapse soon, and those that wait for this very person to sign.

    That a parent is asked to sign, and what the municipality calls it, is addressed to them: the
    child's consent is read, and entered into the access log, once it is opened.
    """
    for consent in row.consents:
        resource = Resource(
            ResourceKind.CONSENT,
            consent.id,
            consent.citizen_id,
            state=ConsentState.WAITING if consent.unsigned else ConsentState.ACTIVE,
            variety=consent.kind,
            created_by=consent.given_by,
        )
        if consent.unsigned:
            if sight.may_after_login(Action.SIGN, resource):
                yield Waiting(
                    kind=WaitingKind.CONSENT_UNSIGNED, resource_id=consent.id, title=consent.title
                )
        elif sight.sees(resource):
            yield Waiting(
                kind=WaitingKind.CONSENT_EXPIRES,
                resource_id=consent.id,
                title=consent.title,
                due=consent.valid_until,
            )


def _by_day(waiting: Iterator[Waiting]) -> tuple[Waiting, ...]:
    """The nearest day first; what has no day after that, in the order in which it came."""
    return tuple(sorted(waiting, key=lambda one: one.due or date.max))
