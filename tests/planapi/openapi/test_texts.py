"""Texts that a command takes: normalised, bounded, no control characters, no bad links."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from portal.contract.base import Command
from tests.planapi.openapi.test_exact_types import those_under

BY_PROGRAMS = {
    "issuer": "a broker's, compared as it is",
    "subject": "a broker's, compared as it is",
    "professional_id": "a broker's, compared as it is",
    "cpr": "ten digits, or nobody has it",
    "secret": "compared as it is",
    "text_id": "names a text that is there",
    "text_sha256": "names a text that is there",
    "topic": "names a topic that is there",
    "appeal_rule": "names a rule that is there",
}


def shapes(schema: dict[str, Any], value: str) -> Iterator[Any]:
    """Yield what a field could hold that has ``value`` as its text."""
    for choice in schema.get("anyOf", ()):
        yield from shapes(choice, value)
    if schema.get("type") == "string" and not schema.keys() & {
        "format",
        "enum",
        "const",
        "pattern",
    }:
        yield value
    if schema.get("type") == "array":
        yield from ([part] for part in shapes(schema["items"], value))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from ({"text": part} for part in shapes(schema["additionalProperties"], value))


def texts() -> list[tuple[str, str, FieldInfo]]:
    return [
        (command.__name__, name, field)
        for command in sorted(set(those_under(Command)), key=lambda one: one.__name__)
        for name, field in command.model_fields.items()
        if name not in BY_PROGRAMS
    ]


@pytest.mark.parametrize(("command", "name", "field"), texts(), ids=lambda one: str(one)[:40])
def test_no_text_brings_what_is_not_to_be_kept(command, name, field):
    field_type = TypeAdapter(Annotated[field.annotation, field])
    schema = field_type.json_schema()
    # A draft is what somebody types now, and what its author alone reads: a link may be half there.
    links = () if command == "SaveDraft" else ("se javascript:alert(1)", "ftp://a.dk/b")
    for bad in ("a\x07b", "x" * 20_000, *links):
        for value in shapes(schema, bad):
            with pytest.raises(ValidationError):
                field_type.validate_python(value)
    for value, kept in zip(shapes(schema, "e\u0301"), shapes(schema, "\u00e9"), strict=True):
        assert field_type.dump_python(field_type.validate_python(value), mode="json") == kept
