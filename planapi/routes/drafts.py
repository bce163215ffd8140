"""Drafts of whatever is being typed."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion, SeenVersionIfAny
from planapi.services import drafts
from portal.contract.messages import Draft, SaveDraft

router = APIRouter(prefix="/v1/drafts", tags=["drafts"])

Name = Annotated[
    str,
    Path(pattern=r"^[a-z0-9:_-]{1,80}$", description="The form", examples=["goal:new"]),
]


@router.get("/{name}", response_model=Draft)
async def draft(name: Name, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the saved fields of a form, none when there is no draft."""
    async with context.database.transaction(actor) as tx:
        return answer(await drafts.draft(tx, actor, name, context.now()))


@router.put("/{name}", response_model=Draft)
async def save_draft(
    name: Name,
    command: SaveDraft,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Keep the fields of a form as typed so far; `If-Match: "0"` where there is no draft."""
    async with context.database.transaction(actor) as tx:
        return answer(await drafts.save_draft(tx, actor, context.now(), name, command, version))


@router.delete("/{name}", status_code=204, response_class=Response)
async def drop_draft(
    name: Name, version: SeenVersionIfAny, actor: CurrentActor, context: CurrentContext
) -> None:
    """Forget a draft; with `If-Match` none that was saved since."""
    async with context.database.transaction(actor) as tx:
        await drafts.drop_draft(tx, actor, context.now(), name, version)
