"""Starts the screens in a Flet page; the web host calls it for each new session."""

from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft

from i18n.translator import translator
from portal.contract.people import ChooseLanguage
from portal.plan_client import PlanClient
from views import theme
from views.context import App, AppContext, Room
from views.feed import Feed
from views.live import Live
from views.login import Login
from views.preferences import keep_appearance, kept_appearance, tell_done_with, tell_language
from views.routes import Screens
from views.viewer import Viewer


def start(page: ft.Page, *, client: PlanClient, viewer: Viewer, live: Live, login: Login) -> None:
    """Draw the screens of ``viewer`` in ``page``, and follow its address from then on."""
    theme.dress(page, theme.Appearance.SYSTEM)
    page.bgcolor = theme.PAGE
    speak(page, viewer.language)
    page.render_views(Root, page, client, viewer, Feed(client, live), login)


@ft.component
def Root(page: ft.Page, client: PlanClient, viewer: Viewer, feed: Feed, login: Login) -> Any:
    """Hold what all screens share: the language, the room, and the ear for changes."""
    language, show_language = ft.use_state(viewer.language)
    room, show_room = ft.use_state(room_of(page.width))
    appearance, show_appearance = ft.use_state(theme.Appearance.SYSTEM)
    _, redraw = ft.use_state(0)

    async def choose_language(code: str) -> None:
        await client.keep_language(ChooseLanguage(language=code))
        speak(page, code)
        page.update()
        show_language(code)
        await tell_language(code)

    def wear(choice: theme.Appearance) -> None:
        theme.dress(page, choice)
        page.update()
        show_appearance(choice)

    async def choose_appearance(choice: theme.Appearance) -> None:
        wear(choice)
        await keep_appearance(choice)

    async def recall() -> None:
        # Another theme has the browser draw everything anew.
        if (kept := await kept_appearance()) is not theme.Appearance.SYSTEM:
            wear(kept)

    async def resized(event: ft.PageResizeEvent) -> None:
        show_room(room_of(event.width))

    async def connected() -> None:
        # What changed while the browser was away has been neither drawn nor heard of.
        redraw(lambda times: times + 1)
        feed.refresh()

    async def closed() -> None:
        feed.close()

    def begin() -> None:
        page.on_resize = resized
        page.on_connect = connected
        page.on_close = closed
        feed.open()

    ft.use_effect(begin, dependencies=[], cleanup=feed.close)
    # With a cleanup, Flet gives it up when the screen goes: the browser may never have answered.
    ft.use_effect(recall, dependencies=[], cleanup=lambda: None)
    app = App(
        client=client,
        viewer=viewer,
        t=translator(language),
        feed=feed,
        login=login,
        navigate=page.push_route,
        leave_for=leaving(page),
        choose_language=choose_language,
        appearance=appearance,
        choose_appearance=choose_appearance,
        room=room,
    )
    return AppContext(app, lambda: Screens(viewer.role))


def speak(page: ft.Page, language: str) -> None:
    """Give ``page`` the direction of ``language`` and Flutter's words in it. The caller updates."""
    page.rtl = translator(language).direction == "rtl"
    page.locale_configuration = ft.LocaleConfiguration(
        supported_locales=[ft.Locale(language)], current_locale=ft.Locale(language)
    )


def leaving(page: ft.Page) -> Callable[[str], Awaitable[None]]:
    """Return the way on from what one is done with, which then is no place on the way back."""

    async def leave_for(route: str) -> None:
        await tell_done_with(page.route)
        await page.push_route(route)

    return leave_for


def room_of(width: float | None) -> Room:
    """Return the room that a window of ``width`` logical pixels offers; a phone's if unknown."""
    if width is None or width < theme.MEDIUM:
        return Room.NARROW
    return Room.MEDIUM if width < theme.WIDE else Room.WIDE
