"""The assessment by theme."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.services import assessments as assessment_service
from portal.contract.assessments import (
    Assessment,
    EditOwnView,
    EditProfessionalView,
    OwnView,
    ProfessionalView,
)
from portal.contract.goals import History

router = APIRouter(prefix="/v1/plans/{plan_id}/assessment", tags=["assessment"])

ThemeCode = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$", description="Code of a theme")]


@router.get("", response_model=Assessment)
async def assessment(plan_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return all themes with the views that the actor may see."""
    async with context.database.transaction(actor) as tx:
        return answer(await assessment_service.assessment(tx, actor, context.now(), plan_id))


@router.get("/{theme}/history", response_model=History)
async def assessment_history(
    plan_id: UUID, theme: ThemeCode, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed in the views of a theme that the actor sees, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await assessment_service.assessment_history(tx, actor, context.now(), plan_id, theme)
        )


@router.put("/{theme}/own", response_model=OwnView)
async def edit_own_view(
    plan_id: UUID,
    theme: ThemeCode,
    command: EditOwnView,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Replace the citizen's own view; `If-Match: "0"` where nothing was written yet."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await assessment_service.edit_own_view(
                tx, actor, context.now(), plan_id, theme, command, version
            )
        )


@router.put("/{theme}/professional", response_model=ProfessionalView)
async def edit_professional_view(
    plan_id: UUID,
    theme: ThemeCode,
    command: EditProfessionalView,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Replace the own administration's view; `If-Match: "0"` where it has none yet."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await assessment_service.edit_professional_view(
                tx, actor, context.now(), plan_id, theme, command, version
            )
        )
