"""What has a day: a meeting one cannot come to, disagreed minutes, the phone's calendar."""

import re

import httpx

from sandbox.sample.ids import sample_id

MINUTES = f"/minutes/{sample_id('minutes', 'mette', 'rygtest')}"


async def test_who_cannot_come_says_so_and_sees_it_in_the_calendar(open_phone):
    mette = await open_phone("mette")
    await mette.arrive("/calendar", "Kalender")
    await mette.tap(re.compile("^Ryghold"))
    await mette.on_screen("Ryghold")

    await mette.tap("Jeg kan ikke")
    await mette.on_screen("Jeg kan ikke")
    await mette.write(re.compile("^Skriv en besked"), "Pia kommer den morgen.")
    await mette.tap("Send")

    await mette.sees(re.compile("^Du har sagt, at du ikke kan"))
    await mette.sees("Pia kommer den morgen.")
    await mette.tap("Kalender")
    await mette.sees(re.compile("^Ryghold(.|\\n)*Du kan ikke komme"))


async def test_a_disagreement_stands_beside_the_minutes_for_both(open_phone):
    mette = await open_phone("mette")
    await mette.arrive(MINUTES, "Møde om en god stol")

    await mette.tap("Jeg er uenig")
    await mette.write("Skriv med dine egne ord", "Vi talte også om pauser.")
    await mette.tap("Send")

    await mette.sees("Her er du uenig")
    await mette.sees("Biblioteket vil gerne låne en stol.")
    await mette.visit("/minutes", "Referater")
    await mette.sees(re.compile("Du er uenig i noget"))


async def test_a_revoked_calendar_address_shows_nothing(open_phone):
    mette = await open_phone("mette")
    await mette.arrive("/calendar/address", "Kalenderen på din telefon")
    await mette.tap(re.compile("^Lav en (ny )?adresse$"))
    await mette.sees(re.compile("^Adressen er klar"))
    (address,) = re.findall(
        r"http://\S+/ics/followed/[\w-]+\.ics", await mette.screen.aria_snapshot()
    )
    async with httpx.AsyncClient() as calendar:
        followed = await calendar.get(address)
        assert followed.text.startswith("BEGIN:VCALENDAR")
        assert "Ryghold" not in followed.text

        await mette.tap("Stop adressen")
        await mette.sees("Lav en adresse")

        assert (await calendar.get(address)).status_code == 404
