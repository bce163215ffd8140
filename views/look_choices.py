"""How the pages look to one person in one browser: text size, light or dark. For Profil."""

import flet as ft

from i18n.translator import Translator
from views.acting import use_act
from views.components.cards import section
from views.components.fields import Choice
from views.components.states import FailureNote
from views.components.text import quiet
from views.context import use_app
from views.guard import component
from views.preferences import TextSize, keep_text_size, kept_text_size
from views.theme import Appearance


@component
def LookChoices() -> ft.Control:
    """Draw the choices; each works at once."""
    app = use_app()
    t = app.t
    act = use_act()
    size, show_size = ft.use_state(TextSize.NORMAL)
    known, show_known = ft.use_state(initial=False)

    async def recall() -> None:
        show_size(await kept_text_size())
        show_known(True)

    async def choose_size(value: str) -> None:
        chosen = TextSize(value)
        show_size(chosen)
        await keep_text_size(chosen)

    async def choose_appearance(value: str) -> None:
        await act.run(lambda _: app.choose_appearance(Appearance(value)), value)

    ft.use_effect(recall, dependencies=[])
    return section(
        t("Udseende"),
        # Another key once the browser has told what it keeps: the choice begins there.
        Choice(
            t("Hvor stor skal teksten være?"),
            text_sizes(t),
            size.value,
            choose_size,
            key=f"size-{known}",
        ),
        Choice(t("Lys eller mørk?"), appearances(t), app.appearance.value, choose_appearance),
        *([FailureNote(act.failure)] if act.failure else []),
        quiet(t("Valget gælder på denne telefon eller computer.")),
    )


def text_sizes(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the sizes of text and what they are called."""
    return (
        (TextSize.NORMAL.value, t("Almindelig")),
        (TextSize.LARGE.value, t("Stor")),
        (TextSize.LARGEST.value, t("Størst")),
    )


def appearances(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return light and dark and what they are called."""
    return (
        (Appearance.SYSTEM.value, t("Som telefonen")),
        (Appearance.LIGHT.value, t("Lys")),
        (Appearance.DARK.value, t("Mørk")),
    )
