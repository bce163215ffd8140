"""One meeting: what it is, and how one says that one cannot come."""

from datetime import datetime, time, timedelta
from uuid import UUID

import flet as ft
import pytest

from i18n import formats
from portal.plan_client import PlanUnavailable
from tests.views.fake_life import MEETING_SOON

PAGE = f"/calendar/{MEETING_SOON}"
FORM = f"{PAGE}/cannot"


async def choose_day(screen, day) -> None:
    """Choose a day from the calendar that has opened."""
    pickers = [
        one for one in screen.session.page._dialogs.controls if isinstance(one, ft.DatePicker)
    ]
    picker = pickers[-1]
    screen.session.apply_patch(picker._i, {"value": day})
    await screen.send(picker, "change", day)


async def test_a_meeting_says_when_where_and_with_whom(open_app):
    screen = await open_app(PAGE)

    assert screen.heading() == "Opfølgning på din plan"
    for words in ("Hvornår", "Jobcentret, lokale 2", "Mette Holm", "Beskæftigelse"):
        assert screen.sees(words)
    file = screen.button("Læg i telefonens kalender").action
    assert file.url == f"/ics/appointments/{MEETING_SOON}.ics"


async def test_one_tap_says_that_one_comes(open_app, plan):
    screen = await open_app(PAGE)

    await screen.click("Jeg kommer")

    assert screen.sees("Du har sagt, at du kommer.")
    assert plan.meetings[MEETING_SOON].answer.answer == "coming"


async def test_who_cannot_come_writes_why_and_the_page_says_so_afterwards(open_app, plan):
    screen = await open_app(PAGE)
    await screen.click("Jeg kan ikke")
    assert screen.route == FORM
    await screen.write("Skriv en besked", "Min søn er syg.")
    await screen.click("Send")

    await screen.until_sees("Du har sagt, at du ikke kan.")
    assert screen.route == PAGE
    assert screen.sees("Min søn er syg.")
    assert plan.drafts == {}
    assert plan.meetings[MEETING_SOON].answer.wish == "Min søn er syg."


async def test_times_that_fit_better_go_along_in_danish_time(open_app, plan):
    screen = await open_app(FORM)
    day = formats.today() + timedelta(days=5)
    await screen.click("Vælg en dag")
    await choose_day(screen, day)
    await screen.select("Klokken", "14:30")
    await screen.click("Send")

    await screen.until_sees("Det passer dig bedre:")
    (wished,) = plan.meetings[MEETING_SOON].answer.wished_times
    assert wished == datetime.combine(day, time(14, 30), formats.DENMARK)


async def test_up_to_three_times_can_be_proposed(open_app):
    screen = await open_app(FORM)
    assert screen.sees("Forslag 1")
    await screen.click("Endnu et tidspunkt")
    await screen.click("Endnu et tidspunkt")

    assert screen.sees("Forslag 3")
    assert not screen.sees("Endnu et tidspunkt")


async def test_what_is_typed_is_a_draft(open_app, plan):
    screen = await open_app(FORM)
    await screen.write("Skriv en besked", "Jeg skal til tandlæge")
    await screen.leave("Skriv en besked")
    await screen.go("/")
    await screen.go(FORM)

    assert screen.field("Skriv en besked").value == "Jeg skal til tandlæge"


async def test_a_meeting_moved_meanwhile_is_shown_and_nothing_is_sent(open_app, plan):
    screen = await open_app(FORM)
    await screen.write("Skriv en besked", "Jeg kan ikke")
    old = plan.meetings[MEETING_SOON]
    moved = {"version": 2, "starts_at": old.starts_at + timedelta(days=1)}
    plan.meetings[MEETING_SOON] = old.model_copy(update=moved)

    await screen.click("Send")

    assert screen.sees("Aftalen er ændret, mens du skrev.")
    assert plan.meetings[MEETING_SOON].answer is None
    assert screen.field("Skriv en besked").value == "Jeg kan ikke"
    await screen.click("Send")
    await screen.until_sees("Du har sagt, at du ikke kan.")


async def test_two_taps_answer_once(open_app, plan):
    screen = await open_app(FORM)
    button = screen.button("Send")
    await screen.send(button, "click")
    await screen.send(button, "click")

    assert plan.count("answer_appointment") == 1


async def test_without_a_connection_nothing_is_lost(open_app, plan):
    screen = await open_app(FORM)
    await screen.write("Skriv en besked", "Min søn er syg.")
    plan.failure = PlanUnavailable()

    await screen.click("Send")

    assert screen.sees("Der er ingen forbindelse lige nu. Det er ikke gemt endnu.")
    plan.failure = None
    await screen.click("Send")
    await screen.until_sees("Du har sagt, at du ikke kan.")


async def test_a_meeting_that_is_over_cannot_be_answered(open_app, plan):
    plan.meetings[MEETING_SOON] = plan.meetings[MEETING_SOON].model_copy(
        update={"allowed": frozenset()}
    )

    screen = await open_app(PAGE)

    assert not screen.sees("Jeg kan ikke")


@pytest.mark.parametrize("address", ["/calendar/x", f"/calendar/{UUID(int=1)}"])
async def test_a_meeting_that_is_gone_says_so(open_app, address):
    screen = await open_app(address)

    assert screen.sees("Vi kan ikke finde det, du leder efter.")
