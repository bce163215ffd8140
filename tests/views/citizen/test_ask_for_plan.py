"""A citizen without a plan asks for one, and sees where the request is."""

from uuid import UUID

import pytest

from i18n import formats
from i18n.translator import translator
from portal.contract.events import Event
from portal.contract.people import PlanRequest, PlanRequestState, Role
from tests.views.fake_plan import ME
from views.outlines.screens import outline_of
from views.viewer import Viewer


@pytest.fixture
def request_of(plan):
    """Have a request in some state behind the overview."""
    plan.has_plan = False

    def made(state: PlanRequestState, **fields: str) -> None:
        plan.request = PlanRequest(
            id=UUID(int=8),
            version=1,
            text=fields.pop("text", "Jeg har brug for hjælp med posten."),
            state=state,
            created_on=formats.today(),
            **fields,
        )

    return made


async def test_a_request_under_way_shows_who_does_what_now(open_app, request_of):
    request_of(PlanRequestState.RECEIVED)
    screen = await open_app("/")

    assert screen.sees("Du bad om en plan i dag.")
    assert screen.sees("En kontaktperson læser det")
    assert screen.sees("Jeg har brug for hjælp med posten.")
    assert not screen.sees("Bed om en plan")


async def test_a_no_comes_with_the_municipalitys_words_and_one_can_ask_again(open_app, request_of):
    request_of(PlanRequestState.DECLINED, answer="Du har allerede en plan i Solby.")
    screen = await open_app("/")

    assert screen.sees("Du har allerede en plan i Solby.")
    assert screen.button("Bed om en plan")


async def test_asking_shows_the_state_at_once(open_app, plan):
    plan.has_plan = False
    screen = await open_app("/")
    await screen.write("Hvad vil du gerne have hjælp til?", "Posten")
    await screen.click("Bed om en plan")

    assert plan.request.text == "Posten"
    assert screen.sees("Kommunen har fået det")


async def test_after_a_no_one_can_ask_again_and_again(open_app, plan, request_of):
    plan.has_plan = False
    screen = await open_app("/")
    await screen.click("Bed om en plan")
    made = plan.request
    plan.request = made.model_copy(update={"state": PlanRequestState.DECLINED, "version": 2})
    screen.live.send(Event(id=1, topic=f"person:{ME}", kind="request", resource_id=made.id))
    await screen.until_sees("Kommunen har sagt nej til en plan.")

    await screen.click("Bed om en plan")

    assert plan.request.id != made.id
    assert screen.sees("Kommunen har fået det")


@pytest.mark.parametrize("state", [PlanRequestState.RECEIVED, PlanRequestState.DECLINED])
async def test_the_readable_page_says_the_same(plan, request_of, state):
    request_of(state, answer="Du har allerede en plan i Solby.")
    viewer = Viewer(ME, "Lone Lund", role=Role.CITIZEN, language="da")

    outline = await outline_of("/", plan, viewer, translator("da"))

    said = str(outline.blocks)
    declined = state is PlanRequestState.DECLINED
    assert ("Du har allerede en plan i Solby." in said) is declined
    assert ("Jeg har brug for hjælp med posten." in said) is not declined
