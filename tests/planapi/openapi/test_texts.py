"""Texts that a command takes: normalised, bounded, no control characters, no bad links."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from portal.contract.base import Command, Line, Title, Words
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


def longest_text(schema: dict[str, Any]) -> int:
    """Return how many characters a text in a field has at most, 0 where it is none."""
    parts = [*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")]
    inside = [longest_text(part) for part in parts if isinstance(part, dict)]
    return max([schema.get("maxLength", 0), *inside])


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
    # U+0958 is one character to the sender, and two once it is normalised.
    longest = "\u0958" * longest_text(schema)
    for bad in ("a\x07b", "x" * 20_000, longest, *links):
        for value in shapes(schema, bad):
            with pytest.raises(ValidationError):
                field_type.validate_python(value)
    for value, kept in zip(shapes(schema, "e\u0301"), shapes(schema, "\u00e9"), strict=True):
        assert field_type.dump_python(field_type.validate_python(value), mode="json") == kept


@pytest.mark.parametrize(
    "link",
    [
        "data:,hej",
        "data:;base64,SGVq",
        "ftp:example.dk",
        "sms:12345678",
        "ms-word:ofe|u|https://a.dk/b",
        "magnet:?xt=urn:btih:1",
        "view-source:https://a.dk",
    ],
)
def test_a_link_without_slashes_is_one_too(link):
    with pytest.raises(ValidationError):
        TypeAdapter(Words).validate_python(f"Se {link}")


@pytest.mark.parametrize(
    "words",
    [
        "Husk:i dag",
        "Data: fra mandag",
        "Data:tallene",
        "kl. 10:30",
        "mailto:a@b.dk, tel:+4587654321",
        "Fil:den nye",
        "SMS: 12345678",
    ],
)
def test_a_colon_makes_no_link(words):
    assert TypeAdapter(Words).validate_python(words) == words


@pytest.mark.parametrize("kind", [Title, Line])
@pytest.mark.parametrize("break_", ["\n", "\u2028", "\u2029"])
def test_one_line_is_one_line(kind, break_):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(f"a{break_}b")


@pytest.mark.parametrize("kind", [Title, Words])
def test_what_nobody_can_see_is_no_text(kind):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python("\u200b\u200d\u2060")
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert TypeAdapter(kind).validate_python(persian) == persian
