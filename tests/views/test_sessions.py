"""Hvor du er logget ind, and the warning before a login ends, in the real app."""

from datetime import UTC, datetime, timedelta

import flet as ft

from portal.contract.people import Role
from portal.plan_client import StepUpNeeded
from tests.views.harness import FakeLogin
from views.login import Ending, OwnLogin, OwnLogins, OwnPower

NOW = datetime.now(UTC)


def two_logins() -> FakeLogin:
    login = FakeLogin()
    login.own = OwnLogins(
        (
            OwnLogin("a", Role.CITIZEN, "Android, Chrome", NOW, here=True),
            OwnLogin("b", Role.CONTACT_PERSON, "", NOW - timedelta(hours=2), here=False),
        ),
        (OwnPower("180260-••••", allowed=False),),
    )
    return login


async def test_a_person_sees_where_they_are_logged_in_and_ends_one_of_them(open_app):
    screen = await open_app("/profile/sessions", login=two_logins())
    assert screen.heading() == "Hvor du er logget ind"
    assert screen.sees("Android, Chrome")
    assert screen.sees("Denne enhed")
    assert screen.sees("Ukendt enhed")

    await screen.click("Log ud her")

    assert screen.login.ended == ["b"]
    await screen.until_gone("Ukendt enhed")
    assert screen.sees("Android, Chrome")


async def test_log_out_everywhere_leaves_by_the_web_hosts_page(open_app):
    screen = await open_app("/profile/sessions", login=two_logins())
    action = screen.button("Log ud alle steder").action
    assert isinstance(action, ft.OpenUrl)
    assert action.url == "/logout?everywhere=1"


async def test_a_power_of_attorney_is_shown_and_opens_nothing(open_app):
    screen = await open_app("/profile/sessions", login=two_logins())
    assert screen.sees("Fra 180260-••••")
    assert screen.sees("Den giver ikke adgang til noget her.")


async def test_the_profile_leads_to_the_logins(open_app):
    screen = await open_app("/profile")
    await screen.click("Hvor du er logget ind")
    assert screen.heading() == "Hvor du er logget ind"


async def test_before_a_login_ends_every_screen_says_so_and_one_may_stay(open_app):
    screen = await open_app("/goals")
    screen.login.tell(Ending(NOW + timedelta(minutes=5), final=False))
    await screen.until_sees("hvis du ikke gør noget. Det, du har skrevet, er gemt.")

    await screen.click("Bliv logget ind")

    assert screen.login.stayed == 1
    await screen.until_gone("hvis du ikke gør noget")
    assert screen.heading() == "Mål"


async def test_at_the_last_limit_one_can_only_log_in_again(open_app):
    screen = await open_app("/goals")
    screen.login.tell(Ending(NOW + timedelta(minutes=5), final=True))
    await screen.until_sees("Det, du har skrevet, er gemt.")
    address = screen.button("Log ind igen").action.url
    assert "next=%2Fgoals" in address
    assert "prompt=login" in address


async def test_a_screen_that_opens_late_warns_at_once(open_app):
    login = FakeLogin()
    login.ending = Ending(NOW + timedelta(minutes=3), final=False)
    screen = await open_app("/plan", login=login)
    assert screen.sees("hvis du ikke gør noget")


async def test_what_wants_a_new_login_leads_to_one_and_back_with_what_was_written(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    await screen.until(lambda: "Sove hele natten" in plan.drafts.get("goal:new", {}).values())
    plan.failure = StepUpNeeded()
    await screen.click("Gem")
    await screen.until_sees("Det er længe siden, du loggede ind.")
    address = screen.button("Log ind med MitID").action.url
    assert address == "/auth/login?role=citizen&next=%2Fgoals%2Fnew&prompt=login"
    plan.failure = None
    afterwards = await open_app("/goals/new")
    assert afterwards.field("Hvad vil du gerne nå?").value == "Sove hele natten"
