"""Small pictures where looking is easier than reading; each says the same to a screen reader.

=====================  ==========================================================================
``RatingsChart``       how close somebody felt, 0 to 10, over time: a line with points for each
``goal_ring``          how many of a goal's steps are taken, as a ring with its number
``progress``           the same as a bar, where it is the page's own goal
``load_chart``         a bar for each week: hours, meetings; weeks that are full carry a sign
=====================  ==========================================================================

They are drawn from where a line of text starts, so that they are mirrored in Arabic, and coloured
by role, so that they are dark in the dark. Colour alone never tells anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import flet as ft
import flet.canvas as cv

from i18n import formats
from i18n.translator import Translator
from views import direction, theme
from views.components.text import quiet
from views.context import use_app
from views.guard import component, use_guard

_HIGHEST: Final = 10
_POINT: Final = 5
_GRID: Final = (0, 5, 10)
_FEW_BARS: Final = 7


def picture(said: str, content: ft.Control) -> ft.Control:
    """Return something to look at; ``said`` is what it tells, in words."""
    return ft.Semantics(
        container=True, image=True, label=said, exclude_semantics=True, content=content
    )


# -- ratings over time


@dataclass(frozen=True)
class Series:
    """One person's ratings, oldest first; ``name`` says whose."""

    name: str
    points: tuple[tuple[date, int], ...]

    def said(self, t: Translator) -> str:
        """Return the ratings in words."""
        values = ", ".join(
            t("{value} den {day}", value=value, day=formats.date_in_words(t, day))
            for day, value in self.points
        )
        return f"{self.name}: {values}"


@component
def RatingsChart(series: tuple[Series, ...], key: str | None = None) -> ft.Control:
    """Draw how close a goal felt: up is closer, from the first day to the last.

    The first series is drawn with round points and a full line, others with squares and thinly.
    Nothing is drawn of a series without points.
    """
    del key
    t, guarded = use_app().t, use_guard()
    window = ft.context.page.width or theme.TEXT_WIDTH
    guess = min(window, theme.TEXT_WIDTH) - 4 * theme.SPACE_4 - theme.SPACE_5
    width, show_width = ft.use_state(float(guess))

    async def resized(event: Any) -> None:
        show_width(event.width)

    shown = [one for one in series if one.points]
    days = sorted(day for one in shown for day, _ in one.points)
    if not days:
        return ft.Container()
    drawing = cv.Canvas(
        expand=True,
        height=theme.CHART_HEIGHT,
        shapes=[
            *_grid(width),
            *(
                shape
                for place, one in enumerate(shown)
                for shape in _curve(one, place, days, width)
            ),
        ],
        on_resize=guarded(resized),
    )
    said = t("Kurve fra 0 til 10. {values}", values=". ".join(one.said(t) for one in shown))
    return picture(
        said,
        ft.Column(
            spacing=theme.SPACE_1,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            controls=[
                ft.Row(spacing=theme.SPACE_2, controls=[_scale(), drawing]),
                _first_and_last(t, days),
                _legend([(one.name, _color(place)) for place, one in enumerate(shown)]),
            ],
        ),
    )


def _scale() -> ft.Control:
    """Return the numbers beside the lines: as narrow as may be, and as wide as large text needs."""
    numbers = ft.Column(
        height=theme.CHART_HEIGHT,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        horizontal_alignment=ft.CrossAxisAlignment.END,
        spacing=0,
        controls=[figure(str(value)) for value in reversed(_GRID)],
    )
    return ft.Stack(
        alignment=ft.Alignment.TOP_RIGHT, controls=[ft.Container(width=theme.SPACE_4), numbers]
    )


def _first_and_last(t: Translator, days: Sequence[date]) -> ft.Control:
    ends = [days[0]] if days[0] == days[-1] else [days[0], days[-1]]
    return ft.Container(
        padding=direction.padding(start=theme.SPACE_5),
        content=ft.Row(
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
            controls=[figure(formats.date_in_words(t, day)) for day in ends],
        ),
    )


def _color(place: int) -> ft.Colors:
    return theme.ACCENT if place == 0 else theme.INFO


def _grid(width: float) -> list[cv.Shape]:
    paint = ft.Paint(color=theme.LINE, stroke_width=theme.LINE_WIDTH)
    return [cv.Line(0, _up(value), width, _up(value), paint) for value in _GRID]


def _up(value: float) -> float:
    """Return how far from the top ``value`` stands, with room for a whole point at both ends."""
    return _POINT + (theme.CHART_HEIGHT - 2 * _POINT) * (1 - value / _HIGHEST)


def _curve(one: Series, place: int, days: Sequence[date], width: float) -> list[cv.Shape]:
    span = (days[-1] - days[0]).days
    along = [((day - days[0]).days / span if span else 0.5) for day, _ in one.points]
    if direction.reads_right_to_left():
        along = [1 - part for part in along]
    spots = [
        (_POINT + part * (width - 2 * _POINT), _up(value))
        for part, (_, value) in zip(along, one.points, strict=True)
    ]
    color = _color(place)
    stroke = ft.Paint(
        color=color, stroke_width=theme.STRONG_LINE if place == 0 else theme.LINE_WIDTH
    )
    fill = ft.Paint(color=color, style=ft.PaintingStyle.FILL)
    lines: list[cv.Shape] = [cv.Line(*start, *end, stroke) for start, end in pairwise(spots)]
    return [*lines, *(_point(x, y, place, fill) for x, y in spots)]


def _point(x: float, y: float, place: int, paint: ft.Paint) -> cv.Shape:
    if place == 0:
        return cv.Circle(x, y, _POINT, paint)
    return cv.Rect(x - _POINT, y - _POINT, 2 * _POINT, 2 * _POINT, paint=paint)


def _legend(names: Sequence[tuple[str, ft.Colors]]) -> ft.Control:
    return ft.Row(
        wrap=True,
        spacing=theme.SPACE_4,
        run_spacing=0,
        controls=[
            ft.Row(
                tight=True,
                spacing=theme.SPACE_1,
                controls=[
                    ft.Icon(
                        ft.Icons.CIRCLE if place == 0 else ft.Icons.SQUARE,
                        size=theme.SPACE_3,
                        color=color,
                    ),
                    quiet(name),
                ],
            )
            for place, (name, color) in enumerate(names)
        ],
    )


def figure(text: str, *, strong: bool = False) -> ft.Control:
    """Return a number or a day beside a drawing: small, on one line."""
    return ft.Text(
        text,
        size=theme.TAB,
        color=theme.TEXT if strong else theme.TEXT_QUIET,
        weight=theme.BOLD if strong else theme.NORMAL,
        style=ft.TextStyle(height=theme.HEADING_HEIGHT),
        no_wrap=True,
    )


# -- how far a goal is


def goal_ring(t: Translator, done: int, total: int) -> ft.Control:
    """Return a ring that is as full as the goal's steps are taken, with "2/5" in it."""
    if not total:
        middle: ft.Control = ft.Icon(ft.Icons.FLAG_OUTLINED, size=theme.ICON, color=theme.ACCENT)
    elif done >= total:
        middle = ft.Icon(ft.Icons.CHECK, size=theme.ICON_LARGE, color=theme.ACCENT)
    else:
        middle = figure(f"{done}/{total}", strong=True)
    ring = ft.ProgressRing(
        value=done / total if total else 0,
        width=theme.RING,
        height=theme.RING,
        stroke_width=theme.SPACE_1,
        color=theme.ACCENT,
        bgcolor=theme.TRACK,
    )
    said = t("{done} af {total} skridt er taget", done=done, total=total)
    return picture(
        said if total else t("Ingen skridt endnu"),
        ft.Stack(
            width=theme.RING,
            height=theme.RING,
            alignment=ft.Alignment.CENTER,
            controls=[ring, middle],
        ),
    )


def progress(done: int, total: int, text: str) -> ft.Control:
    """Return a bar as wide as the page for how far something is; ``text`` says it below."""
    return ft.Column(
        spacing=theme.SPACE_1,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(
                exclude_semantics=True,
                content=ft.ProgressBar(
                    value=done / total if total else 0,
                    bar_height=theme.BAR,
                    border_radius=theme.RADIUS_SMALL,
                    color=theme.ACCENT,
                    bgcolor=theme.TRACK,
                ),
            ),
            quiet(text),
        ],
    )


# -- load for each week


@dataclass(frozen=True)
class Bar:
    """One week: a short name below the bar, how much, and the same in words.

    ``full`` marks a week that holds more than is good.
    """

    label: str
    value: float
    said: str
    full: bool = False


def load_chart(t: Translator, bars: Sequence[Bar]) -> ft.Control:
    """Return a bar for each week, the highest as tall as the chart. More than fit, scroll."""
    highest = max((bar.value for bar in bars), default=0) or 1
    few = len(bars) <= _FEW_BARS
    return ft.Row(
        spacing=theme.SPACE_1,
        scroll=None if few else ft.ScrollMode.AUTO,
        vertical_alignment=ft.CrossAxisAlignment.END,
        controls=[_load_bar(t, bar, bar.value / highest, few=few) for bar in bars],
    )


def _load_bar(t: Translator, bar: Bar, part: float, *, few: bool) -> ft.Control:
    sign = ft.Icon(ft.Icons.WARNING_AMBER, size=theme.ICON_SMALL, color=theme.WARNING)
    column = ft.Column(
        spacing=theme.SPACE_1,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            *([sign] if bar.full else []),
            figure(formats.number(t, round(bar.value, 1)), strong=True),
            ft.Container(
                width=theme.ICON_LARGE,
                height=max(part * theme.LOAD_HEIGHT, theme.STRONG_LINE),
                bgcolor=theme.WARNING if bar.full else theme.ACCENT,
                border_radius=ft.BorderRadius.vertical(top=theme.RADIUS_SMALL),
            ),
            figure(bar.label),
        ],
    )
    shown = picture(bar.said, column)
    return ft.Container(expand=few, width=None if few else theme.TOUCH, content=shown)
