"""Says, while somebody writes, what they may want to think of before they send it."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from i18n.translator import Translator
from views import theme
from views.components.cards import NoticeKind, notice
from views.components.text import body
from views.context import use_app
from views.guard import component
from views.messages.care import Care, care_for


@dataclass(eq=False)
class Listener:
    """Carries what is typed to the note, so that the field beside it is not drawn anew."""

    heard: Callable[[str], None] = lambda _: None


@component
def CareNote(listener: Listener, text: str, key: str | None = None) -> ft.Control:
    """Draw what fits the text as it is typed, ``text`` at first; often nothing, and no room."""
    del key
    t = use_app().t
    found, show = ft.use_state(care_for(text))

    def hear(typed: str) -> None:
        newer = care_for(typed)
        if newer != found:
            show(newer)

    listener.heard = hear
    if not found:
        return ft.Container()
    note = notice(
        NoticeKind.INFO,
        t("Du kan godt sende den. Her er, hvad du kan overveje."),
        *(body(_words(t, care)) for care in sorted(found)),
    )
    return ft.Container(padding=ft.Padding.only(top=theme.SPACE_3), content=note)


def _words(t: Translator, care: Care) -> str:
    return {
        Care.CPR_NUMBER: t(
            "Der står måske et CPR-nummer. Det er ikke nødvendigt, så du kan slette det."
        ),
        Care.HEALTH_OF_OTHERS: t(
            "Der står måske noget om en andens helbred. Spørg dem først, hvis du kan."
        ),
    }[care]
