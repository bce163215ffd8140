"""What both sides write into a plan, by the portal's client."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from portal.contract.assessments import EditOwnView, EditProfessionalView, FunctionLevel
from portal.contract.follow_ups import (
    CancelFollowUp,
    ConcludeAndContinue,
    EditAgendaItem,
    EditFollowUp,
    FollowUpState,
    NewAgendaItem,
    NewFollowUp,
)
from portal.contract.messages import NewThread
from portal.contract.minutes import CommentMinutes, EditMinutes, MinutesState, NewMinutes
from portal.contract.plans import (
    CannotCome,
    EditPromise,
    KeepPromise,
    MoveAppointment,
    NewDecision,
    NewPromise,
    PromiseState,
)
from portal.contract.told_facts import AskForFact, FactRequestState, GrantFact, TellFact
from portal.plan_client import PlanConflict, PlanInvalid, PlanNotFound


def key() -> str:
    return str(uuid4())


async def test_a_theme_is_seen_from_both_sides(citizen, worker, plan):
    own = await citizen.edit_own_view(plan, "relations", EditOwnView(text="Godt"), 0)
    view = EditProfessionalView(text="Få venner", level=FunctionLevel.MILD)
    professional = await worker.edit_professional_view(plan, "relations", view, 0)

    shown = {one.theme.code: one for one in (await citizen.assessment(plan)).themes}["relations"]
    assert shown.own == own
    assert [one.id for one in shown.professional] == [professional.id]
    assert len((await citizen.assessment_history(plan, "relations")).entries) == 2


async def test_a_follow_up_leads_to_the_next(citizen, worker, world, plan):
    day = world.today + timedelta(days=7)
    booked = await worker.book_follow_up(plan, NewFollowUp(day=day), key())
    added = await citizen.add_agenda_item(booked.id, NewAgendaItem(text="Ryg"), key())
    (item,) = added.agenda
    added = await citizen.edit_agenda_item(
        booked.id, item.id, EditAgendaItem(text="Ryggen"), added.version
    )
    added = await citizen.remove_agenda_item(booked.id, item.id, added.version)
    moved = await worker.edit_follow_up(
        booked.id, EditFollowUp(day=day + timedelta(days=1)), added.version
    )
    held = await worker.conclude_follow_up(
        booked.id, ConcludeAndContinue(next_day=day + timedelta(days=60)), moved.version
    )
    assert held.next_id is not None
    following = await citizen.follow_up(held.next_id)
    ended = await worker.cancel_follow_up(
        following.id, CancelFollowUp(reason="Ferie"), following.version
    )

    assert ended.state is FollowUpState.CANCELLED
    assert len((await citizen.follow_ups(plan)).follow_ups) == 2
    assert len((await citizen.follow_up_history(booked.id)).entries) == 6


async def test_a_meeting_is_declined_and_moved_and_the_weeks_are_counted(
    citizen, worker, world, plan
):
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(days=8)
    meeting = await citizen.appointment(world.an_appointment(plan, soon))
    declined = await citizen.answer_appointment(
        meeting.id, CannotCome(answer="cannot", wish="Senere"), meeting.version
    )
    assert declined.answer is not None
    later = MoveAppointment(
        starts_at=soon + timedelta(days=1), ends_at=soon + timedelta(days=1, hours=1)
    )
    moved = await worker.move_appointment(meeting.id, later, declined.version)

    assert moved.answer is None
    assert len((await citizen.appointment_history(meeting.id)).entries) == 2
    assert (await citizen.overlaps(plan)).overlaps == ()
    load = await citizen.load(plan, weeks_back=1, weeks_ahead=2)
    assert (len(load.weeks), sum(week.meetings for week in load.weeks)) == (4, 1)


async def test_promises_and_decisions_hold(citizen, worker, world, plan):
    due = world.today + timedelta(days=3)
    made = await worker.make_promise(plan, NewPromise(text="Vi ringer", due=due), key())
    edited = await worker.edit_promise(made.id, EditPromise(text="Jeg ringer", due=due), 1)
    kept = await worker.keep_promise(made.id, KeepPromise(kept=True), edited.version)
    assert kept.state is PromiseState.KEPT
    assert await citizen.promise(made.id) != kept  # the same promise, with other rights
    assert len((await citizen.promise_history(made.id)).entries) == 3
    with pytest.raises(PlanConflict) as stale:
        await worker.keep_promise(made.id, KeepPromise(kept=False), 1)
    assert stale.value.current is not None

    decided = await worker.record_decision(
        plan,
        NewDecision(
            title="Tilskud",
            text="Du får det.",
            decided_on=world.today,
            notified_on=world.today,
            rule="Loven",
            how_to_appeal="Skriv til os.",
        ),
        key(),
    )
    assert (await citizen.decision(decided.id)).appeal_by >= world.today + timedelta(days=28)
    assert len((await citizen.decision_history(decided.id)).entries) == 1


async def test_minutes_are_shared_and_confirmed(citizen, worker, world, plan):
    draft = await worker.write_minutes(
        plan, NewMinutes(title="Samtale", held_on=world.today, text="Kort"), key()
    )
    with pytest.raises(PlanNotFound):
        await citizen.minutes(draft.id)
    edited = await worker.edit_minutes(
        draft.id, EditMinutes(title="Samtale", held_on=world.today, text="Lang"), draft.version
    )
    shared = await worker.share_minutes(draft.id, edited.version)
    await citizen.comment_minutes(draft.id, CommentMinutes(text="Ja"), key())
    commented = await citizen.minutes(draft.id)
    confirmed = await citizen.confirm_minutes(draft.id, commented.version)

    assert (shared.state, confirmed.state) == (MinutesState.SHARED, MinutesState.CONFIRMED)
    assert [one.id for one in (await citizen.all_minutes(plan)).minutes] == [draft.id]
    assert len((await citizen.minutes_history(draft.id)).entries) == 3


async def test_what_was_told_once_is_used_again(citizen, worker, world, plan):
    await citizen.tell_fact(plan, "housing", TellFact(text="I et hus"), 0)
    asked = await worker.ask_for_fact(plan, AskForFact(topic="housing", purpose="Støtte"), key())
    until = world.today + timedelta(days=30)

    granted = await citizen.answer_fact_request(
        asked.id, GrantFact(answer="grant", valid_until=until), asked.version
    )

    assert granted.state is FactRequestState.GRANTED
    assert [fact.text for fact in (await worker.told_facts(plan)).facts] == ["I et hus"]
    assert len((await citizen.fact_history(plan, "housing")).entries) == 1
    assert len((await citizen.fact_request_history(asked.id)).entries) == 2


async def test_a_file_goes_with_a_message(citizen, worker, plan):
    file = await citizen.upload_attachment(plan, "Brev.txt", "Kære Mette".encode(), key())
    dropped = await citizen.upload_attachment(plan, "Fejl.txt", b"Ups", key())
    await citizen.drop_attachment(dropped.id)
    command = NewThread(subject="Brev", body="Se her", attachment_ids=(file.id,))
    thread = await citizen.start_thread(command, key())

    assert thread.messages[0].attachments == (file,)
    got = await worker.download_attachment(file.id)
    assert (got.name, got.media_type) == ("Brev.txt", "text/plain")
    assert got.content == "Kære Mette".encode()
    with pytest.raises(PlanInvalid):
        await citizen.upload_attachment(plan, "Program", b"MZ\x90\x00", key())
