"""A field that no command knows is refused, however deep in a body it stands, by every route."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.planapi.sector_system import SectorSystem

HEADERS = {"If-Match": '"1"', "Idempotency-Key": "unknown-fields"}
SOMETHING = str(UUID(int=1))
PATH_WORDS = {"kind": "appointments", "name": "message:new"}


def bodies_with_a_surprise(schema: dict, schemas: dict) -> Iterator[Any]:
    """Yield a body for each object in it that could hold the field ``surprise``."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from bodies_with_a_surprise(choice, schemas)
    if "items" in schema:
        yield from ([item] for item in bodies_with_a_surprise(schema["items"], schemas))
    if schema.get("type") == "object" and "properties" in schema:
        constants = {
            name: field["const"] for name, field in schema["properties"].items() if "const" in field
        }
        yield {**constants, "surprise": 1}
        for name, field in schema["properties"].items():
            for part in bodies_with_a_surprise(field, schemas):
                yield {**constants, name: part}


@pytest.fixture
async def callers(api, world):
    citizen = world.a_person()
    return (
        await api.as_citizen(citizen),
        await api.as_portal(),
        await SectorSystem(world).client(api),
    )


async def test_no_route_takes_a_field_that_it_does_not_know(api, callers):
    document = api.app.openapi()
    taken, tried = [], 0
    for path, operations in document["paths"].items():
        place = path.format_map(dict.fromkeys(names_in(path), SOMETHING) | PATH_WORDS)
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            for body in bodies_with_a_surprise(schema, document["components"]["schemas"]):
                tried += 1
                for caller in callers:
                    answer = await caller.request(method, place, json=body, headers=HEADERS)
                    if answer.status_code not in {401, 403}:
                        break
                if not refuses_a_surprise(answer):
                    taken.append((method, path, body, answer.status_code, answer.text))

    assert tried
    assert taken == []


def refuses_a_surprise(answer: httpx.Response) -> bool:
    """Whether it says so of the body, or of the item that has it: a batch answers per item."""
    whole = answer.json()
    parts = [whole] if answer.status_code == 422 else whole.get("items", ())
    return {
        error["path"].rpartition(".")[2]
        for part in parts
        for error in part.get("errors", ())
        if error["code"] == "extra_forbidden"
    } == {"surprise"}


def names_in(path: str) -> list[str]:
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]
