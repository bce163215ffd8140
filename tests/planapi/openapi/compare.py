"""What breaks a client of the released contract: compares two OpenAPI documents.

There are good tools for this in other languages and none in Python alone, so this knows what
FastAPI writes and no more. What it does not know it does not report.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]

_METHODS = frozenset({"get", "put", "post", "delete", "patch"})
_NARROWING_MAXIMA = ("maxLength", "maxItems", "maximum", "exclusiveMaximum", "maxProperties")
_NARROWING_MINIMA = ("minLength", "minItems", "minimum", "exclusiveMinimum", "minProperties")


def breaking_changes(released: Json, now: Json) -> list[str]:
    """Return what a client written for ``released`` would stumble over, a line for each."""
    schemas = Schemas(released["components"]["schemas"], now["components"]["schemas"])
    return list(_operations(released, now, schemas)) + list(_schemas(released, now, schemas))


class Schemas(NamedTuple):
    """All by name, as they were and as they are."""

    released: Json
    now: Json


def _operations(released: Json, now: Json, schemas: Schemas) -> Iterator[str]:
    for path, operations in released["paths"].items():
        for method in operations.keys() & _METHODS:
            name = f"{method.upper()} {path}"
            found = now["paths"].get(path, {}).get(method)
            if found is None:
                yield f"{name} is gone"
                continue
            yield from (f"{name}: {one}" for one in _operation(operations[method], found, schemas))


def _operation(released: Json, now: Json, schemas: Schemas) -> Iterator[str]:
    if released.get("operationId") != now.get("operationId"):
        yield "has another operationId"
    known = {(one["in"], one["name"].lower()): one for one in released.get("parameters", ())}
    found = {(one["in"], one["name"].lower()): one for one in now.get("parameters", ())}
    for key, parameter in known.items():
        if key not in found:
            yield f"parameter {key[1]} is gone"
        else:
            name = f"parameter {key[1]}"
            yield from _request(parameter["schema"], found[key]["schema"], name, schemas)
    for key, parameter in found.items():
        if parameter.get("required") and not known.get(key, {}).get("required"):
            yield f"parameter {key[1]} is required now"
    if (
        "requestBody" in now
        and "requestBody" not in released
        and now["requestBody"].get("required")
    ):
        yield "a body is required now"
    yield from _bodies(released.get("requestBody", {}), now.get("requestBody", {}))
    for status, response in released["responses"].items():
        if status.startswith("2"):
            yield from _success(status, response, now["responses"].get(status))


def _bodies(released: Json, now: Json) -> Iterator[str]:
    for media, body in released.get("content", {}).items():
        if media not in now.get("content", {}):
            yield f"does not take {media} any more"
        elif _reference(body) != _reference(now["content"][media]):
            yield "takes another body"


def _success(status: str, released: Json, now: Json | None) -> Iterator[str]:
    if now is None:
        yield f"does not answer {status} any more"
        return
    for media, body in released.get("content", {}).items():
        if media not in now.get("content", {}):
            yield f"{status} is not {media} any more"
        elif _reference(body) != _reference(now["content"][media]):
            yield f"{status} is another type"
    for header in released.get("headers", {}):
        if header not in now.get("headers", {}):
            yield f"{status} has no {header} any more"


def _reference(content: Json) -> str | None:
    reference: str | None = content.get("schema", {}).get("$ref")
    return reference


def _schemas(released: Json, now: Json, schemas: Schemas) -> Iterator[str]:
    """A schema is sent, answered, or both: each direction has rules of its own."""
    commands = sent(released)
    answers = _reached(released, _bodies_answered(released))
    for name, schema in schemas.released.items():
        found = schemas.now.get(name)
        if found is None:
            if name in commands | answers:
                yield f"schema {name} is gone"
            continue
        if name in commands:
            yield from _command(schema, found, name, schemas)
        if name in answers:
            yield from _answer(schema, found, name)


def _command(released: Json, now: Json, name: str, schemas: Schemas) -> Iterator[str]:
    known, found = released.get("properties", {}), now.get("properties", {})
    for field in known:
        if field not in found:
            yield f"{name}.{field} is refused now"
        else:
            yield from _request(known[field], found[field], f"{name}.{field}", schemas)
    for field in set(now.get("required", ())) - set(released.get("required", ())):
        yield f"{name}.{field} is required now"
    yield from _enumeration(released, now, name)


def _request(released: Json, now: Json, name: str, schemas: Schemas) -> Iterator[str]:
    """Whatever was accepted must be accepted still."""
    new = _types(now) - _types(released)
    if gone := {
        one
        for one in _types(released) - _types(now)
        if not any(_takes_the_same(one, other, schemas) for other in new)
    }:
        yield f"{name} does not take {', '.join(sorted(gone))} any more"
    for keyword in _NARROWING_MAXIMA:
        if keyword in now and now[keyword] < released.get(keyword, float("inf")):
            yield f"{name} has a smaller {keyword}"
    for keyword in _NARROWING_MINIMA:
        if keyword in now and now[keyword] > released.get(keyword, float("-inf")):
            yield f"{name} has a larger {keyword}"
    if now.get("pattern") not in {None, released.get("pattern")}:
        yield f"{name} has another pattern"
    yield from _enumeration(released, now, name)


def _takes_the_same(known: str, found: str, schemas: Schemas) -> bool:
    """Tell whether a part of a command has only got another name."""
    if known not in schemas.released or found not in schemas.now:
        return False
    return not any(_command(schemas.released[known], schemas.now[found], known, schemas))


def _answer(released: Json, now: Json, name: str) -> Iterator[str]:
    if new := _kinds(now) - _kinds(released):
        yield f"{name} may be {', '.join(sorted(new))} now"
    known, found = released.get("properties", {}), now.get("properties", {})
    for field in known:
        if field not in found:
            yield f"{name}.{field} is gone"
        elif new := _types(found[field]) - _types(known[field]):
            yield f"{name}.{field} may be {', '.join(sorted(new))} now"
    for field in set(released.get("required", ())) - set(now.get("required", ())):
        yield f"{name}.{field} may be absent now"


def _enumeration(released: Json, now: Json, name: str) -> Iterator[str]:
    if "enum" in now:
        for value in released.get("enum", ()):
            if value not in now["enum"]:
                yield f"{name} does not take {value} any more"


def _kinds(schema: Json) -> set[str]:
    """Return which of several kinds something may be; a client knows those that there were."""
    return _types(schema) if "oneOf" in schema else set()


def _types(schema: Json) -> set[str]:
    """What a value may be, in words that can be compared."""
    if "$ref" in schema:
        return {schema["$ref"].rpartition("/")[2]}
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return set().union(*map(_types, schema[choice]))
    if schema.get("type") == "array":
        return {f"array of {one}" for one in _types(schema.get("items", {}))} or {"array"}
    kind = schema.get("type", "anything")
    return {f"{kind} ({schema['format']})" if "format" in schema else kind}


def sent(document: Json) -> set[str]:
    """Return the names of the schemas of all bodies that are sent, and of their parts."""
    return _reached(document, _bodies_sent(document))


def _bodies_sent(document: Json) -> Iterator[Json]:
    for operations in document["paths"].values():
        for operation in operations.values():
            yield from operation.get("requestBody", {}).get("content", {}).values()


def _bodies_answered(document: Json) -> Iterator[Json]:
    for operations in document["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                yield from response.get("content", {}).values()


def _reached(document: Json, roots: Iterator[Json]) -> set[str]:
    """Names of the schemas that these contents refer to, directly or not."""
    schemas = document["components"]["schemas"]
    reached: set[str] = set()
    waiting = [name for root in roots for name in _references(root.get("schema", {}))]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _references(schemas.get(name, {}))
    return reached


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        here = [part["$ref"].rpartition("/")[2]] if isinstance(part.get("$ref"), str) else []
        return here + [one for value in part.values() for one in _references(value)]
    if isinstance(part, list):
        return [one for value in part for one in _references(value)]
    return []
