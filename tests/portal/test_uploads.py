"""Uploads: from our own pages, of people who are signed in, not too big, and never on disk here."""

from uuid import uuid4

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from portal.contract.attachments import LARGEST_ATTACHMENT

PLAN = str(uuid4())


@pytest.fixture
def taken(plan_api):
    """What the plan API was given: it takes everything."""
    found = []

    async def upload(request: Request) -> JSONResponse:
        found.append((dict(request.query_params), request.headers["idempotency-key"]))
        size = len(await request.body())
        answer = {"id": str(uuid4()), "name": "brev.pdf", "media_type": "application/pdf"}
        return JSONResponse({**answer, "size": size, "uploaded_at": "2026-11-21T10:00:00Z"}, 201)

    plan_api.add_route("/v1/attachments", upload, methods=["POST"])
    return found


async def send(portal, login, *, content=b"%PDF-1.7 words", method="POST", **changes):
    headers = {"Origin": portal.url} | changes.pop("headers", {})
    query = {"plan_id": PLAN, "name": "brev.pdf"} | changes
    async with portal.browser(login) as browser:
        return await browser.request(
            method, "/uploads", params=query, content=content, headers=headers
        )


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_file_reaches_the_plan_api_once(portal, taken, method):
    key = str(uuid4())
    answer = await send(portal, await portal.log_in(), method=method, key=key)
    assert answer.status_code == 201
    assert answer.json()["size"] == len(b"%PDF-1.7 words")
    assert taken == [({"plan_id": PLAN, "name": "brev.pdf", "id": key}, key)]


async def test_whoever_is_signed_out_sends_nothing(portal, taken):
    assert (await send(portal, None)).status_code == 401
    assert taken == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_another_site_sends_nothing(portal, taken, origin):
    answer = await send(portal, await portal.log_in(), headers={"Origin": origin})
    assert answer.status_code == 403
    assert taken == []


async def test_a_file_that_is_too_big_goes_no_further(portal, taken):
    login = await portal.log_in()
    big = b"x" * (LARGEST_ATTACHMENT + 1)
    assert (await send(portal, login, content=big)).status_code == 413

    async def in_parts():  # without a length that would give it away
        for start in range(0, len(big), 1_000_000):
            yield big[start : start + 1_000_000]

    assert (await send(portal, login, content=in_parts())).status_code == 413
    assert taken == []


@pytest.mark.parametrize(
    "change", [{"plan_id": "x"}, {"name": ""}, {"name": "a\nb"}, {"name": "x" * 200}, {"key": "x"}]
)
async def test_an_upload_that_says_nothing_sensible_is_refused(portal, taken, change):
    answer = await send(portal, await portal.log_in(), **change)
    assert answer.status_code == 400
    assert taken == []


async def test_a_plan_api_that_is_away_is_said_to_be(portal):
    assert (await send(portal, await portal.log_in())).status_code == 503
