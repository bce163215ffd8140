"""One message: who wrote it and when, what it says, and whether it has been read."""

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.messages import Message
from views import direction, theme, words
from views.components.buttons import outside_button
from views.components.cards import stack
from views.components.people import beside_picture, picture_address
from views.components.text import own_words, quiet
from views.messages.attachments import attachment_view
from views.messages.links import LinkKind, SafeLink, links_in
from views.viewer import Viewer


def message_bubble(t: Translator, message: Message, viewer: Viewer) -> ft.Control:
    """Return a message; those of the reader's own side stand further in and have a thick edge."""
    own = message.author_role is viewer.role
    receipt = [quiet(_receipt(t, message))] if own else []
    return ft.Container(
        key=str(message.id),
        margin=direction.margin(start=theme.SPACE_6 if own else 0, end=0 if own else theme.SPACE_6),
        padding=theme.SPACE_4,
        bgcolor=theme.ACCENT_SOFT if own else theme.SURFACE,
        border_radius=theme.RADIUS,
        border=ft.Border.all(theme.STRONG_LINE, theme.ACCENT)
        if own
        else ft.Border.all(theme.LINE_WIDTH, theme.LINE),
        content=stack(
            _author(t, message, viewer),
            ft.Semantics(
                container=True,
                content=stack(
                    own_words(message.body),
                    *(_link(t, link) for link in links_in(message.body)),
                    *(attachment_view(t, one) for one in message.attachments),
                    *receipt,
                    spacing=theme.SPACE_2,
                ),
            ),
            spacing=theme.SPACE_2,
        ),
    )


def _author(t: Translator, message: Message, viewer: Viewer) -> ft.Control:
    """Return who wrote and when; one knows oneself without a picture."""
    author = message.author
    when = formats.moment_in_words(t, message.sent_at)
    if author.id == viewer.person_id:
        return _title(t("Dig"), when)
    return beside_picture(
        author.name,
        picture_address(author.id, author.picture),
        _title(words.person(t, author), when),
        size=theme.AVATAR_TINY,
        above=theme.SPACE_1,
    )


def _title(name: str, when: str) -> ft.Control:
    """Return the heading of a message: screen readers jump from one to the next."""
    return ft.Semantics(
        container=True,
        header=True,
        heading_level=2,
        content=ft.Text(
            size=theme.BODY,
            color=theme.TEXT,
            spans=[
                ft.TextSpan(name, ft.TextStyle(weight=theme.BOLD)),
                ft.TextSpan(f"  {when}", ft.TextStyle(size=theme.SMALL, color=theme.TEXT_QUIET)),
            ],
        ),
    )


def _link(t: Translator, link: SafeLink) -> ft.Control:
    """Return a link of the message as a button that says where it leads."""
    text, icon = {
        LinkKind.PAGE: (t("Åbn {host}", host=link.shown), ft.Icons.OPEN_IN_NEW),
        LinkKind.PHONE: (t("Ring til {number}", number=link.shown), ft.Icons.PHONE),
        LinkKind.MAIL: (t("Skriv til {address}", address=link.shown), ft.Icons.MAIL_OUTLINE),
    }[link.kind]
    return outside_button(text, link.url, icon, new_window=link.kind is LinkKind.PAGE)


def _receipt(t: Translator, message: Message) -> str:
    if message.read_at is None:
        return t("Ikke læst endnu")
    return t("Læst {moment}", moment=formats.moment_in_words(t, message.read_at))
