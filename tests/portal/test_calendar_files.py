"""Meetings as files: for whoever is signed in with all words, by a private address with none."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from portal.contract.errors import MEDIA_TYPE as PROBLEM

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MEETING = UUID(int=7)
SECRET = "s" * 43
STARTS = datetime(2026, 10, 26, 8, 30, tzinfo=UTC)  # after the clocks changed
TITLE = "Samtale; om hverdagen, skole og \\ ferie"
PLACE = "Rådhuset, lokale 2 – indgang fra gården, op ad trappen og til højre ved det blå skilt"

PROBLEMS = {404: "not-found", 503: "unavailable"}


def meeting() -> dict:
    return {
        "id": str(MEETING),
        "version": 3,
        "title": TITLE,
        "starts_at": STARTS.isoformat(),
        "ends_at": (STARTS + timedelta(hours=1)).isoformat(),
        "place": PLACE,
        "with_names": ["Louise Juhl"],
        "administration": "employment",
    }


def problem(status: int) -> JSONResponse:
    body = {"type": f"urn:enplan:problem:{PROBLEMS[status]}", "title": "x", "status": status}
    return JSONResponse(body, status, media_type=PROBLEM)


@pytest.fixture
def asked(plan_api):
    """A plan API with one meeting and one address; what it was asked."""
    found = []

    async def appointment(request: Request) -> JSONResponse:
        found.append(request.url.path)
        known = request.path_params["id"] == str(MEETING)
        return JSONResponse(meeting()) if known else problem(404)

    async def plan(_request: Request) -> JSONResponse:
        me = {"id": str(UUID(int=1)), "name": "Anna Holm"}
        body = {"id": str(UUID(int=2)), "version": 1, "citizen": me, "appointments": [meeting()]}
        return JSONResponse(body)

    async def followed(request: Request) -> JSONResponse:
        found.append(request.url.path)
        if (await request.json())["secret"] != SECRET:
            return problem(404)
        kept = ("id", "version", "starts_at", "ends_at", "place")
        shown = {name: value for name, value in meeting().items() if name in kept}
        return JSONResponse({"language": "en", "meetings": [shown]})

    plan_api.add_route("/v1/appointments/{id}", appointment)
    plan_api.add_route("/v1/plan", plan)
    plan_api.add_route("/v1/calendar-address/followed", followed, methods=["POST"])
    return found


async def get(portal, path: str, login=None):
    async with portal.browser(login) as browser:
        return await browser.get(path)


def event_in(content: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


async def test_a_meeting_is_downloaded_with_all_its_words(portal, asked):
    answer = await get(portal, f"/ics/appointments/{MEETING}.ics", await portal.log_in())

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    event = event_in(answer.content)
    assert (str(event["summary"]), str(event["location"])) == (TITLE, PLACE)
    assert event.decoded("dtstart") == STARTS
    assert event.decoded("dtstart").tzinfo.key == COPENHAGEN.key
    assert event["sequence"] == 2
    assert str(event["description"]) == "Sammen med Louise Juhl"


async def test_the_file_is_as_the_standard_wants_it(portal, asked):
    content = (await get(portal, "/ics/appointments.ics", await portal.log_in())).content

    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert b"SUMMARY:Samtale\\; om hverdagen\\, skole og \\\\ ferie" in lines
    assert b"DTSTART;TZID=Europe/Copenhagen:20261026T093000" in lines
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    described = zone.to_tz()
    for month in range(1, 13):
        noon = datetime(2026, month, 15, 12)  # noqa: DTZ001 - the zone is what is asked about
        assert noon.replace(tzinfo=described).utcoffset() == COPENHAGEN.utcoffset(noon)


async def test_whoever_is_signed_out_is_asked_to_log_in_and_comes_back(portal, asked):
    answer = await get(portal, f"/ics/appointments/{MEETING}.ics")

    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"next=%2Fcalendar%2F{MEETING}")
    assert asked == []


async def test_a_meeting_that_one_may_not_see_is_not_there(portal, asked):
    login = await portal.log_in()

    assert (await get(portal, f"/ics/appointments/{UUID(int=8)}.ics", login)).status_code == 404


async def test_a_private_address_tells_when_without_a_login_and_not_what(portal, asked):
    answer = await get(portal, f"/ics/followed/{SECRET}.ics")

    event = event_in(answer.content)
    assert str(event["summary"]) == "Appointment"
    assert event.decoded("dtstart") == STARTS
    assert b"hverdagen" not in answer.content
    assert b"Louise" not in answer.content
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("secret", ["x" * 43, "x", "%20"])
async def test_an_address_that_is_none_shows_nothing(portal, asked, secret):
    assert (await get(portal, f"/ics/followed/{secret}.ics")).status_code == 404


async def test_whoever_tries_addresses_is_slowed_down(portal, asked):
    answers = [await get(portal, f"/ics/followed/{'x' * 43}.ics") for _ in range(12)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert len(asked) < len(answers)


async def test_a_plan_api_that_is_away_is_said_to_be(portal):
    assert (await get(portal, f"/ics/followed/{SECRET}.ics")).status_code == 503


async def test_a_secret_stands_in_no_log(portal, asked, capfd):
    await get(portal, f"/ics/followed/{SECRET}.ics")

    said = capfd.readouterr()
    assert SECRET not in said.out + said.err
