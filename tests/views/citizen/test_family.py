"""Familie, in the real app: members, joint goals, each one's own steps, live."""

from datetime import UTC, datetime
from uuid import UUID

import flet as ft
import pytest

from portal.contract.errors import FieldProblem
from portal.contract.events import Event
from portal.contract.goals import Goal
from portal.plan_client import PlanInvalid, PlanUnavailable
from tests.views.fake_plan import DINNER, HOUSEHOLD, JONAS, ME, WALK


def _told(screen, kind="goal"):
    screen.live.send(Event(id=1, topic=f"household:{HOUSEHOLD}", kind=kind, resource_id=DINNER))


def _in_order(screen, *texts):
    found = screen.texts()
    return [found.index(text) for text in texts]


def newest(plan) -> Goal:
    return list(plan.goals_by_id.values())[-1]


async def test_shows_the_members_and_who_sees_the_page(open_app):
    screen = await open_app("/family")
    assert screen.heading() == "Familie"
    for text in ("Familien Lund", "Lone Lund (dig)", "Mor", "Jonas Lund", "Far"):
        assert screen.sees(text)
    assert screen.sees("Alle i familien her kan se det, der står på denne side.")


async def test_groups_the_steps_of_a_joint_goal_by_person_ones_own_first(open_app):
    screen = await open_app("/family")
    places = _in_order(
        screen,
        "Spis sammen tre aftener om ugen",
        "1 af 3 skridt er taget",
        "Dine skridt",
        "Lav en madplan",
        "Læg telefonen væk",
        "Jonas' skridt",
        "Lav mad om torsdagen",
    )
    assert places == sorted(places)


async def test_ticks_ones_own_step_with_one_tap_and_undoes_it(open_app, plan):
    screen = await open_app("/family")
    await screen.tick("Læg telefonen væk")
    assert screen.sees("2 af 3 skridt er taget")
    await screen.click("Fortryd")
    assert screen.sees("1 af 3 skridt er taget")
    assert plan.goals_by_id[DINNER].steps_done == 1


async def test_offers_no_box_for_a_step_that_one_may_not_tick(open_app):
    screen = await open_app("/family")
    with pytest.raises(AssertionError):
        screen.box("Lav mad om torsdagen")


async def test_shows_how_far_anothers_step_is_as_a_box_that_is_not_to_tick(open_app):
    screen = await open_app("/family")
    (shown,) = (
        control
        for control in screen.controls()
        if isinstance(control, ft.Semantics) and control.label == "Lav mad om torsdagen"
    )
    assert (shown.checked, shown.read_only) == (False, True)


async def test_another_members_tick_appears_by_itself(open_app, plan):
    screen = await open_app("/family")
    *others, cooking = plan.goals_by_id[DINNER].steps
    cooked = cooking.model_copy(update={"done_at": datetime.now(UTC), "done_by": JONAS})
    plan.goals_by_id[DINNER] = plan.goals_by_id[DINNER].model_copy(
        update={"steps": (*others, cooked), "steps_done": 2}
    )
    _told(screen)
    await screen.until_sees("2 af 3 skridt er taget")


async def test_a_joint_goal_opens_to_its_page(open_app):
    screen = await open_app("/family")
    await screen.click("Åbn målet")
    assert screen.route == f"/goals/{DINNER}"
    assert screen.heading() == "Spis sammen tre aftener om ugen"


async def test_writes_a_new_joint_goal(open_app, plan):
    screen = await open_app("/family")
    await screen.click("Nyt fælles mål")
    assert screen.heading() == "Nyt fælles mål"
    await screen.write("Hvad vil du gerne nå?", "Tag i skoven")
    await screen.click("Gem")
    assert screen.heading() == "Tag i skoven"
    await screen.go("/family")
    assert screen.sees("Tag i skoven")
    assert plan.count("create_goal") == 1


async def test_asks_who_takes_the_first_step_of_a_joint_goal(open_app, plan):
    screen = await open_app(f"/family/{HOUSEHOLD}/new-goal")
    await screen.write("Hvad vil du gerne nå?", "Tag i skoven")
    await screen.click("Næste spørgsmål")
    await screen.click("Næste spørgsmål")
    assert screen.options("Hvem gør det?") == {
        str(ME): "Dig selv",
        str(JONAS.id): "Jonas Lund",
        "everybody": "Alle",
    }
    await screen.write("Hvad er det første lille skridt?", "Find kortet")
    await screen.choose(str(JONAS.id))
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Tag i skoven")
    (step,) = newest(plan).steps
    assert step.assignee == JONAS


async def test_the_first_step_is_ones_own_unless_something_else_is_chosen(open_app, plan):
    screen = await open_app(f"/family/{HOUSEHOLD}/new-goal")
    await screen.write("Hvad vil du gerne nå?", "Tag i skoven")
    await screen.click("Næste spørgsmål")
    await screen.click("Næste spørgsmål")
    await screen.write("Hvad er det første lille skridt?", "Find kortet")
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Tag i skoven")
    assert newest(plan).steps[0].assignee.id == ME


async def test_a_new_step_of_a_joint_goal_is_given_to_a_member(open_app, plan):
    screen = await open_app(f"/goals/{DINNER}")
    await screen.write("Nyt skridt", "Dæk bord")
    await screen.choose(str(JONAS.id))
    await screen.click("Tilføj skridt")
    assert plan.goals_by_id[DINNER].steps[-1].assignee == JONAS


async def test_a_new_step_can_be_for_everybody(open_app, plan):
    screen = await open_app(f"/goals/{DINNER}")
    await screen.write("Nyt skridt", "Ryd op")
    await screen.choose("everybody")
    await screen.click("Tilføj skridt")
    assert plan.goals_by_id[DINNER].steps[-1].assignee is None
    assert screen.sees("Alle kan gøre det")


async def test_a_step_of_ones_own_goal_asks_for_nobody(open_app):
    screen = await open_app(f"/goals/{WALK}")
    assert screen.sees("Nyt skridt")
    assert not screen.sees("Hvem gør det?")


async def test_somebody_who_has_left_meanwhile_cannot_be_given_a_step(open_app, plan):
    screen = await open_app(f"/goals/{DINNER}")
    await screen.write("Nyt skridt", "Dæk bord")
    await screen.choose(str(JONAS.id))
    plan.failure = PlanInvalid((FieldProblem(path="assignee_id", code="unknown"),))
    await screen.click("Tilføj skridt")
    assert screen.sees("Vælg en, der er med i familien nu")


async def test_an_address_without_a_household_leads_nowhere(open_app):
    screen = await open_app("/family/nobody/new-goal")
    assert screen.sees("Vi kan ikke finde det")


async def test_speaks_kindly_to_somebody_without_a_household(open_app, plan):
    plan.members = ()
    screen = await open_app("/family")
    assert screen.sees("Du er ikke med i en familie her endnu")
    await screen.click("Spørg din kontaktperson")
    assert screen.heading() == "Din kontaktperson"


async def test_invites_to_a_first_joint_goal(open_app, plan):
    plan.household_goal_ids = set()
    screen = await open_app("/family")
    assert screen.sees("I har ingen fælles mål endnu")


async def test_a_member_who_leaves_keeps_the_steps_under_their_name(open_app, plan):
    plan.members = tuple(member for member in plan.members if member.is_me)
    screen = await open_app("/family")
    assert screen.sees("Jonas' skridt")
    assert not screen.sees("Jonas Lund")


async def test_tells_that_there_is_no_connection(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/family")
    assert screen.sees("Der er ingen forbindelse")
    plan.failure = None
    await screen.click("Prøv igen")
    assert screen.sees("Familien Lund")


async def test_says_it_in_english(open_app, plan):
    plan.members = (*plan.members, plan.members[0].model_copy(update={"id": UUID(int=9)}))
    screen = await open_app("/family", language="en")
    assert screen.heading() == "Family"
    for text in ("Lone Lund (you)", "Mother", "Your steps", "Jonas's steps"):
        assert screen.sees(text)
