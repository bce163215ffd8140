"""What holds for every screen: known grounds, headings in order, one thing that comes first."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import flet as ft
import pytest

from portal.contract.people import Role
from tests.views.fake_life import LATE_PROMISE, FakeLife
from tests.views.fake_messages import MEETING, FakeConversations
from tests.views.fake_plan import DINNER, PROPOSED, WALK
from tests.views.harness import parts_of
from views import theme
from views.theme.roles import TEXT_PAIRS

CITIZEN = [
    "/",
    "/waiting",
    "/welcome",
    "/plan",
    "/goals",
    "/goals/new",
    f"/goals/{WALK}",
    f"/goals/{PROPOSED}",
    f"/goals/{DINNER}",
    f"/goals/{WALK}/edit",
    f"/goals/{WALK}/history",
    "/messages",
    "/messages/new",
    f"/messages/{MEETING}",
    "/family",
    "/sharing",
    "/sharing/new",
    "/about-me",
    "/log",
    "/rights",
    "/contact",
    "/calendar",
    "/promises",
    f"/promises/{LATE_PROMISE}/ask",
    "/minutes",
    "/facts",
    "/profile",
    "/more",
    "/nowhere",
]
WORK = ["/work", "/work/citizens"]


def pairs(control: Any, ground: str = theme.PAGE) -> Iterator[tuple[str, str, str]]:
    """Each text with its colour and what it stands on."""
    style = getattr(control, "style", None)
    own = getattr(control, "bgcolor", None) or getattr(style, "bgcolor", None)
    if own and own != theme.NONE:
        ground = own
    if isinstance(control, (ft.Text, ft.Icon)):
        color = control.color or getattr(style, "color", None)
        said = control.value if isinstance(control, ft.Text) else "an icon"
        if color:
            yield color, ground, said
    label = getattr(control, "content", None)
    if isinstance(label, str) and style is not None and isinstance(style.color, str):
        yield style.color, ground, label
    for part in parts_of(control):
        yield from pairs(part, ground)


def unknown(screen) -> list[str]:
    return sorted(
        {
            f"{color} on {ground}: {said}"
            for color, ground, said in pairs(screen.session.page.views)
            if (color, ground) not in TEXT_PAIRS
        }
    )


@pytest.fixture
def plan(request) -> FakeConversations:
    """A full life for a citizen's screens; conversations for those of a contact person."""
    if request.node.get_closest_marker("parametrize").args[1] is CITIZEN:
        return FakeLife()
    plan = FakeConversations()
    plan.side = Role.CONTACT_PERSON
    return plan


def headings(screen) -> list[int]:
    return [
        control.heading_level
        for control in screen.controls()
        if isinstance(control, ft.Semantics) and control.heading_level
    ]


def in_order(levels: list[int]) -> bool:
    """Tell whether the page's own heading comes first, and no level is left out below it."""
    steps_down = all(later - earlier <= 1 for earlier, later in pairwise(levels))
    return levels[:1] == [1] and levels.count(1) == 1 and steps_down


def primary_actions(screen) -> list[ft.FilledButton]:
    return [control for control in screen.controls() if isinstance(control, ft.FilledButton)]


@pytest.mark.parametrize("path", CITIZEN)
async def test_a_citizens_screen(open_app, path):
    check(await open_app(path))


@pytest.mark.parametrize("path", WORK)
async def test_a_contact_persons_screen(open_app, path):
    check(await open_app(path, role=Role.CONTACT_PERSON))


def check(screen) -> None:
    """What holds for every screen."""
    assert unknown(screen) == [], "text on a ground that no contrast was computed for"
    assert in_order(headings(screen)), headings(screen)
    assert len(primary_actions(screen)) <= 1, "more than one primary action"
