"""Pictures of people: by the portal itself, for whoever the plan API gives them to."""

from uuid import uuid4

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.contract.errors import MEDIA_TYPE as PROBLEM

PERSON = uuid4()
ADDRESS = f"/pictures/{PERSON}/0123456789abcdef"
CONTENT = b"RIFF\x0c\0\0\0WEBPVP8 "


class Town:
    """A plan API with one picture."""

    def __init__(self) -> None:
        self.problem: tuple[int, str] | None = None
        self.media_type = "image/webp"
        self.asked: list[str] = []

    async def picture(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if self.problem:
            status, name = self.problem
            body = {"type": f"urn:enplan:problem:{name}", "title": "x", "status": status}
            return JSONResponse(body, status, media_type=PROBLEM)
        return Response(CONTENT, headers={"Content-Type": self.media_type})


@pytest.fixture
def town(plan_api):
    town = Town()
    plan_api.add_route("/v1/people/{id}/picture", town.picture)
    return town


async def picture(portal, login, address=ADDRESS):
    async with portal.browser(login) as browser:
        return await browser.get(address)


async def test_a_picture_is_shown_as_what_it_is_and_stays_on_no_disk(portal, town):
    answer = await picture(portal, await portal.log_in())
    assert answer.content == CONTENT
    assert town.asked == [f"/v1/people/{PERSON}/picture"]
    headers = answer.headers
    assert headers["content-type"] == "image/webp"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_whoever_is_signed_out_sees_nobody(portal, town):
    answer = await picture(portal, None)
    assert answer.status_code == 404
    assert town.asked == []


@pytest.mark.parametrize(
    ("problem", "status"), [((404, "not-found"), 404), ((503, "unavailable"), 502)]
)
async def test_what_the_plan_api_does_not_give_is_not_kept(portal, town, problem, status):
    town.problem = problem
    answer = await picture(portal, await portal.log_in())
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"


async def test_what_is_no_picture_is_not_passed_on(portal, town):
    town.media_type = "image/svg+xml"
    answer = await picture(portal, await portal.log_in())
    assert answer.status_code == 502
    assert answer.content == b""
