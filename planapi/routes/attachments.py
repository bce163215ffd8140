"""Files: uploaded as they are, sent with a message, downloaded."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request, Response

from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import attachments as attachment_service
from portal.contract.attachments import LARGEST_ATTACHMENT, Attachment, FileName, MediaType

PATH: Final = "/v1/attachments"

router = APIRouter(tags=["messages"])

_ANY_TYPE: Final = "application/octet-stream"
_BYTES: Final = {"type": "string", "format": "binary"}

SAFE_HEADERS: Final = {
    # The browser saves it: it neither shows nor guesses, nor runs what may be in it.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@router.post(
    PATH,
    response_model=Attachment,
    status_code=HTTPStatus.CREATED,
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": f"The file itself, at most {LARGEST_ATTACHMENT} bytes",
            "content": {_ANY_TYPE: {"schema": _BYTES}},
        }
    },
)
async def upload_attachment(
    name: Annotated[FileName, Query(description="What the sender calls it")],
    plan_id: UUID,
    body: Request,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
    attachment_id: Annotated[
        UUID | None, Query(alias="id", description="The id that it gets; a new one when absent")
    ] = None,
) -> Response:
    """Upload a file for a message in a plan. Its type is found out from its bytes."""
    content = await body.body()
    media_type = await attachment_service.inspect(context.attachments, content)
    new_id = attachment_id or uuid4()
    await attachment_service.begin_upload(
        context.database, actor, context.now(), context.attachments, new_id
    )
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: attachment_service.upload_attachment(
                tx,
                actor,
                context.now(),
                context.attachments,
                plan_id,
                name,
                content,
                media_type,
                new_id,
            ),
        )
    return done.response()


@router.get(
    f"{PATH}/{{attachment_id}}",
    response_class=Response,
    responses={200: {"content": {kind: {"schema": _BYTES} for kind in (*MediaType, _ANY_TYPE)}}},
)
async def download_attachment(
    attachment_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return a file to whoever sees the message that it went with, or uploaded it."""
    async with context.database.transaction(actor) as tx:
        attachment, content = await attachment_service.download_attachment(
            tx, actor, context.now(), context.attachments, attachment_id
        )
    disposition = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    return Response(
        content,
        media_type=attachment.media_type,
        headers={**SAFE_HEADERS, "Content-Disposition": disposition},  # RFC 6266
    )


@router.delete(f"{PATH}/{{attachment_id}}", status_code=204, response_class=Response)
async def drop_attachment(
    attachment_id: UUID, actor: CurrentActor, context: CurrentContext
) -> None:
    """Forget an own file that was not sent."""
    async with context.database.transaction(actor) as tx:
        await attachment_service.drop_attachment(
            tx, actor, context.now(), context.attachments, attachment_id
        )
