"""What citizens ask by right: corrections, and why somebody read something."""

import asyncio
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.fhir.bundle import EXAMPLE as FHIR_EXAMPLE
from planapi.idempotency import Idempotent
from planapi.services import exports as export_service
from planapi.services import rights as service
from portal.contract.exports import EXPORT_MEDIA_TYPES, Export, ExportFormat
from portal.contract.rights import (
    AnswerRightsRequest,
    NewRightsRequest,
    RightsRequest,
    RightsRequestList,
)

router = APIRouter(prefix="/v1", tags=["rights"])


@router.get("/rights-requests", response_model=RightsRequestList)
async def rights_requests(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return own requests, newest first; for a contact person those that wait, oldest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.rights_requests(tx, actor, context.now()))


@router.post("/rights-requests", response_model=RightsRequest, status_code=HTTPStatus.CREATED)
async def ask_by_right(
    command: NewRightsRequest, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Ask for a correction, or about an entry of the access log."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.ask_by_right(tx, actor, context.now(), command)
        )
    return done.response()


@router.put("/rights-requests/{request_id}/answer", response_model=RightsRequest)
async def answer_rights_request(
    request_id: UUID,
    command: AnswerRightsRequest,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Answer a citizen."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await service.answer_rights_request(
                tx, actor, context.now(), request_id, command, version
            )
        )


@router.get(
    "/export",
    response_model=Export,
    responses={
        HTTPStatus.OK: {
            "content": {
                EXPORT_MEDIA_TYPES[ExportFormat.FHIR]: {
                    "schema": {
                        "type": "object",
                        "description": "A FHIR R4 Bundle of the type `collection`",
                        "required": ["resourceType", "type"],
                        "properties": {
                            "resourceType": {"const": "Bundle"},
                            "type": {"const": "collection"},
                        },
                    },
                    "example": FHIR_EXAMPLE,
                }
            }
        }
    },
)
async def export(
    actor: CurrentActor,
    context: CurrentContext,
    wanted: Annotated[
        ExportFormat | None,
        Query(alias="format", description="Which form; it counts for more than `Accept`"),
    ] = None,
    # OpenAPI describes this header by the media types of the answer, not as a parameter.
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Return everything that the citizen may see, for download.

    As JSON, or as a FHIR R4 Bundle where the caller asks for that. Both hold the same.
    """
    form = wanted or export_service.accepted_format(accept)
    async with context.database.transaction(actor) as tx:
        found = await export_service.export(tx, actor, context.now())
    # A life is a few megabytes: other requests are answered while it is written.
    content = await asyncio.to_thread(export_service.written, found, form)
    return Response(content, media_type=EXPORT_MEDIA_TYPES[form], headers={"Vary": "Accept"})
