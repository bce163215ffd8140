"""Flet's end of one websocket, made safe: what a person must not see stays on the server.

Stock Flet sends an exception's text and traceback to the browser. Here the log has the trace
under a reference number, and the person gets that number and can go on.
"""

import asyncio
import re
import secrets
from collections.abc import Callable
from contextvars import Context, ContextVar, copy_context
from weakref import ref

import flet as ft
import structlog
from flet.messaging.protocol import Message, MessageAction, RegisterClientResponseBody
from flet_web.fastapi.flet_app import FletApp
from flet_web.fastapi.flet_app_manager import app_manager

from portal.web.logins import SignedIn

logger = structlog.get_logger(__name__)

# A session is never resumed (see portal/web/socket.py), so Flet need not keep it.
KEEP_SECONDS = 0

_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')

StartApp = Callable[[ft.Page, SignedIn], None]
ShowFailure = Callable[[ft.Page, SignedIn, str], None]

# Weak: asyncio keeps the context of a timer until its time, also when the timer was cancelled.
_connection: ContextVar["ref[Connection]"] = ContextVar("connection")


class _Unwritten(Message):
    """A message for Flet, which writes each one out for its debug log, read or not."""

    def __repr__(self) -> str:
        return self.action.name


class Connection(FletApp):  # type: ignore[misc] # flet_web has no types
    """A Flet connection that belongs to one login."""

    def __init__(
        self,
        *,
        main: Callable[[ft.Page], None],
        signed_in: SignedIn,
        show_failure: ShowFailure,
    ) -> None:
        super().__init__(
            loop=asyncio.get_running_loop(),
            executor=app_manager.executor,
            main=main,
            before_main=None,
            session_timeout_seconds=KEEP_SECONDS,
        )
        self.signed_in = signed_in
        self.closed = False
        self.page: ft.Page | None = None
        self.context: Context | None = None
        self._show_failure = show_failure

    def enter(self) -> None:
        """Make this the connection that `open_page` finds in the current task's children."""
        _connection.set(ref(self))

    def send_message(self, message: Message) -> None:
        """Queue a message for the browser, but nothing after the end and no internals."""
        if self.closed:
            return
        if message.action is MessageAction.SESSION_CRASHED:
            self._report(message.body.message)
            return
        if isinstance(message.body, RegisterClientResponseBody):
            message.body.error = ""  # would be a traceback of before_main, which we have not
        super().send_message(_Unwritten(message.action, message.body))

    def take_down(self) -> None:
        """End what the screen has begun: nobody sees it any more.

        Its hundreds of controls hold on to each other through their handlers. Unmounted, they are
        free at once, not only when the garbage collector has looked at everything there is.
        """
        page, context = self.page, self.context
        self.page = self.context = None
        if page is None or context is None:
            return
        try:
            context.run(_unmount, page)
        except Exception as error:  # noqa: BLE001 - whoever is gone must not keep the socket
            logger.warning("screen_not_taken_down", error=type(error).__name__)

    def _report(self, trace: str) -> None:
        reference = secrets.token_hex(4)
        # Where, not what: the message of an exception may hold what a person wrote.
        places = [f"{file}:{line} {name}" for file, line, name in _FRAME.findall(trace)]
        logger.error("screen_failed", reference=reference, places=places)
        if self.page is None:
            return
        try:
            self._show_failure(self.page, self.signed_in, reference)
        except Exception:
            logger.exception("screen_failure_not_shown", reference=reference)


def page_opener(start: StartApp) -> Callable[[ft.Page], None]:
    """The Flet `main` for all connections: starts the app for whoever the connection is of.

    Flet keeps one hub for each different `main` for ever, so there must be only one.
    """

    def open_page(page: ft.Page) -> None:
        connection = _connection.get()()
        if connection is None:  # the browser has left
            return
        connection.page = page
        connection.context = copy_context()  # in which Flet finds the page
        start(page, connection.signed_in)

    return open_page


def _unmount(page: ft.Page) -> None:
    for control in list(page.session.index.values()):
        control.will_unmount()
