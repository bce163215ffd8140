"""Draws one building block in a real Flet session, in any language, with nothing around it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import flet as ft
from flet.controls.context import _context_page
from flet.messaging.session import Session

from i18n.translator import translator
from portal.contract.people import Role
from tests.views.fake_plan import ME, FakePlan
from tests.views.harness import FakeConnection, FakeLive, FakeLogin, walk, words_of
from views.context import App, AppContext, Room
from views.feed import Feed
from views.theme import Appearance
from views.viewer import Viewer


class Drawn:
    """What was drawn, and how its browser tells of something."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def parts(self) -> Iterator[ft.BaseControl]:
        yield from walk(self.session.page.views)

    async def send(self, control: ft.BaseControl, event: str, data: Any = None) -> None:
        await self.session.dispatch_event(control._i, event, data)
        await _settle()


async def draw(block: Callable[[], ft.Control], *, language: str = "da", width: int = 390) -> Drawn:
    """Draw what ``block`` returns, as a screen would."""
    browser = FakeConnection()
    session = Session(browser)
    browser.session = session
    page = session.page
    _context_page.set(page)
    session.apply_page_patch({"route": "/", "width": width, "height": 844, "web": True})
    browser.receive(session.get_page_patch())
    t = translator(language)
    page.rtl = t.direction == "rtl"
    page.render(lambda: AppContext(_app(language), block))
    await _settle()
    assert browser.crashes == []
    return Drawn(session)


def spoken(drawn: Drawn) -> str:
    """All words, those that only a screen reader says included."""
    return " ".join(word for part in drawn.parts() for word in words_of(part))


def _app(language: str) -> App:
    client = FakePlan()

    async def nowhere(_: Any) -> None:
        return None

    return App(
        client=client,
        viewer=Viewer(ME, "Lone Lund", role=Role.CITIZEN, language=language),
        t=translator(language),
        feed=Feed(client, FakeLive()),
        login=FakeLogin(),
        navigate=nowhere,
        leave_for=nowhere,
        choose_language=nowhere,
        appearance=Appearance.SYSTEM,
        choose_appearance=nowhere,
        room=Room.NARROW,
    )


async def _settle() -> None:
    for _ in range(30):
        await asyncio.sleep(0)
