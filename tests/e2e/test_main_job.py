"""The stories that the product is judged by: on a phone, at a desk, and all of them in Arabic."""

import re
from uuid import uuid4

import pytest

from i18n.translator import LANGUAGES, SOURCE, translator
from sandbox.sample.ids import person_id
from tests.e2e.stories import (
    answer_a_message,
    ask_for_another_time,
    call_to_a_meeting,
    disagree_with_minutes,
    find_whom_to_call,
    share_minutes,
    write_a_goal,
    write_to,
)
from tests.e2e.written import times_written

DA, AR = translator(SOURCE), translator("ar")
IN_ANY_WINDOW = pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])


def own(words: str) -> str:
    """Return words that no other try has used."""
    return f"{words} {uuid4().hex[:4]}"


@IN_ANY_WINDOW
async def test_a_first_login_leads_to_a_first_goal_in_under_eight_taps(open_phone, wide):
    phone = await open_phone(wide=wide)
    await phone.go("/")
    await phone.tap("Log ind med MitID")
    await phone.choose_identity("anne-sofie")
    await phone.on_screen("Overblik")

    await write_a_goal(phone, DA, own("Jeg vil lære at svømme"))

    assert 0 < phone.taps < 8


@IN_ANY_WINDOW
async def test_a_message_is_answered_in_three_taps_from_the_overview(
    open_phone, plan_database, wide
):
    subject, reply = own("Hvad siger du til mandag?"), own("Mandag passer fint.")
    write_to(plan_database, "jonas", subject)
    phone = await open_phone("jonas", wide=wide)
    await phone.arrive("/", "Overblik")

    await answer_a_message(phone, DA, subject, reply)

    assert phone.taps == 3
    assert times_written(plan_database, reply) == 1


@IN_ANY_WINDOW
async def test_whom_to_call_is_found_in_one_tap(open_phone, wide):
    phone = await open_phone("mette", wide=wide)
    await phone.arrive("/goals/new", "Nyt mål")

    await find_whom_to_call(phone, DA)

    assert phone.taps == 1


@IN_ANY_WINDOW
async def test_a_meeting_is_moved_to_a_day_that_the_citizen_proposed(
    open_phone, plan_database, wide
):
    title = own("Møde om arbejde")
    meeting = call_to_a_meeting(plan_database, "mette", title)
    mette, louise = await open_phone("mette", wide=wide), await open_phone("louise", wide=wide)
    await mette.arrive("/calendar", "Kalender")

    await ask_for_another_time(mette, DA, title, "Pia kommer den dag.")
    await mette.sees(re.compile("^Du har sagt, at du ikke kan"))
    await mette.visit("/calendar", "Kalender")
    await mette.sees(re.compile(f"^{title}(.|\\n)*Du kan ikke komme"))

    await louise.arrive(f"/work/citizens/{person_id('mette')}/appointments/{meeting}", "Flyt mødet")
    await louise.sees("Pia kommer den dag.")
    await louise.tap(re.compile("kl. 9.00$"))
    await louise.tap("Flyt mødet")
    await louise.on_screen("Mette Holm Lauridsen")
    await mette.sees(re.compile(f"^{title}(.|\\n)*kl. 9.00 til 10.00"))
    await mette.sees_not(re.compile(f"^{title}(.|\\n)*Du kan ikke komme"))


@IN_ANY_WINDOW
async def test_a_disagreement_stands_beside_the_minutes(open_phone, plan_database, wide):
    title = own("Møde om pauser")
    share_minutes(plan_database, "mette", title)
    phone = await open_phone("mette", wide=wide)
    await phone.arrive("/minutes", "Referater")

    await disagree_with_minutes(phone, DA, title, "Vi talte også om pauser.")

    await phone.sees("Vi talte om arbejde.")
    await phone.visit("/minutes", "Referater")
    await phone.sees(re.compile("Du er uenig i noget"))


@IN_ANY_WINDOW
async def test_all_of_it_is_done_in_arabic(open_phone, plan_database, wide):
    subject, reply = own("Passer tirsdag?"), own("الثلاثاء مناسب")
    meeting, minutes = own("Møde på arabisk"), own("Referat på arabisk")
    write_to(plan_database, "jonas", subject)
    call_to_a_meeting(plan_database, "jonas", meeting)
    share_minutes(plan_database, "jonas", minutes)
    phone = await open_phone("jonas", wide=wide)
    await phone.arrive("/profile", "Profil")
    await phone.tap(LANGUAGES["ar"])
    await phone.on_screen(AR("Profil"))
    try:
        await phone.visit("/", AR("Overblik"))
        await answer_a_message(phone, AR, subject, reply)
        await find_whom_to_call(phone, AR)
        await write_a_goal(phone, AR, own("أريد أن أتعلم السباحة"))
        await ask_for_another_time(phone, AR, meeting, "لا أستطيع في الصباح")
        await disagree_with_minutes(phone, AR, minutes, "لم نتفق على ذلك")
    finally:  # the next story reads Danish
        await phone.visit("/profile", AR("Profil"))
        await phone.tap(LANGUAGES[SOURCE])
        await phone.on_screen("Profil")

    assert times_written(plan_database, reply) == 1
