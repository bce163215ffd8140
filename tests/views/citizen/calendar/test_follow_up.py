"""One follow-up: the agenda from both sides before it, what was agreed after it."""

from datetime import timedelta
from uuid import UUID

from i18n import formats
from portal.contract.follow_ups import FollowUpOutcome, FollowUpState
from tests.views.fake_life import FOLLOW_UP

PAGE = f"/calendar/follow-ups/{FOLLOW_UP}"


async def test_the_calendar_leads_to_it_and_one_adds_what_one_wants_to_talk_about(open_app, plan):
    screen = await open_app("/calendar")
    await screen.click("Opfølgning")
    if screen.route != PAGE:  # the first of that name is a meeting
        await screen.go(PAGE)
    assert screen.heading() == "Opfølgning"
    await screen.write("Hvad vil du tale om?", "Færre timer")
    await screen.click("Sæt på dagsordenen")

    await screen.until_sees("Færre timer")
    assert [item.text for item in plan.planned[0].agenda] == ["Færre timer"]


async def test_afterwards_it_says_what_was_agreed_and_when_one_talks_again(open_app, plan):
    held = {
        "state": FollowUpState.HELD,
        "day": formats.today() - timedelta(days=1),
        "outcome": FollowUpOutcome.CONTINUE,
        "conclusion": "Louise finder en bedre stol.",
        "next_day": formats.today() + timedelta(days=30),
        "allowed": frozenset(),
    }
    plan.planned = (plan.planned[0].model_copy(update=held),)

    screen = await open_app(PAGE)

    for words in ("I talte sammen i går.", "Det går videre som nu.", "Louise finder", "ved igen"):
        assert screen.sees(words)
    assert not screen.sees("Sæt på dagsordenen")


async def test_one_that_is_gone_says_so(open_app):
    screen = await open_app(f"/calendar/follow-ups/{UUID(int=1)}")

    assert screen.sees("Vi kan ikke finde det, du leder efter.")
