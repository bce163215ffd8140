"""The contact person's day: who waits, an answer, and a citizen read up on in a minute."""

import re

import pytest
from playwright.async_api import expect

from sandbox.sample.ids import person_id


async def test_the_inbox_has_those_first_who_have_waited_too_long(open_phone):
    louise = await open_phone("louise")
    await louise.arrive("/work", "Indbakke")
    await louise.sees(re.compile("Over tiden. Svar senest"))

    drawn = await louise.screen.aria_snapshot()

    places = [
        drawn.index(words)
        for words in (
            'heading "Over tiden',
            "Stolen til praktikken",
            'heading "Venter på dit svar',
            "Må Jonas komme med til mødet?",
            'heading "Vil gerne have en plan',
            "Lone Bjerregaard Holt",
            'heading "Andre samtaler',
        )
    ]
    assert places == sorted(places)


async def test_an_answer_takes_the_citizen_off_those_who_wait(open_phone):
    naja, freja = await open_phone("naja"), await open_phone("freja")
    await freja.arrive("/messages", "Beskeder")
    await freja.tap(re.compile("Efterskole"))
    await freja.on_screen("Efterskole")
    await naja.arrive("/work", "Indbakke")
    await naja.tap(re.compile("Freja Lauridsen Bang"))
    await naja.on_screen("Efterskole")
    await naja.sees("Kan man få penge til efterskole")

    await naja.write(re.compile("^Dit svar"), "Ja, det kan man. Skal vi tale om det på tirsdag?")
    await naja.tap("Send")

    await freja.sees("Ja, det kan man. Skal vi tale om det på tirsdag?")
    await naja.tap("Indbakke")
    await naja.on_screen("Indbakke")
    await naja.sees(re.compile("Venter på Freja Lauridsen Bang"))


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
async def test_the_briefing_is_a_citizens_whole_situation(open_phone, wide):
    louise = await open_phone("louise", wide=wide)
    await louise.arrive("/work/citizens", "Borgere")
    await louise.tap(re.compile("^Mette Holm Lauridsen"))
    await louise.on_screen("Mette Holm Lauridsen")

    for part in ("Med egne ord", "Mål", "Løfter", "Indsatser", "Samtykker", "Husstand"):
        heading = louise.page.get_by_role("heading", name=part, level=2, exact=True)
        await expect(heading).to_have_count(1)
    await louise.sees("At nogen holder det, de lover.")


async def test_who_is_nobodys_contact_person_has_an_empty_inbox_and_no_way_to_a_citizen(open_phone):
    birgitte = await open_phone("birgitte")
    await birgitte.arrive("/work", "Indbakke")
    await birgitte.sees("Ingen venter på svar fra dig lige nu.")

    await birgitte.go(f"/work/citizens/{person_id('mette')}")

    await birgitte.sees("Vi kan ikke finde det, du leder efter.")
    await birgitte.sees_not("Mette")
