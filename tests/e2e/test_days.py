"""Kalender: an address for the phone's own calendar, and its end."""

import re

import httpx


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
