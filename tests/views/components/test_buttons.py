"""A button that writes says so while it does, in every screen, and is tapped once."""

import asyncio

import flet as ft
import pytest

from portal.plan_client import PlanUnavailable
from tests.views.harness import walk

ABOUT_ME = "/about-me"


def _said_at_once(screen) -> list[str]:
    """What a screen reader says of itself, from inside the buttons."""
    return [
        part.value
        for button in screen.controls()
        if isinstance(button, (ft.FilledButton, ft.OutlinedButton))
        for live in walk(button.content)
        if isinstance(live, ft.Semantics) and live.live_region
        for part in walk(live)
        if isinstance(part, ft.Text)
    ]


@pytest.fixture
async def saving(open_app, plan):
    """A screen whose button was tapped twice, while the plan API takes its time."""
    screen = await open_app(ABOUT_ME)
    await screen.write("Hvad drømmer du om?", "Et hus med have")
    plan.calls.clear()
    plan.held = asyncio.Event()
    button = screen.button("Gem")
    taps = [asyncio.create_task(screen.send(button, "click")) for _ in range(2)]
    await screen.settle()
    yield screen
    plan.held.set()
    await asyncio.gather(*taps)


async def test_from_the_tap_on_the_button_says_what_happens_and_it_is_read_aloud(saving):
    assert _said_at_once(saving) == ["Gemmer …"]


async def test_the_tapped_button_stays_where_the_keyboard_is(saving):
    assert not saving.button("Gemmer …").disabled


async def test_a_second_tap_meanwhile_does_nothing(saving, plan):
    assert plan.count("edit_about_me") == 1


@pytest.mark.parametrize("failure", [None, PlanUnavailable()])
async def test_afterwards_the_button_says_what_it_did_before(saving, plan, failure):
    plan.failure = failure
    plan.held.set()
    await saving.until_gone("Gemmer …")
    assert saving.button("Gem")
    assert _said_at_once(saving) == []


async def test_what_writes_nothing_says_nothing(open_app, plan):
    screen = await open_app("/goals/new")
    plan.held = asyncio.Event()
    tap = asyncio.create_task(screen.click("Vis eksempler"))
    await screen.settle()
    assert _said_at_once(screen) == []
    plan.held.set()
    await tap
