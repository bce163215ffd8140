"""What own words were before: read when somebody wants to see it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.goals import History, HistoryEntry
from views import theme
from views.components.buttons import QuietButton
from views.components.cards import card, section, stack
from views.components.states import shown
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_A_PAGE: Final = 10


@component
def ChangesOnRequest(
    fetch: Callable[[], Awaitable[History]], names: Mapping[str, str], key: str | None = None
) -> ft.Control:
    """Draw a button that shows the history. ``names`` are the fields and what they are called.

    Another ``key`` after a change reads it anew.
    """
    del key
    t = use_app().t
    is_open, show_open = ft.use_state(initial=False)

    async def turn() -> None:
        show_open(lambda now: not now)

    if not is_open:
        return QuietButton(t("Se, hvad der stod før"), turn, ft.Icons.HISTORY)
    return stack(Changes(fetch, names), QuietButton(t("Skjul det igen"), turn))


@component
def Changes(fetch: Callable[[], Awaitable[History]], names: Mapping[str, str]) -> ft.Control:
    """Draw the history, newest first."""
    t = use_app().t
    loaded = use_loaded(fetch)
    pages, show_pages = ft.use_state(1)

    async def older() -> None:
        show_pages(lambda now: now + 1)

    def draw(history: History) -> ft.Control:
        first = history.entries[: pages * _A_PAGE]
        if not first:
            return quiet(t("Der er ikke ændret noget endnu."))
        return stack(
            *(_entry(t, entry, names) for entry in first),
            *([QuietButton(t("Vis ældre"), older)] * (len(first) < len(history.entries))),
        )

    return section(t("Historik"), shown(loaded, draw))


def _entry(t: Translator, entry: HistoryEntry, names: Mapping[str, str]) -> ft.Control:
    parts: list[ft.Control] = [quiet(formats.at_start(formats.moment_in_words(t, entry.at)))]
    for field, name in names.items():
        if field in entry.after:
            parts += [body(name, strong=True)] if name else []
            parts += _wording(t("Før:"), entry.before.get(field))
            parts += _wording(t("Nu:"), entry.after[field])
    return card(stack(*parts, spacing=theme.SPACE_1))


def _wording(when: str, text: object) -> list[ft.Control]:
    return [quiet(when), own_words(str(text))] if text else []
