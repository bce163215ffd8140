"""Files that came with a message: pictures as they are, others by name and size; all to open."""

from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.attachments import Attachment, MediaType
from views import theme
from views.components.buttons import outside_button
from views.components.cards import stack
from views.components.text import isolated, own_words, quiet
from views.messages.files import size_in_words

_PICTURES: Final = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.WEBP})


def attachment_address(attachment: Attachment) -> str:
    """Return where a file is fetched; the web host asks the plan API in the reader's name."""
    return f"/attachments/{attachment.id}"


def attachment_view(t: Translator, attachment: Attachment) -> ft.Control:
    """Return a file of a message."""
    name, size = isolated(attachment.name), size_in_words(t, attachment.size)
    address = attachment_address(attachment)
    open_it = outside_button(
        t("Åbn filen"), address, ft.Icons.ATTACH_FILE, about=attachment.name, new_window=True
    )
    label = stack(
        own_words(attachment.name, strong=True, title=True), quiet(size), spacing=theme.SPACE_0
    )
    if attachment.media_type not in _PICTURES:
        return stack(label, open_it, spacing=theme.SPACE_2)
    picture = ft.Image(
        src=address,
        height=theme.CHART_HEIGHT,
        fit=ft.BoxFit.CONTAIN,
        border_radius=theme.RADIUS,
        semantics_label=t("Billede: {name}", name=name),
        error_content=quiet(t("Billedet kan ikke vises her.")),
    )
    return stack(picture, label, open_it, spacing=theme.SPACE_2)
