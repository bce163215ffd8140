"""A portal process that hears events, with the portal's own hub: prints each id. For the tests.

python -m tests.support.listening_portal URL TOKEN TOPIC COUNT
"""

import asyncio
import sys

import httpx

from portal.contract.events import Event
from portal.web.live import UNKNOWN_EVENT_ID, LiveHub


async def listen(url: str, token: str, topic: str, count: int) -> None:
    heard: list[int] = []
    enough = asyncio.Event()

    def note(event: Event) -> None:
        if event.id == UNKNOWN_EVENT_ID:
            return  # after a gap the hub says "read again"; what was missed comes too
        heard.append(event.id)
        if len(heard) == count:
            enough.set()

    async with httpx.AsyncClient(base_url=url) as http:
        hub = LiveHub(http, lambda: token)
        hub.subscribe([topic], note)
        following = asyncio.create_task(hub.run())
        await hub.connected.wait()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        await enough.wait()
        following.cancel()
    sys.stdout.write(" ".join(map(str, heard)) + "\n")


if __name__ == "__main__":
    _, url, token, topic, count = sys.argv
    asyncio.run(listen(url, token, topic, int(count)))
