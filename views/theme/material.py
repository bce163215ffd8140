"""Flet's theme made of the tokens, once for light and once for dark."""

from enum import StrEnum
from functools import cache
from typing import Final

import flet as ft

from views.theme import sizes
from views.theme.palette import DARK, LIGHT, Palette
from views.theme.roles import FOCUS, LINE, color_scheme


class Appearance(StrEnum):
    """What a person chose: as the telephone has it, light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_MODES: Final = {
    Appearance.SYSTEM: ft.ThemeMode.SYSTEM,
    Appearance.LIGHT: ft.ThemeMode.LIGHT,
    Appearance.DARK: ft.ThemeMode.DARK,
}

FONTS_BEHIND: Final = ["IBM Plex Sans Arabic", "Noto Color Emoji"]
"""What draws the characters that the font lacks. Each style that names the font names these too:
Flutter fetches yet another font for a character that none of a text's families has."""

_OTHER_STYLES: Final = (
    "display_large",
    "display_medium",
    "display_small",
    "headline_large",
    "headline_medium",
    "headline_small",
    "label_small",
    "title_large",
    "title_small",
)

_NO_TRANSITION: Final = ft.PageTransitionTheme.NONE


def dress(page: ft.Page, appearance: Appearance) -> None:
    """Give ``page`` the theme, light or dark as ``appearance`` says. The caller updates it."""
    page.theme = flet_theme(LIGHT)
    page.dark_theme = flet_theme(DARK)
    page.theme_mode = _MODES[appearance]
    # At once: while one theme fades into the next, texts lack the fonts behind theirs.
    page.theme_animation_style = ft.AnimationStyle.no_animation()


def focus_ring(otherwise: ft.BorderSide) -> dict[ft.ControlState, ft.BorderSide]:
    """Return the border of something tappable: 3 px around what has the keyboard's focus."""
    return {
        ft.ControlState.FOCUSED: ft.BorderSide(sizes.FOCUS_WIDTH, FOCUS),
        ft.ControlState.DEFAULT: otherwise,
    }


def line(width: int = sizes.LINE_WIDTH) -> ft.BorderSide:
    """Return the quiet line between things."""
    return ft.BorderSide(width, LINE)


@cache
def flet_theme(palette: Palette) -> ft.Theme:
    """Return the theme of every page: one for all of them, and nobody changes it.

    Nothing slides or fades from page to page.
    """
    return ft.Theme(
        font_family=sizes.FONT,
        color_scheme=color_scheme(palette),
        text_theme=ft.TextTheme(
            body_large=_text(palette, sizes.BODY),
            body_medium=_text(palette, sizes.BODY),
            body_small=_text(palette, sizes.SMALL),
            label_large=_text(palette, sizes.BODY, sizes.BOLD),
            label_medium=_text(palette, sizes.SMALL),
            title_medium=_text(palette, sizes.H3, sizes.BOLD),
            **{name: ft.TextStyle(font_family_fallback=FONTS_BEHIND) for name in _OTHER_STYLES},
        ),
        scaffold_bgcolor=palette.page,
        focus_color=ft.Colors.with_opacity(0.12, palette.focus),
        visual_density=ft.VisualDensity.STANDARD,
        page_transitions=ft.PageTransitionsTheme(
            android=_NO_TRANSITION,
            ios=_NO_TRANSITION,
            linux=_NO_TRANSITION,
            macos=_NO_TRANSITION,
            windows=_NO_TRANSITION,
        ),
    )


def _text(palette: Palette, size: int, weight: ft.FontWeight | None = None) -> ft.TextStyle:
    return ft.TextStyle(
        size=size,
        weight=weight,
        height=sizes.LINE_HEIGHT,
        letter_spacing=0,
        font_family=sizes.FONT,
        font_family_fallback=FONTS_BEHIND,
        color=palette.text,
    )
