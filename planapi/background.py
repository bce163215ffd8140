"""Work that goes on beside the requests, for as long as the process runs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

_CANCEL_AGAIN_SECONDS: Final = 0.2


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run ``work`` while the block runs, and end it with the block.

    `asyncio.wait_for`, which psycopg waits with, may swallow a cancellation that comes at the
    moment of an answer (Python 3.11, gh-86296): so cancelling is repeated until it has worked.
    """
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=_CANCEL_AGAIN_SECONDS)
