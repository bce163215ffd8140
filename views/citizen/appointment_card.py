"""A meeting as a card: in the plan, and on the overview with what one can do about it."""

import re
from typing import Final
from urllib.parse import urlencode

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.plans import Appointment
from views import theme
from views.citizen.calendar.answers import answer_in_words, appointment_when
from views.components.buttons import LinkButton, SecondaryLink, button_row, outside_button
from views.components.cards import card, stack
from views.components.text import body, isolated, quiet
from views.context import use_app
from views.guard import component

_MAP: Final = "https://www.openstreetmap.org/search"
"""Somebody else's page: it is opened in a window of its own, on a tap, and never asked before."""


_INDOORS: Final = ("lokale", "rum", "sal", "etage", "dør")


def appointment_card(t: Translator, appointment: Appointment, *below: ft.Control) -> ft.Control:
    """Return a meeting: when, what, where, with whom; ``below`` is what one can do about it."""
    return card(*_lines(t, appointment), *below)


@component
def NextAppointment(appointment: Appointment) -> ft.Control:
    """Draw the next meeting with its day as a picture, and the ways on."""
    t = use_app().t
    place = appointment.place
    answer = appointment.answer
    cannot = (
        [SecondaryLink(t("Jeg kan ikke"), f"/calendar/{appointment.id}/cannot")]
        if appointment.may(Action.ANSWER) and (answer is None or answer.answer == "coming")
        else []
    )
    return card(
        ft.Row(
            spacing=theme.SPACE_4,
            vertical_alignment=ft.CrossAxisAlignment.START,
            controls=[
                _day(t, appointment),
                ft.Container(
                    expand=True, content=stack(*_lines(t, appointment), spacing=theme.SPACE_1)
                ),
            ],
        ),
        *([quiet(answer_in_words(t, answer))] if answer else []),
        button_row(
            *cannot,
            outside_button(t("Læg i kalender"), f"/ics/appointments/{appointment.id}.ics"),
            *([route_button(t, place)] if is_address(place) else []),
            LinkButton(t("Se aftalen"), f"/calendar/{appointment.id}"),
        ),
    )


def is_address(place: str) -> bool:
    """Tell whether a map can find ``place``: a street and a number, not "Telefon" or "lokale 2"."""
    return any(not word.lower().endswith(_INDOORS) for word in re.findall(r"([^\W\d]+) \d", place))


def route_button(t: Translator, place: str) -> ft.Control:
    """Return a link to a map of ``place``, on a page of somebody else."""
    return outside_button(t("Vis vej"), route_address(place), new_window=True)


def route_address(place: str) -> str:
    """Return where a map shows ``place``."""
    return f"{_MAP}?{urlencode({'query': place})}"


def _lines(t: Translator, appointment: Appointment) -> list[ft.Control]:
    names = formats.listed(t, map(isolated, appointment.with_names))
    return [
        body(appointment_when(t, appointment), strong=True),
        body(isolated(appointment.title), title=True),
        *([quiet(isolated(appointment.place))] if appointment.place else []),
        *([quiet(t("Sammen med {names}", names=names))] if names else []),
    ]


def _day(t: Translator, appointment: Appointment) -> ft.Control:
    """Return the day as it looks in a calendar; the words beside it say it too."""
    day = appointment.starts_at.astimezone(formats.DENMARK).date()
    picture = ft.Container(
        width=theme.AVATAR,
        padding=ft.Padding.symmetric(vertical=theme.SPACE_1),
        border_radius=theme.RADIUS,
        bgcolor=theme.ACCENT_SOFT,
        content=ft.Column(
            spacing=0,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            controls=[
                ft.Text(str(day.day), size=theme.FIGURE, weight=theme.BOLD, color=theme.HEADING),
                ft.Text(formats.month(t, day), size=theme.SMALL, color=theme.TEXT),
            ],
        ),
    )
    return ft.Semantics(exclude_semantics=True, content=picture)
