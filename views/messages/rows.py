"""A thread as a row in a list, for each side."""

from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.messages import ThreadSummary
from portal.contract.people import Role
from views import theme, words
from views.components.cards import LinkRow, badge
from views.components.text import isolated
from views.messages.turns import turn
from views.viewer import Viewer

_LINES: Final = 2
_LINE: Final = 32
"""How much of a message is shown, and what surely fits on a line: a long name takes none of it."""


def thread_row(
    t: Translator, thread: ThreadSummary, viewer: Viewer, *, named: bool = False
) -> ft.Control:
    """Return a thread as a link: subject, who wrote last and what, and whose turn it is.

    ``named`` rows, in a list of many citizens, begin with the citizen's name.
    """
    subject = isolated(thread.subject)
    return LinkRow(
        thread.citizen.name if named else subject,
        f"/messages/{thread.id}",
        subject if named else "",
        below=ft.Column(
            spacing=theme.SPACE_2,
            controls=[
                ft.Text(
                    _beginning(t, thread, viewer, named=named),
                    size=theme.BODY,
                    color=theme.TEXT,
                    weight=ft.FontWeight.NORMAL,
                    max_lines=_LINES + len(thread.last_author.name) // _LINE,
                    overflow=ft.TextOverflow.ELLIPSIS,
                ),
                _signs(t, thread, viewer.role),
            ],
        ),
        key=str(thread.id),
    )


def _beginning(t: Translator, thread: ThreadSummary, viewer: Viewer, *, named: bool) -> str:
    """Return how the last message begins, after its author where that is not said already.

    In what was searched for, it is the words around what was found.
    """
    if thread.found:
        return t("… {excerpt} …", excerpt=isolated(thread.found))
    author, excerpt = thread.last_author, isolated(thread.excerpt)
    if named and author.id == thread.citizen.id:
        return excerpt
    name = t("Dig") if author.id == viewer.person_id else words.person(t, author)
    return t("{name}: {excerpt}", name=name, excerpt=excerpt)


def _signs(t: Translator, thread: ThreadSummary, side: Role) -> ft.Control:
    whose = turn(t, thread, side)
    signs = [badge(whose.text, strong=whose.mine or whose.overdue)]
    if thread.unread:
        signs.append(badge(t.plural("{n} ulæst", "{n} ulæste", thread.unread)))
    return ft.Row(wrap=True, spacing=theme.SPACE_2, run_spacing=theme.SPACE_2, controls=list(signs))
