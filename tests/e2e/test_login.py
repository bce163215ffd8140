"""Logging in with MitID and out again, and every way in which that ends early."""

import re

import httpx
import pytest
from playwright.async_api import expect

from sandbox.sample.ids import person_id
from tests.e2e.phone import Phone
from tests.e2e.written import until_saved


def simulator(demo) -> str:
    """Where the simulator of a demo answers."""
    return f"http://localhost:{int(demo.url.rpartition(':')[2]) + 2}"


def next_login_ends(demo, outcome: str) -> None:
    """Let the simulator end the next login like this."""
    address = simulator(demo) + "/sim/next"
    httpx.post(address, json={"outcome": outcome}, trust_env=False).raise_for_status()


async def test_a_citizen_logs_in_sees_her_plan_and_logs_out(phone):
    await phone.log_in("renee")
    await phone.sees("Din kontaktperson")

    await phone.tap("Mere")
    await phone.on_screen("Mere")
    await phone.tap("Profil")
    await phone.on_screen("Profil")
    await phone.sees("Renée Nørgaard Sørby")
    await phone.tap("Log ud")

    await phone.sees("Du er logget ud. Luk browseren, hvis andre bruger den.")


async def test_a_contact_person_logs_in_to_the_inbox(phone):
    await phone.log_in("naja")

    await expect(phone.page).to_have_url(phone.portal + "/work")
    await phone.tap("Borgere")
    await phone.on_screen("Borgere")


async def test_after_logging_out_nothing_personal_comes_back(phone):
    await phone.log_in("renee")
    await phone.visit("/plan", "Min plan")
    await phone.visit("/profile", "Profil")
    await phone.tap("Log ud")
    await phone.sees("Du er logget ud.")

    for _ in range(3):
        await phone.page.go_back()
        await expect(phone.page.get_by_role("link", name="Log ind med MitID")).to_be_visible()
        await expect(phone.screen).to_have_count(0)
    await phone.sees_not("Renée")


async def test_somebody_without_a_plan_asks_for_one_and_the_contact_person_sees_it(
    open_phone, plan_database
):
    bent, louise = await open_phone("bent"), await open_phone("louise")
    await louise.arrive("/work", "Indbakke")
    await bent.arrive("/", "Overblik")
    await bent.sees("Du har ikke en plan endnu.")
    await bent.write(re.compile("Hvad vil du gerne have hjælp til"), "Jeg har mistet mit arbejde")

    await bent.double_tap("Bed om en plan")

    await bent.sees(re.compile("Du bad om en plan i dag"))
    await louise.sees("Bent Kjærulf Thomsen")
    await louise.sees("Jeg har mistet mit arbejde")
    requests = "SELECT count(*) FROM plan_request WHERE citizen_id = %s"
    assert plan_database.execute(requests, [person_id("bent")]).fetchone() == (1,)
    await bent.page.reload()
    await bent.sees(re.compile("Du bad om en plan i dag"))


@pytest.mark.parametrize(
    ("outcome", "title", "next_step"),
    [
        ("abort", "Du blev ikke logget ind", "Prøv igen"),
        ("timeout", "Tiden løb ud", "Prøv igen"),
        ("too_low", "Dit MitID er ikke sikkert nok til det her", "Prøv igen"),
        ("bad_signature", "Du kan ikke logge ind lige nu", "Prøv igen"),
    ],
)
async def test_a_login_that_fails_says_why_and_what_to_do(phone, demo, outcome, title, next_step):
    phone.expect_trouble("status of 40[03]")
    next_login_ends(demo, outcome)
    await phone.go("/")
    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.choose_identity("renee")

    await expect(phone.page.get_by_role("heading", level=1)).to_have_text(title)
    assert await phone.accessibility_violations() == []
    await phone.page.get_by_role("link", name=next_step).click()
    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.choose_identity("renee")
    await phone.on_screen("Overblik")


async def test_stopping_at_mitid_leads_back_with_the_next_step(phone):
    await phone.go("/")
    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.page.get_by_role("button", name="Afbryd").click()

    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Du blev ikke logget ind")
    await expect(phone.page.get_by_role("link", name="Prøv igen")).to_be_visible()


def log_out_at_the_broker(demo, session_database, person: str) -> None:
    """As if the person logged out of MitID elsewhere: the broker then tells the portal."""
    (hint,) = session_database.execute(
        "SELECT id_token FROM login_session WHERE person_id = %s ORDER BY created_at DESC",
        [person_id(person)],  # the last one: an earlier story may have left another
    ).fetchone()
    httpx.get(
        simulator(demo) + "/op/connect/endsession",
        params={"id_token_hint": hint, "post_logout_redirect_uri": demo.url + "/"},
        trust_env=False,
    )


async def test_logging_out_at_the_broker_ends_every_tab_and_keeps_what_was_being_written(
    phone, demo, session_database, plan_database
):
    await phone.log_in("villads")
    other_tab = Phone(await phone.page.context.new_page(), phone.portal)
    await other_tab.arrive("/plan", "Min plan")
    await phone.page.bring_to_front()
    await phone.visit("/goals/new", "Nyt mål")
    goal = re.compile("Hvad vil du gerne nå")
    await phone.write(goal, "Jeg vil på fodboldlejr")

    log_out_at_the_broker(demo, session_database, "villads")  # before the draft's second is over

    for tab in (phone, other_tab):
        await tab.sees("Du er blevet logget ud")
        await tab.sees("Det, du skrev, er gemt.")
        await expect(tab.screen).to_have_count(0)
    await until_saved(plan_database, "villads", "goal:new", "Jeg vil på fodboldlejr")
    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.choose_identity("villads")
    await phone.on_screen("Nyt mål")
    await phone.holds(goal, "Jeg vil på fodboldlejr")

    message = re.compile("^Din besked")
    await phone.visit("/messages/new", "Skriv besked")
    await phone.write(message, "Kan vi tales ved på mandag?")
    log_out_at_the_broker(demo, session_database, "villads")

    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.choose_identity("villads")
    await phone.on_screen("Skriv besked")
    await phone.holds(message, "Kan vi tales ved på mandag?")


async def test_a_login_that_ran_out_says_so_on_reload_and_leads_back(phone, session_database):
    await phone.log_in("yusuf")
    await phone.visit("/goals", "Mål")
    await phone.go("/privacy")
    session_database.execute(
        "UPDATE login_session SET idle_expires_at = now() WHERE person_id = %s",
        [person_id("yusuf")],
    )

    await phone.go("/goals")

    await phone.sees("Du er blevet logget ud, fordi der er gået noget tid.")
    await phone.page.get_by_role("link", name="Log ind med MitID").click()
    await phone.choose_identity("yusuf")
    await phone.on_screen("Mål")
