"""Who takes a step of a joint goal: oneself, another member, or whoever likes."""

from typing import Any, Final
from uuid import UUID

import flet as ft

from portal.contract.households import HouseholdList, Member
from views.components.fields import Choice
from views.components.text import isolated
from views.context import use_app
from views.drafts import Draft
from views.forms import FieldError
from views.guard import component

FIELD: Final = "assignee"
"""The field of a draft that holds the choice."""

_EVERYBODY: Final = "everybody"


def first_choice(person_id: UUID) -> dict[str, str]:
    """Return the field as nobody has touched it: the reader."""
    return {FIELD: str(person_id)}


def chosen(draft: Draft, *, prefix: str = "") -> dict[str, Any]:
    """Return what a command says about the choice; ``prefix`` stands before its field names."""
    value = draft.text(FIELD)
    if value == _EVERYBODY:
        return {f"{prefix}for_everybody": True}
    return {f"{prefix}assignee_id": value or None}


def members_of(found: HouseholdList, household_id: UUID) -> tuple[Member, ...]:
    """Return the members of one of the reader's households, the reader first."""
    members = [
        member
        for household in found.households
        if household.id == household_id
        for member in household.members
    ]
    return tuple(sorted(members, key=lambda member: not member.is_me))


@component
def AssigneeChoice(
    draft: Draft, members: tuple[Member, ...], *, error: FieldError | None = None
) -> ft.Control:
    """Draw the question; the answer goes to ``draft``."""
    t = use_app().t

    async def choose(value: str) -> None:
        await draft.change(FIELD, value)

    return Choice(
        t("Hvem gør det?"),
        (
            *((str(one.id), t("Dig selv") if one.is_me else isolated(one.name)) for one in members),
            (_EVERYBODY, t("Alle")),
        ),
        draft.text(FIELD),
        choose,
        error=error,
    )
