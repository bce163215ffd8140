"""Takes files that somebody adds to a message, and passes them on to the plan API.

`POST` or `PUT /uploads?plan_id=…&name=…&key=…` with the file as the body, from our own pages alone.
Nothing is written to disk here, so nothing is left behind when an upload breaks off; the plan API
finds the type out from the bytes and gives the file a name of its own. A view gives the picker an
address with a fresh UUID as `key`. That is the file's id from then on: a file that is sent twice is
one, and `portal.web.downloads` gives it to who may see it. Built in `portal.asgi`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

import structlog
from pydantic import TypeAdapter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth.cookies import LoginCookies
from portal.contract.attachments import LARGEST_ATTACHMENT, Attachment, FileName
from portal.plan_client import (
    PlanClient,
    PlanError,
    PlanInvalid,
    PlanNotFound,
    PlanRefused,
    PlanUnavailable,
    SignedOut,
)
from portal.web.logins import Logins, SignedIn

logger = structlog.get_logger(__name__)

PATH: Final = "/uploads"

_STATUS: Final[dict[type[PlanError], HTTPStatus]] = {
    PlanInvalid: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    PlanNotFound: HTTPStatus.NOT_FOUND,
    PlanRefused: HTTPStatus.FORBIDDEN,
    PlanUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    SignedOut: HTTPStatus.UNAUTHORIZED,
}
_FILE_NAME: Final[TypeAdapter[str]] = TypeAdapter(FileName)


class TooLarge(Exception):
    """More bytes than a file may have."""


class Uploads:
    """The endpoint.

    Args:
        origin: the only `Origin` that may send files.
        logins: who is signed in.
        cookies: the login cookies.
        client_of: makes a plan client in somebody's name.
    """

    def __init__(
        self,
        *,
        origin: str,
        logins: Logins,
        cookies: LoginCookies,
        client_of: Callable[[SignedIn], PlanClient],
    ) -> None:
        self._origin = origin
        self._logins = logins
        self._cookies = cookies
        self._client_of = client_of

    def routes(self) -> list[Route]:
        """The one route."""
        return [Route(PATH, self._upload, methods=["POST", "PUT"])]

    async def _upload(self, request: Request) -> Response:
        # A page of another site can make a browser send the cookie, but not this header.
        if request.headers.getlist("origin") != [self._origin]:
            return Response(status_code=HTTPStatus.FORBIDDEN)
        signed_in = await self._logins.find(self._cookies.session.read(request))
        if signed_in is None:
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        try:
            attachment = await _pass_on(request, self._client_of(signed_in))
        except (ValueError, ClientDisconnect):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except TooLarge:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except PlanError as error:
            logger.warning("upload_failed", error=type(error).__name__)
            return Response(status_code=_STATUS.get(type(error), HTTPStatus.BAD_GATEWAY))
        return JSONResponse(attachment.model_dump(mode="json"), HTTPStatus.CREATED)


async def _pass_on(request: Request, client: PlanClient) -> Attachment:
    """Upload what the body is, with the act's key as its id: the page knows it beforehand.

    Raises `ValueError` for a request that makes no sense; pydantic's errors are such.
    """
    query = request.query_params
    plan_id = UUID(query.get("plan_id", ""))
    key = UUID(query.get("key") or str(uuid4()))
    name = _FILE_NAME.validate_python(query.get("name", ""))
    content = await _read(request)
    return await client.upload_attachment(plan_id, name, content, str(key), attachment_id=key)


async def _read(request: Request) -> bytes:
    """Return the body; raises `TooLarge` as soon as that is known."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > LARGEST_ATTACHMENT:
        raise TooLarge
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST_ATTACHMENT:
            raise TooLarge
    return bytes(content)
