"""The few words that a field takes: what every enumeration of the contract is."""

from enum import StrEnum
from typing import Any, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import simple_ser_schema


def _written_as_text(schema: CoreSchema) -> CoreSchema:
    """Change how a word is written, nothing else.

    Left alone pydantic looks each value up, which takes a third of the time of writing a goal.
    """
    return cast("CoreSchema", {**schema, "serialization": simple_ser_schema("str")})


class Word(StrEnum):
    """An enumeration that pydantic writes as the text that it is."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return pydantic's own schema but for the writing."""
        return _written_as_text(handler(source))


class WrittenAsText:
    """Beside a literal of a `Word`: that too is written as the text that it is."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return pydantic's own schema but for the writing."""
        return _written_as_text(handler(source))
