"""Lines of the calendar: one for each meeting and each day."""

from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from views import theme
from views.citizen.calendar.entries import Entry, EntryKind, entry_what, entry_when
from views.components.cards import LinkRow, badge
from views.components.text import isolated

ICONS: Final = {
    EntryKind.MEETING: ft.Icons.EVENT_OUTLINED,
    EntryKind.FOLLOW_UP: ft.Icons.FORUM_OUTLINED,
    EntryKind.APPEAL: ft.Icons.GAVEL_OUTLINED,
    EntryKind.PROMISE: ft.Icons.HANDSHAKE_OUTLINED,
    EntryKind.GOAL: ft.Icons.FLAG_OUTLINED,
}


def entry_row(t: Translator, entry: Entry) -> ft.Control:
    """Return a line that leads to more about it."""
    what = entry_what(t, entry)
    details = [formats.at_start(entry_when(t, entry))]
    if entry.kind is not EntryKind.MEETING and entry.title:
        details.append(what)
    # A Danish place within an Arabic line would be torn apart where that ends.
    place = f"\n{isolated(entry.place)}" if entry.place else ""
    return LinkRow(
        isolated(entry.title) or what,
        entry.path,
        " · ".join(details) + place,
        leading=ft.Icon(ICONS[entry.kind], color=theme.ACCENT),
        below=badge(t("Du kan ikke komme"), strong=True) if entry.cannot_come else None,
        key=f"{entry.kind}-{entry.id}",
    )
