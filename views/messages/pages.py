"""The citizen's threads, so many pages of them as were asked for: for the list and beside one."""

from portal.contract.messages import ThreadList
from portal.plan_client import PlanClient


async def read_threads(client: PlanClient, pages: int, words: str | None = None) -> ThreadList:
    """Return the threads of so many pages as one list, all or those with ``words`` in them."""
    found = await client.threads(q=words)
    for _ in range(pages - 1):
        if not found.next_cursor:
            break
        following = await client.threads(found.next_cursor, words)
        found = following.model_copy(update={"threads": found.threads + following.threads})
    return found
