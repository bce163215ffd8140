"""What leads to another page is a link to a screen reader and to the keyboard, not a button."""

import pytest
from playwright.async_api import expect

from tests.e2e.phone import PATIENCE_MILLISECONDS


@pytest.mark.parametrize("name", ["Kontaktperson", "Se alle mål", "Skriv besked"])
async def test_a_way_to_another_page_is_a_link(open_phone, name):
    phone = await open_phone("mette")
    await phone.arrive("/", "Overblik")

    link = phone.page.get_by_role("link", name=name, exact=True)
    await expect(link).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    await expect(phone.button(name)).to_have_count(0)


async def test_a_link_is_reached_by_tab_and_followed_by_enter(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/goals", "Mål")

    await phone.tab_to("^Nyt mål$")
    await phone.page.keyboard.press("Enter")

    await phone.on_screen("Nyt mål")
