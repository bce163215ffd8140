"""One of many, chosen from a list that opens."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import flet as ft

from views import theme
from views.components.fields import field_borders
from views.components.text import body
from views.context import use_app
from views.guard import component, use_guard

_AROUND_AN_OPTION: Final = 92
"""What Flutter puts beside the text of an option: paddings and the arrow."""


@component
def Select(
    label: str,
    options: tuple[tuple[str, str], ...],
    value: str,
    on_change: Callable[[str], Awaitable[None]],
    *,
    optional: bool = False,
) -> ft.Control:
    """Draw a list to choose from: ``options`` are pairs of a value and its text."""
    t, guarded = use_app().t, use_guard()
    name = t("{label} (frivilligt)", label=label) if optional else label
    chosen, show_chosen = ft.use_state(value)
    window = ft.context.page.width or theme.TEXT_WIDTH
    width = min(window - 2 * theme.SPACE_4, theme.TEXT_WIDTH) - _AROUND_AN_OPTION

    async def choose(event: Any) -> None:
        show_chosen(event.control.value or "")
        await on_change(event.control.value or "")

    return ft.Column(
        spacing=theme.SPACE_1,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(exclude_semantics=True, content=body(name, strong=True)),
            # A list is read aloud without its name; what is around it says name and choice.
            ft.Semantics(
                label=f"{name}: {dict(options).get(chosen, '')}",
                content=ft.Dropdown(
                    value=chosen,
                    options=[_option(key, text, width) for key, text in options],
                    on_select=guarded(choose),
                    expanded_insets=0,
                    menu_height=400,
                    filled=True,
                    fill_color=theme.SURFACE,
                    bgcolor=theme.SURFACE,
                    border=field_borders(wrong=False),
                    text_size=theme.BODY,
                ),
            ),
        ],
    )


def _option(key: str, text: str, width: float) -> ft.DropdownOption:
    """Return an option; a text that is longer than ``width`` goes on in the next line."""
    return ft.DropdownOption(
        key=key,
        text=text,
        content=ft.Container(
            width=width,
            padding=ft.Padding.symmetric(vertical=theme.SPACE_2),
            content=ft.Text(text, size=theme.BODY, color=theme.TEXT, weight=ft.FontWeight.NORMAL),
        ),
    )
