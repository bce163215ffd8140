"""Names of people as they leave the database: a protected one stands apart, and `name` is empty.

So a name that nobody asked the policy about is not shown. `revealed` puts it back for whoever may
know it. A professional acts under their name: what they did at work is not protected.
"""

import json
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL, Composable

Knows = Callable[[UUID], bool]
"""Tells whether whoever looks may know the name of the person with an id."""

_APART: Final = "protected_name"
_AT_WORK_NEVER: Final = SQL("false")

_REF: Final = SQL("""
    CASE WHEN {who}.protected AND NOT coalesce({at_work}, false)
         THEN json_build_object('id', {who}.id, 'name', '', 'protected_name', {who}.name)
         ELSE json_build_object('id', {who}.id, 'name', {who}.name) END
""")

_NAME: Final = SQL("""
    CASE WHEN {who}.protected AND NOT coalesce({at_work}, false)
         THEN jsonb_build_object('id', {who}.id, 'protected_name', {who}.name)
         ELSE to_jsonb({who}.name) END
""")


def ref(who: str, at_work: Composable = _AT_WORK_NEVER) -> Composable:
    """Return the JSON of a `PersonRef` of `person` under the alias ``who``.

    ``at_work`` is a condition under which they acted as a professional.
    """
    return _REF.format(who=SQL(who), at_work=at_work)


def person(id_column: str | Composable, at_work: Composable = _AT_WORK_NEVER) -> Composable:
    """Return the JSON of a `PersonRef`, null where ``id_column`` is null. See `ref`."""
    return SQL("(SELECT {ref} FROM person named WHERE named.id = {id})").format(
        ref=ref("named", at_work), id=SQL(id_column) if isinstance(id_column, str) else id_column
    )


def name_of(who: str, at_work: Composable = _AT_WORK_NEVER) -> Composable:
    """Return the JSON of a name alone, of `person` under the alias ``who``. See `ref`."""
    return _NAME.format(who=SQL(who), at_work=at_work)


def revealed_text(text: str, knows: Knows) -> str:
    """Return the JSON text of a row with the protected names that ``knows`` lets pass."""
    if f'"{_APART}"' not in text:
        return text  # nearly always
    return json.dumps(revealed(json.loads(text), knows))


def revealed(value: Any, knows: Knows) -> Any:
    """Return a JSON value, or a row with some, likewise."""
    match value:
        case {"id": who, "protected_name": apart, **others}:
            shown = apart if knows(UUID(str(who))) else ""
            return {**others, "id": who, "name": shown} if "name" in others else shown
        case dict():
            return {key: revealed(part, knows) for key, part in value.items()}
        case list():
            return [revealed(part, knows) for part in value]
        case _:
            return value
