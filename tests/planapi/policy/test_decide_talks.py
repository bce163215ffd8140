"""The policy as a table, for what a plan holds beyond goals and messages, state by state."""

import pytest

from planapi.policy.decide import SENT, UNSENT, UPCOMING, WRITTEN, allowed_actions
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import ResourceKind
from portal.contract.actions import Action
from portal.contract.consents import Category
from portal.contract.people import Administration
from tests.planapi.policy.people import (
    ANNA,
    BO,
    CONTACT_PERSON,
    DEPUTY,
    EVA,
    FAMILY,
    METTE,
    NOW,
    a_citizen,
    a_consent,
    a_professional,
    annas,
    with_consent,
)

JOB, HOME = Administration.EMPLOYMENT, Administration.FAMILY
BY_CONSENT = with_consent(
    CONTACT_PERSON, a_consent(categories=frozenset({Category.FAMILY, Category.EMPLOYMENT}))
)


def promise(state, administration=None, **fields):
    return annas(ResourceKind.PROMISE, state=state, administration=administration, **fields)


def minutes(state, administration=JOB, **fields):
    return annas(ResourceKind.MINUTES, state=state, administration=administration, **fields)


def request(state, administration=JOB, **fields):
    return annas(ResourceKind.FACT_REQUEST, state=state, administration=administration, **fields)


def fact(*granted_to):
    return annas(ResourceKind.TOLD_FACT, granted_to=frozenset(granted_to))


def attachment(state, by=ANNA):
    return annas(ResourceKind.ATTACHMENT, state=state, created_by=by)


def follow_up(state, **fields):
    return annas(ResourceKind.FOLLOW_UP, state=state, **fields)


def view(state=WRITTEN, administration=JOB, **fields):
    return annas(
        ResourceKind.PROFESSIONAL_VIEW, state=state, administration=administration, **fields
    )


MEETING = annas(ResourceKind.APPOINTMENT, state=UPCOMING, administration=JOB)
PAST_MEETING = annas(ResourceKind.APPOINTMENT, state="past", administration=JOB)

DOING = [
    # who, what, with which facts, everything that is allowed
    ("own promise, new", a_citizen(), promise(None, id=None), NO_FACTS, "create"),
    ("own promise, open", a_citizen(), promise("open"), NO_FACTS, "read edit keep"),
    ("own promise, kept", a_citizen(), promise("kept"), NO_FACTS, "read keep"),
    ("the town's promise", a_citizen(), promise("open", JOB), NO_FACTS, "read"),
    ("own promise, at work", a_professional(), promise("open"), CONTACT_PERSON, "read"),
    ("the town's promise at home", a_professional(), promise("overdue", JOB), CONTACT_PERSON,
     "read edit keep"),
    ("the town's promise, deputy", a_professional(), promise("open", JOB), DEPUTY,
     "read edit keep"),
    ("the town's promise elsewhere", a_professional(), promise("open", HOME), CONTACT_PERSON, ""),
    ("the town's promise elsewhere by consent", a_professional(), promise("open", HOME),
     BY_CONSENT, "read"),
    ("a promise in another's name", a_professional(), promise(None, HOME, id=None),
     CONTACT_PERSON, ""),
    ("own meeting ahead", a_citizen(), MEETING, NO_FACTS, "read answer"),
    ("own meeting gone", a_citizen(), PAST_MEETING, NO_FACTS, "read"),
    ("meeting ahead at home", a_professional(), MEETING, CONTACT_PERSON, "read move"),
    ("meeting gone at home", a_professional(), PAST_MEETING, CONTACT_PERSON, "read"),
    ("own planned follow-up", a_citizen(), follow_up("planned"), NO_FACTS, "read add_item"),
    ("own held follow-up", a_citizen(), follow_up("held"), NO_FACTS, "read"),
    ("new follow-up by the citizen", a_citizen(), follow_up(None, id=None), NO_FACTS, ""),
    ("new follow-up at work", a_professional(), follow_up(None, id=None), CONTACT_PERSON,
     "create"),
    ("planned follow-up at work", a_professional(), follow_up("planned"), CONTACT_PERSON,
     "read edit add_item conclude cancel"),
    ("held follow-up at work", a_professional(), follow_up("held"), CONTACT_PERSON, "read"),
    ("draft of minutes", a_citizen(), minutes("draft"), NO_FACTS, ""),
    ("shared minutes", a_citizen(), minutes("shared"), NO_FACTS, "read confirm comment"),
    ("commented minutes", a_citizen(), minutes("commented"), NO_FACTS, "read confirm comment"),
    ("confirmed minutes", a_citizen(), minutes("confirmed"), NO_FACTS, "read comment"),
    ("draft at home", a_professional(), minutes("draft"), CONTACT_PERSON, "read edit share"),
    ("shared at home", a_professional(), minutes("shared"), CONTACT_PERSON, "read comment"),
    ("draft elsewhere by consent", a_professional(), minutes("draft", HOME), BY_CONSENT, ""),
    ("shared elsewhere by consent", a_professional(), minutes("shared", HOME), BY_CONSENT, "read"),
    ("shared elsewhere", a_professional(), minutes("shared", HOME), CONTACT_PERSON, ""),
    ("new minutes by the citizen", a_citizen(), minutes(None, None, id=None), NO_FACTS, ""),
    ("own view", a_citizen(), annas(ResourceKind.OWN_VIEW), NO_FACTS, "read edit create"),
    ("own view at work", a_professional(), annas(ResourceKind.OWN_VIEW), CONTACT_PERSON, "read"),
    ("professional view", a_citizen(), view(), NO_FACTS, "read"),
    ("professional view at home", a_professional(), view(), CONTACT_PERSON, "read edit"),
    ("new professional view", a_professional(), view(None, id=None), CONTACT_PERSON, "create"),
    ("professional view elsewhere", a_professional(), view(administration=HOME), CONTACT_PERSON,
     ""),
    ("own fact", a_citizen(), fact(), NO_FACTS, "read edit create"),
    ("a fact that is not granted", a_professional(), fact(HOME), CONTACT_PERSON, ""),
    ("a fact that is granted", a_professional(), fact(JOB), CONTACT_PERSON, "read"),
    ("a granted fact of nobody's citizen", a_professional(), fact(JOB), NO_FACTS, ""),
    ("another's fact at home", a_citizen(BO), fact(JOB), FAMILY, ""),
    ("open request", a_citizen(), request("open"), NO_FACTS, "read give decline"),
    ("refused request", a_citizen(), request("refused"), NO_FACTS, "read give"),
    ("granted request", a_citizen(), request("granted"), NO_FACTS, "read withdraw"),
    ("stopped request", a_citizen(), request("stopped"), NO_FACTS, "read give"),
    ("own request at work", a_professional(), request("open"), CONTACT_PERSON, "read"),
    ("new request at work", a_professional(), request(None, id=None), CONTACT_PERSON, "create"),
    ("another's request at work", a_professional(), request("open", HOME), BY_CONSENT, ""),
    ("own unsent file", a_citizen(), attachment(UNSENT), NO_FACTS, "read edit"),
    ("own sent file", a_citizen(), attachment(SENT), NO_FACTS, "read"),
    ("a professional's unsent file", a_citizen(), attachment(UNSENT, METTE), NO_FACTS, ""),
    ("a professional's own unsent file", a_professional(), attachment(UNSENT, METTE), NO_FACTS,
     "read edit"),
    ("the citizen's unsent file at work", a_professional(), attachment(UNSENT), CONTACT_PERSON,
     ""),
    ("the citizen's sent file at work", a_professional(), attachment(SENT), CONTACT_PERSON,
     "read"),
    ("a stranger and a sent file", a_citizen(EVA), attachment(SENT), NO_FACTS, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "resource", "facts", "allowed"),
    [row[1:] for row in DOING],
    ids=[row[0] for row in DOING],
)
def test_doing(actor, resource, facts, allowed):
    actions = frozenset(Action(word) for word in allowed.split())

    assert allowed_actions(actor, resource, facts, NOW) == actions
