"""The whole main job as the portal does it: with its own client, against the real plan API."""

from uuid import uuid4

import pytest

from portal.contract.goals import (
    EditGoal,
    EditStep,
    GoalState,
    MarkGoalSeen,
    MoveGoal,
    NewGoal,
    NewRating,
    NewStep,
    OrderGoals,
    TickStep,
)
from portal.contract.messages import MarkRead, NewMessage, NewThread, SaveDraft, WaitsFor
from portal.contract.people import AskForPlan, EditAboutMe
from portal.plan_client import PlanConflict, PlanInvalid, PlanNotFound, PlanRefused


def key() -> str:
    return str(uuid4())


async def test_a_goal_from_the_first_word_to_reached(citizen):
    goal = await citizen.create_goal(NewGoal(title="Gå til fodbold", emoji="⚽"), key())
    goal = await citizen.edit_goal(goal.id, EditGoal(title="Spille fodbold"), goal.version)
    step = await citizen.add_step(goal.id, NewStep(title="Ring"), key())
    step = await citizen.edit_step(step.id, EditStep(title="Ring til klubben"), step.version)
    step = await citizen.tick_step(step.id, TickStep(done=True), step.version)
    await citizen.rate_goal(goal.id, NewRating(value=9), key())
    goal = await citizen.move_goal(goal.id, MoveGoal(state=GoalState.REACHED), goal.version)

    assert (goal.state, goal.steps_done, goal.latest_rating) == (GoalState.REACHED, 1, 9)
    entries = (await citizen.goal_history(goal.id)).entries
    assert [entry.change for entry in reversed(entries)] == [
        "created",
        "edited",
        "created",
        "edited",
        "ticked",
        "rated",
        "moved",
    ]
    with pytest.raises(PlanConflict) as conflict:
        await citizen.edit_goal(goal.id, EditGoal(title="For sent"), 1)
    assert conflict.value.current is not None
    assert conflict.value.current["title"] == "Spille fodbold"


async def test_goals_are_put_in_order_and_what_is_new_in_them_is_seen(citizen):
    first, second = [
        await citizen.create_goal(NewGoal(title=title), key()) for title in ("Gå", "Løbe")
    ]
    ordered = await citizen.order_goals(OrderGoals(goal_ids=(second.id, first.id)), 1)
    newest = (await citizen.goal_history(first.id)).entries[0].id
    await citizen.mark_goal_seen(first.id, MarkGoalSeen(up_to=newest))

    assert [one.id for one in ordered.own] == [second.id, first.id]
    assert (await citizen.goal_history(first.id)).seen_up_to == newest


async def test_a_message_and_its_answer(citizen, worker):
    draft_name = "message:new"
    await citizen.save_draft(draft_name, SaveDraft(fields={"body": "Hvornår"}), 0)
    thread = await citizen.start_thread(NewThread(subject="Praktik", body="Hvornår?"), key())
    assert (await citizen.draft(draft_name)).fields == {}

    (waiting,) = (await worker.inbox()).waiting
    seen = await worker.thread(waiting.id)
    await worker.mark_read(seen.id, MarkRead(up_to=seen.messages[-1].id))
    await worker.send_message(seen.id, NewMessage(body="På mandag"), key())

    answered = await citizen.thread(thread.id)
    assert answered.waits_for is WaitsFor.CITIZEN
    assert [message.body for message in answered.messages] == ["Hvornår?", "På mandag"]
    assert answered.messages[0].read_at is not None
    assert (await citizen.overview()).unread_messages == 1
    assert [one.id for one in (await citizen.threads()).threads] == [thread.id]


async def test_what_each_side_reads_is_what_the_contract_says(citizen, worker, anna, world):
    world.a_household(anna, world.a_person(name="Emil Holm"))

    assert (await citizen.overview()).contact_person.name == "Mette Krog"
    words = await citizen.edit_about_me(EditAboutMe(matters="Min søn"), 0)
    assert (await citizen.plan()).about_me.id == words.id
    assert len((await citizen.about_me_history()).entries) == 1
    assert (await citizen.goals()).may_create
    assert len((await citizen.households()).households[0].members) == 2
    (mine,) = (await worker.citizens()).citizens
    assert (await worker.briefing(mine.id)).plan.about_me.matters == "Min søn"


async def test_every_no_has_its_own_name(client_of, world, citizen, worker):
    with pytest.raises(PlanNotFound):
        await citizen.goal(uuid4())
    with pytest.raises(PlanRefused):
        await worker.overview()
    with pytest.raises(PlanConflict):
        await citizen.request_plan(AskForPlan(), key())
    with pytest.raises(PlanInvalid):
        await citizen.threads("not a cursor")
    with pytest.raises(PlanNotFound):
        await client_of(world.a_person(), "citizen").plan()
