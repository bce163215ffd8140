"""Logs are JSON, carry the request id, and never a CPR number or a token."""

import json
import secrets
import subprocess
import sys
import textwrap
from uuid import uuid4

import httpx
import pytest
from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
from starlette.responses import PlainTextResponse
from structlog.testing import capture_logs

from portal.logs import MASK, RequestLog, mask_personal_data


def masked(value: object) -> object:
    return mask_personal_data(None, "info", {"field": value})["field"]


@pytest.mark.parametrize("cpr", ["010170-1234", "0101701234", "610170 1234", "3112991234"])
def test_a_cpr_number_is_masked_wherever_it_stands(cpr):
    assert masked(f"borger {cpr}.") == f"borger {MASK}."
    assert masked({"persons": [cpr]}) == {"persons": [MASK]}
    assert masked(ValueError(cpr)) == MASK


def test_a_cpr_number_as_a_whole_number_is_masked():
    assert masked(3112991234) == MASK


@pytest.mark.parametrize(
    "token", ["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "Bearer sOmeOpaque_value-123"]
)
def test_a_token_is_masked(token):
    assert token.split()[-1] not in str(masked(f"Authorization: {token}"))


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-21T20:34:49.123456Z",
        "ab123456-1234-4123-8123-123456789012",
        "/v1/plans/7b4e1c58-8b3a-4f2e-9d6c-0123456789ab",
        "12345678",
        1717,
        3.14,
        True,
        None,
    ],
)
def test_ids_times_and_figures_stay_readable(harmless):
    assert masked(harmless) == harmless


def test_every_id_stays_readable():
    ids = [str(uuid4()) for _ in range(200)]

    assert masked(ids) == ids


PROGRAM = """
    import logging, warnings
    import structlog
    from asgi_correlation_id import correlation_id
    from portal.logs import configure_logging

    configure_logging()
    correlation_id.set("c0ffee")
    structlog.get_logger("planapi.goals").info("goal_written", goal_id="g1", note="æ 0101701234")
    logging.getLogger("some.library").warning("slow\\nanswer %s", 7)
    logging.getLogger("httpx").info("GET /?cpr=0101701234")
    try:
        raise ValueError("first\\nsecond")
    except ValueError:
        structlog.get_logger("planapi.goals").exception("write_failed")
    warnings.warn("old")
"""


def test_our_records_and_a_librarys_are_json_lines_of_one_shape():
    program = [sys.executable, "-c", textwrap.dedent(PROGRAM)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)

    records = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.stdout == ""
    assert [record["event"] for record in records[:3]] == [
        "goal_written",
        "slow\nanswer 7",
        "write_failed",
    ]
    assert records[3]["logger"] == "py.warnings"
    ours, library, failure, _ = records
    assert ours == {
        "event": "goal_written",
        "goal_id": "g1",
        "note": f"æ {MASK}",
        "level": "info",
        "logger": "planapi.goals",
        "request_id": "c0ffee",
        "time": ours["time"],
    }
    assert ours["time"].endswith("Z")
    assert (library["level"], library["logger"]) == ("warning", "some.library")
    assert "ValueError: first\nsecond" in failure["exception"]


FLETS_PROGRAM = """
    import logging

    from portal.logs import configure_logging

    configure_logging()
    for name in ("flet", "flet_web.fastapi", "fleet"):
        try:
            raise ValueError("Jeg har det skidt")
        except ValueError as error:
            logging.getLogger(name).warning(f"Receive loop error: {error}", exc_info=True)
    logging.getLogger("flet").error("Unhandled error in 'on_%s' handler", "click")
"""


def test_what_flet_logs_says_where_it_went_wrong_and_nothing_that_was_typed():
    program = [sys.executable, "-c", textwrap.dedent(FLETS_PROGRAM)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)

    *of_flet, of_another, plain = [json.loads(line) for line in done.stderr.splitlines()]
    for record in of_flet:
        assert record["event"] == "Receive loop error"
        assert record["error"] == "ValueError"
        assert record["places"] == ["<string>:9 <module>"]
        assert "skidt" not in json.dumps(record)
    assert "Jeg har det skidt" in of_another["exception"]
    assert plain["event"] == "Unhandled error in 'on_click' handler"


async def app(scope, receive, send):
    if scope["path"] == "/broken":
        raise RuntimeError("broken")
    await PlainTextResponse("ok", status_code=201)(scope, receive, send)


@pytest.fixture
async def browser():
    transport = httpx.ASGITransport(RequestLog(CorrelationIdMiddleware(app)))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        yield client


async def test_a_request_is_one_record_without_its_query(browser):
    with capture_logs() as records:
        await browser.get("/goals?cpr=0101701234")

    (record,) = records
    ms = record.pop("ms")
    assert ms >= 0
    assert record == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "path": "/goals",
        "status": 201,
    }


@pytest.mark.parametrize("address", ["/ics/followed/{}.ics", "/ics/followed/{}", "/nowhere/{}/x"])
async def test_a_secret_in_an_address_is_masked(browser, address):
    secret = secrets.token_urlsafe(32)
    with capture_logs() as records:
        await browser.get(address.format(secret))

    assert [record["path"] for record in records] == [address.format(MASK)]


async def test_an_id_in_an_address_stays_readable(browser):
    path = f"/goals/{uuid4()}"
    with capture_logs() as records:
        await browser.get(path)

    assert [record["path"] for record in records] == [path]


async def test_the_request_id_is_known_when_the_request_is_logged(browser):
    seen = []
    request_id = uuid4().hex
    with capture_logs(processors=[lambda _, __, event: seen.append(correlation_id.get()) or event]):
        await browser.get("/", headers={"X-Request-ID": request_id})

    assert seen == [request_id]


async def test_a_request_that_breaks_is_logged_too(browser):
    with capture_logs() as records, pytest.raises(RuntimeError):
        await browser.get("/broken")

    assert records[0]["status"] is None
