"""A citizen's app, opened in process, with a plan in memory behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.views.fake_plan import FakePlan
from tests.views.harness import Screen, open_screen

OpenApp = Callable[..., Awaitable[Screen]]


@pytest.fixture
def plan() -> FakePlan:
    return FakePlan()


@pytest.fixture
async def open_app(plan: FakePlan) -> AsyncIterator[OpenApp]:
    """Open the app at an address: ``await open_app("/goals", language="en")``."""
    opened: list[Screen] = []

    async def opening(route: str = "/", **how) -> Screen:
        screen = await open_screen(plan, route=route, **how)
        opened.append(screen)
        return screen

    yield opening
    for screen in opened:
        screen.close()
