"""A button that writes says so while it does, in every screen, and is tapped once."""

import asyncio

import flet as ft
import pytest

from portal.plan_client import PlanUnavailable

ABOUT_ME = "/about-me"


def _said_at_once(screen) -> list[str]:
    """What a screen reader says of itself, from beside the buttons."""
    return [
        live.label
        for row in screen.controls()
        if isinstance(row, ft.Row)
        and any(isinstance(one, (ft.FilledButton, ft.OutlinedButton)) for one in row.controls)
        for live in row.controls
        if isinstance(live, ft.Semantics) and live.live_region
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
    # Words of another kind would come with another button.
    assert isinstance(saving.button("Gemmer …").content, ft.Text)


async def test_a_second_tap_meanwhile_does_nothing(saving, plan):
    assert plan.count("edit_about_me") == 1


@pytest.mark.parametrize("failure", [None, PlanUnavailable()])
async def test_afterwards_the_button_says_what_it_did_before(saving, plan, failure):
    plan.failure = failure
    plan.held.set()
    await saving.until_gone("Gemmer …")
    assert isinstance(saving.button("Gem").content, ft.Text)
    assert _said_at_once(saving) == []


async def test_what_writes_nothing_says_nothing(open_app, plan):
    screen = await open_app("/goals/new")
    plan.held = asyncio.Event()
    tap = asyncio.create_task(screen.click("Vis eksempler"))
    await screen.settle()
    assert _said_at_once(screen) == []
    plan.held.set()
    await tap
