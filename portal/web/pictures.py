"""Gives pictures of people to whoever may see them: `GET /pictures/<person>/<picture>`.

The plan API decides about each and keeps it. The address changes with the picture, so that an open
screen shows a new one; the browser keeps none on its disk. Nobody else's host is asked. Built in
`portal.asgi`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.cookies import LoginCookies
from portal.plan_client import PlanClient, PlanError, PlanNotFound
from portal.web.logins import Logins, SignedIn

logger = structlog.get_logger(__name__)

_HEADERS: Final = {
    "Cache-Control": "no-store",  # personal, and smaller than a second look is worth
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Pictures:
    """The endpoint.

    Args:
        logins: who is signed in.
        cookies: the login cookies.
        client_of: makes a plan client in somebody's name.
    """

    def __init__(
        self,
        *,
        logins: Logins,
        cookies: LoginCookies,
        client_of: Callable[[SignedIn], PlanClient],
    ) -> None:
        self._logins = logins
        self._cookies = cookies
        self._client_of = client_of

    def routes(self) -> list[Route]:
        """The route."""
        return [Route("/pictures/{person_id:uuid}/{picture}", self._picture)]

    async def _picture(self, request: Request) -> Response:
        """Without a login, and for whoever may not see the person, there is no picture."""
        person_id: UUID = request.path_params["person_id"]
        signed_in = await self._logins.find(self._cookies.session.read(request))
        if signed_in is None:
            return _none(HTTPStatus.NOT_FOUND)
        try:
            found = await self._client_of(signed_in).picture(person_id)
        except PlanNotFound:
            return _none(HTTPStatus.NOT_FOUND)
        except PlanError as error:
            logger.warning("picture_failed", error=type(error).__name__)
            return _none(HTTPStatus.BAD_GATEWAY)
        return Response(found.content, media_type=found.media_type.value, headers=_HEADERS)


def _none(status: HTTPStatus) -> Response:
    return Response(status_code=status, headers={"Cache-Control": "no-store"})
