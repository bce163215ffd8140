"""The last net of the screens: no handler and no component can crash a person's session.

``component`` is Flet's, with a quiet note in place of a component that cannot be drawn; every
component of ours uses it. ``use_guard`` wraps what a control calls; ``views.components`` does.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

import flet as ft

from views import theme
from views.context import use_app
from views.failures import report

P = ParamSpec("P")

Handler = Callable[[], Awaitable[None]]
"""What a person's act leads to."""


def component(draw: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    """Mark ``draw`` as a component. When it fails, the rest of the screen stays usable."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> ft.Control:
        try:
            return draw(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - Flet would stop drawing the whole session
            return _Broken(report(error))

    return ft.component(drawn)


@ft.component
def _Broken(reference: str) -> ft.Control:
    t = use_app().t
    return ft.Container(
        padding=theme.SPACE_4,
        content=ft.Text(
            t("Det kan ikke vises lige nu. Nummer til hjælp: {reference}", reference=reference),
            color=theme.TEXT,
        ),
    )


def use_guard() -> Callable[[Callable[[Any], Awaitable[None]]], Callable[[Any], Awaitable[None]]]:
    """Return what wraps a handler of an event, so that an unexpected error is told calmly."""
    t = use_app().t

    def guarded(handler: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
        async def handled(event: Any) -> None:
            try:
                await handler(event)
            except Exception as error:  # noqa: BLE001 - Flet would show its crash page
                _tell(t("Noget gik galt. Det, du skrev, er gemt."), t, report(error))

        return handled

    return guarded


def _tell(text: str, t: Callable[..., str], reference: str) -> None:
    number = t("Nummer til hjælp: {reference}", reference=reference)
    ft.context.page.show_dialog(
        ft.SnackBar(ft.Text(f"{text} {number}"), show_close_icon=True, duration=20_000)
    )
