"""What can go wrong, one exception for each problem type, and how each is answered (RFC 9457).

Services and dependencies raise these; the handlers here turn them, and everything unforeseen,
into `application/problem+json`. Nobody sees an internal text: a type, field paths and codes, and a
request id to ask about. Texts for people are the portal's.

- ProblemOccurred
  - NotAuthenticated 401, StepUpNeeded 401, NotAllowed 403, NotFound 404, Conflict 409
  - Stale 412, TooLarge 413, Invalid 422, KeyReused 422, VersionMissing 428, KeyMissing 400
  - Unavailable 503
"""

import traceback
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import ClassVar

import psycopg
import structlog
from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from psycopg_pool import PoolTimeout
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.contract.errors import MEDIA_TYPE, FieldProblem, Problem, ProblemType

_logger = structlog.get_logger(__name__)


class ProblemOccurred(Exception):
    """Ends a request with a problem."""

    type: ClassVar[ProblemType]
    status: ClassVar[HTTPStatus]
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self, *, errors: Iterable[FieldProblem] = (), current: BaseModel | None = None
    ) -> None:
        """``errors`` name fields; ``current`` is the newest state of what was to be changed."""
        super().__init__(self.type.value)
        self.errors = tuple(errors)
        self.current = current


class NotAuthenticated(ProblemOccurred):
    """No actor token, or one that is not valid (RFC 6750 section 3)."""

    type = ProblemType.NOT_AUTHENTICATED
    status = HTTPStatus.UNAUTHORIZED
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class StepUpNeeded(ProblemOccurred):
    """The login is too old or too weak for this act (RFC 9470 section 3)."""

    type = ProblemType.STEP_UP_NEEDED
    status = HTTPStatus.UNAUTHORIZED
    headers: ClassVar[Mapping[str, str]] = {
        "WWW-Authenticate": 'Bearer error="insufficient_user_authentication", max_age="3600"'
    }


class NotAllowed(ProblemOccurred):
    """The actor may know of it, but not do this."""

    type = ProblemType.NOT_ALLOWED
    status = HTTPStatus.FORBIDDEN


class NotFound(ProblemOccurred):
    """Nothing there, or nothing that the actor may know of."""

    type = ProblemType.NOT_FOUND
    status = HTTPStatus.NOT_FOUND


class Conflict(ProblemOccurred):
    """It does not fit what there is now."""

    type = ProblemType.CONFLICT
    status = HTTPStatus.CONFLICT


class Stale(ProblemOccurred):
    """Somebody was faster: give ``current``, the newest state as this actor may see it."""

    type = ProblemType.STALE
    status = HTTPStatus.PRECONDITION_FAILED


class TooLarge(ProblemOccurred):
    """The body is over the limit."""

    type = ProblemType.TOO_LARGE
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Invalid(ProblemOccurred):
    """Fields that are well-formed but do not make sense; give ``errors``."""

    type = ProblemType.INVALID
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    @classmethod
    def field(cls, path: str, code: str) -> "Invalid":
        """One field, by its path such as ``text_id``, and a code such as ``unknown``."""
        return cls(errors=[FieldProblem(path=path, code=code)])


class VersionMissing(ProblemOccurred):
    """A change without ``If-Match`` (RFC 6585 section 3)."""

    type = ProblemType.VERSION_MISSING
    status = HTTPStatus.PRECONDITION_REQUIRED


class KeyMissing(ProblemOccurred):
    """A POST without a usable ``Idempotency-Key``."""

    type = ProblemType.KEY_MISSING
    status = HTTPStatus.BAD_REQUEST


class KeyReused(ProblemOccurred):
    """An ``Idempotency-Key`` that came before with another request."""

    type = ProblemType.KEY_REUSED
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class Unavailable(ProblemOccurred):
    """Not now; the same call may be tried again."""

    type = ProblemType.UNAVAILABLE
    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


def install_error_handlers(app: FastAPI) -> None:
    """Answer every error of ``app`` as a problem."""
    app.add_exception_handler(ProblemOccurred, _problem_occurred)
    app.add_exception_handler(RequestValidationError, _request_invalid)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(psycopg.OperationalError, _database_unavailable)
    app.add_exception_handler(PoolTimeout, _database_unavailable)
    app.add_exception_handler(psycopg.DataError, _value_refused)
    app.add_exception_handler(psycopg.errors.ExclusionViolation, _came_second)


class UnexpectedErrors:
    """ASGI middleware: an error that nobody foresaw is logged and answered as ``internal``.

    Logged are its type and the lines it passed, never its message: PostgreSQL and pydantic quote
    people's words in theirs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def note_begin(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_begin)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            _logger.error(  # noqa: TRY400 - the message stays out of the log
                "unexpected_error",
                error=type(error).__name__,
                lines=[
                    f"{frame.filename}:{frame.lineno} {frame.name}"
                    for frame in traceback.extract_tb(error.__traceback__)
                ],
            )
            if begun:  # too late to answer: closing the connection is all that is left
                raise ConnectionAbortedError from None
            await respond(ProblemType.INTERNAL, HTTPStatus.INTERNAL_SERVER_ERROR)(
                scope, receive, send
            )


async def _problem_occurred(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemOccurred)  # noqa: S101 - registered for this class
    return respond(
        error.type, error.status, errors=error.errors, current=error.current, headers=error.headers
    )


async def _request_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    return respond(
        ProblemType.INVALID,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        errors=tuple(
            FieldProblem(path=_path(found["loc"]), code=found["type"]) for found in error.errors()
        ),
    )


def _path(location: tuple[str | int, ...]) -> str:
    """``title`` for a field of the body, ``query.cursor`` for what stands elsewhere."""
    parts = location[1:] if location[:1] == ("body",) else location
    return ".".join(str(part) for part in parts)


async def _http_exception(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: a path or method that does not exist, a broken body."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    unknown = error.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The framework names the methods of the first route alone (RFC 9110 section 10.2.1).
        error.headers = {"Allow": ", ".join(_methods_at(request))}
    return respond(
        ProblemType.NOT_FOUND if unknown else ProblemType.INVALID,
        HTTPStatus(error.status_code),
        headers=error.headers or {},
    )


def _methods_at(request: Request) -> list[str]:
    """Return every method that some route has at this path."""
    found: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        route = context.original_route
        if isinstance(route, Route) and route.matches(dict(request.scope))[0] is not Match.NONE:
            found |= route.methods or set()
    return sorted(found)


async def _database_unavailable(_request: Request, error: Exception) -> Response:
    _logger.warning("database_unavailable", error=type(error).__name__)
    return respond(Unavailable.type, Unavailable.status, headers=Unavailable.headers)


async def _value_refused(_request: Request, error: Exception) -> Response:
    """A value that the contract lets pass and PostgreSQL cannot hold, such as a NUL in a key."""
    _logger.warning("value_refused", error=type(error).__name__)
    return respond(ProblemType.INVALID, Invalid.status)


async def _came_second(_request: Request, _error: Exception) -> Response:
    """Of two periods written at the same time, PostgreSQL has refused the one that overlaps."""
    return respond(Conflict.type, Conflict.status)


def respond(
    type_: ProblemType,
    status: HTTPStatus,
    *,
    errors: tuple[FieldProblem, ...] = (),
    current: BaseModel | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as an HTTP response."""
    problem = Problem(
        type=type_,
        title=type_.value.rpartition(":")[2].replace("-", " ").capitalize(),
        status=status,
        request_id=correlation_id.get(),
        errors=errors,
        current=None if current is None else current.model_dump(mode="json"),
    )
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )
