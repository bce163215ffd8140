"""A long list, some at a time: a phone draws twenty rows as quickly as it draws two thousand."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

import flet as ft

from views import theme
from views.components.buttons import SecondaryButton
from views.components.cards import stack
from views.context import use_app
from views.guard import component

Item = TypeVar("Item")

AT_A_TIME: Final = 20


def paged(
    items: Sequence[Item],
    draw: Callable[[Item], ft.Control],
    *,
    spacing: int = theme.SPACE_3,
    at_least: int = 0,
) -> ft.Control:
    """Return ``draw`` of each item under each other, the first twenty, and more on a tap.

    ``at_least`` so many are drawn, where one further down is what the reader came for.
    """
    return _Paged(tuple(partial(draw, item) for item in items), spacing, at_least)


@component
def _Paged(rows: tuple[Callable[[], ft.Control], ...], spacing: int, at_least: int) -> ft.Control:
    t = use_app().t
    asked_for, ask_for = ft.use_state(AT_A_TIME)
    shown = max(asked_for, at_least)

    async def more() -> None:
        ask_for(shown + AT_A_TIME)

    left = len(rows) - shown
    return stack(
        *(row() for row in rows[:shown]),
        *([SecondaryButton(t("Vis flere ({n} tilbage)", n=left), more)] if left > 0 else []),
        spacing=spacing,
    )
