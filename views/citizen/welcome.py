"""The welcome in three steps: what this is, that one decides, and that there is somebody to ask.

On top of the overview for whoever is new, until it is read or skipped in this browser; always at
an address of its own.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.overview import Overview
from views import theme
from views.components.buttons import LinkButton, QuietButton, SecondaryButton, button_row
from views.components.cards import card, stack
from views.components.page import Page
from views.components.text import body, heading, quiet
from views.context import use_app
from views.guard import Handler, component
from views.preferences import keep_welcomed, was_welcomed

ADDRESS: Final = "/welcome"

_LATELY: Final = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """One step: a heading, a few plain words, a picture."""

    title: str
    text: str
    icon: ft.IconData


def steps(t: Translator) -> tuple[Step, ...]:
    """Return the three steps."""
    return (
        Step(
            t("Alt om din hjælp står ét sted"),
            t("Her ser du din plan, dine aftaler og dine mål. Du skriver selv dine mål."),
            ft.Icons.MAP_OUTLINED,
        ),
        Step(
            t("Du har én kontaktperson"),
            t("Ring eller skriv, når du er i tvivl. Du kan altid finde nummeret øverst på siden."),
            ft.Icons.PHONE,
        ),
        Step(
            t("Du bestemmer, hvem der ser hvad"),
            t("Under Deling siger du ja eller nej. Du kan altid skifte mening."),
            ft.Icons.LOCK_OUTLINE,
        ),
    )


def is_new(overview: Overview) -> bool:
    """Tell whether somebody has not found their way yet.

    They have got their first contact person lately, or no goal of their own is under way.
    """
    person = overview.contact_person
    if person and overview.handover is None and person.since > formats.today() - _LATELY:
        return True
    return not any(
        goal.owner is GoalOwner.CITIZEN and goal.state is not GoalState.PROPOSED
        for goal in overview.goals
    )


@component
def WelcomeScreen() -> ft.Control:
    """Draw the steps at their own address: they can be found again."""
    app = use_app()

    async def leave() -> None:
        await app.navigate("/")

    return Page(app.t("Velkommen"), Steps(leave), back=(app.t("Overblik"), "/"))


@component
def FirstWelcome() -> ft.Control:
    """Draw the steps until they are through or skipped; then nothing, here and at later visits."""
    # Nothing before the browser has told: who has seen it shall not see it flash by.
    wanted, show_wanted = ft.use_state(initial=False)

    async def ask() -> None:
        show_wanted(not await was_welcomed())

    async def leave() -> None:
        show_wanted(False)
        await keep_welcomed()

    ft.use_effect(ask, dependencies=[])
    return Steps(leave) if wanted else ft.Container()


@component
def Steps(leave: Handler) -> ft.Control:
    """Draw one step at a time."""
    t = use_app().t
    at, show_at = ft.use_state(0)
    found = steps(t)
    last = at == len(found) - 1

    async def onward() -> None:
        if last:
            await leave()
        else:
            show_at(at + 1)

    return card(
        _step(t, found[at], at + 1, len(found)),
        button_row(
            SecondaryButton(t("Kom i gang") if last else t("Næste"), onward),
            *([] if last else [QuietButton(t("Spring over"), leave)]),
            *([LinkButton(t("Skriv dit første mål"), "/goals/new")] if last else []),
        ),
        ground=theme.ACCENT_SOFT,
    )


def _step(t: Translator, step: Step, number: int, total: int) -> ft.Control:
    return ft.Row(
        spacing=theme.SPACE_4,
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            ft.Icon(step.icon, size=theme.SPACE_6, color=theme.ACCENT),
            ft.Container(
                expand=True,
                content=ft.Semantics(
                    live_region=True,
                    content=stack(
                        quiet(t("Trin {number} af {total}", number=number, total=total)),
                        heading(step.title, 2),
                        body(step.text),
                        spacing=theme.SPACE_1,
                    ),
                ),
            ),
        ],
    )
