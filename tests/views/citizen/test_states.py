"""The states that every screen of days, words and facts has, and in the same words."""

import asyncio

import pytest

from portal.plan_client import PlanRefused, PlanUnavailable, SignedOut
from tests.views.fake_life import ASKED, FOLLOW_UP, MEETING_SOON, TALK

ADDRESSES = [
    "/calendar",
    "/calendar/address",
    f"/calendar/{MEETING_SOON}",
    f"/calendar/{MEETING_SOON}/cannot",
    f"/calendar/follow-ups/{FOLLOW_UP}",
    "/promises",
    "/minutes",
    f"/minutes/{TALK}",
    "/facts",
    "/facts/housing",
    f"/facts/requests/{ASKED}",
    "/about-me",
]
FAILURES = {
    "Der er ingen forbindelse lige nu.": PlanUnavailable,
    "Det har du ikke lov til.": PlanRefused,
    "Du er logget ud.": SignedOut,
}


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_reading_that_fails_says_why_and_what_to_do(open_app, plan, address):
    for words, failure in FAILURES.items():
        plan.failure = failure()
        screen = await open_app(address)
        assert screen.heading()
        assert screen.sees(words), (words, screen.texts())


@pytest.mark.parametrize("address", ADDRESSES)
async def test_something_is_drawn_before_anything_is_read(open_app, plan, address):
    plan.held = asyncio.Event()

    screen = await open_app(address)

    assert screen.heading()
    assert screen.sees("Henter …")
    plan.held.set()
    await screen.until_gone("Henter …")


@pytest.mark.parametrize("address", ADDRESSES)
async def test_long_names_and_arabic_leave_the_screen_standing(open_app, plan, address):
    long = "Langenavneknudekommunaldirektørassistentkoordinator " * 4
    plan.meetings = {
        key: one.model_copy(
            update={"title": long, "place": "مبنى البلدية", "with_names": (long,) * 5}
        )
        for key, one in plan.meetings.items()
    }
    plan.minutes_by_id = {
        key: one.model_copy(update={"title": "محضر الاجتماع", "text": long * 20})
        for key, one in plan.minutes_by_id.items()
    }

    screen = await open_app(address, language="ar", width=320)

    assert screen.heading()
    assert screen.session.page.rtl
