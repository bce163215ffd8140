"""What a person sees between a tap and an answer: at once that something comes; nothing moves."""

import asyncio

import flet as ft
import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/waiting",
        "/plan",
        "/plan/assessment",
        "/goals",
        "/family",
        "/contact",
        "/sharing",
        "/sharing/new",
    ],
)
async def test_a_tap_is_answered_before_the_plan_api_is(open_app, plan, path):
    screen = await open_app("/more")
    plan.held = asyncio.Event()
    await screen.go(path)
    assert screen.sees("Henter …")
    plan.held.set()
    await screen.until_gone("Henter …")


async def test_what_the_page_has_read_is_there_at_once_and_not_read_again(open_app, plan):
    plan.read_by_the_page["overview"] = await plan.overview()
    plan.calls.clear()
    plan.held = asyncio.Event()
    screen = await open_app("/")
    assert screen.sees("Din kontaktperson")
    assert not screen.sees("Henter …")
    assert "overview" not in plan.calls
    plan.held.set()


async def test_nothing_turns_while_one_waits(open_app, plan):
    plan.held = asyncio.Event()
    screen = await open_app("/")
    moving = [
        part
        for part in screen.controls()
        if isinstance(part, (ft.ProgressRing, ft.ProgressBar)) and part.value is None
    ]
    assert moving == []
    plan.held.set()


async def test_pages_do_not_slide_or_fade(open_app):
    screen = await open_app("/")
    for theme in (screen.session.page.theme, screen.session.page.dark_theme):
        transitions = theme.page_transitions
        assert {transitions.android, transitions.ios, transitions.linux, transitions.macos} == {
            ft.PageTransitionTheme.NONE
        }
