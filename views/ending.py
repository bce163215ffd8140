"""Tells the person, in every screen, that the login ends in a few minutes, and what to do."""

from collections.abc import Callable

import flet as ft

from i18n import formats
from views import theme
from views.components.buttons import SecondaryButton, outside_button
from views.components.cards import NoticeKind, notice
from views.components.states import login_address
from views.context import use_app
from views.guard import component
from views.login import Ending, Login


class _Follower:
    """Listens while the note is on the screen."""

    def __init__(self, login: Login, show: Callable[[Ending | None], None]) -> None:
        self._login = login
        self._show = show
        self._stop: Callable[[], None] | None = None

    def start(self) -> None:
        self._stop = self._login.on_ending(self._show)
        self._show(self._login.ending)

    def stop(self) -> None:
        if self._stop is not None:
            self._stop()


@component
def EndingNote() -> ft.Control:
    """Draw the warning while there is something to warn of."""
    app = use_app()
    t, login = app.t, app.login
    ending, show = ft.use_state(login.ending)
    here = ft.use_route_location()
    follower: _Follower = ft.use_memo(lambda: _Follower(login, show), [])
    ft.use_effect(follower.start, dependencies=[], cleanup=follower.stop)

    async def stay() -> None:
        await login.stay()

    if ending is None:
        return ft.Container(height=0)
    time = formats.clock_of(t, ending.at)
    if ending.final:
        text = t("Du bliver logget ud kl. {time}. Det, du har skrevet, er gemt.", time=time)
        address = login_address(app.viewer.role, here, fresh=True)
        way = outside_button(t("Log ind igen"), address)
    else:
        text = t(
            "Du bliver logget ud kl. {time}, hvis du ikke gør noget. Det, du har skrevet, er gemt.",
            time=time,
        )
        way = SecondaryButton(t("Bliv logget ind"), stay)
    return ft.Container(padding=theme.SPACE_3, content=notice(NoticeKind.WARNING, text, way))
