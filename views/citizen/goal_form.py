"""The questions about a goal: all on one page to change or propose one, one by one in the talk."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import Theme
from views import theme, words
from views.citizen.goal_fields import NO_THEME
from views.components.cards import stack
from views.components.fields import Choice, DayInput, TextInput
from views.components.select import Select
from views.context import use_app
from views.drafts import Draft
from views.forms import Form
from views.guard import component

_NO_PICTURE: Final = ""
_LONGEST_WHY: Final = 4000
_HIGHEST: Final = 10


@dataclass(frozen=True)
class Questions:
    """What a form asks, in the words that fit who is asked."""

    title: str
    hint: str
    why: str
    day: str
    helped_by: str


def own_questions(t: Translator) -> Questions:
    """Return the questions to somebody who writes a goal of their own."""
    return Questions(
        title=t("Hvad vil du gerne nå?"),
        hint=t("Skriv det med dine egne ord."),
        why=t("Hvorfor er det vigtigt for dig?"),
        day=t("Hvornår vil du nå det?"),
        helped_by=t("Hvem kan hjælpe dig?"),
    )


@component
def GoalFields(
    draft: Draft,
    form: Form,
    *,
    questions: Questions | None = None,
    rated: bool = False,
) -> ft.Control:
    """Draw the questions on one page; what is typed goes to ``draft``.

    ``questions`` are one's own unless given. Where the goal is ``rated``, it also asks how close
    one wants to get.
    """
    t = use_app().t
    asked = questions or own_questions(t)
    return stack(
        TitleField(draft, form, asked),
        WhyField(draft, form, asked),
        DayField(draft, asked),
        HelperField(draft, form, asked),
        ThemeField(draft),
        PictureField(draft),
        *([WantedField(draft)] if rated else []),
        spacing=theme.SPACE_5,
    )


@component
def TitleField(draft: Draft, form: Form, asked: Questions, key: str | None = None) -> ft.Control:
    """Draw what one wants to reach."""
    del key
    return TextInput(
        asked.title,
        draft.text("title"),
        changes(draft, "title"),
        on_leave=draft.save,
        error=form.error("title"),
        hint=asked.hint,
    )


@component
def WhyField(draft: Draft, form: Form, asked: Questions, key: str | None = None) -> ft.Control:
    """Draw why it matters."""
    del key
    return TextInput(
        asked.why,
        draft.text("why"),
        changes(draft, "why"),
        on_leave=draft.save,
        error=form.error("why"),
        optional=True,
        lines=3,
        max_length=_LONGEST_WHY,
    )


@component
def FirstStepField(draft: Draft, form: Form, key: str | None = None) -> ft.Control:
    """Draw the first small step."""
    del key
    t = use_app().t
    return TextInput(
        t("Hvad er det første lille skridt?"),
        draft.text("first_step"),
        changes(draft, "first_step"),
        on_leave=draft.save,
        error=form.error("first_step"),
        hint=t("Noget, du kan gøre i denne uge."),
        optional=True,
    )


@component
def DayField(draft: Draft, asked: Questions, key: str | None = None) -> ft.Control:
    """Draw by when."""
    del key

    async def choose(day: date | None) -> None:
        await draft.change("target_date", day.isoformat() if day else "")

    text = draft.text("target_date")
    return DayInput(asked.day, date.fromisoformat(text) if text else None, choose)


@component
def HelperField(draft: Draft, form: Form, asked: Questions, key: str | None = None) -> ft.Control:
    """Draw who helps."""
    del key
    return TextInput(
        asked.helped_by,
        draft.text("helped_by"),
        changes(draft, "helped_by"),
        on_leave=draft.save,
        error=form.error("helped_by"),
        optional=True,
    )


def theme_name(t: Translator, chosen: str) -> str:
    """Return the part of life that ``chosen``, a theme's code or none, stands for."""
    return t("Andet") if chosen == NO_THEME else words.theme(t, Theme(chosen))


@component
def ThemeField(draft: Draft) -> ft.Control:
    """Draw what part of life it is about."""
    t = use_app().t
    return Choice(
        t("Hvad handler det om?"),
        tuple((code, theme_name(t, code)) for code in (*(one.value for one in Theme), NO_THEME)),
        draft.text("theme"),
        changes(draft, "theme"),
    )


@component
def PictureField(draft: Draft) -> ft.Control:
    """Draw the picture of the goal, which stands before its words."""
    t = use_app().t
    chosen = draft.text("emoji")
    known = _pictures(t)
    other = [] if chosen in dict(known) else [(chosen, chosen)]
    return Choice(
        t("Vil du give målet et billede?"), (*known, *other), chosen, changes(draft, "emoji")
    )


@component
def WantedField(draft: Draft) -> ft.Control:
    """Draw how close one wants to get."""
    t = use_app().t
    numbers = (str(number) for number in range(1, _HIGHEST + 1))
    return Select(
        t("Hvor tæt vil du gerne på?"),
        (
            ("", t("Ikke valgt")),
            *((number, t("{value} ud af 10", value=number)) for number in numbers),
        ),
        draft.text("wanted_rating"),
        changes(draft, "wanted_rating"),
        optional=True,
    )


def changes(draft: Draft, name: str) -> Callable[[str], Awaitable[None]]:
    """Return what takes over the text of one field."""

    async def change(text: str) -> None:
        await draft.change(name, text)

    return change


def _pictures(t: Translator) -> tuple[tuple[str, str], ...]:
    return (
        (_NO_PICTURE, t("Intet billede")),
        ("🚶", t("🚶 Gåtur")),
        ("😴", t("😴 Søvn")),
        ("💼", t("💼 Arbejde")),
        ("🎓", t("🎓 Uddannelse")),
        ("👪", t("👪 Familie")),
        ("🍳", t("🍳 Mad")),
        ("🏠", t("🏠 Bolig")),
        ("💰", t("💰 Penge")),
        ("🎸", t("🎸 Musik")),
        ("🌱", t("🌱 Noget nyt")),
    )
