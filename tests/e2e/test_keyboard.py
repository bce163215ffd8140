"""The main job without a mouse and without a screen to touch: Tab, Enter and Space alone."""

import re

from playwright.async_api import expect

from tests.e2e.phone import Name, Phone

GOAL = "Jeg vil svømme uden mus"


async def test_somebody_without_a_mouse_does_all_that_there_is_to_do(open_phone):
    phone = await open_phone(wide=True)
    await phone.go("/")
    await enter(phone, "Log ind med MitID")
    await expect(phone.page).to_have_url(re.compile("/op/login"))
    await enter(phone, "Yusuf Al-Sabbagh", "Overblik")

    # The first key offers the way past the menu.
    await enter(phone, "^Gå til indholdet$")
    await expect(phone.page.get_by_role("main").locator(":focus")).to_have_count(1)

    await enter(phone, "^Mål", "Mål")
    await enter(phone, "^Nyt mål$", "Nyt mål")
    await write(phone, "^Hvad vil du gerne nå", GOAL)
    await enter(phone, "^Gem$", GOAL)

    await enter(phone, "^Beskeder", "Beskeder")
    await enter(phone, "^Skriv besked$", "Skriv besked")
    await write(phone, "^Emne", "Skrevet med tasterne")
    await write(phone, "^Din besked", "Jeg bruger ikke mus.")
    await press(phone, "^Send$", "Space")
    await phone.on_screen("Skrevet med tasterne")
    await phone.sees("Jeg bruger ikke mus.")

    await enter(phone, "^Deling", "Deling")
    await enter(phone, "^Giv samtykke$", "Giv samtykke")
    await enter(phone, "helbred", re.compile("helbred"))
    for choice in ("^Voksen-social$", "^Helbred$", "^3 måneder"):
        await press(phone, choice, "Space")
    await enter(phone, "^Gå videre$", "Tjek dine svar")
    await enter(phone, "^Giv samtykke$", "Kvittering")

    await enter(phone, "^Profil", "Profil")
    await enter(phone, "^Log ud$")
    await expect(phone.page.get_by_role("link", name="Log ind med MitID")).to_be_visible()


async def test_what_is_wrong_with_a_form_leads_to_its_field(open_phone):
    phone = await open_phone("yusuf", wide=True)
    await phone.arrive("/messages/new", "Skriv besked")

    await press(phone, "^Send$", "Enter")
    await phone.sees("Ret dette, og prøv igen:")
    await enter(phone, "^Skriv din besked$")

    await expect(phone.entry(re.compile("^Din besked"))).to_be_focused()
    await phone.page.keyboard.type("Jeg kom herhen uden mus.")
    await phone.holds(re.compile("^Din besked"), "Jeg kom herhen uden mus.")


async def test_a_mistake_among_choices_leads_to_the_first_of_them(open_phone):
    phone = await open_phone("yusuf", wide=True)
    await phone.arrive("/sharing/new", "Giv samtykke")
    await enter(phone, "helbred", re.compile("helbred"))
    await press(phone, "^Gå videre$", "Enter")
    await phone.sees("Ret dette, og prøv igen:")

    radio, box = (phone.page.get_by_role(role).first for role in ("radio", "checkbox"))
    for mistake, first in (("^Vælg, hvem", radio), ("^Vælg mindst", box)):
        await enter(phone, mistake)
        await expect(first).to_be_focused()
        await phone.page.keyboard.press("Space")
        await expect(first).to_be_checked()

    await enter(phone, "^Vælg, hvem")
    await expect(radio).to_be_focused()


async def press(phone: Phone, name: str, key: str) -> None:
    await phone.tab_to(name)
    await phone.page.keyboard.press(key)


async def enter(phone: Phone, name: str, screen: Name | None = None) -> None:
    await press(phone, name, "Enter")
    if screen is not None:
        await phone.on_screen(screen)


async def write(phone: Phone, field: str, text: str) -> None:
    await phone.tab_to(field)
    await phone.page.keyboard.type(text, delay=10)
