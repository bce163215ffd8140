"""Words for wrong or missing settings: one line each, with an example. Used by the CLI."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings


def complaints(settings: type[BaseSettings], error: ValidationError) -> Iterator[str]:
    """Yield a line for each thing that is wrong. Never a value: it may be a secret."""
    for detail in error.errors(include_input=False, include_url=False, include_context=False):
        yield _complaint(settings, detail)


def _complaint(settings: type[BaseSettings], detail: ErrorDetails) -> str:
    problem = (
        "is missing" if detail["type"] == "missing" else detail["msg"].removeprefix("Value error, ")
    )
    if not detail["loc"]:
        return f"{problem}."
    name = str(detail["loc"][0])
    field = settings.model_fields[name]
    variable = f"{settings.model_config.get('env_prefix', '')}{name}".upper()
    return f"{variable} {problem}. {field.description or ''}{_example(field.examples)}".strip()


def _example(examples: list[Any] | None) -> str:
    return f" For example: {examples[0]}" if examples else ""
