"""Runs an ASGI application with uvicorn, the same way for every server of ours. Used by the CLI."""

import gc

import uvicorn
from starlette.types import ASGIApp

from portal.logs import RequestLog
from portal.protocols import Requests, WebSockets

_LAST_ANSWERS_SECONDS = 3
_YOUNG = 10_000
_LOOKS_AT_YOUNG = 10
_LOOKS_AT_OLDER = 20
_NEVER = 2**31 - 1
FRAME_BYTES = 1024 * 1024
"""The largest websocket message that is read; only the portal has websockets."""


def postpone_garbage_collection() -> None:
    """Let a start go without: it makes next to no garbage, and looking for it takes long."""
    gc.disable()


def tune_garbage_collection(*, sweeps_itself: bool = False) -> None:
    """Keep the collector's pauses short with many open sessions.

    What is there by now stays, so it need not be looked at at all. The young are looked at some
    thousands at a time, which takes a few milliseconds, and those that stayed after ten such looks.
    The old are all open screens: with a thousand, looking at them takes seconds. So an application
    that ``sweeps_itself`` does that when it knows that there is something to find.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _LOOKS_AT_YOUNG, _NEVER if sweeps_itself else _LOOKS_AT_OLDER)
    gc.enable()


def serve(app: ASGIApp, *, host: str, port: int, sweeps_itself: bool = False) -> None:
    """Serve `app` until SIGTERM or SIGINT, then let requests under way end.

    ``sweeps_itself`` tells that it looks for old garbage on its own (`portal.web.garbage`).
    """
    tune_garbage_collection(sweeps_itself=sweeps_itself)
    uvicorn.Server(server_config(app, host=host, port=port)).run()


def server_config(
    app: ASGIApp,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    last_answers_seconds: int = _LAST_ANSWERS_SECONDS,
) -> uvicorn.Config:
    """How every server of ours speaks HTTP and WebSocket; tests serve with the same."""
    return uvicorn.Config(
        RequestLog(app),
        host=host,
        port=port,
        loop="uvloop",
        http=Requests,
        ws=WebSockets,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=FRAME_BYTES,
        proxy_headers=False,  # the portal's own setting says whom to believe
        timeout_graceful_shutdown=last_answers_seconds,
    )
