"""Any contract model with every field filled, and with a word of its own in each text.

So a test can ask whether something that is made out of a model leaves anything out.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from typing_extensions import TypeAliasType

AnyModel = TypeVar("AnyModel", bound=BaseModel)

MOMENT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)

FITTING = {
    "ConsentReceipt.state": "active",
    "Member.is_me": False,
    "ReceiptParty.party_role": "recipient",
    "ReceiptProcessing.pii_types": ["goals", "health"],
    "ReceiptProcessing.source": "health",
    "language": "da",
}
"""For an export: what is a text in the contract and yet not any text."""


class Filler:
    """Makes models. ``given`` are values for fields, by name or as ``Model.name``."""

    def __init__(self, given: dict[str, Any] | None = None) -> None:
        self._given = given or {}
        self._numbers = count(1)
        self.words: dict[str, str] = {}
        """Each word and where it is, such as ``goals.goal.title``."""

    def model(self, kind: type[AnyModel]) -> AnyModel:
        """Return a model with every field filled."""
        return kind.model_validate(self._fields(kind, ""))

    def missing_in(self, text: str) -> set[str]:
        """Return where the words are that are not in ``text``."""
        return {place for word, place in self.words.items() if word not in text}

    def _fields(self, kind: type[BaseModel], place: str) -> dict[str, Any]:
        found = {}
        for name, field in kind.model_fields.items():
            if (given := self._given.get(f"{kind.__name__}.{name}", self._given.get(name))) is None:
                most = next((one.le for one in field.metadata if hasattr(one, "le")), None)
                found[name] = self._value(field.annotation, f"{place}.{name}".strip("."), most)
            else:
                found[name] = given
        return found

    def _value(self, kind: Any, place: str, most: int | None) -> Any:
        kind = _unwrapped(kind)
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Literal:
            return parts[next(self._numbers) % len(parts)]
        if origin in {tuple, frozenset}:
            return [self._value(parts[0], place, most) for _ in range(2)]
        if origin is dict:
            return {"title": self._value(str, place, most)}
        if issubclass(kind, BaseModel):
            return self._fields(kind, place)
        return self._simple(kind, place, most)

    def _simple(self, kind: type, place: str, most: int | None) -> Any:
        number = next(self._numbers)
        if issubclass(kind, Enum):
            return next(iter(kind)).value
        if kind is str:
            word = f"word{number}e"
            self.words[word] = place
            return word
        later = MOMENT + timedelta(minutes=number)
        return {
            UUID: str(UUID(int=number)),
            bool: True,
            int: number if most is None else number % most + 1,
            float: number + 0.5,
            AwareDatetime: later.isoformat(),
            date: later.date().isoformat(),
            time: time(number % 23, 30).isoformat(),
        }[kind]


def _unwrapped(kind: Any) -> Any:
    """Return what is behind a name, in `Annotated`, beside `None`; of several kinds the first."""
    if isinstance(kind, TypeAliasType):
        return _unwrapped(kind.__value__)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _unwrapped(parts[0])
    if origin in {Union, UnionType}:
        return _unwrapped(next(part for part in parts if part is not NoneType))
    return kind
