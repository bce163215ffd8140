"""What stands around every page: three named parts, and a menu that tells where one is."""

import re
from importlib.resources import files

import flet as ft
import pytest

from tests.views.harness import walk, words_of

PARTS = ["top", "page", "menu"]


def named(screen, identifier: str) -> ft.Semantics:
    (part,) = [
        one
        for one in screen.controls()
        if isinstance(one, ft.Semantics) and one.identifier == identifier
    ]
    return part


def places(screen) -> dict[str, bool]:
    """The places of the menu, and which of them one is at."""
    return {
        text: bool(link.selected)
        for link in walk(named(screen, "menu").content)
        if isinstance(link, ft.Semantics) and link.link
        for part in walk(link.content)
        for text in words_of(part)
    }


@pytest.mark.parametrize("width", [320, 1280])
async def test_each_part_has_the_name_by_which_the_browser_makes_it_a_landmark(open_app, width):
    screen = await open_app("/goals", width=width)
    for part in PARTS:
        assert named(screen, part)
    assert named(screen, "menu").label == "Menu"
    script = (files("assets") / "scripts/boot.js").read_text(encoding="utf-8")
    (landmarks,) = re.findall(r"LANDMARKS = {(.*?)}", script)
    assert sorted(re.findall(r"(\w+):", landmarks)) == sorted(PARTS)


async def test_the_menu_of_a_phone_marks_where_one_is(open_app):
    screen = await open_app("/goals")
    assert places(screen) == {
        "Overblik": False,
        "Min plan": False,
        "Mål": True,
        "Beskeder": False,
        "Mere": False,
    }


async def test_what_has_no_room_in_it_is_below_more(open_app):
    screen = await open_app("/sharing")
    assert places(screen)["Mere"]
    await screen.click("Mere")
    assert screen.route == "/more"
