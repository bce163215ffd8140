"""One thread, in the real app: read, answered, live, never lost and never doubled."""

import asyncio
from datetime import UTC, datetime

import flet as ft
import pytest

from portal.contract.events import Event
from portal.plan_client import PlanUnavailable
from tests.views.fake_messages import HOLM, LONE, MEETING, message, thread
from tests.views.fake_plan import PLAN
from tests.views.harness import walk

ADDRESS = f"/messages/{MEETING}"


def _heard(screen):
    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="thread", resource_id=MEETING))


def _announced(screen):
    """What a screen reader has been given to say by itself."""
    return [
        control.content.value
        for control in screen.controls()
        if isinstance(control, ft.Semantics)
        and control.live_region
        and isinstance(control.content, ft.Text)
        and control.content.value
    ]


async def test_shows_who_wrote_what_when_and_whether_it_was_read(open_app):
    screen = await open_app(ADDRESS)
    assert screen.heading() == "Skal vi flytte mødet?"
    for text in ("Dig", "Kan vi mødes om onsdagen?", "Læst", "Mette Holm", "kl. 10 passer fint"):
        assert screen.sees(text)
    assert screen.sees("Venter på dit svar")


async def test_own_messages_and_the_other_sides_differ_by_more_than_colour(open_app):
    screen = await open_app(ADDRESS)
    bubbles = [c for c in screen.controls() if isinstance(c, ft.Container) and c.margin is not None]
    own, theirs = sorted(bubbles, key=lambda bubble: -bubble.margin.left)[:2]
    assert own.margin.left > theirs.margin.left
    assert own.border.left.width > theirs.border.left.width


async def test_a_picture_stands_beside_each_message_of_somebody_else_and_is_not_read_aloud(
    open_app, plan
):
    screen = await open_app(ADDRESS)

    messages = plan.threads_by_id[MEETING].messages
    theirs = [one for one in messages if one.author.id != LONE.id]
    faces = [c for c in screen.controls() if isinstance(c, ft.Semantics) and c.exclude_semantics]
    pictures = [part.src for face in faces for part in walk(face) if isinstance(part, ft.Image)]
    assert pictures == [f"/pictures/{HOLM.id}/{HOLM.picture}"] * len(theirs)


async def test_a_subject_of_many_lines_in_large_text_leaves_room_for_the_messages(open_app):
    screen = await open_app(ADDRESS)

    def head():
        return next(one for one in screen.controls() if getattr(one, "on_size_change", None))

    def box():
        columns = (one for one in screen.controls() if isinstance(one, ft.Column))
        return next(column for column in columns if head() in column.controls)

    assert box().height is None

    await screen.send(head(), "size_change", {"w": 320, "h": 575})
    assert box().height < screen.session.page.height / 2
    assert box().scroll is not None

    await screen.send(head(), "size_change", {"w": 320, "h": 150})
    assert box().height is None


async def test_what_was_on_the_screen_is_marked_as_read(open_app, plan):
    last = plan.threads_by_id[MEETING].messages[-1].id
    await open_app(ADDRESS)
    assert plan.marked == [last]


async def test_a_tab_in_the_background_reads_nothing(open_app, plan):
    screen = await open_app("/messages")
    await _lifecycle(screen, "hide")
    await screen.go(ADDRESS)
    assert plan.marked == []
    await _lifecycle(screen, "show")
    assert len(plan.marked) == 1


async def _lifecycle(screen, state):
    page = screen.session.page
    await screen.session.dispatch_event(page._i, "app_lifecycle_state_change", {"state": state})
    await screen.settle()


async def test_a_reply_is_sent_once_on_a_double_tap_and_leaves_an_empty_field(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", "Ja, det kan jeg.")
    send = screen.button("Send")
    await asyncio.gather(screen.send(send, "click"), screen.send(send, "click"))
    await screen.send(send, "click")
    assert [sent.body for sent in plan.sent] == ["Ja, det kan jeg."]
    assert screen.texts().count("Ja, det kan jeg.") == 1
    assert screen.field("Dit svar").value == ""
    assert not screen.sees("Skriv din besked")
    assert "Din besked er sendt" in _announced(screen)
    assert f"message:{MEETING}" not in plan.drafts


async def test_a_reply_whose_answer_was_lost_is_not_sent_twice(open_app, plan):
    screen = await open_app(ADDRESS)
    real = plan.send_message

    async def lost(*given):
        await real(*given)
        raise PlanUnavailable

    plan.send_message = lost
    await screen.write("Dit svar", "Ja tak")
    await screen.click("Send")
    assert screen.sees("Der er ingen forbindelse")
    assert screen.field("Dit svar").value == "Ja tak"
    plan.send_message = real
    await screen.click("Send")
    assert len(plan.sent) == 1
    assert screen.field("Dit svar").value == ""


async def test_what_is_typed_while_a_reply_is_on_its_way_stays(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", "Ja.")
    plan.held = asyncio.Event()
    sending = asyncio.ensure_future(screen.click("Send"))
    await screen.until_sees("Sender …")
    await screen.write("Dit svar", "Ja. Og tak!")
    plan.held.set()
    await sending
    await screen.until(lambda: screen.field("Dit svar").value == " Og tak!")


@pytest.mark.parametrize("text", ["", "   "])
async def test_an_empty_reply_is_not_sent(open_app, plan, text):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", text)
    await screen.click("Send")
    assert screen.sees("Skriv din besked")
    assert plan.sent == []


async def test_a_begun_reply_is_saved_and_comes_back(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", "Jeg tror")
    await screen.leave("Dit svar")
    assert plan.drafts[f"message:{MEETING}"] == {"body": "Jeg tror"}
    again = await open_app(ADDRESS)
    assert again.field("Dit svar").value == "Jeg tror"


async def test_a_reply_from_the_other_side_appears_and_is_announced_once(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", "Jeg skriver nu")
    plan.write(MEETING, message(HOLM, "Husk dit cv.", hours_ago=0))
    _heard(screen)
    await screen.until_sees("Husk dit cv.")
    assert _announced(screen) == ["1 ny besked fra Mette Holm"]
    assert screen.field("Dit svar").value == "Jeg skriver nu"
    _heard(screen)  # what is told again is neither shown nor said again
    await asyncio.sleep(0.3)
    assert _announced(screen) == ["1 ny besked fra Mette Holm"]
    assert screen.texts().count("Husk dit cv.") == 1
    assert len(plan.marked) == 2


async def test_own_messages_from_another_window_are_not_announced(open_app, plan):
    screen = await open_app(ADDRESS)
    plan.write(MEETING, message(LONE, "Fra min telefon", hours_ago=0))
    _heard(screen)
    await screen.until_sees("Fra min telefon")
    assert _announced(screen) == []


async def test_older_messages_come_on_request_and_stay_when_new_ones_arrive(open_app, plan):
    old = [message(LONE, f"Nummer {number}.", hours_ago=500 - number) for number in range(120)]
    plan.threads_by_id[MEETING] = thread(MEETING, "Lang tråd", *old)
    screen = await open_app(ADDRESS)
    assert not screen.sees("Nummer 20.")
    await screen.click("Vis ældre beskeder")
    assert screen.sees("Nummer 20.")
    await screen.click("Vis ældre beskeder")
    assert screen.sees("Nummer 0.")
    assert not screen.sees("Vis ældre beskeder")
    plan.write(MEETING, message(HOLM, "Ny", hours_ago=0))
    _heard(screen)
    await screen.until_sees("1 ny besked")
    shown = [text for text in screen.texts() if text.startswith("Nummer")]
    assert len(shown) == len(set(shown)) == 120


async def test_a_thread_that_one_may_not_answer_offers_no_field(open_app, plan):
    found = plan.threads_by_id[MEETING]
    plan.threads_by_id[MEETING] = found.model_copy(update={"allowed": frozenset()})
    screen = await open_app(ADDRESS)
    assert screen.sees("Du kan ikke svare her.")
    assert not screen.sees("Dit svar")


async def test_an_unknown_thread_leads_home(open_app):
    screen = await open_app("/messages/00000000-0000-0000-0000-00000000ffff")
    assert screen.sees("Vi kan ikke finde det")
    await screen.go("/messages/nonsense")
    assert screen.heading() == "Siden findes ikke"


async def test_going_from_one_thread_to_another_shows_the_other(open_app, plan):
    made = message(HOLM, "Noget andet", hours_ago=5)
    plan.threads_by_id[made.id] = thread(made.id, "Et andet emne", made)
    plan.drafts[f"message:{made.id}"] = {"body": "Andet svar"}
    screen = await open_app(ADDRESS, width=1280)
    await screen.write("Dit svar", "Første svar")
    await screen.click("Et andet emne")
    await screen.until(lambda: screen.heading() == "Et andet emne")
    await screen.until(lambda: screen.field("Dit svar").value == "Andet svar")
    assert plan.drafts[f"message:{MEETING}"] == {"body": "Første svar"}


async def test_says_it_in_english(open_app, plan):
    screen = await open_app(ADDRESS, language="en")
    assert screen.sees("Your answer")
    plan.write(MEETING, message(HOLM, "Hi", hours_ago=0))
    _heard(screen)
    await screen.until_sees("1 new message from Mette Holm")
    assert datetime.now(UTC) > plan.threads_by_id[MEETING].messages[-1].sent_at


async def test_a_line_stands_before_what_is_new_and_stays_while_one_reads(open_app, plan):
    screen = await open_app(ADDRESS)
    texts = screen.texts()
    assert texts.count("Nye beskeder") == 1
    # The list is drawn from its end: what stands above comes later.
    assert texts.index("Ja, kl. 10 passer fint. Kan du?") < texts.index("Nye beskeder")
    assert texts.index("Nye beskeder") < texts.index("Kan vi mødes om onsdagen?")
    _heard(screen)
    await screen.settle()
    assert screen.sees("Nye beskeder")
    assert not (await open_app(ADDRESS)).sees("Nye beskeder")


async def test_a_link_says_where_it_leads_and_opens_beside_the_app(open_app, plan):
    plan.write(MEETING, message(HOLM, "Læs https://borger.dk@evil.example/x", hours_ago=0))
    screen = await open_app(ADDRESS)
    opened = screen.button("Åbn evil.example").action
    assert opened.target is ft.UrlTarget.BLANK


async def test_each_message_runs_in_its_own_direction(open_app, plan):
    plan.write(MEETING, message(HOLM, "أهلا وسهلا Mette", hours_ago=0))
    screen = await open_app(ADDRESS)
    written = {
        control.content.content.value: control.rtl
        for control in screen.controls()
        if isinstance(control, ft.Container) and isinstance(control.content, ft.SelectionArea)
    }
    assert written["أهلا وسهلا Mette"] is True
    assert written["Kan vi mødes om onsdagen?"] is False


async def test_a_hint_about_the_health_of_others_comes_while_one_writes(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.write("Dit svar", "Min mor er syg")
    assert screen.sees("Der står måske noget om en andens helbred")
    await screen.click("Send")
    assert plan.sent[0].body == "Min mor er syg"
    assert not screen.sees("Der står måske noget om en andens helbred")


async def test_a_thread_that_is_gone_meanwhile_leads_on(open_app, plan):
    screen = await open_app(ADDRESS)
    del plan.threads_by_id[MEETING]
    _heard(screen)
    await screen.until_sees("Vi kan ikke finde det, du leder efter")
