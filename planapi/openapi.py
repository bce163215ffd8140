"""The OpenAPI document: what FastAPI finds out by itself, completed. Used by `planapi.app`.

Which problems a route can answer follows from what it depends on, so no route lists them: one that
takes `If-Match` can be stale, one that takes a body can be invalid.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Final, NamedTuple, get_args

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from typing_extensions import TypeAliasType

from planapi import errors
from planapi.dependencies import (
    current_actor,
    current_client,
    if_match,
    if_match_where_sent,
    portal_service,
)
from planapi.errors import ProblemOccurred
from planapi.idempotency import idempotent_request, portals_request
from planapi.openapi_links import LINKS
from planapi.openapi_words import PARAMETERS, WORDS
from portal.contract.base import Versioned
from portal.contract.errors import MEDIA_TYPE, ProblemType

Json = dict[str, Any]

_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
_CANONICAL: Final = {
    name.lower(): name for name in ("If-Match", "Idempotency-Key", "Last-Event-ID")
}
_HEADERS: Final[Json] = {
    "ETag": {
        "description": "The version of what is answered; send it back as `If-Match`",
        "schema": {"type": "string", "examples": ['"3"']},
    },
    "X-Request-ID": {
        "description": "To ask about this call; the caller's own where it sent one",
        "schema": {"type": "string"},
    },
    "WWW-Authenticate": {
        "description": "What is missing (RFC 6750, RFC 9470)",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds after which the same call may be tried again",
        "schema": {"type": "string", "examples": ["1"]},
    },
}
_HEADERS_OF_STATUS: Final = {401: ("WWW-Authenticate",), 503: ("Retry-After",)}
_ID: Final = "3f0b0d52-7a4e-4c1c-9c3a-2a8f5b6f1d10"
_EXAMPLE_OF_FORMAT: Final = {
    "uuid": _ID,
    "date": "2026-03-02",
    "date-time": "2026-03-02T09:15:00Z",
    "password": "secret",
}


class _Case(NamedTuple):
    """A problem as the document shows it."""

    type: ProblemType
    status: HTTPStatus
    meaning: str


def _case(problem: type[ProblemOccurred]) -> _Case:
    return _Case(problem.type, problem.status, (problem.__doc__ or "").partition("\n")[0])


_INTERNAL: Final = _Case(
    ProblemType.INTERNAL,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Something that nobody foresaw; it is in our log.",
)
_BROKEN: Final = _Case(
    ProblemType.INVALID, HTTPStatus.BAD_REQUEST, "A body that cannot be read at all."
)


def operation_name(route: APIRoute) -> str:
    """Return a route's ``operationId``: the word that it has in every layer."""
    return route.name


def document(app: FastAPI) -> Callable[[], Json]:
    """Return what makes the document of ``app``, once."""
    made: list[Json] = []

    def openapi() -> Json:
        if not made:
            made.append(_document(app))
        return made[0]

    return openapi


def _document(app: FastAPI) -> Json:
    found = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = found["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    found["components"]["headers"] = _HEADERS
    shared: Json = found["components"].setdefault("responses", {})
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or context.path not in found["paths"]:
            continue
        for method in route.methods or ():
            operation = found["paths"][context.path][method.lower()]
            _complete(operation, set(_calls(context.dependant)), schemas, shared)
            if _has_version(route.response_model):
                _add_headers(_answer_of(operation), "ETag")
    _local_times(schemas)
    for schema in schemas.values():
        _explain(schema)
    for schema in schemas.values():
        if "examples" not in schema and schema.get("type") == "object":
            schema["examples"] = [_example(schema, schemas)]
    return found


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for part in dependant.dependencies:
        yield from _calls(part)


def _complete(operation: Json, depends_on: set[object], schemas: Json, shared: Json) -> None:
    responses: Json = operation["responses"]
    for made_by_fastapi in ("422", "default"):
        responses.pop(made_by_fastapi, None)
    _complete_parameters(operation, depends_on)
    for response in responses.values():
        _describe_success(response, schemas)
    if "204" in responses and not responses["204"].get("content"):
        responses["204"]["description"] = "Done"
    for response in responses.values():
        _add_headers(response, "X-Request-ID")
    for status, problems in _by_status(_problems(operation, depends_on)).items():
        name = "_".join(str(one.type).rpartition(":")[2] for one in problems) + f"_{status}"
        refusal = shared.setdefault(name, _refusal(status, problems))
        own_words = responses.get(str(status), {}).get("content")
        if own_words:  # the route has a form of its own beside
            own_words.update(refusal["content"])
        else:
            responses[str(status)] = {"$ref": f"#/components/responses/{name}"}
    _add_links(operation)


def _refusal(status: int, problems: list[_Case]) -> Json:
    """What an operation answers instead: one of some problems with the same status."""
    response: Json = {
        "description": " ".join(one.meaning for one in problems),
        "content": {
            MEDIA_TYPE: {
                "schema": _PROBLEM,
                "examples": {
                    one.type.value.rpartition(":")[2]: {"value": _problem(one)} for one in problems
                },
            }
        },
    }
    _add_headers(response, "X-Request-ID", *_HEADERS_OF_STATUS.get(status, ()))
    return response


def _add_headers(response: Json, *names: str) -> None:
    response.setdefault("headers", {}).update(
        {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    )


def _complete_parameters(operation: Json, depends_on: set[object]) -> None:
    for parameter in operation.get("parameters", ()):
        name = parameter["name"] = _CANONICAL.get(parameter["name"].lower(), parameter["name"])
        if name in _HEADER_SCHEMAS:
            parameter["required"] = name != "If-Match" or if_match in depends_on
            parameter["schema"] = {"type": "string", **_HEADER_SCHEMAS[name]}
        if "description" not in parameter:
            meaning = PARAMETERS.get(name) or f"The {name.removesuffix('_id').replace('_', ' ')}"
            parameter["description"] = meaning


_HEADER_SCHEMAS: Final[Json] = {
    "If-Match": {"pattern": r'^"[0-9]{1,9}"$', "examples": ['"3"']},
    "Idempotency-Key": {
        "pattern": r"^[\x21-\x7e]{8,100}$",
        "examples": ["2f1c9f0e-52a4-4b8e-8d9e-0c6f6d1b7a10"],
    },
}


def _has_version(model: Any) -> bool:
    if isinstance(model, TypeAliasType):
        return _has_version(model.__value__)
    if kinds := get_args(model):  # a union, with or without words about it
        return any(map(_has_version, kinds))
    return isinstance(model, type) and issubclass(model, Versioned)


def _answer_of(operation: Json) -> Json:
    responses: Json = operation["responses"]
    return next(one for status, one in responses.items() if status[0] == "2")


def _describe_success(response: Json, schemas: Json) -> None:
    media = response.get("content", {}).get("application/json", {})
    name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
    schema = schemas.get(name, {})
    if response.get("description") in {"Successful Response", None}:
        response["description"] = schema.get("description", "Done").partition("\n")[0]


def _problems(operation: Json, depends_on: set[object]) -> Iterator[_Case]:
    """Which problems an operation can answer."""
    has_body = "requestBody" in operation
    for dependency, problems in _PROBLEMS_OF.items():
        if dependency in depends_on:
            yield from map(_case, problems)
    if has_body:
        yield _BROKEN
        yield from map(_case, (errors.TooLarge, errors.Conflict))
        if current_actor in depends_on:
            yield _case(errors.StepUpNeeded)
    if operation["operationId"] == "withdraw_item":  # the one without a body
        yield from map(_case, (errors.NotFound, errors.Conflict))
    if has_body or operation.get("parameters"):
        yield _case(errors.Invalid)
    if operation["operationId"] != "healthz":
        yield _case(errors.Unavailable)
        yield _INTERNAL


_KNOWN_CALLER: Final = (errors.NotAuthenticated, errors.NotAllowed, errors.NotFound)
_PROBLEMS_OF: Final[dict[object, tuple[type[ProblemOccurred], ...]]] = {
    current_actor: _KNOWN_CALLER,
    portal_service: _KNOWN_CALLER,
    current_client: (errors.NotAuthenticated,),
    idempotent_request: (
        errors.KeyMissing,
        errors.KeyReused,
        errors.Conflict,
        errors.StepUpNeeded,
    ),
    portals_request: (errors.KeyMissing, errors.KeyReused),
    if_match: (errors.VersionMissing, errors.Stale, errors.Conflict),
    if_match_where_sent: (errors.Stale,),
}


def _by_status(problems: Iterator[_Case]) -> dict[int, list[_Case]]:
    found: dict[int, list[_Case]] = {}
    for problem in sorted(set(problems), key=lambda one: (one.status, one.type)):
        found.setdefault(int(problem.status), []).append(problem)
    return found


def _problem(problem: _Case) -> Json:
    short = problem.type.value.rpartition(":")[2]
    example: Json = {
        "type": problem.type.value,
        "title": short.replace("-", " ").capitalize(),
        "status": int(problem.status),
        "request_id": "5f2d1c0e9b8a4f7d",
    }
    if problem.type is ProblemType.INVALID and problem is not _BROKEN:
        example["errors"] = [{"path": "title", "code": "string_too_short"}]
    return example


def _add_links(operation: Json) -> None:
    links = LINKS.get(operation["operationId"], ())
    for status in ("200", "201"):
        if links and status in operation["responses"]:
            operation["responses"][status]["links"] = {
                link.operation: {"operationId": link.operation, "parameters": link.parameters}
                for link in links
            }


def _explain(schema: Json) -> None:
    """Give each property its meaning and example, where it has none of its own."""
    for name, property_ in schema.get("properties", {}).items():
        word = WORDS.get(name)
        if "description" not in property_:
            if word is not None:
                property_["description"] = word.meaning
            elif name.endswith(("_id", "_by", "_ids")):
                property_["description"] = f"The {name.rpartition('_')[0].replace('_', ' ')}"
            elif "$ref" not in str(property_):
                property_["description"] = name.replace("_", " ").capitalize()
        if word is not None and word.example is not None and _takes_example(property_, word):
            property_.setdefault("examples", [word.example])


def _local_times(part: Any) -> None:
    """A time of day without offset is not the ``time`` of JSON Schema (RFC 3339 full-time)."""
    if isinstance(part, dict):
        if part.get("format") == "time":
            del part["format"]
            part["pattern"] = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
            part["examples"] = ["09:00:00"]
        for one in part.values():
            _local_times(one)
    elif isinstance(part, list):
        for one in part:
            _local_times(one)


def _takes_example(property_: Json, word: Any) -> bool:
    """Whether a word's example fits: an enumeration or a reference has its own values."""
    text = str(property_)
    if "$ref" in text or "'enum'" in text or "'const'" in text:
        return False
    types = {one.get("type") for one in property_.get("anyOf", [property_])}
    match word.example:
        case bool():
            return "boolean" in types
        case int() | float():
            return bool(types & {"integer", "number"})
        case str():
            return "string" in types
        case list():
            return "array" in types
        case _:
            return "object" in types


def _example(schema: Json, schemas: Json) -> Any:
    """An example of whatever a schema describes, made of the examples of its parts."""
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for ready in ("examples", "enum"):
        if schema.get(ready):
            return schema[ready][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _example(schema[choice][0], schemas)
    return schema["const"] if "const" in schema else _example_of_type(schema, schemas)


def _example_of_type(schema: Json, schemas: Json) -> Any:
    match schema.get("type"):
        case "object":
            parts = schema.get("properties", {})
            found: Any = {name: _example(one, schemas) for name, one in parts.items()}
        case "array":
            found = [_example(schema["items"], schemas)] if "items" in schema else []
        case "boolean":
            found = True
        case "integer" | "number" as kind:
            least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
            found = int(least) if kind == "integer" else least
        case "string":
            found = _EXAMPLE_OF_FORMAT.get(schema.get("format", ""), "tekst")
        case _:
            found = None
    return found
