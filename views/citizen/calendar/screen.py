"""Kalender: everything with a day, as a list or as a month; on a wide window both."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from views import theme
from views.citizen.calendar.entries import Calendar, Entry, read_calendar
from views.citizen.calendar.month import Month
from views.citizen.calendar.rows import entry_row
from views.components.buttons import PrimaryLink, QuietButton, outside_button
from views.components.cards import LinkRow, section, side_by_side, stack
from views.components.fields import Choice
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

ADDRESS: Final = "/calendar/address"
ALL_MEETINGS: Final = "/ics/appointments.ics"
"""A file of the web host's, with the login behind it."""

_LIST, _MONTH = "list", "month"
_A_PAGE: Final = 20


@component
def CalendarScreen() -> ft.Control:
    """Draw the calendar."""
    app = use_app()
    loaded = use_loaded(
        lambda: read_calendar(app.client), on={"plan", "goal", "follow_up", "request"}
    )
    return Page(
        app.t("Kalender"),
        shown(loaded, CalendarView),
        width=theme.PAGE_WIDTH if app.wide else theme.TEXT_WIDTH,
    )


@component
def CalendarView(calendar: Calendar) -> ft.Control:
    """Draw what is ahead, then what was, then the way to the phone's own calendar."""
    app = use_app()
    t = app.t
    view, show_view = ft.use_state(_LIST)

    async def choose(value: str) -> None:
        show_view(value)

    if not calendar.has_plan:
        return empty(
            t("Her kommer dine aftaler, når du har en plan."), PrimaryLink(t("Bed om en plan"), "/")
        )
    if app.wide:
        return stack(
            side_by_side(Days(calendar), Month(calendar)),
            _own_calendar(t),
            spacing=theme.SPACE_6,
        )
    options = ((_LIST, t("Liste")), (_MONTH, t("Måned")))
    return stack(
        Choice(t("Vis som"), options, view, choose),
        Month(calendar) if view == _MONTH else Days(calendar),
        _own_calendar(t),
        spacing=theme.SPACE_5,
    )


@component
def Days(calendar: Calendar) -> ft.Control:
    """Draw what is ahead by month, twenty at a time, and on request what was."""
    t = use_app().t
    pages, show_pages = ft.use_state(1)
    past_pages, show_past = ft.use_state(0)
    today = formats.today()
    ahead, past = calendar.ahead(today), calendar.past(today)

    async def more() -> None:
        show_pages(lambda now: now + 1)

    async def older() -> None:
        show_past(lambda now: now + 1)

    first, gone = ahead[: pages * _A_PAGE], past[: past_pages * _A_PAGE]
    parts = _months(t, first)
    if not ahead:
        parts.append(empty(t("Du har ingen aftaler forude.")))
    if len(first) < len(ahead):
        parts.append(QuietButton(t("Vis flere"), more))
    if gone:
        parts.append(section(t("Tidligere"), *(entry_row(t, entry) for entry in gone)))
    if len(gone) < len(past):
        parts.append(QuietButton(t("Vis tidligere"), older, ft.Icons.HISTORY))
    return stack(*parts, spacing=theme.SPACE_5)


def _months(t: Translator, entries: Sequence[Entry]) -> list[ft.Control]:
    return [
        section(formats.at_start(name), *(entry_row(t, entry) for entry in group))
        for name, group in groupby(entries, lambda one: formats.month_and_year(t, one.day))
    ]


def _own_calendar(t: Translator) -> ft.Control:
    return section(
        t("På din telefon"),
        body(t("Du kan have dine aftaler i telefonens egen kalender.")),
        LinkRow(
            t("Hold kalenderen på din telefon ved lige"),
            ADDRESS,
            leading=ft.Icon(ft.Icons.SYNC, color=theme.ACCENT),
        ),
        outside_button(t("Hent alle aftaler nu"), ALL_MEETINGS, ft.Icons.DOWNLOAD),
    )
