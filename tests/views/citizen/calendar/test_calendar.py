"""Kalender in the real app: everything with a day, as a list, as a month, on the phone."""

from datetime import timedelta
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import translator
from portal.plan_client import PlanUnavailable
from tests.views.fake_life import MEETING_SOON, SECRET

T = translator("da")


async def test_meetings_and_deadlines_stand_by_time(open_app):
    screen = await open_app("/calendar")

    assert screen.heading() == "Kalender"
    drawn = "\n".join(screen.texts())
    titles = ["Opfølgning på din plan", "Send papirer om boligstøtte", "Du får støtte i hjemmet"]
    assert [drawn.index(title) for title in titles] == sorted(map(drawn.index, titles))
    assert screen.sees("Sidste dag, hvis du vil klage")
    assert screen.sees("Opfølgning")


async def test_what_is_over_is_shown_on_request(open_app):
    screen = await open_app("/calendar")
    assert not screen.sees("Ring til lægen om din erklæring")

    await screen.click("Vis tidligere")

    assert screen.sees("Ring til lægen om din erklæring")


async def test_a_month_shows_the_days_that_hold_something(open_app, plan):
    screen = await open_app("/calendar")
    await screen.choose("month")

    assert screen.sees(formats.at_start(formats.month_and_year(T, formats.today())))
    day = plan.meetings[MEETING_SOON].starts_at.astimezone(formats.DENMARK).date()
    if day.month != formats.today().month:
        await screen.click("Næste måned")
    await screen.click(f"{formats.day_in_words(T, day)}, 1 ting")

    assert screen.sees("Jobcentret, lokale 2")


async def test_a_wide_window_shows_list_and_month_side_by_side(open_app):
    screen = await open_app("/calendar", width=1280)

    assert screen.sees("Næste måned")
    assert screen.sees("Opfølgning på din plan")


async def test_two_hundred_meetings_come_twenty_at_a_time(open_app, plan):
    some = plan.meetings[MEETING_SOON]
    for number in range(200):
        one = some.model_copy(
            update={
                "id": UUID(int=5000 + number),
                "title": f"Møde {number}.",
                "starts_at": some.starts_at + timedelta(days=number),
                "ends_at": some.ends_at + timedelta(days=number),
            }
        )
        plan.meetings[one.id] = one
    screen = await open_app("/calendar")
    assert screen.sees("Møde 1.")
    assert not screen.sees("Møde 30.")

    await screen.click("Vis flere")

    assert screen.sees("Møde 30.")


async def test_without_a_plan_one_is_told_how_to_get_one(open_app, plan):
    plan.has_plan = False

    screen = await open_app("/calendar")

    assert screen.sees("Her kommer dine aftaler, når du har en plan.")


async def test_without_a_connection_the_calendar_says_so_and_can_be_tried_again(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/calendar")
    assert screen.sees("Der er ingen forbindelse lige nu.")

    plan.failure = None
    await screen.click("Prøv igen")

    assert screen.sees("Opfølgning på din plan")


# -- the phone's own calendar


async def test_all_meetings_can_be_downloaded(open_app):
    screen = await open_app("/calendar")

    assert screen.button("Hent alle aftaler nu").action.url == "/ics/appointments.ics"


async def test_an_address_is_shown_once_and_opens_the_phones_calendar(open_app, plan):
    screen = await open_app("/calendar/address")
    await screen.tick("Vis også, hvor aftalerne er")
    await screen.click("Lav en adresse")

    assert plan.address.with_place
    assert screen.button("Åbn i kalenderen").action.url.startswith("webcal://")
    assert SECRET in screen.button("Åbn i kalenderen").action.url
    assert isinstance(screen.button("Kopiér adressen").action, ft.CopyToClipboard)
    assert any(text.startswith("http://") and SECRET in text for text in screen.texts())
    await screen.go("/calendar")
    await screen.go("/calendar/address")
    assert screen.sees("Du har en adresse, der virker.")
    assert not screen.sees(SECRET)


async def test_who_comes_back_from_the_calendar_app_still_sees_the_address(open_app):
    screen = await open_app("/calendar/address")
    await screen.click("Lav en adresse")

    await screen.session.dispatch_event(screen.session.page._i, "connect", None)
    await screen.until(lambda: screen.plan.count("calendar_address") > 1)
    await screen.settle()

    assert any(SECRET in text for text in screen.texts())


async def test_an_address_is_renewed_and_stopped(open_app, plan):
    screen = await open_app("/calendar/address")
    await screen.click("Lav en adresse")
    await screen.click("Lav en ny adresse")
    assert (plan.address.version, plan.count("issue_calendar_address")) == (2, 2)

    await screen.click("Stop adressen")

    assert not plan.address.active
    assert screen.sees("Adressen virker ikke mere.")
    await screen.click("Lav en adresse")
    assert not screen.sees("Adressen virker ikke mere.")


async def test_two_taps_issue_one_address(open_app, plan):
    screen = await open_app("/calendar/address")
    button = screen.button("Lav en adresse")
    await screen.send(button, "click")
    await screen.send(button, "click")

    assert plan.count("issue_calendar_address") == 1


async def test_an_address_made_elsewhere_meanwhile_is_not_ended_unseen(open_app, plan):
    screen = await open_app("/calendar/address")
    plan.address = plan.address.model_copy(update={"version": 3, "active": True})

    await screen.click("Lav en adresse")

    assert screen.sees("Du har en adresse, der virker.")
    assert plan.address.version == 3
