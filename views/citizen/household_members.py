"""Who belongs to a household: each with picture, name and relation."""

import flet as ft

from i18n.translator import Translator
from portal.contract.households import Member
from views import theme, words
from views.components.cards import card
from views.components.people import beside_picture, picture_address
from views.components.text import body, isolated, quiet


def household_members(t: Translator, members: tuple[Member, ...]) -> ft.Control:
    """Return the members, the reader first."""
    ordered = sorted(members, key=lambda member: not member.is_me)
    return card(*(_member(t, member) for member in ordered))


def _member(t: Translator, member: Member) -> ft.Control:
    name = isolated(member.name)
    relation = words.relation(t, member.relation)
    return ft.MergeSemantics(
        beside_picture(
            member.name,
            picture_address(member.id, member.picture),
            ft.Column(
                spacing=0,
                controls=[
                    body(t("{name} (dig)", name=name) if member.is_me else name, strong=True),
                    *([quiet(relation)] if relation else []),
                ],
            ),
            size=theme.AVATAR_SMALL,
        )
    )
