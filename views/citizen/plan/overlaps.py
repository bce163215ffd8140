"""What overlaps in a plan, said kindly: it is nobody's fault, and there is a way on."""

from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.workload import (
    FixedHoursClash,
    MeetingInFixedHours,
    MeetingsClash,
    Overlap,
    OverlapKind,
    Overlaps,
    SamePurpose,
    SameTheme,
)
from views import words
from views.components.buttons import LinkButton, QuietButton
from views.components.cards import card, section
from views.components.text import body, quiet
from views.context import use_app
from views.guard import component
from views.loading import Ready, use_loaded

_FIRST: Final = 3
_OF_PURPOSE: Final = frozenset({OverlapKind.SAME_PURPOSE, OverlapKind.SAME_THEME})


@component
def OverlapsNote(plan_id: UUID, key: str | None = None) -> ft.Control:
    """Draw what overlaps; nothing where nothing does, or where it cannot be told right now."""
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.overlaps(plan_id), on={"plan"})
    if not isinstance(loaded.state, Ready) or not loaded.state.value.overlaps:
        return ft.Container()
    return Said(loaded.state.value)


@component
def Said(found: Overlaps) -> ft.Control:
    """Draw the overlaps in words, what one can move first; the rest on request; whom to ask."""
    t = use_app().t
    all_of_them, show_all = ft.use_state(initial=False)
    said = [overlap_in_words(t, one) for one in clashes_first(found)]

    async def more() -> None:
        show_all(True)

    shown = said if all_of_them else said[:_FIRST]
    return section(
        t("Kan det hele passe?"),
        card(
            quiet(t("Det er ikke din fejl. Tal med din kontaktperson om det.")),
            *(body(text) for text in shown),
            *([QuietButton(t("Vis flere"), more)] if len(shown) < len(said) else []),
            LinkButton(t("Skriv til din kontaktperson"), "/messages/new", ft.Icons.EDIT_OUTLINED),
        ),
    )


def clashes_first(found: Overlaps) -> list[Overlap]:
    """Return the overlaps, those in time before those in purpose."""
    return sorted(found.overlaps, key=lambda one: one.kind in _OF_PURPOSE)


def overlap_in_words(t: Translator, overlap: Overlap) -> str:
    """Return in which way two things overlap, in one plain sentence."""
    first, second = overlap.first.title, overlap.second.title
    match overlap:
        case SamePurpose():
            return t("{first} og {second} hjælper med det samme mål.", first=first, second=second)
        case SameTheme():
            return t(
                "To afdelinger hjælper med {theme}: {first} og {second}.",
                theme=words.theme(t, overlap.theme).lower(),
                first=first,
                second=second,
            )
        case MeetingsClash():
            return t(
                "To møder er på samme tid: {first} og {second}, {moment}.",
                first=first,
                second=second,
                moment=formats.moment_in_words(t, overlap.starts_at),
            )
        case MeetingInFixedHours():
            return t(
                "Mødet {first} ligger, mens du har {second}: {moment}.",
                first=first,
                second=second,
                moment=formats.moment_in_words(t, overlap.starts_at),
            )
        case FixedHoursClash():
            return t(
                "{first} og {second} er på samme tid hver uge: {day}.",
                first=first,
                second=second,
                day=formats.weekday(t, overlap.weekday),
            )
