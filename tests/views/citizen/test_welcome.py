"""The welcome: for whoever is new, skipped once and for all, and found again."""

import pytest

from i18n import formats
from portal.contract.people import Handover
from tests.views.fake_plan import FakePlan


@pytest.fixture
def newcomer(plan) -> FakePlan:
    """Somebody with a plan in which nothing of their own stands yet."""
    for found in [found for found in plan.goals_by_id.values() if not found.household_id]:
        del plan.goals_by_id[found.id]
    return plan


async def test_a_first_time_visitor_is_led_through_three_steps(open_app, newcomer):
    screen = await open_app("/")
    assert screen.sees("Trin 1 af 3")
    assert screen.sees("Alt om din hjælp står ét sted")
    await screen.click("Næste")
    assert screen.sees("Du har én kontaktperson")
    await screen.click("Næste")
    assert screen.sees("Du bestemmer, hvem der ser hvad")
    await screen.click("Kom i gang")
    assert not screen.sees("Trin 3 af 3")
    assert screen.browser.kept["welcomed"] is True


async def test_it_can_be_skipped_and_does_not_come_back(open_app, newcomer):
    screen = await open_app("/")
    await screen.click("Spring over")
    assert not screen.sees("Trin 1 af 3")
    again = await open_app("/", kept=screen.browser.kept)
    assert again.sees("Dine mål")
    assert not again.sees("Trin 1 af 3")


async def test_somebody_whose_contact_person_is_new_to_them_is_welcomed_too(open_app, plan):
    plan.contact = plan.contact.model_copy(update={"since": formats.today()})
    screen = await open_app("/")
    assert screen.sees("Trin 1 af 3")


async def test_somebody_who_was_handed_over_is_not_new(open_app, plan):
    plan.contact = plan.contact.model_copy(update={"since": formats.today()})
    plan.handover = Handover(
        leaving=plan.contact, coming=plan.contact, on=formats.today(), greeting=""
    )
    screen = await open_app("/")
    assert not screen.sees("Trin 1 af 3")


async def test_somebody_with_goals_of_their_own_is_not_new(open_app):
    screen = await open_app("/")
    assert not screen.sees("Trin 1 af 3")


async def test_it_is_found_again_in_the_profile(open_app):
    screen = await open_app("/profile")
    await screen.click("Se velkomsten igen")
    assert screen.route == "/welcome"
    assert screen.heading() == "Velkommen"
    await screen.click("Spring over")
    assert screen.heading() == "Overblik"


async def test_the_last_step_leads_to_the_first_goal(open_app, newcomer):
    screen = await open_app("/welcome")
    await screen.click("Næste")
    await screen.click("Næste")
    await screen.click("Skriv dit første mål")
    assert screen.heading() == "Nyt mål"
