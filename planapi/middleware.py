"""A limit on bodies, before anybody reads them. Installed by `planapi.app`."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planapi.errors import TooLarge, respond


class BodyLimit:
    """ASGI middleware: answers `too-large` to a request body over ``limit`` bytes.

    ``exceptions`` are other limits, by exact path.
    """

    def __init__(
        self, app: ASGIApp, limit: int, exceptions: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._exceptions = exceptions or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, which is within the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._exceptions.get(scope["path"], self._limit)
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # the client is gone
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                await respond(TooLarge.type, TooLarge.status)(scope, receive, send)
                return
        handed_over = False

        async def whole_body() -> Message:
            nonlocal handed_over
            if handed_over:
                return await receive()
            handed_over = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, whole_body, send)
