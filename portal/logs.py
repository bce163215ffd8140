"""JSON logs on standard error: one line a record, the same shape for our words and libraries'.

The command line calls `configure_logging` before a server starts and wraps each application in
`RequestLog`. Everybody else asks `structlog.get_logger(__name__)` and names ids, never texts.
"""

import logging
import re
import sys
import time
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from asgi_correlation_id import correlation_id
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor

MASK = "[masked]"
_FLET = frozenset({"flet", "flet_web"})
_QUIET_LIBRARIES = ("alembic", "flet", "flet_web", "httpcore", "httpx", "uvicorn")

# Ten digits, with or without a separator, that are no part of a UUID or a digest. Not only valid
# dates: for a masked order number nobody suffers.
_CPR_NUMBER = re.compile(r"(?<![0-9A-Fa-f])\d{6}[- ]?\d{4}(?![0-9A-Fa-f])")
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_JSON_WEB_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
# A part of an address as long as a secret: what a calendar is followed by stands in one.
_SECRET_IN_PATH = re.compile(rf"(?<=/)(?!{_UUID}(?:[./]|$))[\w~-]{{32,}}")
_BEARER = re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)


def configure_logging() -> None:
    """Send structlog's and the standard library's records to standard error as JSON."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _add_request_id,
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), without_words_of_flet, *common],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_personal_data,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(capture=True)
    for name in _QUIET_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def without_words_of_flet(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Say of Flet's own records where and what kind, but not what.

    What Flet could not work on is what somebody typed: it stands in the exception's message and,
    after a colon, in Flet's.
    """
    record: logging.LogRecord | None = event.get("_record")
    if record is None or record.name.partition(".")[0] not in _FLET:
        return event
    event["event"] = str(event["event"]).partition(":")[0]
    match event.pop("exc_info", None):
        case (type() as kind, _, trace):
            event["error"] = kind.__name__
            event["places"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)
            ]
    return event


def mask_personal_data(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Mask what looks like a CPR number or a token: the last net, for what no caller should log."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: object) -> object:
    match value:
        case None | bool() | float():
            return value
        case int():
            return value if _masked(str(value)) == str(value) else MASK
        case Mapping():
            return {str(key): _masked(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(item) for item in value]
        case _:
            text = _BEARER.sub(rf"\1 {MASK}", str(value))
            return _CPR_NUMBER.sub(MASK, _JSON_WEB_TOKEN.sub(MASK, text))


def _add_request_id(_logger: object, _method: str, event: EventDict) -> EventDict:
    request_id = correlation_id.get()
    if request_id is not None:
        event["request_id"] = request_id
    return event


class RequestLog:
    """ASGI middleware: one `request` record for each HTTP request, instead of the server's own.

    Outermost, around the application that sets the request id: the id is still known afterwards.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._logger = structlog.get_logger(__name__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it was answered; `status` is null when it broke."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        outcome: dict[str, Any] = {"status": None}
        began = time.perf_counter()

        async def note_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                outcome["status"] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            self._logger.info(
                "request",
                method=scope["method"],
                # Without the query, which may carry codes and words.
                path=_SECRET_IN_PATH.sub(MASK, scope["path"]),
                status=outcome["status"],
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
