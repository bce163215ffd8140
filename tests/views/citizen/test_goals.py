"""Goals in the real app: written, changed, rated, moved; once each, and no text lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import flet as ft

from i18n import formats
from portal.contract.actions import Action
from portal.contract.errors import FieldProblem
from portal.contract.follow_ups import FollowUp, FollowUpState
from portal.contract.goals import Goal, GoalState, HistoryEntry, NewGoal, OrderGoals, RatingKind
from portal.contract.people import PersonRef
from portal.plan_client import PlanConflict, PlanInvalid, PlanUnavailable
from tests.views.fake_plan import JOB, ME, METTE, PLAN, PROPOSED, WALK, goal, rating


def newest(plan) -> Goal:
    return list(plan.goals_by_id.values())[-1]


async def test_goals_stand_in_groups(open_app):
    screen = await open_app("/goals")
    assert screen.heading() == "Mål"
    texts = screen.texts()
    order = [texts.index(title) for title in ("Foreslået til dig", "I gang", "Familiens mål")]
    assert order == sorted(order)


async def test_a_new_goal_gets_its_own_page(open_app, plan):
    screen = await open_app("/goals")
    await screen.click("Nyt mål")
    assert screen.heading() == "Nyt mål"
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    await screen.click("Næste spørgsmål")
    await screen.click("Næste spørgsmål")
    await screen.write("Hvad er det første lille skridt?", "Sluk telefonen kl. 22")
    for _ in range(3):
        await screen.click("Næste spørgsmål")
    await screen.choose("health")
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove hele natten")
    assert screen.route == f"/goals/{newest(plan).id}"
    assert screen.sees("Sluk telefonen kl. 22")
    assert "goal:new" not in plan.drafts


async def test_the_words_beside_a_radio_button_choose_it_too(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    for _ in range(5):
        await screen.click("Næste spørgsmål")
    await screen.tap_words("Helbred")
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove hele natten")
    assert newest(plan).theme == "health"


async def test_a_text_that_reads_from_the_right_stands_so_in_its_field(open_app, plan):
    plan.drafts["goal:new"] = {"title": "أريد أن أتعلم", "why": "Det vil jeg"}
    screen = await open_app("/goals/new")
    assert screen.field("Hvad vil du gerne nå?").rtl is True
    await screen.click("Næste spørgsmål")
    assert screen.field("Hvorfor er det vigtigt for dig?").rtl is False


async def test_the_talk_asks_one_thing_at_a_time_and_saving_is_at_hand(open_app):
    screen = await open_app("/goals/new")
    for number, question in enumerate(
        (
            "Hvad vil du gerne nå?",
            "Hvorfor er det vigtigt for dig?",
            "Hvad er det første lille skridt?",
            "Hvornår vil du nå det?",
            "Hvem kan hjælpe dig?",
            "Hvad handler det om?",
        ),
        start=1,
    ):
        assert screen.sees(f"Spørgsmål {number} af 6")
        assert screen.sees(question)
        assert screen.button("Gem")
        await screen.click("Se dine svar" if number == 6 else "Næste spørgsmål")
    assert screen.sees("Tjek dine svar")
    assert screen.button("Gem")


async def test_what_a_goal_is_about_is_answered_as_it_stood_in_the_question(open_app):
    screen = await open_app("/goals/new")
    for _ in range(5):
        await screen.click("Næste spørgsmål")
    assert screen.sees("Andet")

    await screen.click("Se dine svar")

    assert screen.sees("Andet")


async def test_the_whole_talk_becomes_a_goal(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Lære at svømme")
    await screen.click("Næste spørgsmål")
    await screen.write("Hvorfor er det vigtigt for dig?", "Så kan jeg bade med børnene")
    await screen.click("Næste spørgsmål")
    await screen.click("Næste spørgsmål")
    await screen.click("Om en uge")
    await screen.click("Næste spørgsmål")
    await screen.write("Hvem kan hjælpe dig?", "Min søster")
    await screen.click("Næste spørgsmål")
    await screen.choose("🌱")
    await screen.click("Se dine svar")
    for answer in ("Lære at svømme", "Så kan jeg bade med børnene", "Min søster", "🌱"):
        assert screen.sees(answer)
    await screen.click("Ret: Hvem kan hjælpe dig?")
    assert screen.field("Hvem kan hjælpe dig?").value == "Min søster"
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "🌱 Lære at svømme")
    made = newest(plan)
    assert made.helped_by == "Min søster"
    assert made.target_date == formats.today() + timedelta(days=7)


async def test_an_example_is_shown_on_request_and_written_into_the_field(open_app, plan):
    screen = await open_app("/goals/new")
    assert not screen.sees("Spise sammen om søndagen")
    await screen.click("Vis eksempler")
    await screen.click("Spise sammen om søndagen")
    assert screen.field("Hvad vil du gerne nå?").value == "Spise sammen om søndagen"
    assert plan.drafts["goal:new"]["title"] == "Spise sammen om søndagen"


async def test_a_talk_goes_on_where_it_was_left(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Lære at svømme")
    await screen.click("Næste spørgsmål")
    await screen.click("Næste spørgsmål")
    other_phone = await open_app("/goals/new")
    assert other_phone.sees("Spørgsmål 3 af 6")
    await other_phone.click("Forrige spørgsmål")
    await other_phone.click("Forrige spørgsmål")
    assert other_phone.field("Hvad vil du gerne nå?").value == "Lære at svømme"


async def test_what_is_missing_leads_back_to_its_question(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.click("Næste spørgsmål")
    await screen.write("Hvorfor er det vigtigt for dig?", "Fordi")
    await screen.click("Gem")
    assert screen.sees("Spørgsmål 1 af 6")
    assert screen.sees("Skriv dit mål")
    assert plan.count("create_goal") == 0


async def test_a_double_tap_makes_one_goal(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    plan.held = asyncio.Event()
    save = screen.button("Gem")
    taps = [asyncio.create_task(screen.send(save, "click")) for _ in range(3)]
    await screen.settle()
    plan.held.set()
    await asyncio.gather(*taps)
    await screen.send(save, "click")
    assert plan.count("create_goal") == 1
    assert sum(goal.title == "Sove hele natten" for goal in plan.goals_by_id.values()) == 1


async def test_a_second_try_after_a_lost_answer_uses_the_same_key(open_app, plan):
    keys = []
    create_goal = plan.create_goal

    async def answer_is_lost(command: NewGoal, key: str) -> Goal:
        keys.append(key)
        made = await create_goal(command, key)
        if len(keys) == 1:
            raise PlanUnavailable
        return made

    plan.create_goal = answer_is_lost
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    await screen.click("Gem")
    assert screen.sees("Der er ingen forbindelse")
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove hele natten")
    assert keys[0] == keys[1]
    assert sum(goal.title == "Sove hele natten" for goal in plan.goals_by_id.values()) == 1


async def test_an_error_keeps_the_text(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    plan.failure = PlanUnavailable()
    await screen.click("Gem")
    assert screen.sees("Der er ingen forbindelse")
    assert screen.field("Hvad vil du gerne nå?").value == "Sove hele natten"


async def test_without_a_plan_it_says_how_to_get_one(open_app, plan):
    plan.goals_by_id.clear()
    plan.household_goal_ids = frozenset()
    plan.has_plan = False
    screen = await open_app("/goals")
    assert screen.sees("Du kan skrive mål, når du har en plan.")
    assert not screen.sees("Nyt mål")
    await screen.click("Bed om en plan")
    assert screen.route == "/"


async def test_an_empty_goal_is_told_what_to_do(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.click("Gem")
    assert screen.sees("Skriv dit mål")
    assert plan.count("create_goal") == 0


async def test_what_the_plan_api_refuses_stands_at_the_field(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "x" * 200)
    plan.failure = PlanInvalid((FieldProblem(path="title", code="string_too_long"),))
    await screen.click("Gem")
    assert screen.sees("Teksten er for lang")


async def test_what_is_typed_is_saved_and_found_again(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove he")
    await screen.until(lambda: plan.drafts.get("goal:new", {}).get("title") == "Sove he")
    await screen.write("Hvad vil du gerne nå?", "Sove hele")
    await screen.leave("Hvad vil du gerne nå?")
    assert plan.drafts["goal:new"]["title"] == "Sove hele"
    other_phone = await open_app("/goals/new")
    assert other_phone.field("Hvad vil du gerne nå?").value == "Sove hele"


async def test_leaving_the_page_saves_what_was_typed(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove hele natten")
    await screen.go("/goals")
    await screen.until(lambda: plan.drafts["goal:new"]["title"] == "Sove hele natten")


async def test_a_step_is_ticked_with_one_tap_and_undone_with_one(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    await screen.tick("Gå til søen")
    assert screen.sees("2 af 3 skridt er taget")
    assert screen.sees("Flot, det er gjort.")
    await screen.click("Fortryd")
    assert screen.sees("1 af 3 skridt er taget")
    assert [step.done_at is not None for step in plan.goals_by_id[WALK].steps] == [
        True,
        False,
        False,
    ]


async def test_a_step_that_cannot_be_saved_is_not_shown_as_done(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    plan.failure = PlanUnavailable()
    await screen.tick("Gå til søen")
    assert screen.sees("Der er ingen forbindelse")
    assert screen.box("Gå til søen").value is False


async def test_a_step_is_added(open_app, plan):
    screen = await open_app(f"/goals/{JOB}")
    await screen.write("Nyt skridt", "Ring til bageren")
    await screen.click("Tilføj skridt")
    assert screen.sees("Ring til bageren")
    await screen.until(lambda: screen.field("Nyt skridt").value == "")
    assert [step.title for step in plan.goals_by_id[JOB].steps][-1] == "Ring til bageren"


async def test_a_rating_is_one_tap(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    button = screen.button("7")
    await screen.send(button, "click")
    await screen.send(screen.button("7"), "click")
    assert screen.sees("Du valgte 7 ud af 10.")
    assert [rating.value for rating in plan.goals_by_id[WALK].ratings] == [3, 5, 7]


async def test_the_ends_of_the_scale_have_words(open_app):
    screen = await open_app(f"/goals/{WALK}")
    assert screen.sees("0 slet ikke")
    assert screen.sees("10 helt")
    assert screen.sees("10 ud af 10, helt")


async def test_now_wanted_and_reached_stand_beside_the_professionals_view(open_app, plan):
    theirs = rating(4, days_ago=1).model_copy(update={"kind": RatingKind.PROFESSIONAL})
    old = plan.goals_by_id[WALK]
    plan.goals_by_id[WALK] = old.model_copy(
        update={"ratings": (*old.ratings, rating(2, days_ago=2), theirs), "wanted_rating": 8}
    )
    screen = await open_app(f"/goals/{WALK}")
    texts = screen.texts()
    for name, value in (("Nu", 2), ("Ønsket", 8), ("Højest indtil nu", 5), ("Fagpersonen", 4)):
        assert texts[texts.index(name) + 1] == f"{value} ud af 10"


async def test_a_wish_is_set_without_touching_the_words(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    before = plan.goals_by_id[WALK]
    await screen.click("Sæt et ønske")
    wishes = [
        button
        for button in screen.controls()
        if isinstance(button, ft.OutlinedButton) and getattr(button.content, "value", "") == "9"
    ]
    await screen.send(wishes[1], "click")
    assert screen.sees("Ønsket")
    after = plan.goals_by_id[WALK]
    assert after.wanted_rating == 9
    assert (after.title, after.why, after.emoji) == (before.title, before.why, before.emoji)


async def test_a_goal_is_paused_with_a_reason(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    await screen.click("Sæt på pause")
    assert screen.heading() == "Sæt på pause"
    await screen.write("Hvorfor?", "Min ryg gør ondt")
    await screen.click("Gem")
    await screen.until_sees("På pause")
    assert plan.goals_by_id[WALK].state is GoalState.PAUSED
    assert screen.sees("Min ryg gør ondt")


async def test_a_goal_that_is_reached_is_celebrated_and_nobody_asks_why(open_app, plan):
    screen = await open_app(f"/goals/{WALK}/reach")
    assert not screen.sees("Hvorfor?")
    await screen.write("Hvad hjalp?", "At Bente gik med")
    await screen.click("Gem")
    await screen.until_sees("Du er i mål")
    assert screen.sees("At Bente gik med")
    assert plan.goals_by_id[WALK].state is GoalState.REACHED


async def test_dropping_a_goal_asks_for_a_reason(open_app, plan):
    screen = await open_app(f"/goals/{WALK}/drop")
    await screen.click("Gem")
    assert screen.sees("Skriv kort, hvorfor du dropper målet")
    assert plan.count("move_goal") == 0


async def test_a_proposed_goal_is_accepted(open_app, plan):
    screen = await open_app(f"/goals/{PROPOSED}")
    assert screen.sees("Mette Holm foreslår dette mål")
    await screen.click("Ja tak")
    assert plan.goals_by_id[PROPOSED].state is GoalState.ACTIVE
    assert screen.sees("I gang")


async def test_a_proposed_goal_is_declined(open_app, plan):
    screen = await open_app(f"/goals/{PROPOSED}")
    await screen.click("Nej tak")
    assert plan.goals_by_id[PROPOSED].state is GoalState.DROPPED


async def test_when_somebody_was_faster_both_texts_are_shown(open_app, plan):
    screen = await open_app(f"/goals/{WALK}/edit")
    await screen.write("Hvad vil du gerne nå?", "Gå en lang tur")
    old = plan.goals_by_id[WALK]
    plan.goals_by_id[WALK] = old.model_copy(update={"title": "Gå til havet", "version": 2})
    await screen.click("Gem")
    await screen.until_sees("Gå til havet")
    assert screen.field("Hvad vil du gerne nå?").value == "Gå en lang tur"
    await screen.click("Gem")
    assert plan.goals_by_id[WALK].title == "Gå en lang tur"
    assert plan.goals_by_id[WALK].emoji == old.emoji


async def test_the_history_says_it_in_plain_words(open_app):
    screen = await open_app(f"/goals/{WALK}/history")
    assert screen.heading() == "Historik"
    assert screen.sees("Du skrev målet.")


async def test_a_goal_that_is_gone_leads_on(open_app):
    for address in ("/goals/not-an-id", "/goals/00000000-0000-0000-0000-0000000000ff"):
        screen = await open_app(address)
        assert screen.sees("Vi kan ikke finde det, du leder efter")
        assert screen.button("Gå til forsiden")


async def test_a_move_that_met_another_says_so(open_app, plan):
    screen = await open_app(f"/goals/{WALK}/pause")

    async def refuse(*_: object) -> Goal:
        raise PlanConflict(None)

    plan.move_goal = refuse
    await screen.click("Gem")
    assert screen.sees("Det er blevet ændret")


def change(number: int, what: str, **fields) -> HistoryEntry:
    given = {
        "at": datetime.now(UTC) - timedelta(hours=1),
        "actor": PersonRef(id=METTE, name="Mette Holm"),
        "resource_kind": "goal",
        "resource_id": WALK,
    }
    return HistoryEntry(id=number, change=what, **given | fields)


async def test_what_others_changed_since_the_last_visit_is_told_once(open_app, plan):
    plan.entries[WALK] = [change(9, "rated", after={"value": 6})]
    first = await open_app(f"/goals/{WALK}")
    assert not first.sees("Siden sidst"), "nothing is new at the first visit"
    assert plan.seen[WALK] == 9

    plan.entries[WALK] = [
        change(11, "edited", actor=PersonRef(id=ME, name="Lone Lund")),
        change(10, "rated", after={"value": 7}),
        *plan.entries[WALK],
    ]
    second = await open_app(f"/goals/{WALK}")
    await second.until_sees("Siden sidst")
    assert second.sees("Mette Holm gav målet 7 ud af 10.")
    assert not second.sees("Du rettede målet.")
    third = await open_app(f"/goals/{WALK}")
    await third.settle()
    assert not third.sees("Siden sidst")


async def test_the_history_shows_each_part_before_and_after(open_app, plan):
    before = {"why": "Frisk luft", "target_date": None, "helped_by": ""}
    after = {"why": "Ro i hovedet", "target_date": "2026-12-24", "helped_by": "Bente"}
    plan.entries[WALK] = [change(9, "edited", before=before, after=after)]
    screen = await open_app(f"/goals/{WALK}/history")
    assert screen.sees("Mette Holm rettede målet.")
    for text in ("Frisk luft", "Ro i hovedet", "Bente", "24. december", "Intet"):
        assert screen.sees(text)


async def test_a_long_history_is_drawn_a_part_at_a_time(open_app, plan):
    plan.entries[WALK] = [change(100 - n, "rated", after={"value": 5}) for n in range(30)]
    screen = await open_app(f"/goals/{WALK}/history")
    assert screen.texts().count("Mette Holm gav målet 5 ud af 10.") == 20
    await screen.click("Vis ældre")
    assert screen.texts().count("Mette Holm gav målet 5 ud af 10.") == 30


async def test_goals_are_put_in_order_by_buttons(open_app, plan):
    screen = await open_app("/goals")
    await screen.click("Ret rækkefølgen")
    assert screen.heading() == "Rækkefølge"
    assert screen.sees("1. 🚶 Gå en tur hver dag")
    await screen.click("Flyt ned: 🚶 Gå en tur hver dag")
    assert screen.sees("2. 🚶 Gå en tur hver dag")
    assert screen.sees("“🚶 Gå en tur hver dag” står nu som nummer 2.")
    await screen.click("Flyt op: 🚶 Gå en tur hver dag")
    assert screen.sees("1. 🚶 Gå en tur hver dag")
    assert [one for one in plan.goals_by_id if one in {WALK, JOB}] == [WALK, JOB]


async def test_the_first_goal_cannot_go_further_up_and_says_so(open_app, plan):
    screen = await open_app("/goals/order")
    await screen.click("Flyt op: 🚶 Gå en tur hver dag")
    assert screen.sees("Målet står allerede øverst.")
    await screen.click("Flyt ned: Et fleksjob på 10 timer")
    assert screen.sees("Målet står allerede nederst.")
    assert plan.count("order_goals") == 0


async def reorder(plan, *goals) -> None:
    """In another tab."""
    await plan.order_goals(OrderGoals(goal_ids=goals), plan.order_version)


async def test_a_goal_is_moved_in_the_order_that_another_tab_has_given_meanwhile(open_app, plan):
    swim = goal(uuid4(), "Svømme")
    plan.goals_by_id[swim.id] = swim
    screen = await open_app("/goals/order")
    await reorder(plan, swim.id, WALK, JOB)

    await screen.click("Flyt ned: 🚶 Gå en tur hver dag")

    assert screen.sees("“🚶 Gå en tur hver dag” står nu som nummer 3.")
    assert screen.sees("1. Svømme")
    await screen.click("Flyt op: Et fleksjob på 10 timer")
    assert screen.sees("1. Et fleksjob på 10 timer")


async def test_a_goal_that_has_been_moved_so_already_is_not_moved_once_more(open_app, plan):
    swim = goal(uuid4(), "Svømme")
    plan.goals_by_id[swim.id] = swim
    screen = await open_app("/goals/order")
    first, second, *others = [one.id for one in (await plan.goals()).own]
    assert (first, second) == (WALK, JOB)
    await reorder(plan, JOB, WALK, *others)  # by another tab, or by a tap whose answer was lost

    await screen.click("Flyt ned: 🚶 Gå en tur hver dag")

    assert screen.sees("“🚶 Gå en tur hver dag” står nu som nummer 2.")
    assert screen.sees("1. Et fleksjob på 10 timer")


async def test_a_goal_that_was_reached_in_another_tab_is_told_to_have_left_the_order(
    open_app, plan
):
    swim = goal(uuid4(), "Svømme")
    plan.goals_by_id[swim.id] = swim
    screen = await open_app("/goals/order")
    await reorder(plan, swim.id, JOB, WALK)
    reached = plan.goals_by_id[WALK].model_copy(update={"state": GoalState.REACHED})
    plan.goals_by_id[WALK] = reached

    await screen.click("Flyt ned: 🚶 Gå en tur hver dag")

    assert screen.sees("Målet er ikke i gang længere.")
    assert screen.sees("2. Et fleksjob på 10 timer")
    assert not screen.sees("🚶 Gå en tur hver dag")


async def test_an_order_that_cannot_be_saved_stays_as_it_was(open_app, plan):
    screen = await open_app("/goals/order")
    plan.failure = PlanUnavailable()
    await screen.click("Flyt ned: 🚶 Gå en tur hver dag")
    assert screen.sees("Der er ingen forbindelse")
    assert screen.sees("1. 🚶 Gå en tur hver dag")


async def test_a_long_list_of_goals_is_drawn_a_part_at_a_time(open_app, plan):
    for number in range(40):
        made = goal(uuid4(), f"Mål {number}")
        plan.goals_by_id[made.id] = made
    screen = await open_app("/goals")
    assert screen.sees("Mål 7")
    assert not screen.sees("Mål 39")
    await screen.click("Vis flere (22 tilbage)")
    assert screen.sees("Mål 20")
    assert not screen.sees("Mål 39")
    await screen.click("Vis flere (2 tilbage)")
    assert screen.sees("Mål 39")


async def test_the_next_talk_about_a_goal_takes_what_the_citizen_wants_to_say(open_app, plan):
    talk = FollowUp(
        id=uuid4(),
        version=1,
        allowed=frozenset({Action.ADD_ITEM}),
        plan_id=PLAN,
        goal_id=WALK,
        day=formats.today() + timedelta(days=1),
        state=FollowUpState.PLANNED,
        created_by=PersonRef(id=METTE, name="Mette Holm"),
    )
    plan.planned = (talk,)
    screen = await open_app(f"/goals/{WALK}")
    await screen.until_sees("I taler om målet i morgen.")
    await screen.click("Sæt på dagsordenen")
    assert screen.sees("Skriv, hvad du vil tale om")
    await screen.write("Hvad vil du tale om?", "Mine sko er slidt op")
    await screen.click("Sæt på dagsordenen")
    await screen.until_sees("Fra dig")
    assert plan.planned[0].agenda[0].text == "Mine sko er slidt op"


async def test_very_long_words_are_kept_whole(open_app, plan):
    long = "Donaudampfschifffahrtsgesellschaft" * 5
    made = goal(uuid4(), long, why=long * 20)
    plan.goals_by_id[made.id] = made
    screen = await open_app(f"/goals/{made.id}")
    assert screen.heading() == long


async def test_in_a_wide_window_the_other_goals_stand_beside_the_open_one(open_app):
    screen = await open_app(f"/goals/{WALK}", width=1280)
    await screen.until_sees("Et fleksjob på 10 timer")
    await screen.click("Et fleksjob på 10 timer")
    await screen.until(lambda: screen.heading() == "Et fleksjob på 10 timer")
    assert screen.sees("Gå en tur hver dag")


async def test_every_picture_that_is_offered_is_in_our_own_font(open_app):
    drawn = Path("assets/fonts/emoji.txt").read_text("utf-8").split()  # noqa: ASYNC240
    screen = await open_app(f"/goals/{WALK}/edit")
    offered = screen.options("Vil du give målet et billede?")
    assert len(offered) > 5
    assert {picture for picture in offered if picture} <= set(drawn)
