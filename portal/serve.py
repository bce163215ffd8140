"""Runs an ASGI application with uvicorn, the same way for every server of ours. Used by the CLI."""

import gc

import uvicorn
from starlette.types import ASGIApp

from portal.logs import RequestLog

_LAST_ANSWERS_SECONDS = 3
FRAME_BYTES = 1024 * 1024
"""The largest websocket message that is read; only the portal has websockets."""


def postpone_garbage_collection() -> None:
    """Let a start go without: it makes next to no garbage, and looking for it takes long."""
    gc.disable()


def tune_garbage_collection() -> None:
    """Keep the collector's pauses short with many open sessions.

    What is there by now stays, so it need not be looked at at all. A screen is some 3,000 objects:
    the young are looked at after 20 new screens, the older after 100. With a heap of a thousand
    screens a full collection takes a second, so it comes after 2,000 new ones; what a closed screen
    leaves for it is little (`portal.web.connection`).
    """
    gc.freeze()
    gc.set_threshold(50_000, 5, 20)
    gc.enable()


def serve(app: ASGIApp, *, host: str, port: int) -> None:
    """Serve `app` until SIGTERM or SIGINT, then let requests under way end."""
    tune_garbage_collection()
    uvicorn.Server(
        uvicorn.Config(
            RequestLog(app),
            host=host,
            port=port,
            loop="uvloop",
            ws="websockets-sansio",  # uvicorn's own successor of "websockets"
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            ws_max_size=FRAME_BYTES,
            proxy_headers=False,  # the portal's own setting says whom to believe
            timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
        )
    ).run()
