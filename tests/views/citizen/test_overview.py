"""Overblik, in the real app: what a citizen needs to know or do now."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

import flet as ft
import pytest

from i18n import formats
from i18n.translator import translator
from portal.contract.actions import Action
from portal.contract.events import Event
from portal.contract.overview import DuePromise, Overview, Waiting, WaitingKind
from portal.contract.people import Handover, PersonRef
from portal.contract.plans import AppointmentAnswer
from portal.plan_client import PlanUnavailable
from tests.views.fake_assessment import LONE
from tests.views.fake_plan import PLAN, WALK, appointment, contact_person
from views.citizen.appointment_card import is_address
from views.citizen.overview import greeting
from views.citizen.waiting import waiting_path
from views.outlines.overview import overview_outline

YESTERDAY = formats.today() - timedelta(days=1)


async def test_shows_contact_person_appointment_waiting_things_and_goals(open_app):
    screen = await open_app("/")
    assert screen.heading() == "Overblik"
    for text in ("Mette Holm", "Ring 87 65 43 21", "mandag til torsdag kl. 9.00–15.00"):
        assert screen.sees(text)
    for text in ("Opfølgning på din plan", "Skal vi flytte mødet?", "Gå en tur hver dag"):
        assert screen.sees(text)
    assert screen.sees("1 af 3 skridt er taget")
    assert screen.sees("Spis sammen tre aftener om ugen")


@pytest.mark.parametrize(
    ("hour", "said"), [(7, "Godmorgen, Lone"), (12, "Goddag, Lone"), (20, "Godaften, Lone")]
)
def test_greets_by_the_time_of_day(hour, said):
    now = datetime(2026, 11, 22, hour, tzinfo=formats.DENMARK)
    assert greeting(translator("da"), "Lone Bruun Lund", now) == said


def test_greets_somebody_without_a_name_without_one():
    now = datetime(2026, 11, 22, 12, tzinfo=formats.DENMARK)
    assert greeting(translator("da"), "", now) == "Goddag"


def waiting(number: int) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(kind=WaitingKind.STEP, resource_id=WALK, title=f"Skridt {n}", due=formats.today())
        for n in range(1, number + 1)
    )


async def test_three_things_wait_here_and_all_of_them_on_a_page_of_their_own(open_app, plan):
    plan.waiting = waiting(5)
    screen = await open_app("/")
    assert screen.sees("Skridt 3")
    assert not screen.sees("Skridt 4")
    await screen.click("Vis alle 5")
    assert screen.heading() == "Det venter på dig"
    assert screen.sees("Skridt 5")
    assert screen.sees("Tag et skridt · senest i dag")


def test_each_thing_that_waits_leads_to_where_it_is_done():
    one = UUID(int=7)
    found = [Waiting(kind=kind, resource_id=one, title=kind) for kind in WaitingKind]
    places = {
        "reply": f"/messages/{one}",
        "proposed_goal": f"/goals/{one}",
        "appeal": "/plan",
        "step": f"/goals/{one}",
        "promise": "/promises",
        "consent_expires": f"/sharing/{one}",
        "consent_unsigned": f"/sharing/{one}/sign",
        "minutes": f"/minutes/{one}",
        "fact_request": f"/facts/requests/{one}",
        "follow_up": f"/calendar/follow-ups/{one}",
        "invitation": "/family",
    }
    assert {item.kind: waiting_path(item) for item in found} == places


async def test_a_signature_is_asked_for_also_of_somebody_without_a_plan(open_app, plan):
    consent = Waiting(kind=WaitingKind.CONSENT_UNSIGNED, resource_id=WALK, title="Fælles plan")
    me = PersonRef(id=WALK, name="Bo Holm")

    async def overview() -> Overview:
        return Overview(me=me, waiting=(consent,))

    plan.overview = overview
    screen = await open_app("/")

    assert screen.sees("Et samtykke venter på din underskrift")
    await screen.click("Fælles plan")
    assert screen.route == f"/sharing/{WALK}/sign"
    page = overview_outline(translator("da"), Overview(me=me, waiting=(consent,)))
    assert "Et samtykke venter på din underskrift" in str(page)


async def test_unread_messages_are_told_beside_what_waits(open_app, plan):
    assert plan.waiting
    screen = await open_app("/")
    assert screen.sees("Du har 1 ulæst besked")
    await screen.click("Du har 1 ulæst besked")
    assert screen.heading() == "Beskeder"


async def test_when_nothing_waits_one_is_told_so_or_what_is_unread(open_app, plan):
    plan.waiting = ()
    screen = await open_app("/")
    assert screen.sees("Du har 1 ulæst besked")
    page = await open_app("/waiting")
    assert page.sees("Der er ikke noget, der venter på dig lige nu.")


async def test_the_next_meeting_can_be_kept_found_and_refused(open_app, plan):
    plan.next_appointment = appointment(2).model_copy(
        update={"place": "Rådhuset, Torvet 1, lokale 3", "allowed": (Action.ANSWER,)}
    )
    screen = await open_app("/")
    kept = screen.button("Læg i kalender")
    assert kept.action.url == f"/ics/appointments/{plan.next_appointment.id}.ics"
    route = screen.button("Vis vej")
    assert route.action.url.startswith("https://www.openstreetmap.org/search?query=R%C3%A5dhuset")
    assert route.action.target is ft.UrlTarget.BLANK
    await screen.click("Jeg kan ikke")
    assert screen.route == f"/calendar/{plan.next_appointment.id}/cannot"


def _answer(said: Literal["coming", "cannot"]) -> AppointmentAnswer:
    return AppointmentAnswer(answer=said, answered_by=LONE, answered_at=datetime.now(UTC))


async def test_who_said_that_they_come_can_still_say_that_they_cannot(open_app, plan):
    plan.next_appointment = appointment(2).model_copy(
        update={"answer": _answer("coming"), "allowed": (Action.ANSWER,)}
    )
    screen = await open_app("/")
    assert screen.sees("Du har sagt, at du kommer.")

    await screen.click("Jeg kan ikke")

    assert screen.route == f"/calendar/{plan.next_appointment.id}/cannot"


async def test_who_cannot_come_is_not_asked_again(open_app, plan):
    plan.next_appointment = appointment(2).model_copy(
        update={"answer": _answer("cannot"), "allowed": (Action.ANSWER,)}
    )
    screen = await open_app("/")

    assert screen.sees("Du har sagt, at du ikke kan.")
    assert not screen.sees("Jeg kan ikke")


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Solby Rådhus, Rådhuspladsen 1, mødelokale 3", True),
        ("Hjemme hos dig", False),
        ("Telefon", False),
        ("Din skole, grupperum 2", False),
        ("Jobcentret, lokale 2", False),
    ],
)
def test_only_an_address_can_be_found_on_a_map(place, found):
    assert is_address(place) is found


async def test_what_the_municipality_promised_stands_with_its_day(open_app, plan):
    plan.due_promises = (
        DuePromise(id=UUID(int=8), text="Ringe til klinikken", owner="Louise", due=YESTERDAY),
    )
    screen = await open_app("/")
    assert screen.sees("Ringe til klinikken")
    assert screen.sees("Skulle være sket i går · Louise")


async def test_a_change_of_contact_person_is_told_with_the_greeting(open_app, plan):
    plan.handover = Handover(
        leaving=contact_person().model_copy(update={"name": "Ib Krog"}),
        coming=contact_person(),
        on=formats.today(),
        greeting="Jeg går på pension. Tak for alt.",
    )
    screen = await open_app("/")
    assert screen.sees("Mette Holm blev din kontaktperson den")
    assert screen.sees("i stedet for Ib Krog.")
    assert screen.sees("Jeg går på pension. Tak for alt.")


async def test_a_wide_window_has_two_columns(open_app):
    narrow, wide = await open_app("/"), await open_app("/", width=1280)
    assert not columns(narrow)
    assert columns(wide)


def columns(screen) -> list[ft.Row]:
    return [
        row
        for row in screen.controls()
        if isinstance(row, ft.Row)
        and [getattr(part, "expand", None) for part in row.controls] == [True, True]
    ]


async def test_says_it_in_english(open_app):
    screen = await open_app("/", language="en")
    assert screen.heading() == "Overview"
    assert screen.sees("Your contact person")


async def test_reads_again_when_the_plan_changes(open_app, plan):
    screen = await open_app("/")
    plan.goals_by_id[WALK] = plan.goals_by_id[WALK].model_copy(update={"title": "Cykl hver dag"})
    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="goal", resource_id=UUID(int=99)))
    await screen.until_sees("Cykl hver dag")


async def test_tells_that_there_is_no_connection_and_tries_again(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/")
    assert screen.sees("Der er ingen forbindelse")
    plan.failure = None
    await screen.click("Prøv igen")
    assert screen.sees("Mette Holm")


async def test_keeps_what_it_showed_when_a_later_reading_finds_no_connection(open_app, plan):
    screen = await open_app("/")
    plan.failure = PlanUnavailable()
    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="plan", resource_id=PLAN))
    await screen.until_sees("Du ser det, vi sidst hentede")
    assert screen.sees("Mette Holm")


async def test_an_unexpected_error_gets_a_reference_and_no_crash(open_app, plan):
    plan.failure = RuntimeError("secret")
    screen = await open_app("/")
    assert screen.sees("Nummer til hjælp")
    assert not screen.sees("secret")


async def test_without_a_plan_one_can_ask_for_it_once(open_app, plan):
    plan.has_plan = False
    screen = await open_app("/")
    await screen.write("Hvad vil du gerne have hjælp til?", "Arbejde og ryg")
    await screen.click("Bed om en plan")
    assert screen.sees("Du bad om en plan i dag")
    assert plan.request is not None
    assert plan.request.text == "Arbejde og ryg"
    assert plan.count("request_plan") == 1


async def test_the_contact_person_is_one_tap_away(open_app):
    screen = await open_app("/more")
    await screen.click("Kontaktperson")
    assert screen.heading() == "Din kontaktperson"
    assert screen.sees("Ring 87 65 43 21")


async def test_an_unknown_address_leads_home(open_app):
    screen = await open_app("/nowhere/at/all")
    assert screen.heading() == "Siden findes ikke"
    await screen.click("Gå til forsiden")
    assert screen.heading() == "Overblik"
