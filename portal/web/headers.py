"""What every answer says to the browser, and the check that it was meant for this portal."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Asked by load balancers, which know the process by its address.
PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})

ALWAYS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
UNLESS_SAID_OTHERWISE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
_HSTS = "max-age=63072000; includeSubDomains"
# A websocket that is refused gets an answer as any request does.
_ANSWER_BEGINS: Final = frozenset({"http.response.start", "websocket.http.response.start"})


class ContentPolicies:
    """The Content-Security-Policies: of plain pages, and of those that run Flutter.

    Args:
        public_url: the portal's address.
        form_targets: origins that log-out may lead on to, such as the broker's.
    """

    def __init__(self, public_url: str, form_targets: list[str]) -> None:
        parts = urlsplit(public_url)
        socket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
        forms = " ".join(["'self'", *sorted(set(form_targets))])
        common = (
            "default-src 'none'; font-src 'self'; manifest-src 'self'; "
            f"base-uri 'self'; form-action {forms}"
        )
        alone = f"{common}; frame-ancestors 'none'"
        self.page = (
            f"{alone}; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
        )
        # It holds the rehearsal in a frame.
        self.start = f"{self.page}; frame-src 'self'"
        # Flutter writes style attributes and compiles WebAssembly. Safari needs the
        # websocket's address spelled out.
        flutter = (
            "script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' blob: data:; worker-src 'self' blob:; connect-src 'self'"
        )
        self.app = f"{alone}; {flutter} {socket}"
        self.rehearsal = f"{common}; frame-ancestors 'self'; {flutter}"


class SecurityHeaders:
    """Middleware: the headers above, and `no-store` where the answer says nothing else."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = ALWAYS | ({"Strict-Transport-Security": _HSTS} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in _ANSWER_BEGINS:
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                for name, value in UNLESS_SAID_OTHERWISE.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OnlyOurHost:
    """Middleware: refuses requests whose `Host` is not the portal's (no DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "lifespan" and scope["path"] not in PROBES:
            # A proxy in front might have gone by the second of two.
            asked = HTTPConnection(scope).headers.getlist("host")
            if [name.lower() for name in asked] != [self._host]:
                refusal = PlainTextResponse(
                    f"This portal is at {self._host}.", HTTPStatus.MISDIRECTED_REQUEST
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
