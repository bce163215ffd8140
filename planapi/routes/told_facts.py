"""Tell it once: what the citizen told, who asks, and who may use the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import told_facts as fact_service
from portal.contract.goals import History
from portal.contract.told_facts import (
    AnswerFactRequest,
    AskForFact,
    FactRequest,
    TellFact,
    ToldFact,
    ToldFactList,
)

router = APIRouter(prefix="/v1", tags=["told once"])

TopicCode = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$", description="Code of a topic")]


@router.get("/plans/{plan_id}/facts", response_model=ToldFactList)
async def told_facts(plan_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return what was told and asked for, as far as the actor may see it."""
    async with context.database.transaction(actor) as tx:
        return answer(await fact_service.told_facts(tx, actor, context.now(), plan_id))


@router.get("/plans/{plan_id}/facts/{topic}/history", response_model=History)
async def fact_history(
    plan_id: UUID, topic: TopicCode, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed in what the citizen told, newest first; to the citizen only."""
    async with context.database.transaction(actor) as tx:
        return answer(await fact_service.fact_history(tx, actor, context.now(), plan_id, topic))


@router.put("/plans/{plan_id}/facts/{topic}", response_model=ToldFact)
async def tell_fact(
    plan_id: UUID,
    topic: TopicCode,
    command: TellFact,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Replace what the citizen told; `If-Match: "0"` where nothing was told yet."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await fact_service.tell_fact(tx, actor, context.now(), plan_id, topic, command, version)
        )


@router.post("/plans/{plan_id}/fact-requests", response_model=FactRequest, status_code=201)
async def ask_for_fact(
    plan_id: UUID,
    command: AskForFact,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Ask about a topic in the name of the own administration; 409 where it did already."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: fact_service.ask_for_fact(tx, actor, context.now(), plan_id, command)
        )
    return done.response()


@router.put("/fact-requests/{request_id}/answer", response_model=FactRequest)
async def answer_fact_request(
    request_id: UUID,
    command: AnswerFactRequest,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Let the answer be used, refuse it, or stop its use from the next reading on."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await fact_service.answer_fact_request(
                tx, actor, context.now(), request_id, command, version
            )
        )


@router.get("/fact-requests/{request_id}/history", response_model=History)
async def fact_request_history(
    request_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return how a request was answered, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await fact_service.fact_request_history(tx, actor, context.now(), request_id))
