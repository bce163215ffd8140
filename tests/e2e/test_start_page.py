"""The page for who is signed out: what this is, in the reader's language, and the way in."""

import pytest
from playwright.async_api import expect


async def test_it_says_what_this_is_and_leads_on(phone):
    await phone.go("/")

    await expect(phone.page).to_have_title("Din plan på ét sted – Én Plan")
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Din plan på ét sted")
    await phone.sees("Her ser du hele din plan")
    await phone.sees("du bestemmer, hvem der må se hvad")
    await expect(phone.page.get_by_role("link", name="Log ind med MitID")).to_be_visible()
    await phone.page.get_by_role("link", name="Tilgængelighed").click()
    await expect(phone.page).to_have_url(phone.portal + "/accessibility")
    await phone.page.get_by_role("link", name="Dine oplysninger").click()
    await expect(phone.page).to_have_url(phone.portal + "/privacy")


async def test_the_chosen_language_is_kept(phone):
    await phone.go("/")
    await phone.page.get_by_role("link", name="English").click()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    await phone.page.get_by_role("link", name="Accessibility").click()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    await phone.page.reload()
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Accessibility")


async def test_a_language_chosen_in_the_app_is_there_at_the_next_login(open_phone):
    phone = await open_phone()
    await phone.log_in("khaled")
    await phone.visit("/profile", "Profil")
    await phone.tap("English")
    await phone.on_screen("Profile")
    await expect(phone.page.locator("html")).to_have_attribute("lang", "en")

    elsewhere = await open_phone()
    await elsewhere.log_in("khaled", draw=False)

    await elsewhere.on_screen("Overview")


@pytest.mark.parametrize("path", ["/goals", "/messages/new", "/work", "/sharing"])
async def test_every_address_of_the_app_asks_to_log_in_and_shows_nothing(phone, path):
    await phone.go(path)

    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Din plan på ét sted")
    await expect(phone.screen).to_have_count(0)


async def test_an_address_that_is_not_there_leads_to_the_front_page(phone):
    phone.expect_trouble("404")
    await phone.go("/findes-ikke")

    await phone.sees("Siden findes ikke")
    await phone.page.get_by_role("link", name="Gå til forsiden").click()
    await expect(phone.page).to_have_url(phone.portal + "/")


async def test_the_language_chosen_before_the_first_login_is_there_after_it(phone):
    await phone.go("/")
    await phone.page.get_by_role("link", name="English").click()
    await phone.page.get_by_role("link", name="Log in with MitID").click()
    await phone.choose_identity("lone")
    await phone.on_screen("Overview")
