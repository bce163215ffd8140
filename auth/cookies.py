"""The three cookies of the login: the session, the browser's mark, and "logged out here"."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_MAX_LENGTH = 128


class Cookie:
    """One HttpOnly, SameSite=Lax cookie of the whole portal.

    Lax, because Strict is lost on the way back from the broker. On https the name has the prefix
    `__Host-` and the cookie is Secure (RFC 6265bis 4.1.3.2); on plain http, which only the demo on
    localhost may use, both are dropped.
    """

    def __init__(self, name: str, *, secure: bool) -> None:
        self.name = f"__Host-{name}" if secure else name
        self._secure = secure

    def read(self, request: Request) -> str | None:
        """The value that the browser sent, None for none or for one that cannot be ours."""
        value = request.cookies.get(self.name)
        return value if value and len(value) <= _MAX_LENGTH and value.isascii() else None

    def write(self, response: Response, value: str, lifetime: timedelta) -> None:
        """Set it."""
        response.set_cookie(
            self.name,
            value,
            max_age=int(lifetime.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def clear(self, response: Response) -> None:
        """Remove it."""
        response.delete_cookie(
            self.name, path="/", secure=self._secure, httponly=True, samesite="lax"
        )


class LoginCookies:
    """The cookies for a portal at `public_url`.

    Raises `ValueError` for plain http anywhere but on this machine.
    """

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        if parts.scheme not in {"https", "http"}:
            raise ValueError("the public URL must begin with https://")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("plain http is only for localhost: the public URL must be https")
        secure = parts.scheme == "https"
        self.session = Cookie("enplan", secure=secure)
        self.browser = Cookie("enplan-login", secure=secure)
        self.logged_out = Cookie("enplan-logged-out", secure=secure)
