"""Who is around a citizen: family, helpers, colleagues. By the portal's client."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr

from portal.contract.case_workers import AssignCaseWorker
from portal.contract.handovers import HandOver, NewAbsence
from portal.contract.helpers import AddHelper, AppointGuardian, HelperState
from portal.contract.households import (
    AnswerInvitation,
    InvitationState,
    InviteMember,
    NewHousehold,
)
from portal.contract.people import AnswerPlanRequest, AskForPlan, PlanRequestState
from portal.contract.safety import HideForSafety, LiftHiding
from portal.contract.sharing import ShareGoal
from portal.plan_client import PlanNotFound


def key() -> str:
    return str(uuid4())


async def test_a_household_is_founded_joined_and_left(client_of, world, cpr):
    number = cpr()
    anna = client_of(world.a_person(name="Anna Holm"), "citizen")
    emil = client_of(world.a_person(name="Emil Holm", cpr=number), "citizen")
    (home,) = (await anna.create_household(NewHousehold(name="Familien Holm"), key())).households
    others = InviteMember(name="Ukendt", cpr=SecretStr(cpr()), relation="other")
    mistaken = await anna.invite_member(home.id, others, key())
    withdrawn = await anna.withdraw_invitation(mistaken.id, key())

    command = InviteMember(name="Emil", cpr=SecretStr(number), relation="child")
    await anna.invite_member(home.id, command, key())
    (asked,) = (await emil.invitations()).to_me
    joined = await emil.answer_invitation(asked.id, AnswerInvitation(accept=True), key())

    assert (withdrawn.state, joined.state) == (InvitationState.WITHDRAWN, InvitationState.ACCEPTED)
    assert len((await anna.households()).households[0].members) == 2
    assert (await emil.leave_household(home.id, key())).households == ()


async def test_a_citizen_sees_what_the_contact_person_looks_like(citizen, world, anna):
    worker = world.a_contact_person(anna)
    content = world.a_picture(worker)

    seen = await citizen.picture(worker)

    assert (seen.media_type, seen.content) == ("image/webp", content)
    with pytest.raises(PlanNotFound):
        await citizen.picture(world.a_contact_person())


async def test_a_goal_is_shown_to_a_relative_and_no_longer(citizen, client_of, world, anna, plan):
    emil = world.a_person(name="Emil Holm")
    world.a_household(anna, emil)
    relative = client_of(emil, "citizen")
    goal = world.a_goal(plan_id=plan, created_by=anna)

    shared = await citizen.share_goal(goal, ShareGoal(person_id=emil), key())
    (seen,) = (await relative.people()).people
    view = await relative.person(anna)
    as_emil = await citizen.see_as(emil)

    assert [one.person.id for one in shared.shares] == [emil]
    assert seen.person.id == anna
    assert [one.id for one in view.goals] == [one.id for one in as_emil.goals] == [goal]
    assert (await citizen.unshare_goal(goal, emil)).shares == ()
    assert (await citizen.goal_shares(goal)).could_share_with[0].id == emil
    with pytest.raises(PlanNotFound):
        await relative.person(anna)


async def test_helpers_come_and_go(citizen, worker, client_of, world, anna, cpr):
    number, until = cpr(), world.today + timedelta(days=30)
    helping = client_of(world.a_person(name="Bo Holm", cpr=number), "citizen")
    command = AddHelper(
        kind="bisidder", name="Bo", cpr=SecretStr(number), categories=("goals",), valid_until=until
    )
    added = await citizen.add_helper(command, key())
    guardian = await worker.appoint_guardian(
        anna,
        AppointGuardian(
            name="Ida", cpr=SecretStr(cpr()), categories=("messages",), valid_until=until
        ),
        key(),
    )

    assert [one.id for one in (await helping.helpers()).helping] == [added.id]
    known = (await worker.helpers_of_citizen(anna)).helpers
    assert {one.id for one in known} == {added.id, guardian.id}
    assert (await helping.end_helper(added.id, key())).state is HelperState.ENDED
    assert (await citizen.sharing()).rows


async def test_colleagues_work_with_a_citizen_stand_in_and_take_over(
    worker, client_of, world, anna
):
    lars = world.a_contact_person(name="Lars Bo")
    colleague = client_of(lars, "contact_person")
    assert lars in {one.id for one in (await worker.colleagues()).colleagues}

    await worker.assign_case_worker(anna, AssignCaseWorker(professional_id=lars), key())
    (assigned,) = (await worker.case_workers(anna)).case_workers
    assert assigned.professional.id == lars
    assert (await worker.end_case_worker(anna, lars)).case_workers == ()

    today = world.today
    away = NewAbsence(deputy_id=lars, starts_on=today, ends_on=today + timedelta(days=3))
    absence = await worker.add_absence(away, key())
    assert [one.id for one in (await worker.absences()).absences] == [absence.id]
    assert [one.id for one in (await colleague.citizens()).citizens] == [anna]
    assert (await worker.end_absence(absence.id, absence.version)).absences == ()

    await worker.hand_over(anna, HandOver(to=lars, on=today, greeting="Tak for nu"), key())
    assert [one.id for one in (await colleague.citizens()).citizens] == [anna]


async def test_a_plan_is_asked_for_and_a_leader_sees_figures(worker, client_of, world):
    bo = world.a_person(name="Bo Bang")
    asking = client_of(bo, "citizen")
    asked = await asking.request_plan(AskForPlan(text="En plan, tak"), key())
    leader = client_of(world.a_contact_person(is_leader=True), "contact_person")

    answered = await worker.answer_plan_request(
        asked.id, AnswerPlanRequest(accept=True), asked.version
    )

    assert answered.state is PlanRequestState.ACCEPTED
    assert (await asking.plan()).citizen.id == bo
    assert (await leader.figures()).figures


async def test_what_could_be_dangerous_is_hidden_until_it_is_safe(worker, world, anna, plan):
    meeting = world.an_intervention(plan, title="Krisecenter")
    command = HideForSafety(resource_kind="intervention", resource_id=meeting, reason="Vold")
    hidden = await worker.hide_for_safety(anna, command, key())
    lifted = await worker.lift_hiding(hidden.id, LiftHiding(reason="Trygt"), hidden.version)

    assert [one.id for one in (await worker.safety_hidings(anna)).hidings] == [hidden.id]
    assert lifted.lift_reason == "Trygt"
