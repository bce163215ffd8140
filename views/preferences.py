"""What this browser alone keeps: how light and large the page is, and that one was welcomed.

It is no secret and says nothing about anybody; ``assets/scripts/boot.js`` tells the web host, for
the page that stands there before the app does, makes text as large as was chosen, says in which
language the page is, and leaves out of the way back what one is done with.
"""

from enum import StrEnum
from typing import Final

import flet as ft

from views.theme import Appearance

_APPEARANCE: Final = "appearance"
_WELCOMED: Final = "welcomed"
_TEXT_SIZE: Final = "text_size"
_LANGUAGE: Final = "language"
_DONE_WITH: Final = "done_with"


class TextSize(StrEnum):
    """How large text is, before what the telephone itself makes of it."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


async def kept_appearance() -> Appearance:
    """Return what was chosen in this browser; as the telephone has it, if nothing was."""
    kept = await ft.SharedPreferences().get(_APPEARANCE)
    return next((choice for choice in Appearance if choice == kept), Appearance.SYSTEM)


async def keep_appearance(appearance: Appearance) -> None:
    """Keep the choice in this browser."""
    await ft.SharedPreferences().set(_APPEARANCE, appearance.value)


async def was_welcomed() -> bool:
    """Tell whether the welcome was read or skipped in this browser."""
    return bool(await ft.SharedPreferences().get(_WELCOMED))


async def keep_welcomed() -> None:
    """Keep that the welcome was read or skipped in this browser."""
    await ft.SharedPreferences().set(_WELCOMED, value=True)


async def kept_text_size() -> TextSize:
    """Return what was chosen in this browser."""
    kept = await ft.SharedPreferences().get(_TEXT_SIZE)
    return next((size for size in TextSize if size == kept), TextSize.NORMAL)


async def keep_text_size(size: TextSize) -> None:
    """Keep the choice in this browser, which follows it at once."""
    await ft.SharedPreferences().set(_TEXT_SIZE, size.value)


async def tell_language(code: str) -> None:
    """Tell this browser in which language the app is read from now on."""
    await ft.SharedPreferences().set(_LANGUAGE, code)


async def tell_done_with(route: str) -> None:
    """Tell this browser that the next screen takes the place of ``route`` in the way back."""
    await ft.SharedPreferences().set(_DONE_WITH, route)
