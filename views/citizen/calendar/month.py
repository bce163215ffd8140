"""One month of the calendar as a picture of weeks; below it what the chosen day holds."""

from calendar import Calendar as Weeks
from datetime import date, timedelta
from typing import Any, Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from views import theme
from views.citizen.calendar.entries import Calendar
from views.citizen.calendar.rows import entry_row
from views.components.buttons import IconButton
from views.components.cards import stack
from views.components.text import heading, quiet
from views.context import use_app
from views.guard import component, use_guard

_WEEKS: Final = Weeks(firstweekday=0)
_DAYS: Final = 7


@component
def Month(calendar: Calendar) -> ft.Control:
    """Draw a month, this one at first, and what is on the day that was chosen."""
    t = use_app().t
    today = formats.today()
    first, show_month = ft.use_state(today.replace(day=1))
    chosen, choose = ft.use_state(today)

    async def earlier() -> None:
        show_month((first - timedelta(days=1)).replace(day=1))

    async def later() -> None:
        show_month((first + timedelta(days=31)).replace(day=1))

    weeks = _WEEKS.monthdatescalendar(first.year, first.month)
    return stack(
        ft.Row(
            controls=[
                IconButton(ft.Icons.CHEVRON_LEFT, t("Forrige måned"), earlier),
                ft.Container(
                    expand=True,
                    alignment=ft.Alignment.CENTER,
                    content=heading(formats.at_start(formats.month_and_year(t, first)), 2),
                ),
                IconButton(ft.Icons.CHEVRON_RIGHT, t("Næste måned"), later),
            ],
        ),
        ft.Column(
            spacing=0,
            controls=[
                _weekdays(t),
                *(_week(week, first, chosen, calendar, choose) for week in weeks),
            ],
        ),
        _day(t, chosen, calendar),
        spacing=theme.SPACE_3,
    )


def _weekdays(t: Translator) -> ft.Control:
    """Return the names above the columns; each day says its own, so they are not read aloud."""
    return ft.Semantics(
        exclude_semantics=True,
        content=ft.Row(
            spacing=0,
            controls=[
                ft.Container(
                    expand=True,
                    alignment=ft.Alignment.CENTER,
                    content=quiet(formats.weekday_short(t, number)),
                )
                for number in range(1, _DAYS + 1)
            ],
        ),
    )


def _week(week: list[date], first: date, chosen: date, calendar: Calendar, choose: Any) -> ft.Row:
    return ft.Row(
        spacing=0,
        controls=[
            ft.Container(
                expand=True,
                content=DayCell(
                    day, len(calendar.on(day)), choose, chosen=day == chosen, key=str(day)
                )
                if day.month == first.month
                else None,
            )
            for day in week
        ],
    )


@component
def DayCell(
    day: date, number: int, choose: Any, *, chosen: bool, key: str | None = None
) -> ft.Control:
    """Draw a day; one that holds something has a mark, and says so."""
    del key
    t, guarded = use_app().t, use_guard()

    async def tap(_: Any) -> None:
        choose(day)

    today = day == formats.today()
    words = formats.day_in_words(t, day)
    said = t.plural("{day}, {n} ting", "{day}, {n} ting", number, day=words) if number else words
    edge = theme.ACCENT if today else theme.NONE
    button = ft.TextButton(
        height=theme.TOUCH,
        style=ft.ButtonStyle(
            padding=theme.SPACE_0,
            bgcolor=theme.ACCENT_SOFT if chosen else theme.NONE,
            side=theme.focus_ring(ft.BorderSide(theme.LINE_WIDTH, edge)),
            shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
        ),
        on_click=guarded(tap),
        content=_number(day, said, today=today, marked=number > 0),
    )
    return ft.MergeSemantics(ft.Semantics(selected=chosen, content=button))


def _number(day: date, said: str, *, today: bool, marked: bool) -> ft.Control:
    """Return the day of the month, with a mark below where it holds something."""
    text = ft.Text(
        str(day.day),
        semantics_label=said,
        size=theme.BODY,
        color=theme.TEXT,
        weight=theme.BOLD if today else theme.NORMAL,
    )
    mark = ft.Container(
        width=theme.BAR,
        height=theme.BAR,
        border_radius=theme.RADIUS_SMALL,
        bgcolor=theme.ACCENT if marked else theme.NONE,
    )
    return ft.Column(
        tight=True,
        spacing=theme.SPACE_HALF,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[text, mark],
    )


def _day(t: Translator, day: date, calendar: Calendar) -> ft.Control:
    entries = calendar.on(day)
    return stack(
        heading(formats.at_start(formats.day_in_words(t, day)), 3),
        *(entry_row(t, entry) for entry in entries),
        *([] if entries else [quiet(t("Ingen aftaler den dag."))]),
    )
