"""Speaks Flet's websocket protocol as the browser does: enough of it to test the host."""

import asyncio
from typing import Any

import msgpack
from flet.messaging.protocol import MessageAction, decode_ext_from_msgpack
from websockets.asyncio.client import ClientConnection, connect

USER_AGENT = "Mozilla/5.0 (a telephone)"


def open_socket(
    url: str,
    *,
    origin: str | None,
    cookie: str | None,
    user_agent: str = USER_AGENT,
    **towards: Any,
) -> connect:
    """A websocket that is not registered yet: `async with open_socket(…) as socket`.

    `towards` is where to connect, if that is not what the address says.
    """
    headers = {"Cookie": cookie} if cookie else {}
    return connect(
        url,
        origin=origin,
        additional_headers=headers,
        user_agent_header=user_agent,
        max_size=None,
        **towards,
    )


class FletClient:
    """One registered client."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.session_id = ""
        self.received: list[tuple[MessageAction, Any]] = []

    async def register(self, session_id: str = "", route: str = "/") -> None:
        page = {"route": route, "pwa": False, "web": True, "platform": "android"}
        await self.send(
            MessageAction.REGISTER_CLIENT,
            {"session_id": session_id, "page_name": "", "page": page},
        )
        _, body = await self.receive(MessageAction.REGISTER_CLIENT)
        self.session_id = body["session_id"]

    async def send(self, action: MessageAction, body: dict[str, Any]) -> None:
        await self.socket.send(b"\x00" + msgpack.packb([action.value, body]))

    async def receive(self, wanted: MessageAction | None = None) -> tuple[MessageAction, Any]:
        """The next message, or the next of one kind."""
        async with asyncio.timeout(5):
            while True:
                frame = await self.socket.recv()
                assert isinstance(frame, bytes)
                action, body = msgpack.unpackb(
                    frame[1:], ext_hook=decode_ext_from_msgpack, strict_map_key=False
                )
                self.received.append((MessageAction(action), body))
                if wanted in {None, MessageAction(action)}:
                    return MessageAction(action), body

    async def press(self, key: str) -> None:
        """Press the button with this key, once it was received."""
        control = find_control(self.received, key)
        while control is None:
            await self.receive()
            control = find_control(self.received, key)
        await self.send(
            MessageAction.CONTROL_EVENT, {"target": control["_i"], "name": "click", "data": None}
        )

    async def wait_for_text(self, text: str) -> None:
        """Receive until a text was sent."""
        while text not in repr(self.received):
            await self.receive()


def find_control(value: Any, key: str) -> dict[str, Any] | None:
    """The control with this key anywhere in what was received."""
    if isinstance(value, dict):
        if value.get("key") == key:
            return value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            if (found := find_control(item, key)) is not None:
                return found
    return None
