"""The websocket: who gets in, what is bound to whom, and how it ends."""

import asyncio
import gc
import os
import re
import weakref
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta

import msgpack
import pytest
from flet.messaging.protocol import MessageAction
from starlette.websockets import WebSocket
from structlog.testing import capture_logs
from websockets.exceptions import ConnectionClosed, InvalidStatus

from portal.asgi import create_app
from portal.web.allowance import LOOKS_EVERY, Allowance, Allowances
from portal.web.socket import (
    LOGIN_OVER,
    PROTOCOL_BROKEN,
    TOO_BIG,
    TOO_MUCH,
    WRONG_DATA,
    SocketLimits,
)
from tests.portal.flet_client import FletClient, open_socket

OPENINGS_AT_ONCE = int(SocketLimits().openings_at_once)


def socket_of(portal, login, **changes):
    given = {"origin": portal.url, "cookie": portal.cookie_header(login)} | changes
    return open_socket(portal.socket_url, **given)


async def closed_with(socket) -> int:
    with suppress(ConnectionClosed):
        async with asyncio.timeout(10):
            while True:
                await socket.recv()
    return socket.close_code


async def all_tasks_but(known: set[asyncio.Task]) -> set[asyncio.Task]:
    """Tasks that were not there before, once those that are about to end have ended."""
    for _ in range(60):
        left = {task for task in asyncio.all_tasks() if task not in known}
        if not left:
            return set()
        await asyncio.sleep(0.05)
    return left


def weakrefs_to(kind: type) -> list[weakref.ref]:
    return [weakref.ref(one) for one in gc.get_objects() if type(one) is kind]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
async def test_a_socket_from_another_site_is_refused(portal, origin):
    login = await portal.log_in()
    with pytest.raises(InvalidStatus) as refusal:
        async with socket_of(portal, login, origin=origin):
            pass
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("cookie", [None, "enplan=", "enplan=made-up"])
async def test_a_socket_without_a_login_is_refused(portal, cookie):
    with pytest.raises(InvalidStatus) as refusal:
        async with open_socket(portal.socket_url, origin=portal.url, cookie=cookie):
            pass
    assert refusal.value.response.status_code == 401


@pytest.mark.parametrize(
    "change", [{"origin": "https://evil.example"}, {"cookie": None}, {"path": "/other"}]
)
async def test_a_refusal_is_guarded_by_headers_as_every_answer_is(portal, change):
    login = await portal.log_in()
    given = {"origin": portal.url, "cookie": portal.cookie_header(login), "path": "/ws"} | change
    with pytest.raises(InvalidStatus) as refusal:
        async with open_socket(portal.socket_url.removesuffix("/ws") + given.pop("path"), **given):
            pass
    headers = refusal.value.response.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


async def test_a_socket_to_another_name_is_refused(portal):
    login = await portal.log_in()
    port = int(portal.url.rpartition(":")[2])
    elsewhere = open_socket(
        f"ws://evil.example:{port}/ws",
        origin=portal.url,
        cookie=portal.cookie_header(login),
        host="localhost",
        port=port,
    )
    with pytest.raises(InvalidStatus) as refusal:
        async with elsewhere:
            pass
    assert refusal.value.response.status_code == 421


async def test_a_person_gets_their_own_screen_and_can_use_it(portal):
    login = await portal.log_in("Søren Ørsted")
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.wait_for_text("Hej Søren Ørsted")
        await client.press("works")
        await client.wait_for_text("Du trykkede 1 gange")
    assert portal.app.started[0].login.key == login.session.key


async def test_whoever_comes_back_gets_a_fresh_screen_that_works(portal):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        first = FletClient(socket)
        await first.register()
        await first.wait_for_text("Hej")
    async with socket_of(portal, login) as socket:
        again = FletClient(socket)
        await again.register(first.session_id)
        await again.press("works")
        await again.wait_for_text("Du trykkede 1 gange")
    assert again.session_id != first.session_id
    assert len(portal.app.started) == 2


async def test_another_login_cannot_resume_a_screen(portal):
    victim, attacker = await portal.log_in("Anna Holm"), await portal.log_in("Eva Lund")
    async with socket_of(portal, victim) as socket:
        first = FletClient(socket)
        await first.register()
        await first.wait_for_text("Hej Anna Holm")
    await asyncio.sleep(0.2)
    async with socket_of(portal, attacker) as socket:
        second = FletClient(socket)
        await second.register(first.session_id)
        await second.wait_for_text("Hej Eva Lund")
    assert second.session_id != first.session_id
    assert "Anna Holm" not in repr(second.received)


async def test_sockets_that_never_register_leave_no_tasks(portal):
    login = await portal.log_in()
    async with socket_of(portal, login):
        pass
    await asyncio.sleep(0.5)
    before = asyncio.all_tasks()
    for _ in range(5):
        async with socket_of(portal, login):
            pass
    assert await all_tasks_but(before) == set()


async def test_a_socket_that_vanishes_leaves_no_tasks(portal):
    login = await portal.log_in()
    before = asyncio.all_tasks()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.wait_for_text("Hej")
        socket.transport.abort()
    assert await all_tasks_but(before) == set()


async def test_a_screen_that_is_drawn_for_nobody_any_more_is_given_up(portal):
    login = await portal.log_in()
    before = asyncio.all_tasks()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.press("goes on")
        await client.wait_for_text("Mere")
        socket.transport.abort()
    assert await all_tasks_but(before) == set()
    assert portal.app.departures == 1
    assert portal.app.taken_down == 1


async def test_a_socket_that_says_nothing_is_closed(portal):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        assert await closed_with(socket) == PROTOCOL_BROKEN


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("text instead of bytes", WRONG_DATA),
        (b"", PROTOCOL_BROKEN),
        (b"\x00\xc1", PROTOCOL_BROKEN),
        (b"\x00" + msgpack.packb([1, {"session_id": None}]), PROTOCOL_BROKEN),
        (b"\x00" + msgpack.packb([1, "no map"]), PROTOCOL_BROKEN),
        (b"\x00" + msgpack.packb([3, {"target": 1, "name": "click"}]), PROTOCOL_BROKEN),
        (b"\x00" + b"\x92\x01" + b"x" * 2_000_000, TOO_BIG),
    ],
)
async def test_a_first_message_that_does_not_register_closes_the_socket(portal, frame, code):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        await socket.send(frame)
        assert await closed_with(socket) == code


async def test_a_second_registration_closes_the_socket(portal):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.send(
            MessageAction.REGISTER_CLIENT, {"session_id": "", "page_name": "", "page": {}}
        )
        assert await closed_with(socket) == PROTOCOL_BROKEN


async def test_logging_out_closes_all_sockets_of_that_login_and_no_other(portal):
    leaving, staying = await portal.log_in(), await portal.log_in("Eva Lund")
    async with (
        socket_of(portal, leaving) as first,
        socket_of(portal, leaving) as second,
        socket_of(portal, staying) as third,
    ):
        for socket in (first, second, third):
            await FletClient(socket).register()
        async with asyncio.timeout(2):
            await portal.sessions.end(leaving.session.key)
            assert await closed_with(first) == LOGIN_OVER
            assert await closed_with(second) == LOGIN_OVER
        client = FletClient(third)
        await client.press("works")
        await client.wait_for_text("Du trykkede 1 gange")
    assert portal.app.started[0].is_over


async def test_after_logging_out_the_cookie_opens_nothing(portal):
    login = await portal.log_in()
    await portal.sessions.end(login.session.key)
    with pytest.raises(InvalidStatus):
        async with socket_of(portal, login):
            pass


async def test_an_exception_in_a_handler_tells_the_browser_nothing_but_a_number(portal):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        with capture_logs() as records:
            await client.press("fails")
            await client.wait_for_text("Noget gik galt. Det, du skrev, er gemt.")
        await client.press("works")
        await client.wait_for_text("Du trykkede 1 gange")
    told = repr(client.received)
    (logged,) = [record for record in records if record["event"] == "screen_failed"]
    assert f"Nummer: {logged['reference']}" in told
    assert re.search(r"tests/portal/conftest\.py:\d+ fail$", logged["places"][-1])
    assert "a secret" not in repr(records)
    assert "a secret" not in told
    assert "Traceback" not in told
    assert MessageAction.SESSION_CRASHED not in {action for action, _ in client.received}


async def test_an_exception_in_an_app_of_components_is_told_too(portal):
    login = await portal.log_in("Tegnet Af Dele")
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.press("fails")
        await client.wait_for_text("Noget gik galt. Det, du skrev, er gemt.")
    assert "a secret" not in repr(client.received)


async def test_an_app_that_does_not_start_says_so_in_words(portal):
    login = await portal.log_in("Findes Ikke")
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await client.wait_for_text("Noget gik galt")
    assert "a secret" not in repr(client.received)


async def press(client: FletClient) -> None:
    await client.press("works")


async def type_a_word(client: FletClient) -> None:
    body = {"id": 1, "props": {"value": "Hej"}}
    await client.send(MessageAction.UPDATE_CONTROL_PROPS, body)


@pytest.mark.parametrize("act", [press, type_a_word])
async def test_what_a_person_does_extends_the_login(portal, session_pool, act):
    login = await portal.log_in()
    await leave_a_minute(session_pool)
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        await act(client)
        async with asyncio.timeout(10):
            while await ends_soon(portal, login):  # noqa: ASYNC110 - the store tells nobody
                await asyncio.sleep(0.05)


async def test_what_the_browser_and_the_page_do_by_themselves_extends_no_login(
    portal, session_pool
):
    login = await portal.log_in()
    await leave_a_minute(session_pool)
    async with socket_of(portal, login) as socket, portal.browser(login) as browser:
        client = FletClient(socket)
        await client.register()
        woken = {"target": 1, "name": "app_lifecycle_state_change", "data": {"state": "resume"}}
        await client.send(MessageAction.CONTROL_EVENT, woken)
        turned = {"id": 1, "props": {"width": 844, "height": 390}}
        await client.send(MessageAction.UPDATE_CONTROL_PROPS, turned)
        assert (await browser.get("/auth/session")).status_code == 200
    async with asyncio.timeout(10), portal.browser() as browser:
        while "enplan_open_sockets 0\n" not in (await browser.get("/metrics")).text:  # noqa: ASYNC110 - as a probe
            await asyncio.sleep(0.05)

    assert await ends_soon(portal, login)


async def leave_a_minute(session_pool) -> None:
    async with session_pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET idle_expires_at = now() + interval '1 minute'"
        )


async def ends_soon(portal, login) -> bool:
    left = (await portal.sessions.find(login.cookie)).idle_expires_at - datetime.now(UTC)
    return left < timedelta(minutes=2)


async def test_a_login_that_was_idle_too_long_closes_its_socket(portal, session_pool):
    login = await portal.log_in()
    async with session_pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET idle_expires_at = now() + interval '1 second'"
        )
    async with socket_of(portal, login) as socket:
        await FletClient(socket).register()
        assert await closed_with(socket) == LOGIN_OVER


async def test_closed_sockets_keep_no_sign_of_the_login(portal):
    login = await portal.log_in()
    async with socket_of(portal, login):
        pass
    await nobody_is_signed_in(portal)


async def test_whoever_listens_anew_for_endings_keeps_no_sign_of_the_login(portal, session_pool):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        before = await listener_of(session_pool)
        async with session_pool.connection() as connection:
            await connection.execute("SELECT pg_terminate_backend(%s)", [before])
        async with asyncio.timeout(10):
            while await listener_of(session_pool) in {before, None}:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
    portal.app.started.clear()  # the trivial app remembers everybody
    await nobody_is_signed_in(portal)


async def nobody_is_signed_in(portal) -> None:
    for _ in range(100):
        gc.collect()
        async with portal.browser() as browser:
            metrics = (await browser.get("/metrics")).text
        if "enplan_open_sockets 0\n" in metrics and "enplan_signed_in 0\n" in metrics:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(metrics)


async def listener_of(pool) -> int | None:
    """The process of the database that tells the portal of endings."""
    async with pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        found = await cursor.fetchone()
    return found[0] if found else None


async def test_a_closed_socket_is_free_without_the_garbage_collector(portal):
    login = await portal.log_in()
    before = asyncio.all_tasks()
    gc.collect()
    gc.disable()
    try:
        async with socket_of(portal, login) as socket:
            client = FletClient(socket)
            await client.register()
            await client.wait_for_text("Hej")
            held = weakrefs_to(WebSocket)
        assert held
        assert await all_tasks_but(before) == set()
        assert [one for one in held if one() is not None] == []
    finally:
        gc.enable()


async def test_a_login_has_five_sockets_and_no_sixth_until_one_is_closed(portal):
    crowded, other = await portal.log_in(), await portal.log_in("Eva Lund")
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(socket_of(portal, crowded)) for _ in range(5)]
        for socket in sockets:
            await FletClient(socket).register()
        with pytest.raises(InvalidStatus) as refusal:
            async with socket_of(portal, crowded):
                pass
        assert refusal.value.response.status_code == 429
        async with socket_of(portal, other) as socket:
            await FletClient(socket).register()
        await sockets[0].close()
        async with asyncio.timeout(10):
            while True:
                with suppress(InvalidStatus):
                    async with socket_of(portal, crowded) as socket:
                        await FletClient(socket).register()
                        break
                await asyncio.sleep(0.05)


async def test_whoever_opens_one_socket_after_another_is_slowed_down_and_nobody_else(portal):
    hasty, other = await portal.log_in(), await portal.log_in("Eva Lund")

    async def open_many() -> None:
        for _ in range(OPENINGS_AT_ONCE + 5):
            async with socket_of(portal, hasty) as socket:
                await FletClient(socket).register()

    with pytest.raises(InvalidStatus) as refusal:
        await open_many()
    assert refusal.value.response.status_code == 429
    async with socket_of(portal, other) as socket:
        await FletClient(socket).register()


async def test_a_flood_closes_its_own_socket_and_harms_no_other(portal):
    flooding, calm = await portal.log_in(), await portal.log_in("Eva Lund")
    async with socket_of(portal, calm) as socket, socket_of(portal, flooding) as torrent:
        client, flood = FletClient(socket), FletClient(torrent)
        await client.register()
        await flood.register()
        with suppress(ConnectionClosed):
            for _ in range(5_000):
                await flood.send(
                    MessageAction.CONTROL_EVENT, {"target": 1, "name": "resize", "data": None}
                )
        assert await closed_with(torrent) == TOO_MUCH
        await client.press("works")
        await client.wait_for_text("Du trykkede 1 gange")


async def test_big_frames_without_end_are_a_flood_too(portal):
    login = await portal.log_in()
    async with socket_of(portal, login) as socket:
        client = FletClient(socket)
        await client.register()
        with suppress(ConnectionClosed):
            for _ in range(12):
                await client.send(
                    MessageAction.CONTROL_EVENT,
                    {"target": 1, "name": "resize", "data": "x" * 900_000},
                )
        assert await closed_with(socket) == TOO_MUCH


async def test_variables_of_flet_change_nothing(settings, monkeypatch):
    monkeypatch.setenv("FLET_SESSION_TIMEOUT", "9999")
    create_app(settings)
    assert "FLET_SESSION_TIMEOUT" not in os.environ  # noqa: TID251 - it is what this is about


def test_each_has_an_allowance_of_their_own_and_is_forgotten_once_it_is_full_again():
    clock = [0.0]
    allowances = Allowances(per_second=1, at_once=2, monotonic=lambda: clock[0])
    assert [allowances.take("hasty") for _ in range(3)] == [True, True, False]
    assert allowances.take("calm")
    clock[0] = 1.5
    for number in range(LOOKS_EVERY):
        allowances.take(f"{number}")
    assert len(allowances) == LOOKS_EVERY + 1  # the calm one's was full
    assert [allowances.take("hasty") for _ in range(2)] == [True, False]


def test_an_allowance_fills_up_again():
    clock = [0.0]
    allowance = Allowance(per_second=2, at_once=3, monotonic=lambda: clock[0])
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]
    clock[0] = 0.5
    assert [allowance.take() for _ in range(2)] == [True, False]
    clock[0] = 100
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]
