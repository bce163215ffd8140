"""What the portal relies on, for any plan API: shapes, versions, keys, refusals.

Each test writes something of its own into the citizen's plan, and changes nothing that was there.
"""

from uuid import uuid4

import pytest

from portal.contract.access import AccessLog
from portal.contract.consents import ConsentList, ConsentOffers
from portal.contract.errors import MEDIA_TYPE, Problem, ProblemType
from portal.contract.goals import GOAL, Goal, GoalList, History, Step
from portal.contract.households import HouseholdList
from portal.contract.messages import Draft, Thread, ThreadList
from portal.contract.overview import Overview
from portal.contract.people import Me
from portal.contract.plans import Plan
from portal.contract.work import Briefing, CitizenList, Inbox

CITIZENS_PAGES = {
    "/v1/me": Me,
    "/v1/overview": Overview,
    "/v1/plan": Plan,
    "/v1/goals": GoalList,
    "/v1/households": HouseholdList,
    "/v1/threads": ThreadList,
    "/v1/consents": ConsentList,
    "/v1/consent-offers": ConsentOffers,
    "/v1/access-log": AccessLog,
    "/v1/drafts/contract-test": Draft,
}
WORK_PAGES = {"/v1/work/inbox": Inbox, "/v1/work/citizens": CitizenList}


def problem_of(answer, type_: ProblemType) -> Problem:
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    problem = Problem.model_validate_json(answer.content)
    assert problem.type is type_
    assert problem.status == answer.status_code
    return problem


@pytest.fixture
async def goal(citizen, key) -> Goal:
    answer = await citizen.post("/v1/goals", json={"title": "Kontraktprøve"}, headers=key())
    assert answer.status_code == 201
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    return GOAL.validate_json(answer.content)


@pytest.mark.parametrize("path", CITIZENS_PAGES)
async def test_what_a_citizen_reads_has_its_shape(citizen, path):
    answer = await citizen.get(path)

    assert answer.status_code == 200
    CITIZENS_PAGES[path].model_validate_json(answer.content)


@pytest.mark.parametrize("path", WORK_PAGES)
async def test_what_a_contact_person_reads_has_its_shape(contact_person, path):
    answer = await contact_person.get(path)

    assert answer.status_code == 200
    WORK_PAGES[path].model_validate_json(answer.content)


async def test_a_contact_persons_citizen_has_a_briefing(target, contact_person):
    answer = await contact_person.get(f"/v1/work/citizens/{target.citizen}")

    assert Briefing.model_validate_json(answer.content).citizen.id == target.citizen


async def test_what_somebody_else_reads_is_in_the_citizens_log(target, citizen, contact_person):
    await contact_person.get(f"/v1/work/citizens/{target.citizen}")
    log = AccessLog.model_validate_json((await citizen.get("/v1/access-log")).content)

    assert log.entries[0].reader_role == "contact_person"


@pytest.mark.parametrize("path", [*CITIZENS_PAGES, *WORK_PAGES])
async def test_nobody_reads_anything(nobody, path):
    answer = await nobody.get(path)

    assert answer.status_code == 401
    problem_of(answer, ProblemType.NOT_AUTHENTICATED)


@pytest.mark.parametrize("path", WORK_PAGES)
async def test_a_citizen_has_no_inbox(citizen, path):
    assert (await citizen.get(path)).status_code == 403


async def test_a_goal_is_changed_with_the_version_that_was_seen(citizen, goal):
    path = f"/v1/goals/{goal.id}"
    seen = {"If-Match": f'"{goal.version}"'}

    changed = await citizen.put(path, json={"title": "Ny ordlyd"}, headers=seen)
    stale = await citizen.put(path, json={"title": "Tredje ordlyd"}, headers=seen)
    blind = await citizen.put(path, json={"title": "Fjerde ordlyd"})

    assert GOAL.validate_json(changed.content).version == goal.version + 1
    assert stale.status_code == 412
    assert problem_of(stale, ProblemType.STALE).current["title"] == "Ny ordlyd"
    assert blind.status_code == 428
    problem_of(blind, ProblemType.VERSION_MISSING)


async def test_an_act_that_is_sent_twice_is_done_once(citizen, goal, key):
    headers, path = key(), f"/v1/goals/{goal.id}/steps"
    first = await citizen.post(path, json={"title": "Et skridt"}, headers=headers)
    again = await citizen.post(path, json={"title": "Et skridt"}, headers=headers)
    other = await citizen.post(path, json={"title": "Et andet"}, headers=headers)
    without = await citizen.post(path, json={"title": "Et tredje"})
    steps = GOAL.validate_json((await citizen.get(f"/v1/goals/{goal.id}")).content).steps

    assert Step.model_validate_json(first.content) == Step.model_validate_json(again.content)
    problem_of(other, ProblemType.KEY_REUSED)
    problem_of(without, ProblemType.KEY_MISSING)
    assert len(steps) == 1


async def test_every_change_is_in_the_history(citizen, goal, key):
    await citizen.post(f"/v1/goals/{goal.id}/ratings", json={"value": 4}, headers=key())
    answer = await citizen.get(f"/v1/goals/{goal.id}/history")

    changes = [one.change for one in History.model_validate_json(answer.content).entries]
    assert changes == ["rated", "created"]


async def test_a_message_reaches_the_contact_person(citizen, contact_person, key):
    subject = f"Kontraktprøve {uuid4().hex[:8]}"
    command = {"subject": subject, "body": "Hej"}
    sent = await citizen.post("/v1/threads", json=command, headers=key())
    inbox = Inbox.model_validate_json((await contact_person.get("/v1/work/inbox")).content)

    assert Thread.model_validate_json(sent.content).messages[0].body == "Hej"
    assert subject in [thread.subject for thread in inbox.waiting]


async def test_a_draft_is_kept_and_forgotten(citizen):
    path = "/v1/drafts/contract-test"
    await citizen.delete(path)
    first = {"If-Match": '"0"'}
    saved = await citizen.put(path, json={"fields": {"body": "Kære Mette\n"}}, headers=first)
    found = Draft.model_validate_json((await citizen.get(path)).content)
    late = await citizen.put(path, json={"fields": {"body": "Hej"}}, headers=first)
    dropped = await citizen.delete(path)

    assert (saved.status_code, dropped.status_code) == (200, 204)
    assert saved.headers["ETag"] == f'"{found.version}"'
    assert found.fields == {"body": "Kære Mette\n"}
    assert Draft.model_validate(problem_of(late, ProblemType.STALE).current) == found


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "to\nlinjer"}, "title"),
        ({"title": "usynlig \u202e"}, "title"),
        ({"title": "nul \x00"}, "title"),
        ({"title": "\u0958" * 200}, "title"),  # 400 characters once it is normalised
        ({"title": "Mål", "colour": "red"}, "colour"),
        ({"title": "Mål", "theme": "cake"}, "theme"),
        ({"title": "Mål", "why": "Se javascript:alert(1)"}, "why"),
        ({"title": "Mål", "why": "Se ftp://example.dk"}, "why"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_its_field(citizen, key, command, path):
    answer = await citizen.post("/v1/goals", json=command, headers=key())

    assert answer.status_code == 422
    assert [one.path for one in problem_of(answer, ProblemType.INVALID).errors] == [path]


async def test_links_that_people_use_are_fine(citizen, key):
    words = "Se https://borger.dk, mailto:hej@example.dk og tel:+4587654321. Husk: det er i dag"
    command = {"title": "Kontraktprøve", "why": words}

    assert (await citizen.post("/v1/goals", json=command, headers=key())).status_code == 201


async def test_text_is_kept_in_one_form(citizen, key):
    command = {"title": "A\u030angstro\u0308m"}
    answer = await citizen.post("/v1/goals", json=command, headers=key())

    assert answer.json()["title"] == "\u00c5ngstr\u00f6m"


async def test_a_body_has_a_largest_size(citizen, key):
    answer = await citizen.post("/v1/goals", content=b"x" * 50_000_000, headers=key())

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["goals", "threads", "consents"])
async def test_what_is_not_there_is_not_found(citizen, path):
    answer = await citizen.get(f"/v1/{path}/{uuid4()}")

    assert answer.status_code == 404
    problem_of(answer, ProblemType.NOT_FOUND)


async def test_every_problem_can_be_asked_about(nobody):
    answer = await nobody.get("/v1/plan", headers={"X-Request-ID": "0" * 32})

    assert Problem.model_validate_json(answer.content).request_id == answer.headers["X-Request-ID"]
