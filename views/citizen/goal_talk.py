"""The short talk in which a goal is written: one question at a time, examples on request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.households import Member
from views import theme
from views.citizen.assignee import AssigneeChoice
from views.citizen.goal_form import (
    DayField,
    FirstStepField,
    HelperField,
    PictureField,
    ThemeField,
    TitleField,
    WhyField,
    own_questions,
    theme_name,
)
from views.components.buttons import QuietButton, SecondaryButton, button_row
from views.components.cards import card, section, stack
from views.components.charts import progress
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.drafts import Draft
from views.forms import Form, Problems
from views.guard import component


@dataclass(frozen=True)
class Part:
    """One question: the field that it fills, and the other fields that belong to it."""

    field: str
    also: tuple[str, ...] = ()

    def holds(self, problems: Problems) -> bool:
        """Tell whether one of ``problems`` is about this question."""
        return any(name in problems for name in (self.field, *self.also))


PARTS: Final = (
    Part("title"),
    Part("why"),
    Part("first_step", ("first_step_assignee_id",)),
    Part("target_date"),
    Part("helped_by"),
    Part("theme", ("emoji",)),
)
CHECK: Final = len(PARTS)
"""After the last question: all answers, to look at once more."""

_DAYS_AHEAD: Final = (7, 30, 90)


def part_with(problems: Problems) -> int | None:
    """Return the first question that ``problems`` are about."""
    found = (number for number, part in enumerate(PARTS) if part.holds(problems))
    return next(found, None)


@component
def Question(
    number: int,
    draft: Draft,
    form: Form,
    members: tuple[Member, ...] = (),
    key: str | None = None,
) -> ft.Control:
    """Draw one question of the talk; with ``members``, who of them takes the first step."""
    del key
    t = use_app().t
    field = PARTS[number].field
    filled, count_filled = ft.use_state(0)

    async def fill(text: str) -> None:
        await draft.change(field, text)
        await draft.save()
        count_filled(lambda times: times + 1)

    # A new key after each: the field begins again with what was filled in.
    asked = _fields(t, field, draft, form, members, f"{field}-{filled}")
    return stack(
        ft.Semantics(
            live_region=True,
            content=progress(
                number + 1,
                len(PARTS),
                t("Spørgsmål {number} af {total}", number=number + 1, total=len(PARTS)),
            ),
        ),
        *asked,
        *([DaysAhead(fill)] if field == "target_date" else []),
        *([Examples(_examples(t, field), fill)] if _examples(t, field) else []),
        spacing=theme.SPACE_4,
    )


def _fields(
    t: Translator,
    field: str,
    draft: Draft,
    form: Form,
    members: tuple[Member, ...],
    key: str,
) -> list[ft.Control]:
    asked = own_questions(t)
    match field:
        case "title":
            return [TitleField(draft, form, asked, key=key)]
        case "why":
            return [WhyField(draft, form, asked, key=key)]
        case "first_step":
            wrong = form.error("first_step_assignee_id")
            who = [AssigneeChoice(draft, members, error=wrong)] if members else []
            return [FirstStepField(draft, form, key=key), *who]
        case "target_date":
            return [DayField(draft, asked, key=key)]
        case "helped_by":
            return [HelperField(draft, form, asked, key=key)]
        case _:
            return [ThemeField(draft), PictureField(draft)]


@component
def Examples(texts: tuple[str, ...], choose: Callable[[str], Awaitable[None]]) -> ft.Control:
    """Draw a way to see examples; a tap on one writes it into the field."""
    t = use_app().t
    is_open, show_open = ft.use_state(initial=False)

    async def turn() -> None:
        show_open(not is_open)

    async def take(text: str) -> None:
        show_open(False)
        await choose(text)

    if not is_open:
        return QuietButton(t("Vis eksempler"), turn, ft.Icons.LIGHTBULB_OUTLINE)
    return card(
        body(t("Tryk på et eksempel for at bruge det. Du kan rette det bagefter.")),
        button_row(*(_Example(text, take, key=text) for text in texts)),
        QuietButton(t("Skjul eksempler"), turn),
    )


@component
def _Example(
    text: str, choose: Callable[[str], Awaitable[None]], key: str | None = None
) -> ft.Control:
    del key

    async def take() -> None:
        await choose(text)

    return SecondaryButton(text, take)


@component
def DaysAhead(choose: Callable[[str], Awaitable[None]]) -> ft.Control:
    """Draw the days that most goals are to be reached by."""
    t = use_app().t
    today = formats.today()
    names = (t("Om en uge"), t("Om en måned"), t("Om tre måneder"))
    return button_row(
        *(
            _DayAhead(name, today + timedelta(days=days), choose, key=name)
            for name, days in zip(names, _DAYS_AHEAD, strict=True)
        )
    )


@component
def _DayAhead(
    name: str, day: date, choose: Callable[[str], Awaitable[None]], key: str | None = None
) -> ft.Control:
    del key

    async def take() -> None:
        await choose(day.isoformat())

    return SecondaryButton(name, take)


@component
def CheckAnswers(draft: Draft, go: Callable[[int], Awaitable[None]]) -> ft.Control:
    """Draw what was answered so far, each with a way back to its question."""
    t = use_app().t
    return section(
        t("Tjek dine svar"),
        card(*(_Answer(t, number, draft, go, key=part.field) for number, part in enumerate(PARTS))),
    )


@component
def _Answer(
    t: Translator,
    number: int,
    draft: Draft,
    go: Callable[[int], Awaitable[None]],
    key: str | None = None,
) -> ft.Control:
    del key
    question, answer = _question(t, PARTS[number].field), _answer(t, PARTS[number].field, draft)

    async def change() -> None:
        await go(number)

    said = own_words(answer) if answer else body(t("Ikke svaret"))
    return ft.Row(
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            ft.Container(expand=True, content=stack(quiet(question), said, spacing=theme.SPACE_0)),
            QuietButton(t("Ret"), change, about=question),
        ],
    )


def _question(t: Translator, field: str) -> str:
    asked = own_questions(t)
    return {
        "title": asked.title,
        "why": asked.why,
        "first_step": t("Hvad er det første lille skridt?"),
        "target_date": asked.day,
        "helped_by": asked.helped_by,
        "theme": t("Hvad handler det om?"),
    }[field]


def _answer(t: Translator, field: str, draft: Draft) -> str:
    text = draft.text(field)
    if field == "target_date":
        return formats.day_in_words(t, date.fromisoformat(text)) if text else ""
    if field == "theme":
        return " ".join(filter(None, (draft.text("emoji"), theme_name(t, text))))
    return text


def _examples(t: Translator, field: str) -> tuple[str, ...]:
    match field:
        case "title":
            return (
                t("Sove hele natten"),
                t("Have et fritidsjob"),
                t("Spise sammen om søndagen"),
                t("Komme ud hver dag"),
            )
        case "why":
            return (t("Så har jeg mere overskud"), t("Så bliver jeg gladere"))
        case "first_step":
            return (t("Ringe og spørge"), t("Gå en kort tur"), t("Skrive en liste"))
        case "helped_by":
            return (t("Min familie"), t("En god ven"), t("Min kontaktperson"))
        case _:
            return ()
