"""Colours by what they are for. The browser resolves them, so light and dark need no redrawing.

Flet knows a theme's colours by Material's names; those that Material has no use for carry ours.
A new role is a field of the palette, a line here, and its pairs below.
"""

from dataclasses import asdict
from typing import Final

import flet as ft

from views.theme.palette import Palette

TEXT: Final = ft.Colors.ON_SURFACE
TEXT_QUIET: Final = ft.Colors.ON_SURFACE_VARIANT
HEADING: Final = ft.Colors.ON_SECONDARY_CONTAINER
LINK: Final = ft.Colors.TERTIARY
PAGE: Final = ft.Colors.SURFACE_DIM
SURFACE: Final = ft.Colors.SURFACE
LINE: Final = ft.Colors.OUTLINE_VARIANT
FIELD_LINE: Final = ft.Colors.OUTLINE
FOCUS: Final = ft.Colors.PRIMARY_FIXED_DIM
ACCENT: Final = ft.Colors.PRIMARY
ON_ACCENT: Final = ft.Colors.ON_PRIMARY
ACCENT_SOFT: Final = ft.Colors.PRIMARY_CONTAINER
TRACK: Final = ft.Colors.PRIMARY_FIXED
SUCCESS: Final = ft.Colors.SECONDARY_FIXED
SUCCESS_SOFT: Final = ft.Colors.SECONDARY_FIXED_DIM
WARNING: Final = ft.Colors.TERTIARY_FIXED
WARNING_SOFT: Final = ft.Colors.TERTIARY_FIXED_DIM
ERROR: Final = ft.Colors.ERROR
ERROR_SOFT: Final = ft.Colors.ERROR_CONTAINER
INFO: Final = ft.Colors.ON_TERTIARY_CONTAINER
INFO_SOFT: Final = ft.Colors.TERTIARY_CONTAINER
PERSON_LEAF: Final = ft.Colors.ON_PRIMARY_FIXED
PERSON_SKY: Final = ft.Colors.ON_SECONDARY_FIXED
PERSON_SAND: Final = ft.Colors.ON_TERTIARY_FIXED
PERSON_PLUM: Final = ft.Colors.ON_PRIMARY_FIXED_VARIANT
MITID: Final = ft.Colors.ON_SECONDARY_FIXED_VARIANT
ON_MITID: Final = ft.Colors.ON_TERTIARY_FIXED_VARIANT
NONE: Final = ft.Colors.TRANSPARENT

PERSON_GROUNDS: Final = (PERSON_LEAF, PERSON_SKY, PERSON_SAND, PERSON_PLUM)
"""Calm grounds behind the initials of people."""

_GROUNDS: Final = (
    PAGE,
    SURFACE,
    ACCENT_SOFT,
    SUCCESS_SOFT,
    WARNING_SOFT,
    ERROR_SOFT,
    INFO_SOFT,
)

TEXT_PAIRS: Final = frozenset(
    {
        *((color, ground) for ground in _GROUNDS for color in (TEXT, TEXT_QUIET, LINK)),
        *((HEADING, ground) for ground in (PAGE, SURFACE, ACCENT_SOFT)),
        *((TEXT, ground) for ground in PERSON_GROUNDS),
        (ACCENT, PAGE),
        (ACCENT, SURFACE),
        (ACCENT, ACCENT_SOFT),
        (ON_ACCENT, ACCENT),
        (SUCCESS, SURFACE),
        (SUCCESS, SUCCESS_SOFT),
        (WARNING, SURFACE),
        (WARNING, WARNING_SOFT),
        (ERROR, PAGE),
        (ERROR, SURFACE),
        (ERROR, ERROR_SOFT),
        (INFO, PAGE),
        (INFO, SURFACE),
        (INFO, INFO_SOFT),
        (ON_MITID, MITID),
    }
)
"""Every text colour with every ground it stands on: at least 4.5:1. A test walks the screens and
refuses text on a ground that is not named here."""

SHAPE_PAIRS: Final = frozenset(
    {
        *((FOCUS, ground) for ground in _GROUNDS),
        (FIELD_LINE, PAGE),
        (FIELD_LINE, SURFACE),
        (ACCENT, PAGE),
        (ACCENT, SURFACE),
        (ACCENT, TRACK),
        (INFO, TRACK),
        (WARNING, TRACK),
        (WARNING, SURFACE),
        (INFO, SURFACE),
    }
)
"""Every line or shape that carries meaning, with what is beside it: at least 3:1."""


ROLES: Final[dict[str, ft.Colors]] = {
    "text": TEXT,
    "text_quiet": TEXT_QUIET,
    "heading": HEADING,
    "link": LINK,
    "page": PAGE,
    "surface": SURFACE,
    "line": LINE,
    "field_line": FIELD_LINE,
    "focus": FOCUS,
    "accent": ACCENT,
    "on_accent": ON_ACCENT,
    "accent_soft": ACCENT_SOFT,
    "track": TRACK,
    "success": SUCCESS,
    "success_soft": SUCCESS_SOFT,
    "warning": WARNING,
    "warning_soft": WARNING_SOFT,
    "error": ERROR,
    "error_soft": ERROR_SOFT,
    "info": INFO,
    "info_soft": INFO_SOFT,
    "person_leaf": PERSON_LEAF,
    "person_sky": PERSON_SKY,
    "person_sand": PERSON_SAND,
    "person_plum": PERSON_PLUM,
    "mitid": MITID,
    "on_mitid": ON_MITID,
}
"""Which of Material's colours carries which field of the palette."""


def values(palette: Palette) -> dict[ft.Colors, str]:
    """Return each role with its colour in ``palette``."""
    colors = asdict(palette)
    return {role: colors[name] for name, role in ROLES.items()}


def color_scheme(palette: Palette) -> ft.ColorScheme:
    """Return Material's colours; those that only Material's own parts use follow ours."""
    ours = {role.name.lower(): color for role, color in values(palette).items()}
    return ft.ColorScheme(
        **ours,
        on_primary_container=palette.text,
        secondary=palette.accent,
        on_secondary=palette.on_accent,
        secondary_container=palette.accent_soft,
        on_tertiary=palette.surface,
        on_error=palette.surface,
        on_error_container=palette.text,
        surface_tint=palette.surface,
        surface_bright=palette.surface,
        surface_container=palette.surface,
        surface_container_low=palette.surface,
        surface_container_lowest=palette.surface,
        surface_container_high=palette.surface,
        surface_container_highest=palette.surface,
        inverse_surface=palette.text,
        on_inverse_surface=palette.surface,
        inverse_primary=palette.accent_soft,
        shadow="#000000",
        scrim="#000000",
    )
