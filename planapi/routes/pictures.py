"""Pictures of people."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from planapi.dependencies import CurrentActor, CurrentContext
from planapi.routes.attachments import SAFE_HEADERS
from planapi.services import pictures
from portal.contract.people import PictureType

router = APIRouter(tags=["people"])

_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/v1/people/{person_id}/picture",
    response_class=Response,
    responses={200: {"content": {kind.value: _BYTES for kind in PictureType}}},
)
async def picture(person_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what somebody looks like, to whoever may know who they are or turns to them."""
    async with context.database.transaction(actor) as tx:
        found = await pictures.picture(tx, actor, context.now(), person_id)
    return Response(found.content, media_type=found.media_type, headers=SAFE_HEADERS)
