"""Building blocks of every contract model: text that is safe to keep, ids, versions, lists."""

import re
import unicodedata
from typing import Annotated, Any, Final, TypeVar, cast
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    TypeAdapter,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from portal.contract.actions import Action

_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|(?P<override>[\u202a-\u202e\u2066-\u2069])"
)
"""Control characters (Unicode category Cc) but tab and new line, surrogates, overrides."""

_LINK = re.compile(r"\b(?P<scheme>[a-z][a-z0-9+.-]{1,30})://\S", re.IGNORECASE)
_LINK_WITHOUT_SLASHES = re.compile(
    r"\b(javascript|vbscript|blob|file|filesystem|view-source|intent|mhtml|s?ftp|ssh|telnet|wss?"
    r"|sms(to)?|xmpp|magnet|ms-[a-z]+):\S|\bdata:([\w.+-]+/[\w.+-]+)?[;,]\S",
    re.IGNORECASE,
)
"""Not each scheme that there is: people write "Skype:anna" and "Husk:i dag"."""

_LINE_BREAK = re.compile("[\n\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories: controls, joiners and such, spaces, breaks."""

_NUMBER = re.compile(r"\s*[+-]?[\d._]+\s*")
_NOT_A_PART = frozenset({"metadata", "serialization", "default"})
"""What of a core schema is no schema itself."""

_LINK_SCHEMES = frozenset({"http", "https"})
"""With two slashes; ``tel:`` and ``mailto:`` have none."""


def _in_one_form(text: Any) -> Any:
    """Return ``text`` in Unicode NFC, and what is no text as it is."""
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


IN_ONE_FORM: Final = BeforeValidator(_in_one_form)
"""Stands last in a text: it runs first, since what is normalised may be longer than it was."""


def clean_text(text: str) -> str:
    """Return ``text``.

    Raises ``ValueError`` for control characters, surrogates and bidirectional overrides, which can
    make a text read differently from what it says (Unicode TR 36 section 3.2).
    """
    if found := _FORBIDDEN.search(text):
        what = "bidirectional overrides" if found["override"] else "control characters"
        raise ValueError(f"{what} are not allowed")
    return text


def says_something(text: str) -> str:
    """Return ``text``; raises ``ValueError`` when there is nothing in it to be seen."""
    if all(unicodedata.category(character) in _UNSEEN for character in text):
        raise ValueError("there is nothing to be seen")
    return text


def safe_links(text: str) -> str:
    """Return ``text``; raises ``ValueError`` for a link that is not http, https, tel or mailto."""
    for link in _LINK.finditer(text):
        if link["scheme"].lower() not in _LINK_SCHEMES:
            raise ValueError("links are http, https, tel or mailto")
    if _LINK_WITHOUT_SLASHES.search(text):
        raise ValueError("links are http, https, tel or mailto")
    return text


def single_line(text: str) -> str:
    """Return ``text``; raises ``ValueError`` when it has a line break."""
    if _LINE_BREAK.search(text):
        raise ValueError("line breaks are not allowed")
    return text


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(clean_text),
    AfterValidator(says_something),
    AfterValidator(single_line),
    AfterValidator(safe_links),
    IN_ONE_FORM,
]
"""One line of a person's own words, 1 to 200 characters."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    AfterValidator(clean_text),
    AfterValidator(single_line),
    AfterValidator(safe_links),
    IN_ONE_FORM,
]
"""At most one line of a person's own words; may be empty."""

Paragraphs = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=4_000),
    AfterValidator(clean_text),
    AfterValidator(safe_links),
    IN_ONE_FORM,
]
"""Up to 4,000 characters of a person's own words; may be empty."""

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000),
    AfterValidator(clean_text),
    AfterValidator(says_something),
    AfterValidator(safe_links),
    IN_ONE_FORM,
]
"""1 to 4,000 characters of a person's own words."""

MessageBody = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
    AfterValidator(clean_text),
    AfterValidator(says_something),
    AfterValidator(safe_links),
    IN_ONE_FORM,
]
"""1 to 10,000 characters."""

Emoji = Annotated[
    str,
    StringConstraints(max_length=8),
    AfterValidator(clean_text),
    AfterValidator(single_line),
    IN_ONE_FORM,
]
"""A picture for a goal, or nothing."""

Code = Annotated[
    str,
    StringConstraints(max_length=60),
    AfterValidator(clean_text),
    AfterValidator(single_line),
    IN_ONE_FORM,
]
"""A name that programs give, such as that of a form's field."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""ISO 639-1 code of the language a person reads."""

Timestamp = AwareDatetime
"""A moment, with its offset; UTC on the wire."""


class Model(BaseModel):
    """Something the plan API answers. Unknown fields are ignored, so ``/v1`` can grow."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_Read = TypeVar("_Read", bound=BaseModel)


def from_json(kind: type[_Read] | TypeAdapter[_Read], text: str | bytes) -> _Read:
    """Read a model, or one of a union of models by the union's adapter."""
    if isinstance(kind, TypeAdapter):
        return kind.validate_json(text)
    return kind.model_validate_json(text)


def _not_a_number(value: Any) -> Any:
    """Return ``value``; raises ``ValueError`` for a number where a day or a time is wanted."""
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise ValueError("a number is no day and no time")
    return value


def _exact(schema: Any) -> Any:
    """Return a core schema that takes each type as JSON has it: ``"5"`` is no number, 1 no yes."""
    if isinstance(schema, list):
        return [_exact(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {name: part if name in _NOT_A_PART else _exact(part) for name, part in schema.items()}
    match whole.get("type"):
        case "int" | "float" | "bool":
            return whole | {"strict": True}
        case "date" | "datetime" | "time":
            return no_info_before_validator_function(_not_a_number, cast("CoreSchema", whole))
        case _:
            return whole


class Command(BaseModel):
    """Something the portal asks for, or a part of it.

    Unknown fields are refused, and no field takes another type than JSON says that it is. A part of
    an answer is a `Model`, even where it looks the same: answers may grow.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take nothing for something else, as pydantic does unless it is told otherwise."""
        return cast("CoreSchema", _exact(handler(source)))


class Versioned(Model):
    """Something that can change. ``version`` rises with each change and is its ``ETag``."""

    version: int = Field(default=0, ge=0)


class Resource(Versioned):
    """Something with an identity that can change.

    ``allowed`` names what the asking actor may do with it, decided by the policy and by nobody
    else.
    """

    id: UUID
    version: int = Field(ge=1)
    allowed: frozenset[Action] = frozenset()

    def may(self, action: Action) -> bool:
        """Tell whether the asking actor may do ``action``."""
        return action in self.allowed
