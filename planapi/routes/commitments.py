"""What somebody is held to: promises and decisions."""

from uuid import UUID

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.idempotency import Idempotent
from planapi.services import decisions as decision_service
from planapi.services import promises as promise_service
from portal.contract.goals import History
from portal.contract.plans import (
    Decision,
    EditPromise,
    KeepPromise,
    NewDecision,
    NewPromise,
    Promise,
)

router = APIRouter(prefix="/v1", tags=["commitments"])


@router.post("/plans/{plan_id}/promises", response_model=Promise, status_code=201)
async def make_promise(
    plan_id: UUID,
    command: NewPromise,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Write a citizen's own promise, or one of the asking professional's administration."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: promise_service.make_promise(tx, actor, context.now(), plan_id, command)
        )
    return done.response()


@router.get("/promises/{promise_id}", response_model=Promise)
async def promise(promise_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one promise."""
    async with context.database.transaction(actor) as tx:
        return answer(await promise_service.promise(tx, actor, context.now(), promise_id))


@router.get("/promises/{promise_id}/history", response_model=History)
async def promise_history(
    promise_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed in a promise, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(await promise_service.promise_history(tx, actor, context.now(), promise_id))


@router.put("/promises/{promise_id}", response_model=Promise)
async def edit_promise(
    promise_id: UUID,
    command: EditPromise,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Replace a promise's wording; the history keeps what it said before."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await promise_service.edit_promise(
                tx, actor, context.now(), promise_id, command, version
            )
        )


@router.put("/promises/{promise_id}/kept", response_model=Promise)
async def keep_promise(
    promise_id: UUID,
    command: KeepPromise,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Mark a promise as kept today, or undo that."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await promise_service.keep_promise(
                tx, actor, context.now(), promise_id, command, version
            )
        )


@router.post("/plans/{plan_id}/decisions", response_model=Decision, status_code=201)
async def record_decision(
    plan_id: UUID,
    command: NewDecision,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Record a decision of the own administration; the last day to appeal is computed."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: decision_service.record_decision(tx, actor, context.now(), plan_id, command),
        )
    return done.response()


@router.get("/decisions/{decision_id}", response_model=Decision)
async def decision(decision_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one decision."""
    async with context.database.transaction(actor) as tx:
        return answer(await decision_service.decision(tx, actor, context.now(), decision_id))


@router.get("/decisions/{decision_id}/history", response_model=History)
async def decision_history(
    decision_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return what was changed in a decision, newest first."""
    async with context.database.transaction(actor) as tx:
        return answer(
            await decision_service.decision_history(tx, actor, context.now(), decision_id)
        )
