"""Borgere, the briefing and a first message, in the real app of the contact person."""

from uuid import UUID

from portal.contract.goals import GoalState
from portal.contract.people import PersonRef
from portal.plan_client import PlanRefused, PlanUnavailable
from tests.views.fake_plan import ME, PLAN

ADDRESS = f"/work/citizens/{ME}"


async def test_lists_citizens_with_what_waits_and_what_to_mind(open_work, plan):
    plan.protected = True
    plan.deputy_for = PersonRef(id=UUID(int=9), name="Ali Demir")
    screen = await open_work("/work/citizens")
    assert screen.heading() == "Borgere"
    for text in (
        "Lone Lund",
        "1 besked venter på svar, senest",
        "Navn og adresse er beskyttet",
        "Du er stedfortræder for Ali Demir",
    ):
        assert screen.sees(text)


async def test_the_briefing_tells_the_whole_situation(open_work):
    screen = await open_work("/work/citizens")
    await screen.click("Lone Lund")
    assert screen.heading() == "Lone Lund"
    for text in (
        "43 år",
        "Ring 12 34 56 78",
        "Stolen til praktikken",
        "Mine børn og ro om morgenen.",
        "Gå en tur hver dag",
        "Egen vurdering: 5 af 10",
        "1 af 3 skridt er taget",
        "Ring til lægen om din erklæring",
        "Over tiden. Senest",
        "Opfølgning på din plan",
        "Du får støtte i hjemmet",
        "om 19 dage",
        "Genoptræning af ryggen",
        "Timer om ugen: 3",
        "Besked fra Mette Holm: Skal vi flytte mødet?",
        "Beskæftigelse må se: mål, helbred",
        "Jonas Lund",
    ):
        assert screen.sees(text), text


async def test_the_briefing_says_plainly_what_is_withheld(open_work, plan):
    plan.withheld = ("health",)
    screen = await open_work(ADDRESS)
    assert screen.sees(
        "Sundhed har flere oplysninger. Du kan kun se dem, hvis borgeren giver samtykke."
    )


async def test_nothing_is_said_to_be_withheld_where_nothing_is(open_work):
    screen = await open_work(ADDRESS)
    assert not screen.sees("har flere oplysninger")


async def test_a_citizen_without_a_plan_cannot_be_written_to(open_work, plan):
    plan.has_plan = False
    screen = await open_work(ADDRESS)
    assert screen.sees("Borgeren har ikke en plan, som du kan se.")
    assert not screen.sees("Skriv besked")
    await screen.go(f"{ADDRESS}/write")
    assert screen.sees("Du kan ikke skrive til denne borger")


async def test_a_message_to_a_citizen_goes_to_their_plan_once(open_work, plan):
    screen = await open_work(ADDRESS)
    await screen.click("Skriv besked")
    assert screen.sees("Til Lone Lund")
    await screen.write("Emne", "Mødet på tirsdag")
    await screen.write("Din besked", "Skal Jonas med?")
    send = screen.button("Send")
    await screen.send(send, "click")
    await screen.send(send, "click")
    await screen.until(lambda: screen.heading() == "Mødet på tirsdag")
    assert plan.count("start_thread") == 1
    assert list(plan.threads_by_id.values())[-1].plan_id == PLAN


async def test_who_is_no_longer_the_contact_person_is_told_and_keeps_the_words(open_work, plan):
    screen = await open_work(f"{ADDRESS}/write")
    await screen.write("Emne", "Mødet på tirsdag")
    await screen.write("Din besked", "Skal Jonas med?")
    plan.failure = PlanRefused()
    await screen.click("Send")
    assert screen.sees("Måske er du ikke længere borgerens kontaktperson.")
    assert not screen.sees("Spørg din kontaktperson")
    assert screen.field("Din besked").value == "Skal Jonas med?"


async def test_nothing_is_said_of_the_plan_of_somebody_elses_citizen(open_work):
    screen = await open_work("/work/citizens/00000000-0000-0000-0000-00000000ffff/write")
    assert screen.sees("Vi kan ikke finde det")
    assert not screen.sees("Der er ingen plan")


async def test_a_proposed_goal_stands_in_the_briefing_as_such(open_work, plan):
    screen = await open_work(ADDRESS)
    await screen.click("Foreslå et mål")
    assert screen.heading() == "Foreslå et mål"
    await screen.click("Foreslå målet")
    assert screen.sees("Skriv et mål")
    await screen.write("Hvad kunne målet være?", "Mød andre på værkstedet")
    await screen.write("Hvorfor foreslår du det?", "Du savner nogen at tale med.")
    await screen.choose("social")
    send = screen.button("Foreslå målet")
    await screen.send(send, "click")
    await screen.send(send, "click")
    await screen.until(lambda: screen.heading() == "Lone Lund")
    assert screen.sees("Mød andre på værkstedet")
    assert plan.count("create_goal") == 1
    proposed = list(plan.goals_by_id.values())[-1]
    assert (proposed.why, proposed.theme) == ("Du savner nogen at tale med.", "social")
    assert proposed.state is GoalState.PROPOSED
    assert f"goal:propose:{ME}" not in plan.drafts


async def test_no_goal_is_proposed_where_the_plan_api_says_no(open_work, plan):
    plan.has_plan = False
    screen = await open_work(ADDRESS)
    assert not screen.sees("Foreslå et mål")
    await screen.go(f"{ADDRESS}/propose-goal")
    assert screen.sees("Du kan ikke foreslå et mål til denne borger.")


async def test_a_begun_message_waits_with_its_citizen(open_work, plan):
    screen = await open_work(f"{ADDRESS}/write")
    await screen.write("Emne", "Mødet")
    await screen.leave("Emne")
    assert plan.drafts[f"message:new:{ME}"]["subject"] == "Mødet"
    again = await open_work(f"{ADDRESS}/write")
    assert again.field("Emne").value == "Mødet"


async def test_an_unknown_citizen_leads_home(open_work):
    screen = await open_work("/work/citizens/00000000-0000-0000-0000-00000000ffff")
    assert screen.sees("Vi kan ikke finde det")
    await screen.go("/work/citizens/nobody")
    assert screen.heading() == "Siden findes ikke"


async def test_tells_that_there_is_no_connection(open_work, plan):
    plan.failure = PlanUnavailable()
    screen = await open_work("/work/citizens")
    assert screen.sees("Der er ingen forbindelse")


async def test_says_it_in_english(open_work, plan):
    plan.withheld = ("health",)
    screen = await open_work(ADDRESS, language="en", width=1280)
    assert screen.sees("Health has more information")
    for text in ("In their own words", "Promises", "Household", "Next appointments"):
        assert screen.sees(text)
