"""The plan API does not answer for a while: nothing is lost, nothing is sent twice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.async_api import expect

from tests.e2e.written import times_written, until_saved

BODY = re.compile("^Din besked")


@pytest.fixture
def plan_api_away(demo):
    """Return a block in which the plan API does not answer."""

    @contextmanager
    def away() -> Iterator[None]:
        plan_api = demo.server("planapi")
        plan_api.suspend()
        try:
            yield
        finally:
            plan_api.resume()

    return away


async def test_a_message_is_kept_and_goes_out_once_when_the_line_is_back(
    open_phone, plan_api_away, plan_database
):
    phone = await open_phone("anne-sofie")
    await phone.arrive("/messages/new", "Skriv besked")
    await phone.write(re.compile("^Emne"), "Min første uge")
    await phone.write(BODY, "Det går godt i min første uge.")

    with plan_api_away():
        await phone.tap("Send")
        await phone.sees("Der er ingen forbindelse lige nu. Det er ikke gemt endnu.")
        await phone.holds(BODY, "Det går godt i min første uge.")
    await phone.tap("Send")

    await phone.on_screen("Min første uge")
    await phone.sees("Det går godt i min første uge.")
    assert times_written(plan_database, "Det går godt i min første uge.") == 1


async def test_a_screen_that_could_not_be_read_says_so_and_tries_again(open_phone, plan_api_away):
    phone = await open_phone("anne-sofie")
    await phone.arrive("/goals", "Mål")

    with plan_api_away():
        await phone.visit("/messages", "Beskeder")
        await phone.sees("Der er ingen forbindelse lige nu. Prøv igen om lidt.")
    await phone.tap("Prøv igen")

    await expect(phone.named("Skriv besked")).to_be_visible(timeout=20_000)
    await phone.sees_not("Der er ingen forbindelse lige nu.")


async def test_what_is_typed_meanwhile_is_saved_when_the_line_is_back(
    open_phone, plan_api_away, plan_database
):
    phone = await open_phone("anne-sofie")
    await phone.arrive("/goals/new", "Nyt mål")

    with plan_api_away():
        await phone.write(re.compile("Hvad vil du gerne nå"), "Jeg vil ud at sejle")

    await until_saved(plan_database, "anne-sofie", "goal:new", "Jeg vil ud at sejle")


async def test_two_devices_that_type_in_the_same_form_lose_no_word(open_phone, plan_database):
    hope = re.compile("Hvad vil du gerne nå")
    phone, desk = await open_phone("villads"), await open_phone("villads")
    await phone.arrive("/goals/new", "Nyt mål")
    await phone.write(hope, "Jeg vil ud at sejle")
    await until_saved(plan_database, "villads", "goal:new", "Jeg vil ud at sejle")
    await desk.arrive("/goals/new", "Nyt mål")
    await desk.holds(hope, "Jeg vil ud at sejle")

    await phone.write(hope, " med min søn")
    await until_saved(plan_database, "villads", "goal:new", "Jeg vil ud at sejle med min søn")
    await desk.write(hope, " hver uge")

    both = "Jeg vil ud at sejle med min søn hver uge"
    await until_saved(plan_database, "villads", "goal:new", both)
    await desk.holds(hope, both)
