"""Profil: how the pages look in this browser, and how one wants to be told of news."""

from datetime import time

import flet as ft

from portal.contract.notifications import Channel, NotificationChoice, QuietHours
from portal.contract.people import Role
from portal.plan_client import PlanUnavailable


async def test_a_text_size_is_kept_in_this_browser(open_app):
    screen = await open_app("/profile")

    await screen.choose("large")

    assert screen.browser.kept["text_size"] == "large"


async def test_a_text_size_that_was_kept_is_the_one_that_is_chosen(open_app):
    screen = await open_app("/profile", kept={"text_size": "largest"})

    groups = [one for one in screen.controls() if isinstance(one, ft.RadioGroup)]
    assert "largest" in [group.value for group in groups]


async def test_light_or_dark_is_chosen(open_app):
    screen = await open_app("/profile")

    await screen.choose("dark")

    assert screen.session.page.theme_mode is ft.ThemeMode.DARK
    assert screen.browser.kept["appearance"] == "dark"


async def test_how_one_is_told_of_news_is_kept_and_said_to_begin_later(open_app, plan):
    screen = await open_app("/profile")
    assert screen.sees("Vi sender ikke besked ud endnu.")

    await screen.choose("sms")
    await screen.tick("Lad mig være i fred om natten")

    night = QuietHours(starts=time(21), ends=time(8))
    assert plan.notified == NotificationChoice(version=2, channel=Channel.SMS, quiet=night)
    await screen.select("Til klokken", "10:00")
    assert plan.notified.quiet == QuietHours(starts=time(21), ends=time(10))


async def test_what_was_chosen_in_another_tab_stays_beside_what_is_chosen_here(open_app, plan):
    screen = await open_app("/profile")
    night = QuietHours(starts=time(22), ends=time(7))
    plan.notified = NotificationChoice(version=1, quiet=night)  # in another tab, just now

    await screen.choose("sms")

    assert plan.notified == NotificationChoice(version=2, channel=Channel.SMS, quiet=night)
    assert not screen.sees("ændret")
    await screen.select("Til klokken", "10:00")
    assert plan.notified.quiet == QuietHours(starts=time(22), ends=time(10))


async def test_a_choice_without_a_connection_says_so(open_app, plan):
    screen = await open_app("/profile")
    plan.failure = PlanUnavailable()

    await screen.choose("sms")

    assert screen.sees("Det er ikke gemt endnu.")
    assert plan.notified.channel is Channel.NONE


async def test_the_welcome_can_be_found_again_by_citizens(open_app):
    screen = await open_app("/profile")
    await screen.click("Se velkomsten igen")
    assert screen.route == "/welcome"


async def test_a_contact_person_has_no_welcome_to_find(open_app):
    screen = await open_app("/profile", role=Role.CONTACT_PERSON)

    assert not screen.sees("Se velkomsten igen")
