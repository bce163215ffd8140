"""The one place that says yes or no. Deny by default: what no rule here allows is refused.

Rules are tables: for each relation between actor and resource, which actions it opens. `decide`
finds the first relation that opens the action, and its ground goes into the access log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Final
from uuid import UUID

from planapi.calendar import danish_date
from planapi.policy import arranging, on_behalf
from planapi.policy.actors import Actor, IntegrationClient, Loa
from planapi.policy.ages import AgeRight, has_right
from planapi.policy.categories import CATEGORY_OF
from planapi.policy.facts import ConsentFact, Facts
from planapi.policy.grounds import CONSENT_GROUNDS, HELPER_GROUNDS, Ground
from planapi.policy.resources import UPCOMING, Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentKind, ConsentState
from portal.contract.follow_ups import FollowUpState
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.helpers import HelperKind, HelperState
from portal.contract.households import InvitationState
from portal.contract.minutes import MinutesState
from portal.contract.people import Administration, PlanRequestState, Role
from portal.contract.plans import PromiseState
from portal.contract.rights import RequestState
from portal.contract.told_facts import FactRequestState

FRESH_LOGIN: Final = timedelta(minutes=60)
"""A consent is given by somebody who logged in at most so long ago."""


class Reason(StrEnum):
    """Why something is refused."""

    NO_GROUND = "no_ground"
    STEP_UP_NEEDED = "step_up_needed"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, and why. ``consent_id`` names the consent where one is the ground."""

    ground: Ground
    consent_id: UUID | None = None

    @property
    def code(self) -> str:
        """The ground as the access log has it, such as ``own_plan`` or ``consent:<id>``."""
        return f"consent:{self.consent_id}" if self.consent_id else self.ground.value


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why."""

    reason: Reason


Decision = Allowed | Refused
_Grant = tuple[Allowed, frozenset[Action]]

_BY_OWN_PLAN: Final = Allowed(Ground.OWN_PLAN)
_READ: Final = frozenset({Action.READ})
_NOTHING: Final[frozenset[Action]] = frozenset()

_GOAL_WORK: Final = frozenset({Action.EDIT, Action.ADD_STEP, Action.TICK, Action.RATE})
_GOAL_MOVES: Final[Mapping[str | None, frozenset[Action]]] = {
    GoalState.PROPOSED: frozenset({Action.ACTIVATE, Action.DECLINE, Action.EDIT}),
    GoalState.ACTIVE: _GOAL_WORK | {Action.PAUSE, Action.DROP, Action.REACH},
    GoalState.PAUSED: _GOAL_WORK | {Action.ACTIVATE, Action.DROP, Action.REACH},
    GoalState.REACHED: frozenset({Action.ACTIVATE}),
    GoalState.DROPPED: frozenset({Action.ACTIVATE}),
}
"""What those whose goal it is may do, by its state."""

_PROPOSED_GOAL_MOVES: Final[Mapping[str | None, frozenset[Action]]] = {
    GoalState.PROPOSED: frozenset({Action.ACTIVATE, Action.DECLINE}),
    GoalState.ACTIVE: frozenset({Action.TICK, Action.RATE}),
    GoalState.PAUSED: frozenset({Action.TICK, Action.RATE}),
}
"""What a citizen may do with a goal that an administration worded: not reword it."""

_GOALS: Final = frozenset({ResourceKind.GOAL, ResourceKind.STEP})
_OPEN_GOAL: Final[frozenset[str | None]] = frozenset({GoalState.ACTIVE, GoalState.PAUSED})

_STEP_WORK: Final = frozenset({Action.EDIT, Action.TICK})
_SHOWING: Final = frozenset({Action.SHARE, Action.UNSHARE})

WRITTEN: Final = "written"
"""The ``state`` of a professional's view: it has but one."""

_WITH_AN_AUTHOR: Final = frozenset(
    {ResourceKind.PERSON, ResourceKind.DRAFT, ResourceKind.ATTACHMENT}
)
"""The kinds of which some belong to a person, not to a plan."""

SENT: Final = "sent"
UNSENT: Final = "unsent"
"""The ``state`` of an attachment: in a message, or only uploaded."""

_NEW: Final = None
"""The ``state`` in the tables below of what is about to be made."""

_OWN_BY_STATE: Final[Mapping[ResourceKind, Mapping[str | None, frozenset[Action]]]] = {
    ResourceKind.APPOINTMENT: {UPCOMING: frozenset({Action.ANSWER})},
    ResourceKind.FOLLOW_UP: {FollowUpState.PLANNED: frozenset({Action.ADD_ITEM})},
    ResourceKind.MINUTES: {
        MinutesState.SHARED: frozenset({Action.CONFIRM, Action.COMMENT}),
        MinutesState.COMMENTED: frozenset({Action.CONFIRM, Action.COMMENT}),
        MinutesState.CONFIRMED: frozenset({Action.COMMENT}),
    },
    ResourceKind.FACT_REQUEST: {
        FactRequestState.OPEN: frozenset({Action.GIVE, Action.DECLINE}),
        FactRequestState.REFUSED: frozenset({Action.GIVE}),
        FactRequestState.STOPPED: frozenset({Action.GIVE}),
        FactRequestState.EXPIRED: frozenset({Action.GIVE}),
        FactRequestState.GRANTED: frozenset({Action.WITHDRAW}),
    },
    ResourceKind.ATTACHMENT: {_NEW: frozenset({Action.CREATE})},
}
"""What a citizen may do beyond reading, by state. Nobody reads a draft of minutes or an unsent
attachment in this way.
"""

_OWN_PROMISE: Final[Mapping[str | None, frozenset[Action]]] = {
    _NEW: frozenset({Action.CREATE}),
    PromiseState.OPEN: frozenset({Action.EDIT, Action.KEEP}),
    PromiseState.OVERDUE: frozenset({Action.EDIT, Action.KEEP}),
    PromiseState.KEPT: frozenset({Action.KEEP}),
}
"""What those who promised may do beyond reading."""

_AT_HOME: Final[Mapping[ResourceKind, Mapping[str | None, frozenset[Action]]]] = {
    ResourceKind.PROMISE: _OWN_PROMISE,
    ResourceKind.DECISION: {_NEW: frozenset({Action.CREATE})},
    ResourceKind.APPOINTMENT: {UPCOMING: frozenset({Action.MOVE})},
    ResourceKind.PROFESSIONAL_VIEW: {
        _NEW: frozenset({Action.CREATE}),
        WRITTEN: frozenset({Action.EDIT}),
    },
    ResourceKind.FACT_REQUEST: {_NEW: frozenset({Action.CREATE})},
    ResourceKind.MINUTES: {
        _NEW: frozenset({Action.CREATE}),
        MinutesState.DRAFT: frozenset({Action.EDIT, Action.SHARE}),
        MinutesState.SHARED: frozenset({Action.COMMENT}),
        MinutesState.COMMENTED: frozenset({Action.COMMENT}),
        MinutesState.CONFIRMED: frozenset({Action.COMMENT}),
    },
}
"""What the contact person may do, beyond reading, with what their own administration owns."""

_FOLLOW_UP_WORK: Final[Mapping[str | None, frozenset[Action]]] = {
    _NEW: frozenset({Action.CREATE}),
    FollowUpState.PLANNED: frozenset(
        {Action.EDIT, Action.ADD_ITEM, Action.CONCLUDE, Action.CANCEL}
    ),
}
"""What the contact person may do with a follow-up beyond reading it."""

_OWN: Final[Mapping[ResourceKind, frozenset[Action]]] = {
    ResourceKind.PERSON: frozenset({Action.READ, Action.EDIT}),
    ResourceKind.PLAN: frozenset({Action.READ, Action.EDIT}),  # the order of its goals
    ResourceKind.ABOUT_ME: frozenset({Action.READ, Action.EDIT, Action.CREATE}),
    ResourceKind.PLAN_REQUEST: frozenset({Action.READ, Action.CREATE}),
    ResourceKind.INTERVENTION: _READ,
    ResourceKind.APPOINTMENT: _READ,
    ResourceKind.DECISION: _READ,
    ResourceKind.PROMISE: _READ,
    ResourceKind.THREAD: frozenset({Action.READ, Action.CREATE, Action.REPLY}),
    ResourceKind.ACCESS_LOG: _READ,
    ResourceKind.OWN_VIEW: frozenset({Action.READ, Action.EDIT, Action.CREATE}),
    ResourceKind.PROFESSIONAL_VIEW: _READ,
    ResourceKind.FOLLOW_UP: _READ,
    ResourceKind.TOLD_FACT: frozenset({Action.READ, Action.EDIT, Action.CREATE}),
    ResourceKind.FACT_REQUEST: _READ,
    ResourceKind.RIGHTS_REQUEST: frozenset({Action.READ, Action.CREATE}),
    ResourceKind.HOUSEHOLD: frozenset({Action.CREATE}),
    ResourceKind.CONTACT_ASSIGNMENT: _READ,
    ResourceKind.SHARING: _READ,
    ResourceKind.EXPORT: _READ,
    ResourceKind.CALENDAR_ADDRESS: frozenset({Action.READ, Action.EDIT}),
}
"""What a citizen may do in their own plan, but for goals, steps and consents."""

_CONTACT_PERSON: Final[Mapping[ResourceKind, frozenset[Action]]] = {
    ResourceKind.PERSON: _READ,
    ResourceKind.PLAN: _READ,
    ResourceKind.ABOUT_ME: _READ,
    ResourceKind.THREAD: frozenset({Action.READ, Action.CREATE, Action.REPLY}),
    ResourceKind.HOUSEHOLD: _READ,  # who lives together, not their joint goals
    ResourceKind.OWN_VIEW: _READ,
    ResourceKind.SAFETY_HIDING: frozenset({Action.READ, Action.CREATE, Action.LIFT}),
}
"""What the contact person of a citizen, or today's deputy, may do with what is the citizen's."""

_HOUSEHOLD: Final = frozenset({Action.READ, Action.INVITE, Action.LEAVE})

_ANSWERING: Final[Mapping[str | None, frozenset[Action]]] = {
    RequestState.RECEIVED: frozenset({Action.ANSWER}),
}
"""What the contact person may do with a request by right, beyond reading it."""

_PLAN_REQUEST_WORK: Final[Mapping[str | None, frozenset[Action]]] = {
    PlanRequestState.RECEIVED: frozenset({Action.ACCEPT, Action.DECLINE}),
}
"""What those who answer a request for a plan may do beyond reading it."""

_CASEWORK: Final[Mapping[ResourceKind, Mapping[str | None, frozenset[Action]]]] = {
    ResourceKind.FOLLOW_UP: _FOLLOW_UP_WORK,
    ResourceKind.RIGHTS_REQUEST: _ANSWERING,
    ResourceKind.PLAN_REQUEST: _PLAN_REQUEST_WORK,
}
"""What the contact person may do with these, beyond reading, by state."""

_DELIVERED: Final = frozenset(
    {ResourceKind.INTERVENTION, ResourceKind.APPOINTMENT, ResourceKind.DECISION}
)
"""What a sector system delivers."""

_SIGNING: Final = frozenset({Action.GIVE, Action.SIGN})
_FRESH_LOGIN: Final = frozenset(
    {
        (ResourceKind.CONSENT, Action.RENEW),
        (ResourceKind.GOAL, Action.SHARE),
        (ResourceKind.HELPER, Action.CREATE),
        (ResourceKind.HOUSEHOLD, Action.INVITE),
        (ResourceKind.INVITATION, Action.ACCEPT),
        (ResourceKind.SAFETY_HIDING, Action.CREATE),
        (ResourceKind.SAFETY_HIDING, Action.LIFT),
    }
)
"""What opens something to others wants a fresh login, and so does what is hidden for safety; what a
person closes of their own never does.
"""

_AGE: Final[Mapping[tuple[ResourceKind, Action], AgeRight]] = {
    (ResourceKind.CONSENT, Action.RENEW): AgeRight.OF_AGE,
    (ResourceKind.CONSENT, Action.SIGN): AgeRight.YOUTH_PLAN,
    (ResourceKind.GOAL, Action.SHARE): AgeRight.PARTY,
    (ResourceKind.PLAN_REQUEST, Action.CREATE): AgeRight.PARTY,
    (ResourceKind.RIGHTS_REQUEST, Action.CREATE): AgeRight.PARTY,
    (ResourceKind.APPOINTMENT, Action.ANSWER): AgeRight.PARTY,
    (ResourceKind.MINUTES, Action.CONFIRM): AgeRight.PARTY,
    (ResourceKind.FACT_REQUEST, Action.GIVE): AgeRight.PARTY,
}
"""From which age a citizen does something alone; everything else at any age."""

_CONSENT_AGE: Final[Mapping[str | None, AgeRight]] = {
    ConsentKind.FAMILY: AgeRight.PARTY,
    ConsentKind.HEALTH_DISCLOSURE: AgeRight.OWN_HEALTH,
    ConsentKind.COLLECTION: AgeRight.OF_AGE,
    ConsentKind.HOLISTIC_PLAN: AgeRight.YOUTH_PLAN,
}
"""From which age a citizen gives a consent of each kind; a holistic plan not alone before 18."""

_HELPER_AGE: Final[Mapping[str | None, AgeRight]] = {
    HelperKind.BISIDDER: AgeRight.PARTY,
    HelperKind.POWER_OF_ATTORNEY: AgeRight.OF_AGE,
}
"""From which age a citizen alone lets somebody help."""

_WITH_AN_AGE: Final[Mapping[ResourceKind, frozenset[Action]]] = {
    **{kind: frozenset(action for it, action in _AGE if it is kind) for kind, _ in _AGE},
    ResourceKind.CONSENT: frozenset({Action.GIVE, Action.RENEW}),
    ResourceKind.HELPER: frozenset({Action.CREATE}),
}
"""The actions that `_age_right` may name an age for."""

_ITEMS: Final = frozenset(
    {
        ResourceKind.INTERVENTION,
        ResourceKind.APPOINTMENT,
        ResourceKind.DECISION,
        ResourceKind.PROMISE,
        ResourceKind.PROFESSIONAL_VIEW,
        ResourceKind.MINUTES,
    }
)
"""What an administration writes; another one sees it by consent."""


def decide(
    actor: Actor | IntegrationClient,
    action: Action,
    resource: Resource,
    facts: Facts,
    now: datetime,
) -> Decision:
    """Decide whether ``actor`` may do ``action``, and on which ground. Asks nobody, keeps nothing.

    ``facts`` are the actor's; ``now`` has an offset.
    """
    return _decision(actor, action, resource, now, _grants(actor, resource, facts, now))


def allowed_actions(
    actor: Actor | IntegrationClient, resource: Resource, facts: Facts, now: datetime
) -> frozenset[Action]:
    """Return the ``allowed`` of a resource in the contract.

    What wants a fresh login is in it for an old one too: the person is offered it, and logs in
    again when they take it.
    """
    return _opened(_grants(actor, resource, facts, now))


def decide_to_show(
    actor: Actor | IntegrationClient, resource: Resource, facts: Facts, now: datetime
) -> tuple[Decision, frozenset[Action]]:
    """Return what `decide` says of reading, and `allowed_actions`: both at the cost of one."""
    grants = tuple(_grants(actor, resource, facts, now))
    return (
        _decision(actor, Action.READ, resource, now, grants),
        _opened(grants),
    )


def _decision(
    actor: Actor | IntegrationClient,
    action: Action,
    resource: Resource,
    now: datetime,
    grants: Iterable[_Grant],
) -> Decision:
    for allowed, actions in grants:
        if action in actions:
            if _wants_fresh_login(action, resource) and not _login_is_fresh_and_strong(actor, now):
                return Refused(Reason.STEP_UP_NEEDED)
            return allowed
    return Refused(Reason.NO_GROUND)


def _opened(grants: Iterable[_Grant]) -> frozenset[Action]:
    return _NOTHING.union(*(opened for _, opened in grants))


def _wants_fresh_login(action: Action, resource: Resource) -> bool:
    return action in _SIGNING or (resource.kind, action) in _FRESH_LOGIN


def _grants(
    actor: Actor | IntegrationClient, resource: Resource, facts: Facts, now: datetime
) -> Iterable[_Grant]:
    """All relations between actor and resource with the actions that each opens."""
    today = danish_date(now)
    if isinstance(actor, IntegrationClient):
        return _delivery(actor, resource)
    related: Iterable[_Grant] = (
        _own_plan(resource, facts, today)  # needs no other relation
        if actor.role is Role.CITIZEN and _is_own_alone(actor, resource)
        else _related(actor, resource, facts, today)
    )
    if resource.kind in _WITH_AN_AUTHOR:
        return chain(_author(actor, resource), related)
    return related


def _author(actor: Actor, resource: Resource) -> Iterator[_Grant]:
    """Drafts and unsent attachments are of whoever made them, and everybody is their own person."""
    whose = resource.id if resource.kind is ResourceKind.PERSON else resource.created_by
    if whose == actor.person_id and (
        resource.kind is ResourceKind.PERSON or _is_of_its_author_alone(resource)
    ):
        yield Allowed(Ground.SELF), frozenset({Action.READ, Action.EDIT})


def _related(actor: Actor, resource: Resource, facts: Facts, today: date) -> Iterator[_Grant]:
    for relation in _relations(actor, resource, facts):
        yield from relation(actor, resource, facts, today)


def _relations(actor: Actor, resource: Resource, facts: Facts) -> "Iterable[_Relation]":
    """The relations that count to what is not the actor's own alone.

    What is hidden for safety reaches no other citizen.
    """
    if actor.role is not Role.CITIZEN:
        return _PROFESSIONAL_RELATIONS
    if facts.hidden and (resource.id in facts.hidden or resource.part_of in facts.hidden):
        return ()
    return _citizen_relations(facts)


def _citizen_relations(facts: Facts) -> "Iterator[_Relation]":
    """Those that somebody has at all: most citizens have but their own plan."""
    if facts.households:
        yield _household
        yield _housemate
    if facts.invitations:
        yield _invited
    if facts.consents:
        yield _family_consent
    if facts.shared_goals:
        yield _goal_share
    if facts.custody_of:
        yield _custody
    if facts.helps:
        yield _helper


def _is_of_its_author_alone(resource: Resource) -> bool:
    return resource.kind is ResourceKind.DRAFT or (
        resource.kind is ResourceKind.ATTACHMENT and resource.state == UNSENT
    )


def _is_not_shown_yet(resource: Resource) -> bool:
    """Tell whether those whom it is meant for are not to know of it yet."""
    return _is_of_its_author_alone(resource) or (
        resource.kind is ResourceKind.MINUTES and resource.state == MinutesState.DRAFT
    )


def _by_state(
    resource: Resource, table: Mapping[str | None, frozenset[Action]]
) -> frozenset[Action]:
    """What a table opens for something: reading as well, once it exists."""
    if resource.id is None:
        return table.get(_NEW, _NOTHING)
    return _READ if resource.state is None else _READ | table.get(resource.state, _NOTHING)


# -- a citizen


def _is_own_alone(actor: Actor, resource: Resource) -> bool:
    return resource.citizen_id == actor.person_id and resource.household_id is None


def _own_plan(resource: Resource, facts: Facts, today: date) -> tuple[_Grant]:
    actions = _own_actions(resource)
    if resource.kind in _WITH_AN_AGE:
        actions = _old_enough_for(actions, resource.kind, resource.variety, facts.born, today)
    return ((_BY_OWN_PLAN, actions),)


@lru_cache(maxsize=1024)
def _old_enough_for(
    actions: frozenset[Action],
    kind: ResourceKind,
    variety: str | None,
    born: date | None,
    today: date,
) -> frozenset[Action]:
    """Leave out what a citizen is too young for."""
    return actions - {
        action
        for action in actions & _WITH_AN_AGE[kind]
        if (right := _age_right(action, kind, variety)) and not has_right(right, born, today)
    }


def _age_right(action: Action, kind: ResourceKind, variety: str | None) -> AgeRight | None:
    if action is Action.GIVE and kind is ResourceKind.CONSENT:
        return _CONSENT_AGE.get(variety, AgeRight.PARTY)
    if action is Action.CREATE and kind is ResourceKind.HELPER:
        return _HELPER_AGE.get(variety, AgeRight.PARTY)
    return _AGE.get((kind, action))


def _own_actions(resource: Resource) -> frozenset[Action]:
    rule = _OWN_RULES.get(resource.kind)
    if rule is not None:
        return rule(resource)
    if resource.kind is ResourceKind.PROMISE and resource.administration is None:
        return _by_state(resource, _OWN_PROMISE)
    if _is_not_shown_yet(resource):
        return _NOTHING
    if resource.kind in _OWN_BY_STATE:
        return _by_state(resource, _OWN_BY_STATE[resource.kind])
    return _OWN.get(resource.kind, _NOTHING)


def _own_goal(resource: Resource) -> frozenset[Action]:
    """A citizen also decides whom a goal is shown to."""
    actions = _goal_actions(resource)
    return actions if resource.id is None else actions | _SHOWING


def _household(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """Whoever lives in it now sees and does what is joint, and nothing that is another's own."""
    if resource.household_id is None:
        return
    if actor.person_id not in facts.households.get(resource.household_id, frozenset()):
        return
    if resource.kind is ResourceKind.HOUSEHOLD:
        yield Allowed(Ground.HOUSEHOLD_MEMBER), _HOUSEHOLD
    elif resource.kind is ResourceKind.INVITATION:
        withdraw = {Action.WITHDRAW} if resource.state == InvitationState.OPEN else _NOTHING
        yield Allowed(Ground.HOUSEHOLD_MEMBER), _READ | withdraw
    elif resource.kind in _GOALS and resource.owner is GoalOwner.HOUSEHOLD:
        yield Allowed(Ground.HOUSEHOLD_MEMBER), _joint_goal_actions(actor, resource)


def _joint_goal_actions(actor: Actor, resource: Resource) -> frozenset[Action]:
    """What a member may do with a joint goal; a step is ticked by the one whose part it is."""
    actions = _goal_actions(resource)
    others = resource.assignee_id not in {None, actor.person_id}
    return actions - {Action.TICK} if others else actions


def _housemate(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """Who lives together knows each other's names."""
    if resource.kind is ResourceKind.PERSON and any(
        resource.id in members and actor.person_id in members
        for members in facts.households.values()
    ):
        yield Allowed(Ground.HOUSEHOLD_MEMBER), _READ


def _invited(_actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    if resource.kind is ResourceKind.INVITATION and resource.id in facts.invitations:
        yield Allowed(Ground.INVITED), frozenset({Action.READ, Action.ACCEPT, Action.DECLINE})


def _goal_share(_actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    yield Allowed(Ground.GOAL_SHARE), on_behalf.of_goal_share(resource, facts)


def _custody(_actor: Actor, resource: Resource, facts: Facts, today: date) -> Iterator[_Grant]:
    if not _is_not_shown_yet(resource):
        yield Allowed(Ground.CUSTODY), on_behalf.of_custody_holder(resource, facts, today)


def _helper(_actor: Actor, resource: Resource, facts: Facts, today: date) -> Iterator[_Grant]:
    """A helper sees the own task while it lasts, and may end it. What it opens: `on_behalf`."""
    if resource.kind is ResourceKind.HELPER:
        for helper in facts.helps:
            if helper.id == resource.id and helper.works_on(today):
                opened = frozenset({Action.READ, Action.END})
                yield Allowed(HELPER_GROUNDS[helper.kind]), opened
    elif not _is_not_shown_yet(resource):
        for ground, actions in on_behalf.of_helper(resource, facts, today):
            yield Allowed(ground), actions


def _family_consent(
    actor: Actor, resource: Resource, facts: Facts, today: date
) -> Iterator[_Grant]:
    """One person sees another's goals, as far as a consent says so."""
    if resource.kind not in _GOALS or resource.id is None:
        return
    for consent in _consents(facts, resource, today):
        if (
            consent.kind is ConsentKind.FAMILY
            and consent.recipient_person == actor.person_id
            and Category.GOALS in consent.categories
            and consent.source in {None, resource.administration}
        ):
            yield _by_consent(consent), _READ


def _goal_actions(resource: Resource) -> frozenset[Action]:
    """What those whose goal it is may do with it or with one of its steps."""
    if resource.owner is None:
        return _NOTHING
    proposed_by_others = resource.owner is GoalOwner.ADMINISTRATION
    if resource.id is None:
        creates = resource.kind is ResourceKind.GOAL and not proposed_by_others
        return frozenset({Action.CREATE}) if creates else _NOTHING
    if resource.kind is ResourceKind.STEP:
        work = frozenset({Action.TICK}) if proposed_by_others else _STEP_WORK
        return _READ | work if resource.state in _OPEN_GOAL else _READ
    moves = _PROPOSED_GOAL_MOVES if proposed_by_others else _GOAL_MOVES
    return _READ | moves.get(resource.state, _NOTHING)


def _consent_actions(resource: Resource) -> frozenset[Action]:
    if resource.id is None:
        return frozenset({Action.GIVE})
    if resource.state == ConsentState.ACTIVE:
        return frozenset({Action.READ, Action.WITHDRAW, Action.RENEW})
    if resource.state == ConsentState.WAITING:
        given_by_another = resource.created_by not in {None, resource.citizen_id}
        return _READ | {Action.WITHDRAW} | ({Action.SIGN} if given_by_another else _NOTHING)
    if resource.state == ConsentState.EXPIRED:
        return frozenset({Action.READ, Action.RENEW})
    return _READ


def _own_helper(resource: Resource) -> frozenset[Action]:
    """A guardian is appointed: a citizen neither makes nor ends one."""
    by_citizen = resource.variety != HelperKind.GUARDIAN
    if resource.id is None:
        return frozenset({Action.CREATE}) if by_citizen else _NOTHING
    going_on = resource.state in {HelperState.ACTIVE, HelperState.COMING}
    return _READ | {Action.END} if by_citizen and going_on else _READ


def _login_is_fresh_and_strong(actor: Actor | IntegrationClient, now: datetime) -> bool:
    return (
        isinstance(actor, Actor)
        and actor.loa.reaches(Loa.SUBSTANTIAL)
        and now - actor.auth_time <= FRESH_LOGIN
    )


# -- a contact person, or today's deputy


def _relation(resource: Resource, facts: Facts) -> Ground | None:
    if resource.citizen_id is None:
        return None
    if resource.citizen_id in facts.contact_person_of:
        return Ground.CONTACT_PERSON
    if resource.citizen_id in facts.deputy_for:
        return Ground.DEPUTY
    return None


def _contact_person(
    actor: Actor, resource: Resource, facts: Facts, _today: date
) -> Iterator[_Grant]:
    ground = _relation(resource, facts)
    if ground is None:
        return
    match resource.kind:
        case ResourceKind.GOAL | ResourceKind.STEP:
            yield Allowed(ground), _goal_actions_of_contact_person(actor, resource)
        case ResourceKind.CONSENT if resource.administration is not None:
            # What one person lets a relative see is not casework.
            yield Allowed(ground), _READ
        case ResourceKind.PROMISE if resource.administration is None:
            yield Allowed(ground), _READ  # the citizen's own promise
        case kind if kind in _CASEWORK:
            yield Allowed(ground), _by_state(resource, _CASEWORK[kind])
        case ResourceKind.SAFETY_HIDING if resource.administration not in {
            None,
            actor.administration,
        }:
            return  # what they do not see they neither hide nor know to be hidden
        case ResourceKind.CONTACT_ASSIGNMENT if ground is Ground.CONTACT_PERSON:
            yield Allowed(ground), frozenset({Action.READ, Action.HAND_OVER})
        case ResourceKind.ATTACHMENT if not _is_not_shown_yet(resource):
            yield Allowed(ground), _READ if resource.id else frozenset({Action.CREATE})
        case _:
            yield Allowed(ground), _CONTACT_PERSON.get(resource.kind, _NOTHING)


def _arranging(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """What a citizen cannot do or write alone, or has told aloud."""
    ground = _relation(resource, facts)
    if ground is not None:
        yield Allowed(ground), arranging.of_contact_person(actor, resource)


def _goal_actions_of_contact_person(actor: Actor, resource: Resource) -> frozenset[Action]:
    """Propose and rate, tick nothing. What families share is theirs."""
    own_administration = (
        actor.administration is not None and resource.administration == actor.administration
    )
    if resource.owner is GoalOwner.ADMINISTRATION and not own_administration:
        return _NOTHING  # another administration's words: by consent, as its other items
    if resource.owner is GoalOwner.HOUSEHOLD or resource.household_id is not None:
        return _NOTHING
    if resource.id is None:
        proposes = resource.kind is ResourceKind.GOAL and own_administration
        return frozenset({Action.CREATE}) if proposes else _NOTHING
    if resource.kind is ResourceKind.GOAL and resource.state in _OPEN_GOAL:
        return frozenset({Action.READ, Action.RATE})
    return _READ


def _intake(actor: Actor, resource: Resource, _facts: Facts, _today: date) -> Iterator[_Grant]:
    """Whoever asks the municipality for a plan and has nobody yet is everybody's to answer.

    Who answers yes becomes their contact person. Where there is one, only they answer.
    """
    if (
        resource.kind is ResourceKind.PLAN_REQUEST
        and resource.state == PlanRequestState.RECEIVED
        and resource.id is not None
        and resource.contact_person_id is None
        and actor.administration is not None
    ):
        yield Allowed(Ground.INTAKE), _READ | _PLAN_REQUEST_WORK[PlanRequestState.RECEIVED]


def _case_worker(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """A professional who works with a citizen sees that there is a plan, and their own part."""
    if resource.citizen_id not in facts.works_with or actor.administration is None:
        return
    if resource.kind in {ResourceKind.PERSON, ResourceKind.PLAN}:
        yield Allowed(Ground.CASE_WORKER), _READ
    elif resource.kind in _ITEMS and resource.administration is actor.administration:
        yield Allowed(Ground.SAME_ADMINISTRATION), _READ if resource.id else _NOTHING


def _at_work(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """What professionals have to do with each other, and a leader's figures."""
    if actor.administration is None:
        return
    if resource.kind is ResourceKind.COLLEAGUES:
        yield Allowed(Ground.COLLEAGUE), _READ
    elif resource.kind is ResourceKind.ABSENCE and resource.created_by == actor.person_id:
        yield Allowed(Ground.SELF), frozenset({Action.READ, Action.CREATE, Action.CANCEL})
    elif resource.kind is ResourceKind.FIGURES and facts.leads:
        yield Allowed(Ground.LEADER), _READ


def _same_administration(
    actor: Actor, resource: Resource, facts: Facts, _today: date
) -> Iterator[_Grant]:
    if (
        _relation(resource, facts) is not None
        and resource.kind in _ITEMS | {ResourceKind.FACT_REQUEST}
        and actor.administration is not None
        and resource.administration == actor.administration
    ):
        work = _AT_HOME.get(resource.kind, {})
        yield Allowed(Ground.SAME_ADMINISTRATION), _by_state(resource, work)


def _fact_grant(actor: Actor, resource: Resource, facts: Facts, _today: date) -> Iterator[_Grant]:
    """What the citizen told once and lets this administration use."""
    if (
        resource.kind is ResourceKind.TOLD_FACT
        and resource.id is not None
        and _relation(resource, facts) is not None
        and actor.administration in resource.granted_to
    ):
        yield Allowed(Ground.FACT_GRANT), _READ


def _administration_consent(
    actor: Actor, resource: Resource, facts: Facts, today: date
) -> Iterator[_Grant]:
    """What another administration wrote, as far as a consent says so."""
    source = resource.administration
    if source is None or actor.administration is None:
        return
    if _relation(resource, facts) is None and resource.citizen_id not in facts.works_with:
        return
    of_administration = resource.owner is GoalOwner.ADMINISTRATION and resource.id is not None
    if resource.kind not in _ITEMS and not of_administration:
        return
    if _is_not_shown_yet(resource):
        return
    kinds = _KINDS_FOR_HEALTH if source is Administration.HEALTH else _KINDS_FOR_OTHERS
    for consent in _consents(facts, resource, today):
        if (
            consent.kind in kinds
            and consent.recipient_administration is actor.administration
            and consent.source in {None, source}
            and CATEGORY_OF[source] in consent.categories
        ):
            yield _by_consent(consent), _READ


_KINDS_FOR_HEALTH: Final = frozenset({ConsentKind.HEALTH_DISCLOSURE})
_KINDS_FOR_OTHERS: Final = frozenset({ConsentKind.HOLISTIC_PLAN, ConsentKind.COLLECTION})


# -- a sector system


def _delivery(client: IntegrationClient, resource: Resource) -> Iterator[_Grant]:
    """It writes what its own administration owns, and reads back nothing but that."""
    if (
        resource.kind in _DELIVERED
        and resource.administration is client.administration
        and resource.citizen_id is not None
    ):
        yield Allowed(Ground.DELIVERY), frozenset({Action.READ, Action.CREATE, Action.EDIT})


# -- consents


def _consents(facts: Facts, resource: Resource, today: date) -> Iterator[ConsentFact]:
    """Those that the citizen gave and that work today."""
    return (
        consent
        for consent in facts.consents
        if consent.citizen_id == resource.citizen_id and consent.works_on(today)
    )


def _by_consent(consent: ConsentFact) -> Allowed:
    return Allowed(CONSENT_GROUNDS[consent.kind], consent.id)


_OWN_RULES: Final[Mapping[ResourceKind, Callable[[Resource], frozenset[Action]]]] = {
    ResourceKind.GOAL: _own_goal,
    ResourceKind.STEP: _goal_actions,
    ResourceKind.CONSENT: _consent_actions,
    ResourceKind.HELPER: _own_helper,
}
_Relation = Callable[[Actor, Resource, Facts, date], Iterator[_Grant]]
_PROFESSIONAL_RELATIONS: Final[tuple[_Relation, ...]] = (
    _contact_person,
    _arranging,
    _case_worker,
    _intake,
    _same_administration,
    _fact_grant,
    _administration_consent,
    _at_work,
)
