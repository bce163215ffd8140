"""Gives files to whoever may have them: of messages, of consents, and everything about oneself.

`GET /attachments/<id>`, `/receipts/<id>` and `/export/<form>`. A view shows a picture by its
address, or opens it in a new window; uploads go to `portal.web.uploads`. The plan API decides about
each; nothing is kept here. The browser saves a file under its name, and neither shows nor guesses
nor runs what is in it. Built in `portal.asgi`.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth.cookies import LoginCookies
from i18n.translator import translator
from portal.plan_client import PlanClient, PlanError, PlanNotFound, PlanRefused, PlanUnavailable
from portal.web.exports import FORMS, Exports, SavedFile, receipt_file
from portal.web.language import language_of
from portal.web.logins import Logins, SignedIn

logger = structlog.get_logger(__name__)

PATH: Final = "/attachments"

# That a file exists is as much a secret as what is in it.
_STATUS: Final[dict[type[PlanError], HTTPStatus]] = {
    PlanNotFound: HTTPStatus.NOT_FOUND,
    PlanRefused: HTTPStatus.NOT_FOUND,
    PlanUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

_Fetch = Callable[[PlanClient, SignedIn], Awaitable[SavedFile]]


class Downloads:
    """The endpoints.

    Args:
        logins: who is signed in.
        cookies: the login cookies.
        client_of: makes a plan client in somebody's name.
        failure_page: says in words that there is no file just now.
    """

    def __init__(
        self,
        *,
        logins: Logins,
        cookies: LoginCookies,
        client_of: Callable[[SignedIn], PlanClient],
        failure_page: Callable[[Request, HTTPStatus], Awaitable[Response]],
    ) -> None:
        self._logins = logins
        self._cookies = cookies
        self._client_of = client_of
        self._failure_page = failure_page
        self._exports = Exports()

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route(PATH + "/{attachment_id:uuid}", self._attachment),
            Route("/receipts/{consent_id:uuid}", self._receipt),
            *(Route(f"/export/{form}", self._export, name=form) for form in FORMS),
        ]

    async def _attachment(self, request: Request) -> Response:
        attachment_id: UUID = request.path_params["attachment_id"]

        async def fetch(client: PlanClient, _: SignedIn) -> SavedFile:
            file = await client.download_attachment(attachment_id)
            return SavedFile(file.name, file.media_type, file.content)

        found = await self._fetched(request, fetch)
        return Response(status_code=found) if isinstance(found, HTTPStatus) else found

    async def _receipt(self, request: Request) -> Response:
        consent_id: UUID = request.path_params["consent_id"]

        async def fetch(client: PlanClient, _: SignedIn) -> SavedFile:
            return receipt_file(await client.consent_receipt(consent_id))

        return await self._in_words(request, fetch)

    async def _export(self, request: Request) -> Response:
        form = FORMS[request.url.path.rpartition("/")[2]]

        async def fetch(client: PlanClient, signed_in: SignedIn) -> SavedFile:
            t = translator(language_of(request, signed_in.language))
            return await self._exports.fetch(client, signed_in, form, t)

        return await self._in_words(request, fetch)

    async def _in_words(self, request: Request, fetch: _Fetch) -> Response:
        """For a link on a page: whoever gets no file reads why."""
        found = await self._fetched(request, fetch)
        if isinstance(found, HTTPStatus):
            return await self._failure_page(request, found)
        return found

    async def _fetched(self, request: Request, fetch: _Fetch) -> Response | HTTPStatus:
        signed_in = await self._logins.find(self._cookies.session.read(request))
        if signed_in is None:
            here = urlencode({"next": request.url.path})
            return RedirectResponse(f"/?{here}", HTTPStatus.SEE_OTHER)
        try:
            file = await fetch(self._client_of(signed_in), signed_in)
        except PlanError as error:
            logger.warning("download_failed", error=type(error).__name__)
            return _STATUS.get(type(error), HTTPStatus.BAD_GATEWAY)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)
