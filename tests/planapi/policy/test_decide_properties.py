"""What holds for every actor, resource and set of consents, not only for those in the table."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from planapi.policy.actors import Actor, Loa
from planapi.policy.decide import Allowed, Reason, allowed_actions, decide
from planapi.policy.facts import NO_FACTS, ConsentFact, Facts, HelperFact
from planapi.policy.resources import Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentKind, ConsentState
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.helpers import HelperKind, HelperState
from portal.contract.people import Administration, Role
from tests.planapi.policy.people import ANNA, BO, EVA, HOUSEHOLD, METTE, NOW, THING, TODAY, an_id

people = st.sampled_from([ANNA, BO, EVA, METTE])
maybe_administration = st.none() | st.sampled_from(Administration)
days = st.integers(-30, 30).map(lambda count: TODAY + timedelta(days=count))

actors = st.builds(
    Actor,
    person_id=people,
    role=st.sampled_from(Role),
    loa=st.sampled_from(Loa),
    auth_time=st.integers(0, 120).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    session_id=st.just("s"),
    administration=maybe_administration,
)
goal_states = st.none() | st.sampled_from([*GoalState])
resources = st.builds(
    Resource,
    kind=st.sampled_from(ResourceKind),
    id=st.none() | st.just(THING) | people,
    citizen_id=st.none() | people,
    household_id=st.none() | st.just(HOUSEHOLD),
    administration=maybe_administration,
    owner=st.none() | st.sampled_from(GoalOwner),
    state=goal_states,
    created_by=st.none() | people,
) | st.builds(
    Resource,
    kind=st.just(ResourceKind.CONSENT),
    id=st.none() | st.just(THING),
    citizen_id=people,
    administration=maybe_administration,
    state=st.sampled_from(ConsentState),
)
helped = resources | st.builds(
    Resource,
    kind=st.just(ResourceKind.HELPER),
    id=st.just(THING),
    citizen_id=people,
    state=st.sampled_from(HelperState),
    variety=st.sampled_from(HelperKind),
)
consents = st.builds(
    ConsentFact,
    id=st.integers(100, 120).map(an_id),
    citizen_id=people,
    kind=st.sampled_from(ConsentKind),
    source=maybe_administration,
    recipient_administration=maybe_administration,
    recipient_person=st.none() | people,
    categories=st.frozensets(st.sampled_from(Category)),
    valid_from=days,
    valid_until=days,
    withdrawn_at=st.none() | st.just(NOW),
)
helpers = st.builds(
    HelperFact,
    id=st.just(THING) | st.integers(100, 120).map(an_id),
    citizen_id=people,
    kind=st.sampled_from(HelperKind),
    categories=st.frozensets(st.sampled_from(Category)),
    valid_from=days,
    valid_until=days,
    ended_at=st.none() | st.just(NOW),
)
all_facts = st.builds(
    Facts,
    contact_person_of=st.frozensets(people),
    deputy_for=st.frozensets(people),
    households=st.dictionaries(st.just(HOUSEHOLD), st.frozensets(people)),
    consents=st.lists(consents, max_size=4).map(tuple),
    helps=st.lists(helpers, max_size=2).map(tuple),
)


@given(actors, resources, all_facts, st.integers(0, 3))
def test_withdrawing_never_widens(actor, resource, facts, which):
    if not facts.consents:
        return
    at = which % len(facts.consents)
    withdrawn = tuple(
        replace(consent, withdrawn_at=NOW) if index == at else consent
        for index, consent in enumerate(facts.consents)
    )
    before = allowed_actions(actor, resource, facts, NOW)
    after = allowed_actions(actor, resource, replace(facts, consents=withdrawn), NOW)

    assert after <= before


@given(actors, resources, all_facts)
def test_expiry_equals_withdrawal_equals_no_consent(actor, resource, facts):
    yesterday = TODAY - timedelta(days=1)
    withdrawn = tuple(replace(consent, withdrawn_at=NOW) for consent in facts.consents)
    expired = tuple(replace(consent, valid_until=yesterday) for consent in facts.consents)
    answers = [
        [decide(actor, action, resource, replace(facts, consents=these), NOW) for action in Action]
        for these in (withdrawn, expired, ())
    ]

    assert answers[0] == answers[1] == answers[2]


@given(actors, resources, all_facts)
def test_ending_a_helpers_task_never_widens(actor, resource, facts):
    ended = tuple(replace(helper, ended_at=NOW) for helper in facts.helps[:1]) + facts.helps[1:]
    before = allowed_actions(actor, resource, facts, NOW)
    after = allowed_actions(actor, resource, replace(facts, helps=ended), NOW)

    assert after <= before


@given(actors, helped, all_facts)
def test_a_helpers_task_that_is_ended_expired_or_to_come_equals_none(actor, resource, facts):
    a_day = timedelta(days=1)
    ended = tuple(replace(helper, ended_at=NOW) for helper in facts.helps)
    expired = tuple(replace(helper, valid_until=TODAY - a_day) for helper in facts.helps)
    coming = tuple(replace(helper, valid_from=TODAY + a_day) for helper in facts.helps)
    answers = [
        [decide(actor, action, resource, replace(facts, helps=these), NOW) for action in Action]
        for these in (ended, expired, coming, ())
    ]

    assert answers[0] == answers[1] == answers[2] == answers[3]


@given(actors, resources)
def test_without_any_relation_only_ones_own_is_open(actor, resource):
    own = actor.person_id in {resource.citizen_id, resource.created_by, resource.id}
    about_work = resource.kind is ResourceKind.COLLEAGUES  # and about no citizen

    if not own and not about_work:
        assert allowed_actions(actor, resource, NO_FACTS, NOW) == frozenset()


@given(actors, resources, all_facts)
def test_what_is_said_to_be_allowed_is_what_is_decided_after_a_new_login_maybe(
    actor, resource, facts
):
    answers = {action: decide(actor, action, resource, facts, NOW) for action in Action}

    assert allowed_actions(actor, resource, facts, NOW) == {
        action
        for action, answer in answers.items()
        if isinstance(answer, Allowed) or answer.reason is Reason.STEP_UP_NEEDED
    }


@given(actors, resources, all_facts)
def test_whoever_changes_something_that_exists_may_also_read_it(actor, resource, facts):
    allowed = allowed_actions(actor, resource, facts, NOW)

    if resource.id is not None and allowed:
        assert Action.READ in allowed


@given(actors, resources, all_facts)
def test_health_is_seen_elsewhere_only_by_a_disclosure_consent(actor, resource, facts):
    health = resource._replace(kind=ResourceKind.INTERVENTION, administration=Administration.HEALTH)
    others = tuple(one for one in facts.consents if one.kind is not ConsentKind.HEALTH_DISCLOSURE)
    decision = decide(actor, Action.READ, health, replace(facts, consents=others), NOW)

    if isinstance(decision, Allowed):
        at_home = actor.administration is Administration.HEALTH
        assert at_home or actor.person_id == health.citizen_id
