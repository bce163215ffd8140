"""Another language from the first page on: chosen in place, mirrored, and written in."""

import re

from playwright.async_api import expect

from i18n.translator import LANGUAGES, translator

AR = translator("ar")
WHAT = re.compile(re.escape(AR("Hvad vil du gerne nå?")))
GOAL = "أريد أن أتعلم السباحة"


async def test_somebody_chooses_arabic_logs_in_and_writes_a_goal(phone):
    await phone.go("/")
    await phone.page.evaluate("() => { window.stillHere = true; }")
    await phone.page.get_by_role("link", name="العربية").click()
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text(AR("Din plan på ét sted"))
    await expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    assert await phone.page.evaluate("() => window.stillHere"), "the page was loaded anew"

    await phone.page.get_by_role("link", name=AR("Log ind med MitID")).click()
    await phone.choose_identity("rania")
    await phone.on_screen(AR("Overblik"))
    await phone.tap(AR("Mål"))
    await phone.on_screen(AR("Mål"))
    await phone.tap(AR("Nyt mål"))
    await phone.on_screen(AR("Nyt mål"))
    await phone.write(WHAT, GOAL)
    await phone.tap(AR("Gem"))
    await phone.on_screen(GOAL)

    way_back = await phone.named(AR("Mål")).first.bounding_box()
    width = phone.page.viewport_size["width"]
    assert way_back["x"] + way_back["width"] / 2 > width / 2, "the way back stands at the right"
    await phone.visit("/profile", AR("Profil"))
    await phone.page.evaluate("() => { window.stillHere = true; }")
    for code in ("so", "fa", "da"):
        await phone.tap(LANGUAGES[code])
        t = translator(code)
        await phone.on_screen(t("Profil"))
        # Flutter itself would say en-US for Somali, and leave the direction as it was.
        await expect(phone.page.locator("html")).to_have_attribute("lang", code)
        await expect(phone.page.locator("html")).to_have_attribute("dir", t.direction)
    assert await phone.page.evaluate("() => window.stillHere"), "the app was loaded anew"
