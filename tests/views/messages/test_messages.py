"""Beskeder, in the real app: who waits for whom, and beginning a thread."""

from datetime import timedelta

import flet as ft

from i18n import formats
from i18n.formats import today
from i18n.translator import translator
from portal.contract.events import Event
from portal.contract.messages import WaitsFor
from portal.plan_client import PlanRefused, PlanUnavailable
from tests.views.fake_messages import CHAIR, HOLM, MEETING, message, thread
from tests.views.fake_plan import JOB, PLAN


async def test_lists_threads_with_whose_turn_it_is_and_what_is_unread(open_app):
    screen = await open_app("/messages")
    assert screen.heading() == "Beskeder"
    for text in ("Skal vi flytte mødet?", "Mette Holm: Ja, kl. 10 passer fint", "1 ulæst"):
        assert screen.sees(text)
    assert screen.sees("Venter på dit svar")
    assert screen.sees("Venter på din kontaktperson. Svar senest i morgen")
    assert screen.sees("Dig: Der er ikke kommet nogen stol.")


async def test_a_long_name_leaves_room_for_what_was_written(open_app, plan):
    long = HOLM.model_copy(update={"name": "Maria-Magdalena Wilhelmine " * 3})
    plan.write(MEETING, message(long, "Det kan vi godt."))
    plan.write(CHAIR, message(HOLM, "Stolen kommer."))

    screen = await open_app("/messages")

    texts = {one.value: one for one in screen.controls() if isinstance(one, ft.Text)}
    lines = {name: one.max_lines for name, one in texts.items() if one.max_lines}
    assert [most for text, most in lines.items() if "Det kan vi godt." in text] == [4]
    assert [most for text, most in lines.items() if "Stolen kommer." in text] == [2]


async def test_says_plainly_that_an_answer_is_late(open_app, plan):
    late = {"answer_expected_by": today() - timedelta(days=1)}
    plan.threads_by_id[CHAIR] = plan.threads_by_id[CHAIR].model_copy(update=late)
    screen = await open_app("/messages")
    assert screen.sees("Svaret skulle være kommet i går")


async def test_a_new_message_moves_into_the_list_without_reload(open_app, plan):
    screen = await open_app("/messages")
    plan.write(MEETING, message(HOLM, "Mødet er flyttet.", hours_ago=0))
    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="thread", resource_id=MEETING))
    await screen.until_sees("Mødet er flyttet.")


async def test_further_threads_come_on_request(open_app, plan):
    for number in range(25):
        made = message(HOLM, "Hej", hours_ago=1_000 + number)
        plan.threads_by_id[made.id] = thread(made.id, f"Emne {number}", made)
    screen = await open_app("/messages")
    assert not screen.sees("Emne 24")
    await screen.click("Vis flere")
    assert screen.sees("Emne 24")
    assert screen.sees("Skal vi flytte mødet?")


async def test_beside_an_open_thread_further_ones_come_on_request(open_app, plan):
    for number in range(25):
        made = message(HOLM, "Hej", hours_ago=1_000 + number)
        plan.threads_by_id[made.id] = thread(made.id, f"Emne {number}", made)
    screen = await open_app(f"/messages/{MEETING}", width=1280)
    await screen.until_sees("Emne 0")
    assert not screen.sees("Emne 24")

    await screen.click("Vis flere")

    await screen.until_sees("Emne 24")
    assert screen.sees("Emne 0")


async def test_without_messages_it_says_what_one_can_do(open_app, plan):
    plan.threads_by_id.clear()
    screen = await open_app("/messages")
    assert screen.sees("Du har ingen beskeder endnu")
    assert screen.sees("Skriv besked")


async def test_without_a_plan_there_is_nobody_to_write_to(open_app, plan):
    plan.threads_by_id.clear()
    plan.has_plan = False
    screen = await open_app("/messages")
    assert not screen.sees("Skriv besked")
    assert screen.sees("når du har en plan")
    assert screen.button("Bed om en plan")


async def test_tells_that_there_is_no_connection_and_tries_again(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/messages")
    assert screen.sees("Der er ingen forbindelse")
    plan.failure = None
    await screen.click("Prøv igen")
    assert screen.sees("Skal vi flytte mødet?")


async def test_a_written_message_is_sent_once_on_a_double_tap_and_opens_its_thread(open_app, plan):
    screen = await open_app("/messages")
    await screen.click("Skriv besked")
    assert screen.heading() == "Skriv besked"
    await screen.write("Emne", "Ferie i uge 7")
    await screen.write("Din besked", "Må jeg holde fri?")
    send = screen.button("Send")
    await screen.send(send, "click")
    await screen.send(send, "click")
    await screen.until(lambda: screen.heading() == "Ferie i uge 7")
    assert screen.sees("Må jeg holde fri?")
    assert plan.count("start_thread") == 1
    assert "message:new" not in plan.drafts


async def test_a_message_can_be_about_a_goal(open_app, plan):
    screen = await open_app("/messages/new")
    await screen.write("Emne", "Cv")
    await screen.write("Din besked", "Vil du læse det?")
    await screen.select("Hvilket mål handler det om?", str(JOB))
    await screen.click("Send")
    await screen.until(lambda: screen.heading() == "Cv")
    assert [found.goal_id for found in plan.threads_by_id.values()].count(JOB) == 1


async def test_says_what_is_missing_in_a_new_message(open_app, plan):
    screen = await open_app("/messages/new")
    await screen.click("Send")
    assert screen.sees("Skriv et emne")
    assert screen.sees("Skriv din besked")
    assert plan.count("start_thread") == 0


async def test_a_new_message_that_cannot_be_sent_keeps_its_text(open_app, plan):
    screen = await open_app("/messages/new")
    await screen.write("Emne", "Ferie")
    await screen.write("Din besked", "Må jeg holde fri?")
    plan.failure = PlanRefused()
    await screen.click("Send")
    assert screen.sees("Det har du ikke lov til")
    assert screen.field("Din besked").value == "Må jeg holde fri?"


async def test_a_begun_message_comes_back(open_app, plan):
    plan.drafts["message:new"] = {"subject": "Ferie", "body": "Må jeg"}
    screen = await open_app("/messages/new")
    assert screen.field("Emne").value == "Ferie"
    assert screen.field("Din besked").value == "Må jeg"


async def test_says_it_in_english(open_app, plan):
    screen = await open_app("/messages", language="en")
    assert screen.heading() == "Messages"
    assert screen.sees("Waiting for your answer")
    assert plan.threads_by_id[CHAIR].waits_for is WaitsFor.CONTACT_PERSON
    assert screen.sees("Waiting for your contact person. Answer by tomorrow")


async def test_an_answer_that_comes_this_week_is_expected_by_its_weekday(open_app, plan):
    day = today() + timedelta(days=3)
    expected = {"answer_expected_by": day}
    plan.threads_by_id[CHAIR] = plan.threads_by_id[CHAIR].model_copy(update=expected)
    screen = await open_app("/messages")
    name = formats.weekday(translator("da"), day.isoweekday())
    assert f"Venter på din kontaktperson. Svar senest {name}" in screen.texts()


async def test_words_are_found_in_own_messages(open_app, plan):
    screen = await open_app("/messages")
    await screen.click("Søg i dine beskeder")
    await screen.write("Søg i dine beskeder", "STOL")
    await screen.click("Søg")
    await screen.until_sees("Samtaler med “STOL”")
    assert screen.sees("… Der er ikke kommet nogen stol. …")
    assert not screen.sees("Skal vi flytte mødet?")
    await screen.click("Vis alle beskeder")
    await screen.until_sees("Skal vi flytte mødet?")
    assert screen.button("Søg i dine beskeder")


async def test_a_search_that_finds_nothing_says_what_to_try(open_app):
    screen = await open_app("/messages")
    await screen.click("Søg i dine beskeder")
    await screen.write("Søg i dine beskeder", "giraf")
    await screen.click("Søg")
    await screen.until_sees("Vi fandt ikke noget")


async def test_one_letter_is_too_little_to_look_for(open_app, plan):
    screen = await open_app("/messages")
    await screen.click("Søg i dine beskeder")
    await screen.write("Søg i dine beskeder", "x ")
    await screen.click("Søg")
    assert screen.sees("Skriv mindst to bogstaver")
    assert plan.count("threads") == 1


async def test_a_hint_about_a_cpr_number_stops_nobody(open_app, plan):
    screen = await open_app("/messages/new")
    await screen.write("Emne", "Mit nummer")
    await screen.write("Din besked", "Det er 010190-1234")
    assert screen.sees("Du kan godt sende den. Her er, hvad du kan overveje.")
    assert screen.sees("Der står måske et CPR-nummer")
    await screen.write("Din besked", "Det er i min sag")
    assert not screen.sees("Der står måske et CPR-nummer")
    await screen.write("Din besked", "Det er 010190-1234")
    await screen.click("Send")
    assert plan.count("start_thread") == 1


async def test_the_enter_key_searches_too(open_app):
    screen = await open_app("/messages")
    await screen.click("Søg i dine beskeder")
    await screen.write("Søg i dine beskeder", "stol")
    await screen.send(screen.field("Søg i dine beskeder"), "submit")
    await screen.until_sees("Samtaler med “stol”")
