"""The citizen's overview and plan, their own words, and the request for a plan."""

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import overview as overview_service
from planapi.services import plans as plan_service
from portal.contract.goals import History
from portal.contract.overview import Overview
from portal.contract.people import AboutMe, AskForPlan, EditAboutMe, PlanRequest
from portal.contract.plans import Plan

router = APIRouter(prefix="/v1", tags=["plan"])


@router.get("/overview", response_model=Overview)
async def overview(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what the citizen needs to know or do now."""
    async with context.database.reading(actor) as tx:
        return answer(await overview_service.overview(tx, actor, context.now()))


@router.get("/plan", response_model=Plan)
async def plan(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return the citizen's own plan; 404 where there is none."""
    async with context.database.reading(actor) as tx:
        return answer(await plan_service.plan(tx, actor, context.now()))


@router.get("/about-me/history", response_model=History)
async def about_me_history(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what was changed in the citizen's own words, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await plan_service.about_me_history(tx, actor, context.now()))


@router.put("/about-me", response_model=AboutMe)
async def edit_about_me(
    command: EditAboutMe, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Replace the citizen's own words; `If-Match: "0"` where nothing was written yet."""
    async with context.database.transaction(actor) as tx:
        return answer(await plan_service.edit_about_me(tx, actor, context.now(), command, version))


@router.post("/plan-requests", response_model=PlanRequest, status_code=201)
async def request_plan(
    command: AskForPlan, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Ask for a plan; 409 where there is one, or a request is under way."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: plan_service.request_plan(tx, actor, context.now(), command)
        )
    return done.response()
