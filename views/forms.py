"""What a form says about fields that cannot be kept; used by every form.

A form has one ``Form``: it reads what is typed, keeps what is wrong with which field, and knows
where the fields stand, so that the summary on top can lead to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast
from uuid import uuid4

import flet as ft
from pydantic import ValidationError

from i18n.translator import Translator
from views.acting import Act
from views.context import use_app
from views.failures import Failure
from views.guard import Handler

Problems = Mapping[str, str]
"""From the name of a field to what to do about it, in the reader's language."""

Command = TypeVar("Command")

_LEFT_OUT: Final = frozenset({"string_too_short", "missing", "unknown", "date_type"})


# Flet makes it a dataclass in a way that hides its field from type checkers.
scroll_key: Final = cast("Callable[[str], ft.ScrollKey]", ft.ScrollKey)


class Place:
    """Where a field stands: the key of its label, and what the keyboard goes to.

    That is a ``control``, or, where Flet cannot bring it there, what ``call_keyboard`` leads to.
    """

    def __init__(self) -> None:
        self.key: Final = scroll_key(f"field-{uuid4().hex}")
        self.control: Final = ft.Ref[ft.FormFieldControl | ft.OutlinedButton]()
        self.call_keyboard: Callable[[], None] | None = None

    async def focus(self) -> None:
        """Bring the keyboard to the field."""
        if self.call_keyboard:
            self.call_keyboard()
        elif field := self.control.current:
            focus: Handler = field.focus
            await focus()


@dataclass(frozen=True)
class FieldError:
    """What to do about a field, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, eq=False)
class Form:
    """What is wrong with the fields of a form: found here, or by the plan API.

    ``tries`` counts how often the form was refused.
    """

    problems: Problems
    tries: int
    failure: Failure | None
    _t: Translator
    _missing: Problems
    _places: dict[str, Place]
    _show: Callable[[Problems], None]

    def error(self, name: str) -> FieldError | None:
        """Return what is wrong with the field ``name``."""
        if name not in self.problems:
            return None
        return FieldError(self.problems[name], self._places.setdefault(name, Place()))

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is wrong with all fields."""
        return tuple(error for name in self.problems if (error := self.error(name)))

    def read(self, build: Callable[[], Command]) -> Command | None:
        """Return the command that ``build`` makes of what is typed.

        Where the contract refuses it, what is wrong is shown and None returned.
        """
        try:
            command = build()
        except ValidationError as error:
            self.refuse(problems_of(self._t, error, self._missing))
            return None
        self._show({})
        return command

    def refuse(self, problems: Problems) -> None:
        """Show what is wrong; nothing is, where ``problems`` is empty."""
        self._show(problems)


def use_form(act: Act | None = None, missing: Problems | None = None) -> Form:
    """Give a component a form; a hook. What the plan API did not accept is known from ``act``.

    ``missing`` holds the words for fields that must be filled in or chosen, such as
    "Skriv dit mål". The form's ``failure`` is what is not told at the fields.
    """
    t = use_app().t
    none: tuple[int, Problems] = (0, {})
    (tries, found), show = ft.use_state(none)
    places: dict[str, Place] = ft.use_memo(dict, [])

    def show_next(problems: Problems) -> None:
        show(lambda so_far: (so_far[0] + bool(problems), problems))

    failure = act.failure if act else None
    told = problems_in(t, failure, missing or {})
    return Form(
        problems=found or told,
        tries=tries,
        failure=None if told else failure,
        _t=t,
        _missing=missing or {},
        _places=places,
        _show=show_next,
    )


def problems_of(t: Translator, error: ValidationError, missing: Problems) -> dict[str, str]:
    """Return what to do about each field that the contract refuses."""
    found: dict[str, str] = {}
    for problem in error.errors():
        name = str(problem["loc"][0])
        found[name] = _advice(t, name, problem["type"], missing)
    return found


def problems_in(t: Translator, failure: Failure | None, missing: Problems) -> dict[str, str]:
    """Return the same for what the plan API did not accept."""
    fields = failure.fields if failure else ()
    return {field.path: _advice(t, field.path, field.code, missing) for field in fields}


def _advice(t: Translator, name: str, code: str, missing: Problems) -> str:
    if code in _LEFT_OUT and name in missing:
        return missing[name]
    if code == "string_too_long":
        return t("Teksten er for lang. Skriv den kortere.")
    return t("Teksten har tegn, som vi ikke kan gemme. Skriv den igen uden dem.")
