"""Which language a reader gets, and the choice of it. Used by every HTML page and the websocket.

What a person chose is kept with the person and goes with them to each browser. The browser keeps
it too (a cookie), for the pages around the login. Nobody has chosen: Danish.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth.local_path import local_path
from i18n.translator import LANGUAGES

COOKIE: Final = "enplan_lang"
DEFAULT: Final = "da"
YEAR_SECONDS: Final = 365 * 24 * 3600

_NEW: Final = "+"
"""Behind the code in the cookie: chosen while signed out, not yet kept with the person."""


def language_of(request: HTTPConnection, kept: str | None = None) -> str:
    """The reader's language code; `kept` is the one that belongs to the person."""
    for code in (new_choice(request), kept, _in_browser(request)):
        if code in LANGUAGES:
            return code
    return DEFAULT


def new_choice(request: HTTPConnection) -> str | None:
    """The language that was chosen here while nobody was signed in, if that was the last word."""
    value = request.cookies.get(COOKIE, "")
    code = value.removesuffix(_NEW)
    return code if value.endswith(_NEW) and code in LANGUAGES else None


def _in_browser(request: HTTPConnection) -> str:
    return request.cookies.get(COOKIE, "").removesuffix(_NEW)


Keep = Callable[[Request, str], Awaitable[bool]]
"""Keeps a language with whoever is signed in; tells whether anybody is."""


class Languages:
    """Remembers the reader's choice.

    Args:
        secure: whether the portal is on https.
        keep: keeps it with the person.
    """

    def __init__(self, *, secure: bool, keep: Keep) -> None:
        self._secure = secure
        self._keep = keep

    def routes(self) -> list[Route]:
        """`GET /language?lang=en&next=/`."""
        return [Route("/language", self._choose)]

    async def settle(self, request: Request, response: Response, language: str) -> None:
        """Keep a new choice with the person, and the person's language in this browser."""
        if new_choice(request) is not None and not await self._keep(request, language):
            return
        if request.cookies.get(COOKIE, DEFAULT) != language:
            self._set(response, language)

    async def _choose(self, request: Request) -> Response:
        response = RedirectResponse(local_path(request.query_params.get("next")), status_code=303)
        code = request.query_params.get("lang")
        if code in LANGUAGES:
            is_kept = await self._keep(request, code)
            self._set(response, code if is_kept else code + _NEW)
        return response

    def _set(self, response: Response, value: str) -> None:
        response.set_cookie(
            COOKIE, value, max_age=YEAR_SECONDS, secure=self._secure, httponly=True, samesite="lax"
        )
