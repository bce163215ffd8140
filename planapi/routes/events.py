"""The event stream: one connection for each portal process."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Header
from sse_starlette import EventSourceResponse, ServerSentEvent

from planapi.dependencies import CurrentContext, Portal
from planapi.events import EventFeed

router = APIRouter(prefix="/v1/events", tags=["events"])

_HEARTBEAT_SECONDS: Final = 10
_SEND_TIMEOUT_SECONDS: Final = 30
"""A portal that takes nothing for so long is disconnected; it comes back with its last id."""


@router.get("", response_class=EventSourceResponse)
async def events(
    _portal: Portal,
    context: CurrentContext,
    last_event_id: Annotated[
        str | None,
        Header(pattern=r"^\d{1,18}$", description="The last event that was received"),
    ] = None,
) -> EventSourceResponse:
    """Stream `Event`s as server-sent events: those after ``Last-Event-ID``, else from now on."""
    after = await context.events.newest_id() if last_event_id is None else int(last_event_id)
    return EventSourceResponse(
        _stream(context.events, after),
        ping=_HEARTBEAT_SECONDS,
        send_timeout=_SEND_TIMEOUT_SECONDS,
    )


async def _stream(feed: EventFeed, after: int) -> AsyncIterator[ServerSentEvent]:
    # The id of the starting point goes out first, so that a portal that is cut off before the
    # first event comes back to exactly here.
    yield ServerSentEvent(id=str(after), comment="from here")
    async for event in feed.follow(after):
        yield ServerSentEvent(id=str(event.id), event="changed", data=event.model_dump_json())
