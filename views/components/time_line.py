"""A time line: a row for each thing that lasts, a bar from its first week to its last, and today.

``time_line`` is the whole of it; ``month_scale`` and ``span_bar`` are its parts, for rows that can
be tapped. The words beside each bar are what a screen reader says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from views import direction, theme
from views.components.text import body, quiet

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """Something that lasts: ``ends_on`` is absent where no end is known."""

    title: str
    starts_on: date
    ends_on: date | None
    detail: str = ""


def time_line(
    t: Translator, spans: Sequence[Span], *, first: date, last: date, today: date
) -> ft.Control:
    """Return a row for each span between the weeks of ``first`` and ``last``, under the months."""
    return ft.Column(
        spacing=theme.SPACE_4,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            month_scale(t, first, last),
            *(_span(t, span, first, last, today) for span in spans),
        ],
    )


def _span(t: Translator, span: Span, first: date, last: date, today: date) -> ft.Control:
    period = formats.at_start(formats.period(t, span.starts_on, span.ends_on))
    detail = f"{period} · {span.detail}" if span.detail else period
    return ft.MergeSemantics(
        ft.Column(
            spacing=theme.SPACE_1,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            controls=[
                body(span.title, strong=True),
                span_bar(span.starts_on, span.ends_on, first=first, last=last, today=today),
                quiet(detail),
            ],
        )
    )


def month_scale(t: Translator, first: date, last: date) -> ft.Control:
    """Return the names of the months above a time line, each as wide as its weeks."""
    weeks = [_monday(first) + n * _WEEK for n in range(_weeks(first, last))]
    months: dict[tuple[int, int], list[date]] = {}
    for week in weeks:
        months.setdefault((week.year, week.month), []).append(week)
    return ft.Semantics(
        exclude_semantics=True,
        content=ft.Row(
            spacing=0,
            controls=[
                ft.Container(
                    expand=len(found),
                    border=direction.border(start=ft.BorderSide(theme.LINE_WIDTH, theme.LINE)),
                    padding=direction.padding(start=theme.SPACE_1),
                    content=ft.Text(
                        formats.month(t, found[0]) if len(found) > 1 else "",
                        size=theme.TAB,
                        color=theme.TEXT_QUIET,
                        no_wrap=True,
                    ),
                )
                for found in months.values()
            ],
        ),
    )


def span_bar(
    starts_on: date, ends_on: date | None, *, first: date, last: date, today: date
) -> ft.Control:
    """Return a bar from one week to another, with a line through today; words stand beside it."""
    weeks = _weeks(first, last)
    before = min(max(_weeks(first, starts_on) - 1, 0), weeks - 1)
    until = min(_weeks(first, ends_on), weeks) if ends_on else weeks
    length = max(until - before, 1)
    bar = ft.Container(height=theme.BAR, bgcolor=theme.ACCENT, border_radius=theme.RADIUS_SMALL)
    return ft.Semantics(
        exclude_semantics=True,
        content=ft.Stack(
            height=theme.SPACE_4,
            alignment=ft.Alignment.CENTER,
            controls=[
                ft.Container(
                    height=theme.BAR, bgcolor=theme.TRACK, border_radius=theme.RADIUS_SMALL
                ),
                _along(before, bar, length, weeks - before - length),
                *([_now(first, last, today)] if first <= today <= last else []),
            ],
        ),
    )


def _along(before: int, bar: ft.Container, length: int, after: int) -> ft.Control:
    bar.expand = length
    return ft.Row(
        spacing=0,
        controls=[
            *([ft.Container(expand=before)] if before else []),
            bar,
            *([ft.Container(expand=after)] if after else []),
        ],
    )


def _now(first: date, last: date, today: date) -> ft.Control:
    whole = (_monday(last) + _WEEK - _monday(first)).days
    gone = (today - _monday(first)).days
    line = ft.Container(width=theme.STRONG_LINE, height=theme.SPACE_4, bgcolor=theme.TEXT)
    return ft.Row(
        spacing=0,
        controls=[
            *([ft.Container(expand=gone)] if gone else []),
            line,
            ft.Container(expand=max(whole - gone, 1)),
        ],
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(first: date, last: date) -> int:
    """Return how many weeks there are from that of ``first`` to that of ``last``, both counted."""
    return (_monday(last) - _monday(first)).days // 7 + 1
