"""Whoever breaks the rules of HTTP or WebSocket, byte by byte: answered, and harms nobody."""

import asyncio
import logging
import re
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import msgpack
import pytest
from flet.messaging.protocol import MessageAction
from structlog.testing import capture_logs
from websockets.frames import Opcode

from portal.serve import FRAME_BYTES
from portal.web.socket import PROTOCOL_BROKEN, TOO_BIG, WRONG_DATA
from tests.portal.flet_client import FletClient, open_socket

ENDS_WITHIN_SECONDS = 5
A_MOMENT_SECONDS = 0.1
BROKEN_RULE, NO_TEXT = 1002, 1007  # RFC 6455 section 7.4.1
RESERVED_OPCODE = 0x3
COMPRESSED, RESERVED_BIT = 0x40, 0x20
SHORT = 125  # bytes; the size of what is longer follows in two bytes or eight
REGISTRATION = b"\x00" + msgpack.packb(
    [MessageAction.REGISTER_CLIENT.value, {"session_id": "", "page_name": "", "page": {}}]
)


def request(portal, login=None, *, line="GET /ws HTTP/1.1", **changes: str | None) -> bytes:
    """A handshake as it should be, but for `changes`; None leaves a header out."""
    headers = {
        "Host": portal.url.removeprefix("http://"),
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Extensions": "permessage-deflate",
        "Origin": portal.url,
        "Cookie": portal.cookie_header(login) if login else None,
    }
    headers |= {name.replace("_", "-"): value for name, value in changes.items()}
    lines = [line, *(f"{name}: {value}" for name, value in headers.items() if value is not None)]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    last: bool = True,
    masked: bool = True,
    bits: int = 0,
    said_to_have: int | None = None,
) -> bytes:
    """One frame (RFC 6455 section 5.2), masked with zeros."""
    size = len(payload) if said_to_have is None else said_to_have
    first, mask = opcode | bits | last << 7, masked << 7
    if size <= SHORT:
        head = struct.pack("!BB", first, mask | size)
    else:
        head = struct.pack("!BBQ", first, mask | SHORT + 2, size)
    return head + (bytes(4) if masked else b"") + payload


HANDSHAKES = {
    "an older version": ({"Sec_WebSocket_Version": "8"}, 400),
    "no version": ({"Sec_WebSocket_Version": None}, 400),
    "no key": ({"Sec_WebSocket_Key": None}, 400),
    "a key that is none": ({"Sec_WebSocket_Key": "???"}, 400),
    "another method": ({"line": "POST /ws HTTP/1.1"}, 405),
    "another place": ({"line": "GET /plan HTTP/1.1"}, 404),
    "a place that is no path": ({"line": "GET * HTTP/1.1"}, 403),
    "another server's address": ({"line": "GET http://evil.example/ws HTTP/1.1"}, 403),
    "a path beyond ASCII": ({"line": "GET /\xe6 HTTP/1.1"}, 400),
    "a path without end": ({"line": f"GET /{'x' * 9_000} HTTP/1.1"}, 414),
    "a header without end": ({"Cookie": f"enplan={'x' * 9_000}"}, 431),
    "headers without end": ({f"X-{number}": "1" for number in range(200)}, 431),
    "a header that WebSocket reads more strictly": ({"X_Odd": "a\x7f"}, 400),
    "an extension that is none": ({"Sec_WebSocket_Extensions": "?!"}, 400),
    "another protocol": ({"Upgrade": "h2c", "line": "GET /nothing HTTP/1.1"}, 404),
    "no other name": ({"Host": None}, 421),
    "no login": ({"Cookie": "enplan=\xe6\xf8\xe5"}, 401),
}
FRAMES = {
    "not masked": (frame(Opcode.BINARY, b"abc", masked=False), BROKEN_RULE),
    "of no known kind": (frame(RESERVED_OPCODE), BROKEN_RULE),
    "with a bit that means nothing": (frame(Opcode.BINARY, b"abc", bits=RESERVED_BIT), BROKEN_RULE),
    "not compressed as it says": (frame(Opcode.BINARY, b"\xff" * 4, bits=COMPRESSED), BROKEN_RULE),
    "the rest of nothing": (frame(Opcode.CONT, b"abc"), BROKEN_RULE),
    "a ping in parts": (frame(Opcode.PING, last=False), BROKEN_RULE),
    "a ping that is too long": (frame(Opcode.PING, bytes(126)), BROKEN_RULE),
    "a close that is too short": (frame(Opcode.CLOSE, b"\x01"), BROKEN_RULE),
    "a close for no reason there is": (frame(Opcode.CLOSE, b"\x00\x01"), BROKEN_RULE),
    "text that is none": (frame(Opcode.TEXT, b"\xff\xfe"), NO_TEXT),
    "text in parts that is none": (
        frame(Opcode.TEXT, b"\xe6", last=False) + frame(Opcode.CONT, b"b"),
        NO_TEXT,
    ),
    "text": (frame(Opcode.TEXT, "blåbær".encode()), WRONG_DATA),
    "too big": (frame(Opcode.BINARY, said_to_have=FRAME_BYTES + 1), TOO_BIG),
    "beyond measure": (frame(Opcode.BINARY, said_to_have=1 << 62), TOO_BIG),
    "too big in parts": (
        frame(Opcode.BINARY, b"x", last=False) + frame(Opcode.CONT, said_to_have=FRAME_BYTES),
        TOO_BIG,
    ),
}
FLOODS = {
    "of pings": frame(Opcode.PING) * 1_000,
    "of pongs": frame(Opcode.PONG) * 1_000,
    "of parts": frame(Opcode.BINARY, last=False) + frame(Opcode.CONT, last=False) * 1_000,
}


@dataclass
class Line:
    """A connection on which one may say anything."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    @asynccontextmanager
    async def to(cls, portal) -> AsyncIterator["Line"]:
        port = int(portal.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            yield cls(reader, writer)
        finally:
            writer.close()

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        with suppress(ConnectionError):
            await self.writer.drain()

    async def until_end(self) -> bytes:
        """All that comes until the other side hangs up."""
        self.writer.write_eof()
        async with asyncio.timeout(ENDS_WITHIN_SECONDS):
            return await self.reader.read()

    async def answer(self) -> tuple[int, dict[str, str]]:
        """Status and headers of an answer."""
        async with asyncio.timeout(ENDS_WITHIN_SECONDS):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, *lines = head.rstrip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        assert len(headers) == len(lines), "a header is there twice"
        return int(status.split()[1]), {name.lower(): value for name, value in headers.items()}

    async def closed_with(self) -> int:
        """The code in the close frame, once nothing else came."""
        async with asyncio.timeout(ENDS_WITHIN_SECONDS):
            while True:
                kind, size = await self.reader.readexactly(2)
                if size > SHORT:
                    more = await self.reader.readexactly(2 if size == SHORT + 1 else 8)
                    size = int.from_bytes(more)
                payload = await self.reader.readexactly(size)
                if kind & 0xF == Opcode.CLOSE:
                    return int.from_bytes(payload[:2])


@pytest.fixture(autouse=True)
def nothing_is_an_error_of_ours(caplog) -> Iterator[None]:
    """No trace in the log, and nothing that calls somebody out of bed."""
    with capture_logs() as ours:
        yield
    theirs = [
        one for one in caplog.get_records("call") if one.levelno >= logging.ERROR or one.exc_info
    ]
    assert [one.getMessage() for one in theirs] == []
    assert [one for one in ours if one["log_level"] == "error" or "exc_info" in one] == []


async def test_a_handshake_that_breaks_the_rules_is_answered_as_any_request_is(portal):
    login = await portal.log_in()
    for name, (changes, expected) in HANDSHAKES.items():
        async with Line.to(portal) as line:
            await line.say(request(portal, login, **changes))
            status, headers = await line.answer()
            said = await line.until_end()  # and it is the end
        assert status == expected, name
        assert is_guarded(headers), name
        assert not re.search(rb"Traceback|\.py\b|websockets|uvicorn", said), name


@pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost\r\n\r\n"])
async def test_what_is_no_request_is_answered_as_any_request_is(portal, said):
    async with Line.to(portal) as line:
        await line.say(said)
        status, headers = await line.answer()
    assert status == 400
    assert is_guarded(headers)


@pytest.mark.parametrize("names", [("localhost", "evil"), ("evil", "localhost")])
async def test_whoever_names_two_hosts_is_refused(portal, names):
    port = portal.url.rpartition(":")[2]
    said = "".join(f"Host: {name}:{port}\r\n" for name in names)
    async with Line.to(portal) as line:
        await line.say(f"GET / HTTP/1.1\r\n{said}\r\n".encode())
        status, headers = await line.answer()
    assert status == 421
    assert is_guarded(headers)


async def test_frames_that_break_the_rules_close_their_own_socket_alone(portal):
    login = await portal.log_in()
    beside = open_socket(portal.socket_url, origin=portal.url, cookie=portal.cookie_header(login))
    async with beside as socket:
        client = FletClient(socket)
        await client.register()
        for name, (data, code) in FRAMES.items():
            async with Line.to(portal) as line:
                await line.say(request(portal, login))
                assert (await line.answer())[0] == 101, name
                await line.say(data)
                assert await line.closed_with() == code, name
        await client.press("works")
        await client.wait_for_text("Du trykkede 1 gange")


@pytest.mark.parametrize("flood", FLOODS)
async def test_a_flood_of_what_is_no_message_is_a_flood_too(portal, flood):
    async with Line.to(portal) as line:
        await line.say(request(portal, await portal.log_in()))
        assert (await line.answer())[0] == 101
        await line.say(frame(Opcode.BINARY, REGISTRATION) + FLOODS[flood])
        assert await line.closed_with() == PROTOCOL_BROKEN


@pytest.mark.parametrize("who", ["somebody", "nobody"])
async def test_nothing_is_heard_before_the_door_is_open(portal, session_pool, who):
    login = await portal.log_in()
    changes = {} if who == "somebody" else {"Cookie": "enplan=made-up"}
    async with Line.to(portal) as line:
        async with nobody_knows_who_it_is(session_pool):
            await line.say(request(portal, login, **changes))
            await asyncio.sleep(A_MOMENT_SECONDS)
            await line.say(frame(Opcode.BINARY, said_to_have=FRAME_BYTES + 1))
            await asyncio.sleep(A_MOMENT_SECONDS)
        status, _ = await line.answer()
        assert status == (101 if who == "somebody" else 401)
        if who == "somebody":
            assert await line.closed_with() == TOO_BIG


async def test_whoever_hangs_up_before_the_door_is_open_leaves_nothing(portal, session_pool):
    login = await portal.log_in()
    async with Line.to(portal) as line, nobody_knows_who_it_is(session_pool):
        await line.say(request(portal, login))
        await asyncio.sleep(A_MOMENT_SECONDS)
        assert conversations()
        line.writer.transport.abort()
    async with asyncio.timeout(ENDS_WITHIN_SECONDS):
        while conversations():  # noqa: ASYNC110 - they tell nobody
            await asyncio.sleep(0.05)
    assert portal.app.started == []


@asynccontextmanager
async def nobody_knows_who_it_is(session_pool) -> AsyncIterator[None]:
    """Meanwhile whoever asks for a login waits."""
    async with session_pool.connection() as connection, connection.transaction():
        await connection.execute("LOCK TABLE login_session")
        yield


def conversations() -> list[asyncio.Task]:
    """Websockets that the portal deals with."""
    return [task for task in asyncio.all_tasks() if "run_asgi" in repr(task)]


def is_guarded(headers: dict[str, str]) -> bool:
    return (
        headers["x-content-type-options"] == "nosniff"
        and headers["referrer-policy"] == "no-referrer"
        and headers["cache-control"] == "no-store"
        and "frame-ancestors 'none'" in headers["content-security-policy"]
        and "server" not in headers
    )
