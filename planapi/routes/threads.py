"""Threads of messages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import threads as thread_service
from portal.contract.messages import (
    MarkRead,
    NewMessage,
    NewThread,
    SearchText,
    Thread,
    ThreadList,
)

router = APIRouter(prefix="/v1/threads", tags=["messages"])

Cursor = Annotated[str | None, Query(max_length=200)]


@router.get("", response_model=ThreadList)
async def threads(
    actor: CurrentActor,
    context: CurrentContext,
    cursor: Cursor = None,
    q: Annotated[
        SearchText | None,
        Query(description="Only threads that hold each of these words, in subject or messages"),
    ] = None,
) -> Response:
    """Return the citizen's threads, last written first, 20 a page."""
    async with context.database.reading(actor) as tx:
        return answer(await thread_service.threads(tx, actor, context.now(), cursor, q))


@router.get("/{thread_id}", response_model=Thread)
async def thread(
    thread_id: UUID, actor: CurrentActor, context: CurrentContext, older: Cursor = None
) -> Response:
    """Return the newest 50 messages of a thread, or the 50 before `older`."""
    async with context.database.reading(actor) as tx:
        return answer(await thread_service.thread(tx, actor, context.now(), thread_id, older))


@router.post("", response_model=Thread, status_code=201)
async def start_thread(
    command: NewThread, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Write a first message."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: thread_service.start_thread(tx, actor, context.now(), command)
        )
    return done.response()


@router.post("/{thread_id}/messages", response_model=Thread, status_code=201)
async def send_message(
    thread_id: UUID,
    command: NewMessage,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Reply in a thread."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: thread_service.send_message(tx, actor, context.now(), thread_id, command)
        )
    return done.response()


@router.put("/{thread_id}/read", status_code=204, response_class=Response)
async def mark_read(
    thread_id: UUID, command: MarkRead, actor: CurrentActor, context: CurrentContext
) -> None:
    """Tell that the messages up to one were on the screen."""
    async with context.database.transaction(actor) as tx:
        await thread_service.mark_read(tx, actor, context.now(), thread_id, command)
