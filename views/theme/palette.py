"""The colours, light and dark: the Danish design system's (borger.dk), and its night.

The only place with colour values. Screens use the names in ``views.theme``; the HTML pages use the
same values as CSS variables (``css_variables``, compared with the style sheets by a test).
"""

from dataclasses import asdict, dataclass
from typing import Final


@dataclass(frozen=True)
class Palette:
    """What each colour is for. Text roles are for reading, grounds for standing on."""

    text: str
    text_quiet: str
    heading: str
    link: str
    page: str
    surface: str
    line: str
    field_line: str
    focus: str
    accent: str
    on_accent: str
    accent_soft: str
    track: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    info: str
    info_soft: str
    person_leaf: str
    person_sky: str
    person_sand: str
    person_plum: str
    mitid: str
    on_mitid: str


LIGHT: Final = Palette(
    text="#1a1a1a",
    text_quiet="#545454",
    heading="#233614",
    link="#004d99",
    page="#f5f5f5",
    surface="#ffffff",
    line="#dcdcdc",
    field_line="#747474",
    focus="#004d99",
    accent="#3c5c22",
    on_accent="#ffffff",
    accent_soft="#eaf2e3",
    track="#d0dcc7",
    success="#2b6800",
    success_soft="#ddf7ce",
    warning="#8a5a00",
    warning_soft="#ffeecc",
    error="#b80000",
    error_soft="#ffe0e0",
    info="#0f5e92",
    info_soft="#e2f2fb",
    person_leaf="#d9e8cb",
    person_sky="#d3e6f5",
    person_sand="#f3e3c4",
    person_plum="#eadcf0",
    mitid="#0060e6",
    on_mitid="#ffffff",
)

DARK: Final = Palette(
    text="#eceee9",
    text_quiet="#b9bfb4",
    heading="#d6e8c6",
    link="#9cc8ff",
    page="#121410",
    surface="#1d201a",
    line="#3a4035",
    field_line="#8f978a",
    focus="#9cc8ff",
    accent="#a9d284",
    on_accent="#14220a",
    accent_soft="#293a1c",
    track="#424c3a",
    success="#9fdc78",
    success_soft="#1f3a12",
    warning="#f5c869",
    warning_soft="#3f2f0a",
    error="#ffb1aa",
    error_soft="#4a1a18",
    info="#93cdf4",
    info_soft="#12344a",
    person_leaf="#33482a",
    person_sky="#234055",
    person_sand="#4c3d1f",
    person_plum="#463350",
    mitid="#0060e6",
    on_mitid="#ffffff",
)


def css_variables(palette: Palette) -> dict[str, str]:
    """Return the colours under the names that the style sheets use: ``--text-quiet`` and so on."""
    return {f"--{name.replace('_', '-')}": value for name, value in asdict(palette).items()}
