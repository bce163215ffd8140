"""What every screen may use: the client, the reader's language, where to go."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from i18n.translator import Translator
from portal.plan_client import PlanClient
from views.feed import Feed
from views.login import Login
from views.theme import Appearance
from views.viewer import Viewer


class Room(StrEnum):
    """How wide the window is: a phone, a tablet, a desk."""

    NARROW = "narrow"
    MEDIUM = "medium"
    WIDE = "wide"


@dataclass(frozen=True, eq=False)
class App:
    """The surroundings of a screen."""

    client: PlanClient
    viewer: Viewer
    t: Translator
    feed: Feed
    login: Login
    navigate: Callable[[str], Awaitable[None]]
    leave_for: Callable[[str], Awaitable[None]]
    """As ``navigate``, from what one is done with: the way back does not lead there again."""
    choose_language: Callable[[str], Awaitable[None]]
    appearance: Appearance
    choose_appearance: Callable[[Appearance], Awaitable[None]]
    room: Room

    @property
    def wide(self) -> bool:
        """Tell whether the menu stands at the side."""
        return self.room is Room.WIDE

    @property
    def language(self) -> str:
        """The code of the language that is read now."""
        return self.t.language


AppContext: ft.ContextProvider[App | None] = ft.create_context(None)


def use_app() -> App:
    """Return the surroundings; a hook, so call it first in a component."""
    app = ft.use_context(AppContext)
    if app is None:
        raise LookupError("no AppContext around this component")
    return app
