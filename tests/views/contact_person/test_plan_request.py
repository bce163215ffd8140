"""A citizen asks for a plan: the contact person says yes or no from the inbox."""

from uuid import UUID

import pytest

from i18n import formats
from portal.contract.actions import Action
from portal.contract.people import PersonRef, PlanRequest, PlanRequestState, Role
from portal.contract.work import CitizenRequest
from portal.plan_client import PlanConflict


@pytest.fixture
def request_for_a_plan(plan) -> PlanRequest:
    """A request in the inbox."""
    request = PlanRequest(
        id=UUID(int=8),
        version=1,
        allowed=frozenset({Action.READ, Action.ACCEPT, Action.DECLINE}),
        text="Jeg har brug for hjælp med posten.",
        state=PlanRequestState.RECEIVED,
        created_on=formats.today(),
    )
    citizen = PersonRef(id=UUID(int=9), name="Eva Krog")
    plan.requests = (CitizenRequest(citizen=citizen, request=request),)
    return request


@pytest.fixture
def answers(plan, request_for_a_plan):
    """What was answered; an answered request leaves the inbox."""
    found, request = [], request_for_a_plan

    async def answer_plan_request(request_id, command, version):
        found.append((request_id, command))
        plan.requests = ()
        return request.model_copy(update={"state": PlanRequestState.ACCEPTED})

    plan.answer_plan_request = answer_plan_request
    return found


async def test_yes_is_sent_with_a_few_words(open_app, answers, request_for_a_plan):
    screen = await open_app("/work", role=Role.CONTACT_PERSON)
    await screen.click("Sig ja")
    assert screen.sees("Du bliver kontaktperson for")
    await screen.write("Et par ord til borgeren", "Velkommen")
    await screen.click("Send ja")

    ((request_id, command),) = answers
    assert (request_id, command.accept, command.answer) == (
        request_for_a_plan.id,
        True,
        "Velkommen",
    )
    await screen.until_gone("Eva Krog")


async def test_no_is_sent_after_saying_what_it_means(open_app, answers):
    screen = await open_app("/work", role=Role.CONTACT_PERSON)
    await screen.click("Sig nej")
    assert screen.sees("får at vide, at svaret er nej")
    await screen.click("Send nej")

    assert [command.accept for _, command in answers] == [False]


async def test_one_can_think_again(open_app, answers):
    screen = await open_app("/work", role=Role.CONTACT_PERSON)
    await screen.click("Sig ja")

    await screen.click("Fortryd")

    assert not screen.sees("Send ja")
    assert answers == []


async def test_a_colleague_who_was_faster_is_told(open_app, plan, answers):
    async def taken(request_id, command, version):
        raise PlanConflict(None)

    plan.answer_plan_request = taken
    screen = await open_app("/work", role=Role.CONTACT_PERSON)
    await screen.click("Sig ja")

    await screen.click("Send ja")

    assert screen.sees("Det er blevet ændret")


async def test_who_may_not_answer_only_reads(open_app, plan, request_for_a_plan):
    (asked,) = plan.requests
    unanswerable = request_for_a_plan.model_copy(update={"allowed": frozenset()})
    plan.requests = (asked.model_copy(update={"request": unanswerable}),)

    screen = await open_app("/work", role=Role.CONTACT_PERSON)

    assert screen.sees("Eva Krog")
    assert not screen.sees("Sig ja")
