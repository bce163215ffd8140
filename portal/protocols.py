"""uvicorn's two protocols, where they fall short: what breaks the rules of HTTP or WebSocket.

The application never sees that. It is answered, with the headers of every answer; nobody is left
waiting, whoever floods is shut out, and the log has no trace of what is no error of ours. Used by
`portal.serve`.
"""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from portal.web.allowance import Allowance
from portal.web.headers import ALWAYS, UNLESS_SAID_OTHERWISE

_HEADERS: Final = ALWAYS | UNLESS_SAID_OTHERWISE

# Pings, pongs and parts of messages: the application counts whole messages itself.
_PIECES_PER_SECOND: Final = 50.0
_PIECES_AT_ONCE: Final = 300


class Requests(HttpToolsProtocol):
    """HTTP: an answer to what is no request has the headers of every answer."""

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be read."""
        self.transport.write(_refusal(HTTPStatus.BAD_REQUEST, msg))
        self.transport.close()


class _Conversation(ServerProtocol):
    """A websocket whose refusal has the headers of every answer."""

    def reject(self, status: HTTPStatus | int, text: str) -> Response:
        """Refuse the handshake."""
        response = super().reject(status, text)
        response.headers.update(_HEADERS)
        return response


class WebSockets(WebSocketsSansIOProtocol):
    """WebSocket: handshakes and frames that are none."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = _Conversation(
            extensions=self.conn.available_extensions,
            max_size=config.ws_max_size,
            logger=self.logger,
        )
        self._pieces = Allowance(_PIECES_PER_SECOND, _PIECES_AT_ONCE)

    def data_received(self, data: bytes) -> None:
        """Read on; a handshake that was too much for the reader is answered too."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.handshake_initiated = self.handshake_complete = self.close_sent = True
            answer = b"".join(self.conn.data_to_send())
            self.transport.write(answer or _refusal(HTTPStatus.BAD_REQUEST, ""))
            self.transport.close()

    def handle_connect(self, event: Request) -> None:
        """Let nothing in before the application has let this one in."""
        super().handle_connect(event)
        if not self.handshake_complete:
            self.transport.pause_reading()

    async def send(self, message: ASGISendEvent) -> None:
        """Send for the application."""
        await super().send(message)
        if message["type"] == "websocket.accept" and not self.transport.is_closing():
            self.transport.resume_reading()
        if self.initial_response is not None and self.close_sent:
            self.handshake_complete = True  # else uvicorn logs a refusal as an error

    def send_receive_event_to_app(self) -> None:
        """Hand a message on, unless it is said to be text and is none."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self._break_off(CloseCode.INVALID_DATA)
        else:
            super().send_receive_event_to_app()

    def handle_cont(self, event: Frame) -> None:
        """Take the next part of a message."""
        if self._may_go_on():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a sign of life."""
        if self._may_go_on():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Take an answer to our own."""
        if self._may_go_on():
            super().handle_pong(event)

    def _may_go_on(self) -> bool:
        if self.close_sent:
            return False
        if not self._pieces.take():
            self._break_off(CloseCode.POLICY_VIOLATION)
            return False
        return True

    def _break_off(self, code: CloseCode) -> None:
        self.frames = []
        self.conn.fail(code)
        self.handle_parser_exception()


def _refusal(status: HTTPStatus, text: str) -> bytes:
    response = ServerProtocol().reject(status, text)
    response.headers.update(_HEADERS)
    return response.serialize()


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
