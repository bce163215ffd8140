"""A meeting at another time, in the contact person's app."""

from datetime import UTC, datetime, timedelta

import pytest

from i18n import formats
from i18n.translator import translator
from portal.contract.actions import Action
from portal.contract.people import Role
from portal.contract.plans import AppointmentAnswer
from tests.views.fake_life import LONE, MEETING_SOON, FakeLife
from tests.views.fake_plan import ME

BRIEFING = f"/work/citizens/{ME}"
ADDRESS = f"{BRIEFING}/appointments/{MEETING_SOON}"
TEN = timedelta(hours=10)


@pytest.fixture
def plan() -> FakeLife:
    """A meeting that the citizen cannot come to, with a time that fits better."""
    plan = FakeLife()
    plan.side = Role.CONTACT_PERSON
    meeting = plan.meetings[MEETING_SOON]
    answer = AppointmentAnswer(
        answer="cannot",
        wish="Helst om formiddagen.",
        wished_times=(_morning(9),),
        answered_by=LONE,
        answered_at=datetime.now(UTC),
    )
    allowed = frozenset({Action.READ, Action.MOVE})
    plan.meetings[MEETING_SOON] = meeting.model_copy(update={"answer": answer, "allowed": allowed})
    return plan


def _morning(days: int) -> datetime:
    day = formats.today() + timedelta(days=days)
    return datetime.combine(day, datetime.min.time(), formats.DENMARK) + TEN


async def test_the_time_that_the_citizen_proposed_is_taken_with_one_tap(open_work, plan):
    screen = await open_work(BRIEFING)
    await screen.click("Flyt mødet")
    assert screen.route == ADDRESS
    assert screen.heading() == "Flyt mødet"
    assert screen.sees("Borgeren kan ikke komme.")
    assert screen.sees("Helst om formiddagen.")
    was = plan.meetings[MEETING_SOON]
    await screen.click(formats.at_start(formats.moment_in_words(translator("da"), _morning(9))))
    await screen.click("Flyt mødet")

    now = plan.meetings[MEETING_SOON]
    assert now.starts_at == _morning(9)
    assert now.ends_at - now.starts_at == was.ends_at - was.starts_at
    assert screen.route == BRIEFING


async def test_a_time_that_is_gone_is_not_sent(open_work, plan):
    meeting = plan.meetings[MEETING_SOON]
    gone = {
        "starts_at": meeting.starts_at - timedelta(days=90),
        "ends_at": meeting.ends_at - timedelta(days=90),
    }
    plan.meetings[MEETING_SOON] = meeting.model_copy(update=gone)
    screen = await open_work(ADDRESS)
    await screen.click("Flyt mødet")
    assert screen.sees("Vælg en tid, der ikke er gået")
    assert plan.count("move_appointment") == 0


async def test_a_meeting_that_was_changed_meanwhile_is_shown_and_moved_again(open_work, plan):
    screen = await open_work(ADDRESS)
    meeting = plan.meetings[MEETING_SOON]
    newer = meeting.model_copy(update={"version": meeting.version + 1, "title": "Møde med læge"})
    plan.meetings[MEETING_SOON] = newer
    await screen.click("Flyt mødet")
    assert screen.sees("Aftalen er ændret, mens du valgte.")
    assert screen.sees("Møde med læge")
    await screen.click("Flyt mødet")
    assert plan.meetings[MEETING_SOON].version == newer.version + 1


async def test_what_cannot_be_moved_has_no_form(open_work, plan):
    meeting = plan.meetings[MEETING_SOON]
    plan.meetings[MEETING_SOON] = meeting.model_copy(update={"allowed": frozenset({Action.READ})})
    screen = await open_work(ADDRESS)
    assert screen.sees("Mødet kan ikke flyttes herfra.")
