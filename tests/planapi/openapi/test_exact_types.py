"""What the document says of a field's type holds: nothing is taken for something else."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema_rs
import pytest
from pydantic import BaseModel, ValidationError

import portal.contract
from portal.contract.base import Command

NONSENSE = (True, 0, 1, 1.5, "1", "yes", [], {})

for module in pkgutil.iter_modules(portal.contract.__path__):
    importlib.import_module(f"portal.contract.{module.name}")


def those_under(parent: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in parent.__subclasses__():
        yield model
        yield from those_under(model)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def test_every_part_of_a_command_is_one():
    parts = {
        part
        for command in those_under(Command)
        for field in command.model_fields.values()
        for part in models_in(field.annotation)
    }

    assert parts
    assert {part for part in parts if not issubclass(part, Command)} == set()


@pytest.mark.parametrize("command", sorted(set(those_under(Command)), key=lambda one: one.__name__))
def test_a_field_takes_nothing_of_another_type(command):
    schema = command.model_json_schema()
    taken = []
    for name, field in schema["properties"].items():
        whole = {**field, "$defs": schema.get("$defs", {})}
        fits = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        for value in NONSENSE:
            if fits.is_valid(value):
                continue
            with pytest.raises(ValidationError) as refused:
                command.model_validate({name: value, "no such field": 1})
            if name not in {error["loc"][0] for error in refused.value.errors()}:
                taken.append((name, value))

    assert taken == []
