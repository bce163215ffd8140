"""How close a goal feels: eleven big buttons, a wish, and a picture of what was felt before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.goals import EditGoal, Goal, NewRating, Rating, RatingKind
from views import theme, words
from views.acting import use_act
from views.citizen.goal_fields import edit_of
from views.components.buttons import QuietButton, use_tap
from views.components.cards import section, stack
from views.components.charts import RatingsChart, Series
from views.components.states import FailureNote
from views.components.text import body, fact, own_words, quiet
from views.context import use_app
from views.guard import component

_HIGHEST: Final = 10
_SHOWN: Final = 60
_NOTES: Final = 3

Choose = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Standing:
    """Where somebody is with a goal, from 0 to 10; None where nobody has said so."""

    now: int | None
    wanted: int | None
    best: int | None
    professional: int | None


def standing(goal: Goal) -> Standing:
    """Return where one is, wants to be, and has been, and how the professional sees it."""
    own = [rating.value for rating in goal.ratings if rating.kind is RatingKind.OWN]
    others = [rating.value for rating in goal.ratings if rating.kind is RatingKind.PROFESSIONAL]
    return Standing(
        now=own[-1] if own else None,
        wanted=goal.wanted_rating,
        best=max(own, default=None),
        professional=others[-1] if others else None,
    )


@component
def GoalRating(goal: Goal, show: Callable[[Goal], None]) -> ft.Control:
    """Draw the ratings of ``goal``; one tap gives a new one. The newer goal goes to ``show``."""
    app = use_app()
    t = app.t
    act = use_act()
    given, show_given = ft.use_state(-1)

    async def rate(value: int) -> None:
        command = NewRating(value=value)
        newer = await act.run(lambda key: app.client.rate_goal(goal.id, command, key), command)
        if newer:
            show_given(value)
            show(newer)

    thanks = t("Du valgte {value} ud af 10.", value=given)
    return section(
        t("Hvor tæt er du på målet?"),
        *([Scale(standing(goal).now, rate)] if goal.may(Action.RATE) else []),
        *([ft.Semantics(live_region=True, content=body(thanks))] if given >= 0 else []),
        *([FailureNote(act.failure)] if act.failure else []),
        _figures(t, goal),
        RatingsChart(_series(t, goal), key=f"chart-{len(goal.ratings)}"),
        *_said_with(t, goal),
        *([Wish(goal, show)] if goal.may(Action.EDIT) and goal.may(Action.RATE) else []),
    )


@component
def Scale(chosen: int | None, choose: Choose) -> ft.Control:
    """Draw the numbers from 0 to 10 to tap, with words at both ends."""
    t = use_app().t
    return stack(
        ft.Row(
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
            controls=[quiet(t("0 slet ikke")), quiet(t("10 helt"))],
        ),
        ft.Row(
            wrap=True,
            spacing=theme.SPACE_2,
            run_spacing=theme.SPACE_2,
            controls=[
                RateButton(value, choose, chosen=value == chosen, key=str(value))
                for value in range(_HIGHEST + 1)
            ],
        ),
        spacing=theme.SPACE_2,
    )


@component
def RateButton(
    value: int, choose: Choose, *, chosen: bool = False, key: str | None = None
) -> ft.Control:
    """Draw one number to tap."""
    del key
    t = use_app().t

    async def rate() -> None:
        await choose(value)

    busy, click = use_tap(rate)
    chosen = chosen or busy
    said = {0: t("0 ud af 10, slet ikke"), _HIGHEST: t("10 ud af 10, helt")}.get(
        value, t("{value} ud af 10", value=value)
    )
    ink = theme.ON_ACCENT if chosen else theme.ACCENT
    number = ft.Text(
        str(value),
        size=theme.BODY,
        weight=theme.BOLD,
        color=ink,
        semantics_label=f"{said}. {t('Gemmer …')}" if busy else said,
    )
    return ft.OutlinedButton(
        ft.Semantics(live_region=True, content=number) if busy else number,
        width=theme.TOUCH,
        height=theme.TOUCH,
        on_click=click,
        style=ft.ButtonStyle(
            color=ink,
            bgcolor=theme.ACCENT if chosen else theme.SURFACE,
            padding=theme.SPACE_0,
            side=theme.focus_ring(ft.BorderSide(theme.LINE_WIDTH, theme.FIELD_LINE)),
            shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
        ),
    )


@component
def Wish(goal: Goal, show: Callable[[Goal], None]) -> ft.Control:
    """Draw a way to say how close one wants to get."""
    app = use_app()
    t = app.t
    act = use_act()
    is_open, show_open = ft.use_state(initial=False)

    async def turn() -> None:
        show_open(not is_open)

    async def wish(value: int) -> None:
        command: EditGoal = edit_of(goal, wanted_rating=value)
        newer = await act.run(
            lambda _: app.client.edit_goal(goal.id, command, goal.version), command
        )
        if newer:
            show_open(False)
            show(newer)

    if not is_open:
        text = t("Ret dit ønske") if goal.wanted_rating is not None else t("Sæt et ønske")
        return QuietButton(text, turn, ft.Icons.FLAG_OUTLINED)
    return stack(
        body(t("Hvor tæt vil du gerne på?"), strong=True),
        Scale(goal.wanted_rating, wish),
        *([FailureNote(act.failure)] if act.failure else []),
        QuietButton(t("Luk"), turn),
    )


def figures_of(t: Translator, goal: Goal) -> list[tuple[str, int]]:
    """Return now, wanted, reached and the professional's view, as far as they are known."""
    at = standing(goal)
    named = (
        (t("Nu"), at.now),
        (t("Ønsket"), at.wanted),
        (t("Højest indtil nu"), at.best),
        (t("Fagpersonen"), at.professional),
    )
    return [(name, value) for name, value in named if value is not None]


def _series(t: Translator, goal: Goal) -> tuple[Series, ...]:
    """Return the own ratings, and those of each professional beside them."""
    points: dict[str, list[tuple[date, int]]] = {t("Dig selv"): []}
    for rating in goal.ratings[-_SHOWN:]:
        own = rating.kind is RatingKind.OWN
        name = t("Dig selv") if own else words.person(t, rating.rated_by)
        day = rating.rated_at.astimezone(formats.DENMARK).date()
        points.setdefault(name, []).append((day, rating.value))
    return tuple(Series(name, tuple(given)) for name, given in points.items())


def _said_with(t: Translator, goal: Goal) -> list[ft.Control]:
    """Return the newest ratings that somebody wrote something with."""
    noted = [rating for rating in goal.ratings if rating.note]
    return [
        stack(quiet(rated_in_words(t, rating)), own_words(rating.note), spacing=theme.SPACE_1)
        for rating in reversed(noted[-_NOTES:])
    ]


def rated_in_words(t: Translator, rating: Rating) -> str:
    """Return how close somebody felt and when, with the name of a professional."""
    day = formats.day_in_words(t, rating.rated_at.astimezone(formats.DENMARK).date())
    said = t("{value} ud af 10, {day}", value=rating.value, day=day)
    return said if rating.kind is RatingKind.OWN else f"{said} · {words.person(t, rating.rated_by)}"


def _figures(t: Translator, goal: Goal) -> ft.Control:
    return ft.Row(
        wrap=True,
        spacing=theme.SPACE_5,
        run_spacing=theme.SPACE_3,
        controls=[
            fact(name, t("{value} ud af 10", value=value)) for name, value in figures_of(t, goal)
        ],
    )
