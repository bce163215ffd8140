"""Goals and messages while they are fetched, without a line, without a login, without a right."""

import asyncio

import pytest

from portal.plan_client import PlanNotFound, PlanRefused, PlanUnavailable, SignedOut
from tests.views.fake_messages import MEETING
from tests.views.fake_plan import WALK

ADDRESSES = (
    "/goals",
    "/goals/order",
    f"/goals/{WALK}",
    f"/goals/{WALK}/edit",
    f"/goals/{WALK}/reach",
    f"/goals/{WALK}/history",
    "/messages",
    f"/messages/{MEETING}",
)
WORDS = {
    PlanUnavailable: "Der er ingen forbindelse lige nu. Prøv igen om lidt.",
    SignedOut: "Du er logget ud. Det, du skrev, er gemt.",
    PlanRefused: "Det har du ikke lov til.",
    PlanNotFound: "Vi kan ikke finde det, du leder efter. Måske er det slettet, eller",
}


@pytest.mark.parametrize("address", ADDRESSES)
async def test_what_is_on_its_way_is_said_at_once(open_app, plan, address):
    plan.held = asyncio.Event()
    screen = await open_app(address)
    assert screen.sees("Henter …")
    plan.held.set()
    await screen.until_gone("Henter …")


@pytest.mark.parametrize("failure", WORDS)
@pytest.mark.parametrize("address", ADDRESSES)
async def test_what_cannot_be_fetched_says_why_and_leads_on(open_app, plan, address, failure):
    plan.failure = failure()
    screen = await open_app(address)
    await screen.until_sees(WORDS[failure])
    assert screen.heading()


@pytest.mark.parametrize("address", ["/goals", f"/goals/{WALK}", "/messages"])
async def test_a_lost_line_is_found_again(open_app, plan, address):
    plan.failure = PlanUnavailable()
    screen = await open_app(address)
    plan.failure = None
    await screen.click("Prøv igen")
    await screen.until_gone("Der er ingen forbindelse")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/goals/new", "/messages/new"])
async def test_every_screen_is_drawn_in_every_direction(open_app, address, language):
    screen = await open_app(address, language=language)
    assert screen.heading()
    assert not screen.sees("Det kan ikke vises lige nu")
