"""Mål: a citizen writes goals in own words and moves them along, one tap at a time."""

import re

from playwright.async_api import expect

WHAT = re.compile("Hvad vil du gerne nå")
WHY = re.compile("Hvorfor er det vigtigt")
FIRST_STEP = re.compile("Hvad er det første lille skridt")


async def write_goal(phone, title: str) -> None:
    await phone.visit("/goals/new", "Nyt mål")
    await phone.write(WHAT, title)
    await phone.tap("Gem")
    await phone.on_screen(title)


async def test_a_goal_from_the_first_word_to_the_history(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/", "Overblik")

    await phone.tap("Mål")
    await phone.on_screen("Mål")
    await phone.tap("Nyt mål")
    await phone.on_screen("Nyt mål")
    await phone.write(WHAT, "Jeg vil læse en bog færdig")
    await phone.tap("Næste spørgsmål")
    await phone.write(WHY, "Så får jeg ro om aftenen")
    await phone.tap("Næste spørgsmål")
    await phone.write(FIRST_STEP, "Låne en bog på biblioteket")
    await phone.tap("Gem")
    await phone.on_screen("Jeg vil læse en bog færdig")
    await phone.sees("Så får jeg ro om aftenen")

    await phone.tap("Låne en bog på biblioteket")
    await phone.sees("Flot, det er gjort")
    await phone.sees("1 af 1 skridt er taget")
    await phone.tap(re.compile("^Fortryd"))
    await phone.sees_not("Flot, det er gjort")
    await phone.sees("0 af 1 skridt er taget")

    await phone.tap("7 ud af 10")
    await phone.sees("Du valgte 7 ud af 10.")

    await phone.tap("Se historik")
    await phone.on_screen("Historik")
    await phone.sees("Du gav målet 7 ud af 10.")
    await phone.sees("Du fortrød skridtet “Låne en bog på biblioteket”.")
    await phone.sees("Du tog skridtet “Låne en bog på biblioteket”.")
    await phone.sees("Du skrev målet.")


async def test_goals_are_put_in_order_with_the_keyboard(open_phone):
    phone = await open_phone("renee")
    await phone.arrive("/goals/order", "Rækkefølge")
    first = phone.button(re.compile("^Flyt ned")).first
    title = (await first.inner_text()).strip().removeprefix("Flyt ned: ")

    await phone.tab_to("^Flyt ned")
    await phone.page.keyboard.press("Enter")

    await phone.sees(f"“{title}” står nu som nummer 2.")
    await phone.page.reload()
    await phone.on_screen("Rækkefølge")
    await phone.sees(re.compile(f"^2. {re.escape(title)}"))


async def test_the_way_back_from_a_new_goal_leads_to_the_goals_and_not_to_an_empty_form(open_phone):
    phone = await open_phone("renee")
    await phone.arrive("/goals", "Mål")
    await phone.tap("Nyt mål")
    await phone.on_screen("Nyt mål")
    await phone.write(WHAT, "Jeg vil lære at svømme")
    await phone.tap("Gem")
    await phone.on_screen("Jeg vil lære at svømme")

    await phone.page.go_back()
    await phone.on_screen("Mål")
    await phone.sees("Jeg vil lære at svømme")
    await phone.page.go_forward()
    await phone.on_screen("Jeg vil lære at svømme")
    await phone.page.go_back()
    await phone.on_screen("Mål")


async def test_two_taps_on_save_make_one_goal(open_phone, plan_database):
    phone = await open_phone("mette")
    await phone.arrive("/goals/new", "Nyt mål")
    await phone.write(WHAT, "Jeg vil cykle til stranden")

    await phone.double_tap("Gem")

    await phone.on_screen("Jeg vil cykle til stranden")
    await phone.visit("/goals", "Mål")
    await expect(phone.named(re.compile("Jeg vil cykle til stranden"))).to_have_count(1)
    count = "SELECT count(*) FROM goal WHERE title = 'Jeg vil cykle til stranden'"
    assert plan_database.execute(count).fetchone() == (1,)


async def test_a_goal_without_words_says_what_to_do(open_phone):
    phone = await open_phone("sofie")
    await phone.arrive("/goals/new", "Nyt mål")

    await phone.tap("Gem")

    await phone.sees("Skriv dit mål")


async def test_a_goal_is_changed_and_the_history_has_both_wordings(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/goals", "Mål")
    await write_goal(phone, "Jeg vil synge i kor")

    await phone.tap("Ret målet")
    await phone.on_screen("Ret målet")
    await phone.rewrite(WHAT, "Jeg vil synge i kor om torsdagen")
    await phone.tap("Gem")

    await phone.on_screen("Jeg vil synge i kor om torsdagen")
    await phone.tap("Se historik")
    await phone.on_screen("Historik")
    await phone.sees("Du rettede målet.")
    await expect(phone.text("Jeg vil synge i kor")).not_to_have_count(0)
    await phone.sees("Jeg vil synge i kor om torsdagen")


async def test_what_another_login_wrote_meanwhile_is_seen_where_one_saves_and_nothing_is_lost(
    open_phone, plan_database
):
    phone = await open_phone("mette")
    await phone.arrive("/goals", "Mål")
    await write_goal(phone, "Jeg vil plante et træ")
    await phone.tap("Ret målet")
    await phone.on_screen("Ret målet")
    await phone.rewrite(WHAT, "Jeg vil plante et træ i gården")
    plan_database.execute(
        "UPDATE goal SET title = 'Jeg vil plante to træer', version = version + 1"
        " WHERE title = 'Jeg vil plante et træ'"
    )

    await phone.tap("Gem")

    await expect(phone.text(re.compile("Jeg vil plante to træer")).first).to_be_in_viewport()
    await expect(phone.button("Gem")).to_be_focused()
    await phone.holds(WHAT, "Jeg vil plante et træ i gården")
    await phone.tap("Gem")
    await phone.on_screen("Jeg vil plante et træ i gården")


async def test_a_goal_is_paused_taken_up_reached_and_dropped_with_a_reason(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/goals", "Mål")
    await write_goal(phone, "Jeg vil male entreen")

    async def move(button: str, reason: str, state: str, question: str = "Hvorfor") -> None:
        await phone.tap(button)
        await phone.on_screen(button)
        await phone.write(re.compile(question), reason)
        await phone.tap("Gem")
        await phone.on_screen("Jeg vil male entreen")
        await phone.sees(state)
        await phone.sees(reason)

    await move("Sæt på pause", "Malingen er dyr lige nu", "På pause")
    await move("Tag målet op igen", "Der er tilbud på maling", "I gang")
    await move("Jeg har nået målet", "At det var vådt ude", "Nået", "Hvad hjalp")
    await phone.sees("Du er i mål")
    await phone.visit("/goals", "Mål")
    await phone.sees(re.compile("Jeg vil male entreen"))

    await write_goal(phone, "Jeg vil male loftet")
    await phone.tap("Drop målet")
    await phone.on_screen("Drop målet")
    await phone.tap("Gem")
    await phone.sees("Skriv kort, hvorfor du dropper målet")
    await phone.write(re.compile("Hvorfor"), "Det kan jeg ikke nå op til")
    await phone.tap("Gem")
    await phone.on_screen("Jeg vil male loftet")
    await phone.sees("Droppet")
    await phone.tap("Se historik")
    await phone.sees("Du flyttede målet til: Droppet.")
    await phone.sees("Det kan jeg ikke nå op til")


async def test_a_proposed_goal_waits_for_a_yes(open_phone, plan_database):
    phone = await open_phone("mette")
    goal_id = propose(plan_database, "Vi prøver 10 timer på biblioteket")
    await phone.arrive("/goals", "Mål")
    await phone.sees("Foreslået til dig")
    await phone.tap(re.compile("Vi prøver 10 timer på biblioteket"))
    await phone.sees("Louise Abildtrup foreslår dette mål. Vil du have det?")

    await phone.tap("Ja tak")

    await phone.sees("I gang")
    await phone.sees_not("foreslår dette mål")
    assert state_of(plan_database, goal_id) == "active"


async def test_a_proposed_goal_can_be_turned_down(open_phone, plan_database):
    phone = await open_phone("mette")
    goal_id = propose(plan_database, "Vi prøver 20 timer på biblioteket")
    await phone.arrive(f"/goals/{goal_id}", "Vi prøver 20 timer på biblioteket")

    await phone.tap("Nej tak")

    await phone.sees("Droppet")
    assert state_of(plan_database, goal_id) == "dropped"


async def test_back_and_reload_keep_the_place(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/", "Overblik")
    await phone.tap("Mål")
    await phone.on_screen("Mål")
    await phone.tap("Nyt mål")
    await phone.on_screen("Nyt mål")

    await phone.page.reload()
    await phone.on_screen("Nyt mål")
    await phone.page.go_back()
    await phone.on_screen("Mål")
    await phone.page.go_back()
    await phone.on_screen("Overblik")
    await phone.page.go_forward()
    await phone.on_screen("Mål")


def propose(database, title: str):
    """Return the id of a goal that Louise proposes, as the sample's own proposal is one."""
    return database.execute(
        """
        INSERT INTO goal SELECT (jsonb_populate_record(goal, jsonb_build_object(
            'id', gen_random_uuid(), 'title', %s::text))).*
        FROM goal WHERE state = 'proposed' AND owner = 'administration' LIMIT 1
        RETURNING id
        """,
        [title],
    ).fetchone()[0]


def state_of(database, goal_id) -> str:
    return database.execute("SELECT state FROM goal WHERE id = %s", [goal_id]).fetchone()[0]
