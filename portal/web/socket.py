"""The one door to the Flet screens: a guarded websocket.

In front of Flet's own handler it checks Origin and login, binds the Flet session to the login
session, sets limits, ends with the login, and cleans up whatever happens. Flet sees neither
cookies nor addresses. Built in `portal.asgi`.
"""

import asyncio
import hashlib
import math
import time
from collections import Counter
from collections.abc import MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import msgpack
import psycopg
import structlog
from flet.messaging.protocol import MessageAction
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from portal.serve import FRAME_BYTES
from portal.web.allowance import Allowance, Allowances
from portal.web.connection import Connection, ShowFailure, StartApp, page_opener
from portal.web.language import language_of
from portal.web.logins import Logins, SignedIn

logger = structlog.get_logger(__name__)

# Close codes (RFC 6455 section 7.4). 4401 is ours: boot.js goes to the start page.
LOGIN_OVER: Final = 4401
WRONG_DATA: Final = 1003
PROTOCOL_BROKEN: Final = 1008
TOO_BIG: Final = 1009
TOO_MUCH: Final = 1013  # RFC 6455 registry: try again later
HANDLER_FAILED: Final = 1011
BROWSER_LEFT: Final = 1001  # nothing is sent

_PACKET_PROTOCOL = 0x00  # first byte of a frame: MessagePack follows
# Events that the browser sends without anybody touching it.
_PASSIVE_EVENTS = frozenset(
    {
        "app_lifecycle_state_change",
        "connect",
        "disconnect",
        "locale_change",
        "media_change",
        "platform_brightness_change",
        "resize",
        "size_change",
        "visible",
    }
)
_REGISTRATION = frozenset({"session_id", "page_name", "page"})
_DISCONNECT = {"type": "websocket.disconnect", "code": 1000}

Event = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """What one socket may do. Times in seconds, sizes in bytes."""

    first_message: float = 5.0
    frame_bytes: int = FRAME_BYTES
    waiting_frames: int = 64
    sockets_per_login: int = 5
    openings_per_second: float = 1.0
    openings_at_once: float = 60
    frames_per_second: float = 50.0
    frames_at_once: int = 300
    bytes_per_second: float = 512 * 1024
    bytes_at_once: int = 4 * FRAME_BYTES
    send: float = 20.0
    wind_down: float = 5.0
    close: float = 1.0
    touch_every: float = 30.0
    recheck_login: float = 60.0


class SocketGuard:
    """ASGI application for the websocket address.

    Args:
        origin: the only `Origin` that may open a socket.
        cookie_name: the login cookie.
        logins: finds and follows login sessions.
        start: draws the app on a new page.
        show_failure: tells the person that something went wrong, with a reference number.
        limits: see `SocketLimits`.
    """

    def __init__(
        self,
        *,
        origin: str,
        cookie_name: str,
        logins: Logins,
        start: StartApp,
        show_failure: ShowFailure,
        limits: SocketLimits | None = None,
    ) -> None:
        self._origin = origin
        self._cookie_name = cookie_name
        self._logins = logins
        self._main = page_opener(start)
        self._show_failure = show_failure
        self._limits = limits or SocketLimits()
        self._openings = Allowances(self._limits.openings_per_second, self._limits.openings_at_once)
        self._open: Counter[str] = Counter()
        self._closed = 0

    @property
    def open_sockets(self) -> int:
        """How many are open at this process."""
        return self._open.total()

    @property
    def closed_sockets(self) -> int:
        """How many were open and are not any more."""
        return self._closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or refuse, then serve until either side leaves."""
        request = HTTPConnection(scope)
        if request.headers.getlist("origin") != [self._origin]:
            logger.warning("socket_refused", reason="origin")
            await _deny(scope, receive, send, HTTPStatus.FORBIDDEN)
            return
        cookie = request.cookies.get(self._cookie_name)
        try:
            signed_in = await self._logins.find(cookie)
        except psycopg.Error:
            logger.warning("socket_refused", reason="sessions_away")
            await _deny(scope, receive, send, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        if signed_in is None:
            await _deny(scope, receive, send, HTTPStatus.UNAUTHORIZED)
            return
        key = signed_in.login.key
        # Each one has a whole screen drawn: one after another, they would keep everybody waiting.
        if self._open[key] >= self._limits.sockets_per_login or not self._openings.take(key):
            logger.warning("socket_refused", reason="too_many", key=key)
            await _deny(scope, receive, send, HTTPStatus.TOO_MANY_REQUESTS)
            return

        signed_in.language = language_of(request, signed_in.login.language)
        connection = Connection(
            main=self._main, signed_in=signed_in, show_failure=self._show_failure
        )
        connection.enter()
        wire = _Wire(scope, receive, send, connection, self._logins, self._limits)
        self._open[key] += 1
        try:
            await wire.serve()
        finally:
            self._open -= Counter({key: 1})  # an operator that drops what is zero
            self._closed += 1


async def no_such_socket(websocket: WebSocket) -> None:
    """Refuse a websocket at any other address."""
    await websocket.send_denial_response(Response(status_code=HTTPStatus.NOT_FOUND))


class _Wire:
    """Carries frames between the browser and a `Connection`, and takes both down together."""

    def __init__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        connection: Connection,
        logins: Logins,
        limits: SocketLimits,
    ) -> None:
        self._receive = receive
        self._send = send
        self._connection = connection
        self._logins = logins
        self._limits = limits
        self._frames = Allowance(limits.frames_per_second, limits.frames_at_once)
        self._bytes = Allowance(limits.bytes_per_second, limits.bytes_at_once)
        self._inbox: asyncio.Queue[Event] = asyncio.Queue(limits.waiting_frames)
        self._scope = _scope_for_flet(scope, connection.signed_in)
        self._broken = asyncio.Event()
        # The first act counts: a phone that is looked at now and then opens a socket each time.
        self._touched = -math.inf
        self._touching: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Serve until the browser leaves, the login is over, or somebody breaks the rules."""
        await self._inbox.put(await self._receive())  # websocket.connect
        await self._send({"type": "websocket.accept"})
        first = await self._first_frame()
        # Flet never ends a connection that did not register, so it gets to see none.
        if not isinstance(first, int):
            await self._inbox.put(first)
            await self._serve_registered()
        else:
            await self._close(first)

    async def _first_frame(self) -> Event | int:
        """The message that registers, or the code to close with."""
        try:
            async with asyncio.timeout(self._limits.first_message):
                message = await self._receive()
        except TimeoutError:
            return PROTOCOL_BROKEN
        if message["type"] == "websocket.disconnect":
            return BROWSER_LEFT
        frame: bytes | None = message.get("bytes")
        if (refusal := self._refusal(frame, registers=True)) is not None:
            return refusal
        registration = _as_new_client(frame or b"")
        return PROTOCOL_BROKEN if registration is None else {**message, "bytes": registration}

    async def _serve_registered(self) -> None:
        websocket = WebSocket(self._scope, self._inbox.get, self._send_to_browser)
        handler = asyncio.create_task(self._connection.handle(websocket))
        pump = asyncio.create_task(self._pump())
        login_over = asyncio.create_task(
            self._logins.until_over(self._connection.signed_in, self._limits.recheck_login)
        )
        broken = asyncio.create_task(self._broken.wait())
        tasks: set[asyncio.Task[Any]] = {handler, pump, broken, login_over}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            self._connection.closed = True
            await self._close(self._close_code(handler, pump, login_over))
            await self._wind_down(handler)
        finally:
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    logger.error("socket_failed", exc_info=outcome)

    @staticmethod
    def _close_code(
        handler: asyncio.Task[None],
        pump: asyncio.Task[int],
        login_over: asyncio.Task[None],
    ) -> int:
        """Why the socket closes."""
        if login_over.done():
            return LOGIN_OVER
        if pump.done() and not pump.cancelled() and pump.exception() is None:
            return pump.result()
        return HANDLER_FAILED if handler.done() else PROTOCOL_BROKEN

    async def _pump(self) -> int:
        """Hand frames on; returns the code to close with."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return BROWSER_LEFT
            if (code := self._refusal(message.get("bytes"), registers=False)) is not None:
                return code
            await self._inbox.put(message)
            self._note_activity(message["bytes"])

    def _refusal(self, frame: bytes | None, *, registers: bool) -> int | None:
        """The close code for a frame that Flet must not see: the first one registers, no other."""
        if frame is None:
            return WRONG_DATA
        if len(frame) > self._limits.frame_bytes:
            return TOO_BIG
        if not (self._frames.take() and self._bytes.take(len(frame))):
            return TOO_MUCH
        if (_action(frame) == MessageAction.REGISTER_CLIENT.value) != registers:
            return PROTOCOL_BROKEN
        return None

    def _note_activity(self, frame: bytes) -> None:
        """Extend idle time on what a person does; seldom, as it costs a database write."""
        if time.monotonic() - self._touched < self._limits.touch_every:
            return
        if _is_by_a_person(frame):
            self._touched = time.monotonic()
            self._touching = asyncio.create_task(self._logins.touch(self._connection.signed_in))

    async def _send_to_browser(self, message: Event) -> None:
        """Send for Flet; never raises, since its sender would then skip its clean-up."""
        if self._connection.closed or message["type"] == "websocket.accept":  # we did that
            return
        try:
            async with asyncio.timeout(self._limits.send):
                await self._send(message)
        except Exception:  # noqa: BLE001 - each server has its own; all mean that nobody is there
            self._connection.closed = True
            self._broken.set()

    async def _close(self, code: int) -> None:
        if code == BROWSER_LEFT:
            return
        logger.info("socket_closed", code=code)
        try:
            async with asyncio.timeout(self._limits.close):
                await self._send({"type": "websocket.close", "code": code, "reason": ""})
        except Exception as error:  # noqa: BLE001 - see _send_to_browser
            logger.debug("socket_close_unheard", error=type(error).__name__)

    async def _wind_down(self, handler: asyncio.Task[None]) -> None:
        """Let Flet notice the end and give its session up."""
        self._connection.take_down()
        if self._inbox.full():
            self._inbox.get_nowait()
        self._inbox.put_nowait(_DISCONNECT)
        ending = {handler, self._touching} if self._touching else {handler}
        await asyncio.wait(ending, timeout=self._limits.wind_down)


def _scope_for_flet(scope: Scope, signed_in: SignedIn) -> Scope:
    """The scope that Flet sees: no cookie, no address, and a path that names the login.

    Flet keeps sessions by path, client address and User-Agent. No session is resumed here; the
    digest of the login would keep it from another login even so.
    """
    digest = hashlib.sha256(b"flet session of " + signed_in.login.key.encode()).hexdigest()
    path = f"/{digest}/ws"
    return {
        **scope,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "client": ("127.0.0.1", 0),
        "headers": [
            (name, value)
            for name, value in scope["headers"]
            if name in {b"host", b"origin", b"user-agent"}
        ],
    }


def _as_new_client(frame: bytes) -> bytes | None:
    """The registration without the session that it wants to resume; None when it is malformed.

    Flet 1.0.5 can resume a session, but its client then draws no further change: the screen is
    frozen. A new session draws the same address afresh, for whoever is signed in now.
    """
    try:
        action, body = msgpack.unpackb(frame[1:], strict_map_key=False)
        if set(body) != _REGISTRATION or not isinstance(body["page"], dict):
            return None
        anew: bytes = msgpack.packb([action, {**body, "session_id": None}])
    except (ValueError, TypeError, msgpack.UnpackException):
        return None
    return frame[:1] + anew


def _action(frame: bytes) -> int | None:
    """The action of a protocol frame `0x00 [action, body]`; None for any other frame."""
    two_item_array = 0x92  # MessagePack fixarray
    if len(frame) > 2 and frame[0] == _PACKET_PROTOCOL and frame[1] == two_item_array:  # noqa: PLR2004
        return frame[2]
    return None


def _is_by_a_person(frame: bytes) -> bool:
    action = _action(frame)
    if action == MessageAction.UPDATE_CONTROL_PROPS.value:
        return b"\xa5value" in frame  # somebody types or chooses
    if action != MessageAction.CONTROL_EVENT.value:
        return False
    try:
        _, body = msgpack.unpackb(frame[1:], strict_map_key=False)
        return body.get("name") not in _PASSIVE_EVENTS
    except (ValueError, AttributeError, msgpack.UnpackException):
        return False


async def _deny(scope: Scope, receive: Receive, send: Send, status: HTTPStatus) -> None:
    await WebSocket(scope, receive, send).send_denial_response(Response(status_code=status))
