"""Distances, type, widths: in logical pixels."""

from typing import Final

import flet as ft

# -- distances, on a grid of 4

SPACE_0: Final = 0
SPACE_HALF: Final = 2
"""Between words and the edge of a small badge."""

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_5: Final = 24
SPACE_6: Final = 32
SPACE_7: Final = 48

RADIUS: Final = 8
RADIUS_SMALL: Final = 4

LINE_WIDTH: Final = 1
STRONG_LINE: Final = 2
EDGE_WIDTH: Final = 4
"""Beside words that belong to what stands above."""

# -- type

FONT: Final = "IBM Plex Sans"
BOLD: Final = ft.FontWeight.W_600
NORMAL: Final = ft.FontWeight.NORMAL
LINE_HEIGHT: Final = 1.5
"""Of body text, as a multiple of its size; headings stand closer."""

HEADING_HEIGHT: Final = 1.25
BODY: Final = 16
SMALL: Final = 15
TAB: Final = 12
"""Below the icons of a phone's menu, and along charts."""

H1: Final = 28
H2: Final = 21
H3: Final = 17
FIGURE: Final = 24
"""A number that one looks at, not reads."""

# -- pictures

ICON_SMALL: Final = 16
ICON: Final = 20
ICON_LARGE: Final = 24
AVATAR_TINY: Final = 32
"""Beside a line of text."""

AVATAR_SMALL: Final = 44
AVATAR: Final = 56
AVATAR_LARGE: Final = 72
BAR: Final = 8
"""Thickness of a bar that shows how far something is."""

RING: Final = 48
CHART_HEIGHT: Final = 160
LOAD_HEIGHT: Final = 96
ILLUSTRATION: Final = 96

# -- tapping

TOUCH: Final = 48
"""Smallest height and width of what can be tapped."""

FOCUS_WIDTH: Final = 3

# -- widths

TEXT_WIDTH: Final = 440
"""Widest column of text: 66 characters of body text, by the font's average on Danish."""

PAGE_WIDTH: Final = 1080
"""Widest page: two columns."""

LIST_WIDTH: Final = 340
"""A list beside what was chosen from it."""

MENU_WIDTH: Final = 240
LIST_HEIGHT: Final = 400
"""Of a list that opens to choose from."""

MEDIUM: Final = 768
"""From this window width on, a page is a column in the middle."""

WIDE: Final = 1000
"""From this window width on, the menu stands at the side, and pages have two columns."""
