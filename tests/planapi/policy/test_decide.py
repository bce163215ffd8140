"""The policy as a table: who asks for what, and on which ground the answer is yes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from planapi.policy.actors import Loa
from planapi.policy.decide import Allowed, Reason, Refused, allowed_actions, decide
from planapi.policy.facts import NO_FACTS, Facts
from planapi.policy.grounds import LAW, Ground, law_on
from planapi.policy.resources import Resource, ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category, ConsentKind
from portal.contract.goals import GoalOwner
from portal.contract.people import Administration
from tests.planapi.policy.people import (
    ANNA,
    BO,
    CONSENT,
    CONTACT_PERSON,
    DEPUTY,
    ELSEWHERE,
    EVA,
    FAMILY,
    HOUSEHOLD,
    LARS,
    METTE,
    NOW,
    THING,
    TODAY,
    a_citizen,
    a_consent,
    a_goal,
    a_professional,
    an_intervention,
    annas,
    with_consent,
)

EMPLOYMENT, SOCIAL, HEALTH = (
    Administration.EMPLOYMENT,
    Administration.ADULT_SOCIAL,
    Administration.HEALTH,
)
HOUSEHOLD_GOAL = a_goal(GoalOwner.HOUSEHOLD)
TOWN_GOAL = a_goal(GoalOwner.ADMINISTRATION, administration=EMPLOYMENT)
THREAD = annas(ResourceKind.THREAD)
ABOUT_ME = annas(ResourceKind.ABOUT_ME)
LOG = annas(ResourceKind.ACCESS_LOG)
BY_CONSENT = f"consent:{CONSENT}"
NO = None
CONTACT = "contact_person"

collection = a_consent(ConsentKind.COLLECTION)
health_disclosure = a_consent(ConsentKind.HEALTH_DISCLOSURE)
for_bo = a_consent(
    ConsentKind.FAMILY,
    recipient_administration=None,
    recipient_person=BO,
    categories=frozenset({Category.GOALS}),
)


def asked(actor, action, resource, facts=NO_FACTS) -> str | None:
    """The code of the ground, None for a refusal."""
    decision = decide(actor, action, resource, facts, NOW)
    return decision.code if isinstance(decision, Allowed) else None


READING = [
    # who, what, with which facts, on which ground
    ("Anna her goal", a_citizen(), a_goal(), NO_FACTS, "own_plan"),
    ("Anna the town's goal", a_citizen(), TOWN_GOAL, NO_FACTS, "own_plan"),
    ("Anna her health", a_citizen(), an_intervention(HEALTH), NO_FACTS, "own_plan"),
    ("Anna her thread", a_citizen(), THREAD, NO_FACTS, "own_plan"),
    ("Anna her log", a_citizen(), LOG, NO_FACTS, "own_plan"),
    ("Anna the joint goal", a_citizen(), HOUSEHOLD_GOAL, FAMILY, "household_member"),
    ("Bo the joint goal", a_citizen(BO), HOUSEHOLD_GOAL, FAMILY, "household_member"),
    ("Bo the joint goal after moving out", a_citizen(BO), HOUSEHOLD_GOAL, NO_FACTS, NO),
    ("Bo Anna's own goal", a_citizen(BO), a_goal(), FAMILY, NO),
    ("Bo Anna's goal by consent", a_citizen(BO), a_goal(), with_consent(FAMILY, for_bo),
     BY_CONSENT),
    ("Bo Anna's health by consent", a_citizen(BO), an_intervention(HEALTH),
     with_consent(FAMILY, for_bo), NO),
    ("Bo Anna's thread by consent", a_citizen(BO), THREAD, with_consent(FAMILY, for_bo), NO),
    ("Eva by Bo's consent", a_citizen(EVA), a_goal(), with_consent(NO_FACTS, for_bo), NO),
    ("Eva Anna's goal", a_citizen(EVA), a_goal(), NO_FACTS, NO),
    ("Mette Anna's goal", a_professional(), a_goal(), CONTACT_PERSON, CONTACT),
    ("Mette her words about herself", a_professional(), ABOUT_ME, CONTACT_PERSON, CONTACT),
    ("Mette the thread", a_professional(), THREAD, CONTACT_PERSON, CONTACT),
    ("Mette her own town's goal", a_professional(), TOWN_GOAL, CONTACT_PERSON, CONTACT),
    ("Mette the joint goal", a_professional(), HOUSEHOLD_GOAL, CONTACT_PERSON, NO),
    ("Mette Anna's log", a_professional(), LOG, CONTACT_PERSON, NO),
    ("Mette's deputy the goal", a_professional(), a_goal(), DEPUTY, "deputy"),
    ("Mette a stranger's goal", a_professional(), a_goal(citizen_id=EVA), CONTACT_PERSON, NO),
    ("Mette without citizens", a_professional(), a_goal(), NO_FACTS, NO),
    ("Mette as a citizen", a_citizen(), a_goal(citizen_id=BO), CONTACT_PERSON, NO),
    ("own administration", a_professional(), an_intervention(EMPLOYMENT), CONTACT_PERSON,
     "same_administration"),
    ("other administration", a_professional(), an_intervention(SOCIAL), CONTACT_PERSON, NO),
    ("no administration", a_professional(administration=None), an_intervention(SOCIAL),
     CONTACT_PERSON, NO),
    ("other administration by consent", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, collection), BY_CONSENT),
    ("other administration by consent, deputy", a_professional(), an_intervention(SOCIAL),
     with_consent(DEPUTY, collection), BY_CONSENT),
    ("by consent, but nobody's contact person", a_professional(), an_intervention(SOCIAL),
     with_consent(NO_FACTS, collection), NO),
    ("by consent from elsewhere", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, replace(collection, source=Administration.FAMILY)), NO),
    ("by consent for other information", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, replace(collection, categories=frozenset({Category.FAMILY}))),
     NO),
    ("by consent to others", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, replace(collection, recipient_administration=HEALTH)), NO),
    ("by another citizen's consent", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, replace(collection, citizen_id=BO)), NO),
    ("health by an ordinary consent", a_professional(), an_intervention(HEALTH),
     with_consent(CONTACT_PERSON, collection), NO),
    ("health by a disclosure consent", a_professional(), an_intervention(HEALTH),
     with_consent(CONTACT_PERSON, health_disclosure), BY_CONSENT),
    ("other by a disclosure consent", a_professional(), an_intervention(SOCIAL),
     with_consent(CONTACT_PERSON, health_disclosure), NO),
    ("health at home", a_professional(administration=HEALTH), an_intervention(HEALTH),
     CONTACT_PERSON, "same_administration"),
    ("another administration's goal", a_professional(administration=SOCIAL), TOWN_GOAL,
     CONTACT_PERSON, NO),
    ("the citizen's own promise", a_professional(), annas(ResourceKind.PROMISE), CONTACT_PERSON,
     CONTACT),
    ("who lives with Anna", a_professional(),
     annas(ResourceKind.HOUSEHOLD, household_id=HOUSEHOLD), CONTACT_PERSON, CONTACT),
    ("an open request, by whoever answers", a_professional(),
     annas(ResourceKind.PLAN_REQUEST, state="received"), NO_FACTS, "intake"),
    ("an open request of who has a contact person, by another one", a_professional(),
     annas(ResourceKind.PLAN_REQUEST, state="received", contact_person_id=LARS), NO_FACTS, NO),
    ("an open request of who has a contact person, by a case worker", a_professional(),
     annas(ResourceKind.PLAN_REQUEST, state="received", contact_person_id=LARS),
     Facts(works_with=frozenset({ANNA})), NO),
    ("an open request, by the contact person", a_professional(),
     annas(ResourceKind.PLAN_REQUEST, state="received", contact_person_id=METTE),
     CONTACT_PERSON, CONTACT),
    ("an answered request", a_professional(), annas(ResourceKind.PLAN_REQUEST, state="accepted"),
     NO_FACTS, NO),
    ("an open request, by nobody's employee", a_professional(administration=None),
     annas(ResourceKind.PLAN_REQUEST, state="received"), NO_FACTS, NO),
    ("an open request, by a relative", a_citizen(BO),
     annas(ResourceKind.PLAN_REQUEST, state="received"), FAMILY, NO),
    ("a consent to an administration", a_professional(),
     annas(ResourceKind.CONSENT, administration=EMPLOYMENT, state="active"), CONTACT_PERSON,
     CONTACT),
    ("a consent to a relative", a_professional(), annas(ResourceKind.CONSENT, state="active"),
     CONTACT_PERSON, NO),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "resource", "facts", "ground"),
    [row[1:] for row in READING],
    ids=[row[0] for row in READING],
)
def test_reading(actor, resource, facts, ground):
    assert asked(actor, Action.READ, resource, facts) == ground


def actions(words: str) -> frozenset[Action]:
    return frozenset(Action(word) for word in words.split())


DOING = [
    # whose hands, what, with which facts, everything that is allowed
    ("own active goal", a_citizen(), a_goal(), NO_FACTS,
     "read edit add_step tick rate pause drop reach share unshare"),
    ("own paused goal", a_citizen(), a_goal(state="paused"), NO_FACTS,
     "read edit add_step tick rate activate drop reach share unshare"),
    ("own reached goal", a_citizen(), a_goal(state="reached"), NO_FACTS,
     "read activate share unshare"),
    ("own dropped goal", a_citizen(), a_goal(state="dropped"), NO_FACTS,
     "read activate share unshare"),
    ("own step", a_citizen(), a_goal()._replace(kind=ResourceKind.STEP), NO_FACTS,
     "read edit tick"),
    ("own step of a reached goal", a_citizen(),
     a_goal(state="reached")._replace(kind=ResourceKind.STEP), NO_FACTS, "read"),
    ("the town's proposal", a_citizen(), TOWN_GOAL._replace(state="proposed"), NO_FACTS,
     "read activate decline share unshare"),
    ("the town's active goal", a_citizen(), TOWN_GOAL, NO_FACTS,
     "read tick rate share unshare"),
    ("a step of it", a_citizen(), TOWN_GOAL._replace(kind=ResourceKind.STEP), NO_FACTS,
     "read tick"),
    ("joint goal", a_citizen(BO), HOUSEHOLD_GOAL, FAMILY,
     "read edit add_step tick rate pause drop reach"),
    ("step of a joint goal", a_citizen(BO), HOUSEHOLD_GOAL._replace(kind=ResourceKind.STEP),
     FAMILY, "read edit tick"),
    ("own step of a joint goal", a_citizen(BO),
     HOUSEHOLD_GOAL._replace(kind=ResourceKind.STEP, assignee_id=BO), FAMILY, "read edit tick"),
    ("another's step of a joint goal", a_citizen(BO),
     HOUSEHOLD_GOAL._replace(kind=ResourceKind.STEP, assignee_id=ANNA), FAMILY, "read edit"),
    ("a helper's step of one's own goal", a_citizen(),
     a_goal()._replace(kind=ResourceKind.STEP, assignee_id=METTE), NO_FACTS, "read edit tick"),
    ("goal by consent", a_citizen(BO), a_goal(), with_consent(FAMILY, for_bo), "read"),
    ("new own goal", a_citizen(), a_goal(id=None, state=None), NO_FACTS, "create"),
    ("new goal for another", a_citizen(BO), a_goal(id=None, state=None),
     with_consent(FAMILY, for_bo), ""),
    ("new goal in the town's name", a_citizen(), TOWN_GOAL._replace(id=None, state=None),
     NO_FACTS, ""),
    ("new joint goal", a_citizen(), HOUSEHOLD_GOAL._replace(id=None, state=None), FAMILY,
     "create"),
    ("new joint goal elsewhere", a_citizen(),
     HOUSEHOLD_GOAL._replace(id=None, state=None, household_id=ELSEWHERE), FAMILY, ""),
    ("own words", a_citizen(), ABOUT_ME, NO_FACTS, "read edit create"),
    ("own thread", a_citizen(), THREAD, NO_FACTS, "read create reply"),
    ("own appointment", a_citizen(), annas(ResourceKind.APPOINTMENT, administration=HEALTH),
     NO_FACTS, "read"),
    ("active consent", a_citizen(), annas(ResourceKind.CONSENT, state="active"), NO_FACTS,
     "read withdraw renew"),
    ("withdrawn consent", a_citizen(), annas(ResourceKind.CONSENT, state="withdrawn"), NO_FACTS,
     "read"),
    ("new consent", a_citizen(), annas(ResourceKind.CONSENT, id=None), NO_FACTS, "give"),
    ("new consent, logged in weakly", a_citizen(loa=Loa.LOW),
     annas(ResourceKind.CONSENT, id=None), NO_FACTS, "give"),
    ("new consent for another", a_citizen(BO), annas(ResourceKind.CONSENT, id=None), FAMILY, ""),
    ("citizen's goal at work", a_professional(), a_goal(), CONTACT_PERSON, "read rate"),
    ("citizen's step at work", a_professional(), a_goal()._replace(kind=ResourceKind.STEP),
     CONTACT_PERSON, "read"),
    ("proposal at work", a_professional(), TOWN_GOAL._replace(id=None, state=None),
     CONTACT_PERSON, "create"),
    ("proposal for another administration", a_professional(administration=SOCIAL),
     TOWN_GOAL._replace(id=None, state=None), CONTACT_PERSON, ""),
    ("thread at work", a_professional(), THREAD, CONTACT_PERSON, "read create reply"),
    ("words of the citizen at work", a_professional(), ABOUT_ME, CONTACT_PERSON, "read"),
    ("consent at work", a_professional(),
     annas(ResourceKind.CONSENT, administration=EMPLOYMENT, state="active"), CONTACT_PERSON,
     "read"),
    ("own profile", a_citizen(), Resource(ResourceKind.PERSON, ANNA, ANNA), NO_FACTS, "read edit"),
    ("own calendar address", a_citizen(), annas(ResourceKind.CALENDAR_ADDRESS), NO_FACTS,
     "read edit"),
    ("another's calendar address", a_citizen(BO), annas(ResourceKind.CALENDAR_ADDRESS), FAMILY, ""),
    ("a citizen's calendar address", a_professional(), annas(ResourceKind.CALENDAR_ADDRESS),
     CONTACT_PERSON, ""),
    ("own draft", a_citizen(), Resource(ResourceKind.DRAFT, None, None, created_by=ANNA),
     NO_FACTS, "read edit"),
    ("another's draft", a_professional(), Resource(ResourceKind.DRAFT, None, ANNA,
     created_by=ANNA), CONTACT_PERSON, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "resource", "facts", "allowed"),
    [row[1:] for row in DOING],
    ids=[row[0] for row in DOING],
)
def test_doing(actor, resource, facts, allowed):
    assert allowed_actions(actor, resource, facts, NOW) == actions(allowed)


@pytest.mark.parametrize(
    ("minutes", "answer"),
    [
        (0, Allowed(Ground.OWN_PLAN)),
        (60, Allowed(Ground.OWN_PLAN)),
        (61, Refused(Reason.STEP_UP_NEEDED)),
    ],
)
def test_a_consent_is_given_within_an_hour_of_the_login(minutes, answer):
    actor = a_citizen(auth_time=NOW - timedelta(minutes=minutes))
    new_consent = annas(ResourceKind.CONSENT, id=None)

    assert decide(actor, Action.GIVE, new_consent, NO_FACTS, NOW) == answer


def test_what_opens_something_is_offered_to_an_old_login_too_and_closing_it_wants_no_new_one():
    actor = a_citizen(auth_time=NOW - timedelta(hours=3))
    consent = annas(ResourceKind.CONSENT, state="active")

    assert {Action.RENEW, Action.WITHDRAW} <= allowed_actions(actor, consent, NO_FACTS, NOW)
    assert decide(actor, Action.RENEW, consent, NO_FACTS, NOW) == Refused(Reason.STEP_UP_NEEDED)
    assert decide(actor, Action.WITHDRAW, consent, NO_FACTS, NOW) == Allowed(Ground.OWN_PLAN)


INVITED = Facts(invitations=frozenset({THING}))
OPENING_AND_CLOSING = [
    ("family", a_citizen(), annas(ResourceKind.HOUSEHOLD, citizen_id=None, household_id=HOUSEHOLD),
     FAMILY, {Action.INVITE}, {Action.LEAVE}),
    ("an invitation", a_citizen(), annas(ResourceKind.INVITATION, citizen_id=None), INVITED,
     {Action.ACCEPT}, {Action.DECLINE}),
    ("a goal", a_citizen(), a_goal(), NO_FACTS, {Action.SHARE}, {Action.UNSHARE}),
    ("safety", a_professional(), annas(ResourceKind.SAFETY_HIDING), CONTACT_PERSON,
     {Action.CREATE, Action.LIFT}, set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "resource", "facts", "opening", "closing"),
    [row[1:] for row in OPENING_AND_CLOSING],
    ids=[row[0] for row in OPENING_AND_CLOSING],
)
def test_an_old_login_neither_shares_with_family_nor_changes_what_is_hidden_for_safety(
    actor, resource, facts, opening, closing
):
    old = replace(actor, auth_time=NOW - timedelta(minutes=61))

    for action in opening:
        assert isinstance(decide(actor, action, resource, facts, NOW), Allowed)
        refused = decide(old, action, resource, facts, NOW)
        assert refused == Refused(Reason.STEP_UP_NEEDED)
    for action in closing:
        assert isinstance(decide(old, action, resource, facts, NOW), Allowed)


def test_a_consent_works_until_the_last_day_ends_in_denmark():
    facts = with_consent(CONTACT_PERSON, replace(collection, valid_until=TODAY))
    late = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)  # 23:59 in Denmark

    def answer(now):
        return decide(a_professional(), Action.READ, an_intervention(SOCIAL), facts, now)

    assert isinstance(answer(late), Allowed)
    assert isinstance(answer(late + timedelta(minutes=1)), Refused)


def test_every_ground_names_the_law_it_rests_on():
    assert set(LAW) == set(Ground)
    assert all(law_on(ground, TODAY) for ground in Ground)


def test_the_code_of_a_consent_names_the_consent():
    assert Allowed(Ground.COLLECTION_CONSENT, UUID(int=22)).code == BY_CONSENT
