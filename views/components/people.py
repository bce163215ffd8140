"""Pictures of people; where there is none, initials on a calm ground, the same in every place."""

from typing import Final
from uuid import UUID

import flet as ft

from views import theme

_LETTERS: Final = 0.36
"""Height of the initials, as a part of the picture's."""


def picture_address(person_id: UUID, picture: str) -> str:
    """Return where the portal itself gives a person's picture; nothing where there is none."""
    return f"/pictures/{person_id}/{picture}" if picture else ""


def avatar(name: str, address: str = "", *, size: int = theme.AVATAR) -> ft.Control:
    """Return a person's picture; the name stands beside it, so it is not read aloud.

    The initials are what one sees until it comes, and where it does not.
    """
    face = _initials_on_ground(name, size)
    if address:
        face = ft.Stack(width=size, height=size, controls=[face, _picture(address, size)])
    return ft.Semantics(exclude_semantics=True, content=face)


def beside_picture(
    name: str, address: str, words: ft.Control, *, size: int, above: int = theme.SPACE_0
) -> ft.Control:
    """Return a person's picture and words about them, both from the top: a name can be long.

    ``above`` is the room over words whose first line belongs in the middle of the picture.
    """
    return ft.Row(
        spacing=theme.SPACE_3,
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            avatar(name, address, size=size),
            ft.Container(expand=True, padding=ft.Padding.only(top=above), content=words),
        ],
    )


def _picture(address: str, size: int) -> ft.Control:
    return ft.Image(
        src=address,
        width=size,
        height=size,
        fit=ft.BoxFit.COVER,
        border_radius=size / 2,
        error_content=ft.Container(),
    )


def _initials_on_ground(name: str, size: int) -> ft.Control:
    grounds = theme.PERSON_GROUNDS
    return ft.Container(
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
    )


def initials(name: str) -> str:
    """Return the first letters of the first and the last name; nothing where a name is hidden."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
