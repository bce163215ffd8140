"""Indbakke and the reply, in the real app: who waits for the contact person, by deadline."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from i18n.formats import today
from i18n.translator import translator
from portal.contract.events import Event
from portal.contract.follow_ups import FollowUp, FollowUpState
from portal.contract.messages import WaitsFor
from portal.contract.people import Role
from portal.contract.plans import AppointmentAnswer
from portal.contract.work import DeclinedAppointment, DueFollowUp
from portal.plan_client import PlanUnavailable
from tests.views.fake_messages import (
    CHAIR,
    LONE,
    MEETING,
    asking_for_a_plan,
    message,
    thread,
)
from tests.views.fake_plan import PLAN, appointment
from views.outlines.contact_person import inbox_outline
from views.viewer import Viewer


def _waiting(plan, subject, days):
    made = message(LONE, f"Om {subject}", hours_ago=50)
    plan.threads_by_id[made.id] = thread(
        made.id,
        subject,
        made,
        waits_for=WaitsFor.CONTACT_PERSON,
        answer_expected_by=today() + timedelta(days=days),
    )


async def test_shows_overdue_ones_first_and_says_so_in_words(open_work, plan):
    _waiting(plan, "For sent", -2)
    _waiting(plan, "I god tid", 4)
    screen = await open_work("/work")
    assert screen.heading() == "Indbakke"
    texts = screen.texts()
    order = ["Over tiden (1)", "For sent", "Venter på dit svar (2)", "Stolen til praktikken"]
    order += ["I god tid", "Andre samtaler (1)", "Skal vi flytte mødet?"]
    assert [texts.index(text) for text in order] == sorted(texts.index(text) for text in order)
    assert screen.sees("Over tiden. Svar senest")
    assert screen.sees("Svar senest i morgen")
    assert screen.sees("Venter på Lone Lund")


async def test_answering_takes_a_tap_the_words_and_send(open_work, plan):
    screen = await open_work("/work")
    await screen.click("Stolen til praktikken")
    assert screen.route == f"/messages/{CHAIR}"
    await screen.write("Dit svar", "Den kommer i morgen.")
    await screen.click("Send")
    assert [sent.body for sent in plan.sent] == ["Den kommer i morgen."]
    assert plan.sent[0].answer_wanted
    assert screen.sees("Den kommer i morgen.")


async def test_an_answer_can_end_the_thread(open_work, plan):
    screen = await open_work(f"/messages/{CHAIR}")
    await screen.tick("Jeg venter på svar fra Lone Lund")
    await screen.write("Dit svar", "Alt er på plads.")
    await screen.click("Send")
    assert not plan.sent[0].answer_wanted


async def test_a_new_question_appears_without_reload(open_work, plan):
    screen = await open_work("/work")
    _waiting(plan, "Et nyt spørgsmål", 2)
    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="thread", resource_id=MEETING))
    await screen.until_sees("Et nyt spørgsmål")


async def test_follow_ups_that_are_near_or_over_are_called_to_mind(open_work, plan):
    def due(days, title="", **values) -> DueFollowUp:
        follow_up = FollowUp(
            id=uuid4(),
            version=1,
            plan_id=PLAN,
            day=today() + timedelta(days=days),
            state=FollowUpState.PLANNED,
            created_by=LONE,
            **values,
        )
        return DueFollowUp(citizen=LONE, follow_up=follow_up, title=title)

    plan.due_follow_ups = (due(-1), due(1, "Gå en tur", starts=time(10)), due(0))
    screen = await open_work("/work")

    for text in (
        "Opfølgninger (3)",
        "Skulle være sket i går · ",
        "Hele planen",
        "I morgen kl. 10.00 · ",
        "Gå en tur",
    ):
        assert screen.sees(text)
    page = str(
        inbox_outline(
            translator("da"),
            await plan.inbox(),
            Viewer(LONE.id, "Mette Holm", role=Role.CONTACT_PERSON, language="da"),
        )
    )
    assert "Skulle være sket i går · Hele planen" in page


async def test_shows_who_asks_for_a_plan(open_work, plan):
    plan.requests = (asking_for_a_plan("Jeg vil gerne have én plan."),)
    screen = await open_work("/work")
    for text in ("Vil gerne have en plan (1)", "Bent Bak", "Bad om en plan i dag", "én plan."):
        assert screen.sees(text)


async def test_an_empty_inbox_says_so(open_work, plan):
    plan.threads_by_id.clear()
    screen = await open_work("/work")
    assert screen.sees("Ingen venter på svar fra dig lige nu.")


async def test_tells_that_there_is_no_connection(open_work, plan):
    plan.failure = PlanUnavailable()
    screen = await open_work("/work")
    assert screen.sees("Der er ingen forbindelse")


async def test_a_wide_window_shows_the_inbox_beside_the_thread(open_work):
    screen = await open_work(f"/messages/{CHAIR}", width=1280)
    assert screen.heading() == "Stolen til praktikken"
    assert screen.sees("Skal vi flytte mødet?")


async def test_says_it_in_english(open_work, plan):
    _waiting(plan, "Sent", -2)
    screen = await open_work("/work", language="en")
    assert screen.heading() == "Inbox"
    assert screen.sees("Overdue (1)")
    assert screen.sees("Answer by tomorrow")


async def test_who_needs_a_new_time_is_there_with_what_fits_better(open_app, plan):
    at = datetime.now(UTC) + timedelta(days=3)
    answer = AppointmentAnswer(
        answer="cannot",
        wish="Min søn er syg.",
        wished_times=(at + timedelta(days=1),),
        answered_by=LONE,
        answered_at=datetime.now(UTC),
    )
    declined = DeclinedAppointment(
        citizen=LONE, appointment=appointment(3).model_copy(update={"answer": answer})
    )
    inbox = plan.inbox

    async def with_a_meeting():
        return (await inbox()).model_copy(update={"declined": (declined,)})

    plan.inbox = with_a_meeting
    screen = await open_app("/work", role=Role.CONTACT_PERSON)

    assert screen.sees("Skal have en ny tid (1)")
    assert screen.sees("Min søn er syg.")
    assert screen.sees("Det passer bedre:")
