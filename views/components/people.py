"""Pictures of people: initials on a calm ground, the same ground wherever the person is shown."""

from typing import Final

import flet as ft

from views import theme

_LETTERS: Final = 0.36
"""Height of the initials, as a part of the picture's."""


def avatar(name: str, *, size: int = theme.AVATAR) -> ft.Control:
    """Return a person's picture; the name stands beside it, so it is not read aloud."""
    grounds = theme.PERSON_GROUNDS
    return ft.Semantics(
        exclude_semantics=True,
        content=ft.Container(
            width=size,
            height=size,
            border_radius=size / 2,
            bgcolor=grounds[sum(map(ord, name)) % len(grounds)],
            alignment=ft.Alignment.CENTER,
            content=ft.Text(
                initials(name),
                size=size * _LETTERS,
                weight=theme.BOLD,
                color=theme.TEXT,
                no_wrap=True,
            ),
        ),
    )


def initials(name: str) -> str:
    """Return the first letters of the first and the last name; nothing where a name is hidden."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
