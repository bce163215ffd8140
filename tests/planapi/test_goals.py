"""Goals and steps over HTTP, as the people whose goals they are, and as those who are not."""

import asyncio
from uuid import uuid4

import httpx
import pytest


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
async def citizen(api, anna, plan):
    return await api.as_citizen(anna)


def version(number: int) -> dict[str, str]:
    return {"If-Match": f'"{number}"'}


async def test_a_citizen_writes_a_goal_with_a_first_step(citizen, anna, plan, key):
    created = await citizen.post(
        "/v1/goals",
        json={"title": "Gå til fodbold", "first_step": "Ring til klubben"},
        headers=key(),
    )

    goal = created.json()
    assert created.status_code == 201
    assert created.headers["ETag"] == '"1"'
    assert (goal["title"], goal["state"], goal["owner"]) == ("Gå til fodbold", "active", "citizen")
    assert goal["plan_id"] == str(plan)
    assert [step["title"] for step in goal["steps"]] == ["Ring til klubben"]
    assert goal["steps"][0]["assignee"] == {"id": str(anna), "name": "Anna Holm"}
    assert {"edit", "add_step", "rate", "pause", "drop", "reach"} <= set(goal["allowed"])

    listed = (await citizen.get("/v1/goals")).json()
    assert listed["may_create"] is True
    assert [one["id"] for one in listed["own"]] == [goal["id"]]
    assert (listed["own"][0]["steps_total"], listed["own"][0]["next_step"]) == (
        1,
        "Ring til klubben",
    )
    assert "citizen_id" not in listed["own"][0]
    assert "administration" not in goal


async def test_a_goal_that_is_sent_twice_is_written_once(citizen, key):
    headers = key()
    first = await citizen.post("/v1/goals", json={"title": "Læse mere"}, headers=headers)
    again = await citizen.post("/v1/goals", json={"title": "Læse mere"}, headers=headers)

    assert first.json() == again.json()
    assert len((await citizen.get("/v1/goals")).json()["own"]) == 1


async def test_writing_a_goal_forgets_its_draft(citizen, key):
    await citizen.put(
        "/v1/drafts/goal:new", json={"fields": {"title": "Læse"}}, headers={"If-Match": '"0"'}
    )
    await citizen.post("/v1/goals", json={"title": "Læse mere"}, headers=key())

    assert (await citizen.get("/v1/drafts/goal:new")).json()["fields"] == {}


async def test_a_step_is_ticked_and_unticked_and_both_are_in_the_history(
    citizen, world, anna, plan
):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    step = world.a_step(goal)

    ticked = await citizen.put(f"/v1/steps/{step}/done", json={"done": True}, headers=version(1))
    assert ticked.json()["done_by"]["name"] == "Anna Holm"
    assert ticked.headers["ETag"] == '"2"'
    assert (await citizen.get(f"/v1/goals/{goal}")).json()["steps_done"] == 1

    undone = await citizen.put(f"/v1/steps/{step}/done", json={"done": False}, headers=version(2))
    assert undone.json()["done_at"] is None

    entries = (await citizen.get(f"/v1/goals/{goal}/history")).json()["entries"]
    assert [entry["change"] for entry in entries] == ["unticked", "ticked"]
    assert entries[1]["before"] == {"done": False}
    assert entries[1]["after"] == {"done": True}
    assert entries[0]["actor"]["name"] == "Anna Holm"


async def test_a_double_tap_on_a_step_ticks_it_once(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    step = world.a_step(goal)

    for _ in range(2):
        answer = await citizen.put(
            f"/v1/steps/{step}/done", json={"done": True}, headers=version(1)
        )
        assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert len((await citizen.get(f"/v1/goals/{goal}/history")).json()["entries"]) == 1


async def test_an_edit_tells_only_what_changed(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna, title="Gå en tur", why="Frisk luft")

    edited = await citizen.put(
        f"/v1/goals/{goal}", json={"title": "Gå to ture", "why": "Frisk luft"}, headers=version(1)
    )

    assert (edited.json()["title"], edited.json()["version"]) == ("Gå to ture", 2)
    (entry,) = (await citizen.get(f"/v1/goals/{goal}/history")).json()["entries"]
    assert entry["change"] == "edited"
    assert (entry["before"], entry["after"]) == ({"title": "Gå en tur"}, {"title": "Gå to ture"})


async def test_a_stale_edit_is_told_the_newest_text(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    await citizen.put(f"/v1/goals/{goal}", json={"title": "Først"}, headers=version(1))

    late = await citizen.put(f"/v1/goals/{goal}", json={"title": "Sent"}, headers=version(1))

    assert late.status_code == 412
    assert late.json()["type"] == "urn:enplan:problem:stale"
    assert (late.json()["current"]["title"], late.json()["current"]["version"]) == ("Først", 2)
    assert (await citizen.get(f"/v1/goals/{goal}")).json()["title"] == "Først"


async def test_an_edit_needs_the_version_that_was_seen(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)

    blind = await citizen.put(f"/v1/goals/{goal}", json={"title": "Blindt"})

    assert (blind.status_code, blind.json()["type"]) == (428, "urn:enplan:problem:version-missing")


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("active", "paused", 200),
        ("active", "reached", 200),
        ("paused", "active", 200),
        ("reached", "active", 200),
        ("dropped", "active", 200),
        ("reached", "paused", 422),
        ("active", "proposed", 422),
    ],
)
async def test_goals_move_only_where_there_is_a_way(
    citizen, world, anna, plan, before, after, status
):
    goal = world.a_goal(plan_id=plan, created_by=anna, state=before)

    moved = await citizen.put(f"/v1/goals/{goal}/state", json={"state": after}, headers=version(1))

    assert moved.status_code == status


async def test_dropping_a_goal_needs_a_reason(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    path = f"/v1/goals/{goal}/state"

    silent = await citizen.put(path, json={"state": "dropped"}, headers=version(1))
    assert silent.json()["errors"] == [{"path": "reason", "code": "missing"}]

    told = await citizen.put(
        path, json={"state": "dropped", "reason": "Det blev for meget"}, headers=version(1)
    )
    assert (told.json()["state"], told.json()["state_reason"]) == ("dropped", "Det blev for meget")


async def test_a_contact_person_proposes_and_the_citizen_accepts(
    api, world, citizen, anna, plan, key
):
    worker = await api.as_contact_person(world.a_contact_person(anna))
    proposal = await worker.post(
        "/v1/goals", json={"title": "Praktik", "plan_id": str(plan)}, headers=key()
    )
    goal = proposal.json()
    assert (proposal.status_code, goal["state"], goal["owner"]) == (
        201,
        "proposed",
        "administration",
    )
    assert "activate" not in goal["allowed"]

    waiting = (await citizen.get("/v1/overview")).json()["waiting"]
    assert [(one["kind"], one["resource_id"]) for one in waiting] == [("proposed_goal", goal["id"])]
    path = f"/v1/goals/{goal['id']}/state"
    refused = await worker.put(path, json={"state": "active"}, headers=version(1))
    assert refused.status_code == 403
    accepted = await citizen.put(path, json={"state": "active"}, headers=version(1))
    assert accepted.json()["state"] == "active"


async def test_who_is_not_a_citizens_contact_person_may_not_propose_and_learns_nothing(
    api, world, plan, key
):
    other = await api.as_contact_person(world.a_contact_person(world.a_person()))

    for plan_id in (plan, uuid4()):
        refused = await other.post(
            "/v1/goals", json={"title": "Praktik", "plan_id": str(plan_id)}, headers=key()
        )
        assert refused.status_code == 403


async def test_own_and_professional_ratings_stand_side_by_side(
    api, world, citizen, anna, plan, key
):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    worker = await api.as_contact_person(world.a_contact_person(anna))

    await citizen.post(f"/v1/goals/{goal}/ratings", json={"value": 4}, headers=key())
    rated = await worker.post(
        f"/v1/goals/{goal}/ratings", json={"value": 7, "note": "Godt gået"}, headers=key()
    )

    assert [(r["kind"], r["value"]) for r in rated.json()["ratings"]] == [
        ("own", 4),
        ("professional", 7),
    ]
    assert rated.json()["latest_rating"] == 4
    assert len(world.rows("SELECT * FROM access_entry")) == 1


async def test_a_step_can_only_be_given_to_somebody_who_takes_part(citizen, world, anna, plan, key):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    helper = world.a_contact_person(anna)

    to_stranger = await citizen.post(
        f"/v1/goals/{goal}/steps",
        json={"title": "Ring", "assignee_id": str(world.a_person())},
        headers=key(),
    )
    assert to_stranger.json()["errors"] == [{"path": "assignee_id", "code": "unknown"}]

    to_helper = await citizen.post(
        f"/v1/goals/{goal}/steps",
        json={"title": "Ring", "assignee_id": str(helper)},
        headers=key(),
    )
    assert to_helper.json()["assignee"]["name"] == "Mette Krog"
    step = to_helper.json()["id"]
    mine = await citizen.put(
        f"/v1/steps/{step}",
        json={"title": "Ring selv", "assignee_id": str(anna), "due": "2031-05-01"},
        headers=version(1),
    )
    assert (mine.json()["title"], mine.json()["due"]) == ("Ring selv", "2031-05-01")


@pytest.mark.parametrize("role", ["citizen", "contact_person"])
async def test_a_stranger_finds_nothing_anywhere(api, world, anna, plan, key, role):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    step = world.a_step(goal)
    stranger = (
        await api.as_citizen(world.a_person(name="Fremmed"))
        if role == "citizen"
        else await api.as_contact_person(world.a_contact_person())
    )
    moves = {"json": {"state": "paused"}, "headers": version(1)}
    answers = [
        await stranger.get(f"/v1/goals/{goal}"),
        await stranger.get(f"/v1/goals/{goal}/history"),
        await stranger.put(f"/v1/goals/{goal}", json={"title": "Mit"}, headers=version(1)),
        await stranger.put(f"/v1/goals/{goal}/state", **moves),
        await stranger.post(f"/v1/goals/{goal}/steps", json={"title": "X"}, headers=key()),
        await stranger.post(f"/v1/goals/{goal}/ratings", json={"value": 1}, headers=key()),
        await stranger.put(f"/v1/steps/{step}", json={"title": "X"}, headers=version(1)),
        await stranger.put(f"/v1/steps/{step}/done", json={"done": True}, headers=version(1)),
        await stranger.get(f"/v1/goals/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert world.rows("SELECT * FROM history") == []
    assert world.rows("SELECT * FROM access_entry") == []


async def test_the_contact_person_who_reads_a_goal_is_in_the_log(api, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    worker = await api.as_contact_person(world.a_contact_person(anna))

    assert (await worker.get(f"/v1/goals/{goal}")).status_code == 200

    (entry,) = world.rows("SELECT * FROM access_entry")
    assert (entry["resource_kind"], entry["resource_id"], entry["ground"]) == (
        "goal",
        goal,
        "contact_person",
    )


async def test_a_citizen_without_a_plan_has_no_goals_and_cannot_write_one(api, world, key):
    nobody = await api.as_citizen(world.a_person())

    assert (await nobody.get("/v1/goals")).json() == {
        "version": 0,
        "own": [],
        "household": [],
        "may_create": False,
        "may_order": False,
    }
    refused = await nobody.post("/v1/goals", json={"title": "Et mål"}, headers=key())
    assert refused.status_code == 403


async def test_each_change_is_published_to_the_plan(citizen, world, plan, key):
    await citizen.post("/v1/goals", json={"title": "Læse mere"}, headers=key())

    (event,) = world.rows("SELECT topic, kind FROM event")
    assert event == {"topic": f"plan:{plan}", "kind": "goal"}


async def test_of_two_edits_at_the_same_moment_one_is_stale(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)

    answers = await asyncio.gather(
        *(
            citizen.put(f"/v1/goals/{goal}", json={"title": title}, headers=version(1))
            for title in ("Det ene", "Det andet")
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    kept = next(answer for answer in answers if answer.status_code == 200).json()["title"]
    told = next(answer for answer in answers if answer.status_code == 412).json()["current"]
    assert told["title"] == kept


@pytest.mark.parametrize("field", ["title", "why", "emoji"])
@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\x1bb"])
async def test_text_that_cannot_be_kept_or_misleads_is_refused(citizen, plan, key, field, text):
    answer = await citizen.post("/v1/goals", json={"title": "Et mål", field: text}, headers=key())

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, field)


async def order(who, version: int, *goals) -> httpx.Response:
    command = {"goal_ids": [str(goal) for goal in goals]}
    seen = {"If-Match": f'"{version}"'}
    return await who.put("/v1/goals/order", json=command, headers=seen)


async def test_own_goals_stand_in_the_order_that_the_citizen_gives_them(citizen, world, anna, plan):
    first, second, third = (
        world.a_goal(plan_id=plan, created_by=anna, title=title, position=position)
        for position, title in enumerate(("Et", "To", "Tre"))
    )

    ordered = await order(citizen, 1, third, first)

    assert ordered.headers["ETag"] == '"2"'
    assert ordered.json()["may_order"] is True
    assert [goal["title"] for goal in ordered.json()["own"]] == ["Tre", "Et", "To"]
    listed = (await citizen.get("/v1/goals")).json()["own"]
    assert [goal["id"] for goal in listed] == [str(third), str(first), str(second)]
    assert [goal["version"] for goal in listed] == [1, 1, 1]
    (change,) = world.rows("SELECT after FROM history WHERE change = 'ordered'")
    assert change["after"] == {"goal_ids": [str(third), str(first), str(second)]}


async def test_the_same_order_again_changes_nothing(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)

    same = await order(citizen, 1, goal, goal)

    assert (same.status_code, same.headers["ETag"]) == (200, '"1"')
    assert world.rows("SELECT 1 FROM history WHERE change = 'ordered'") == []


async def test_an_order_given_elsewhere_meanwhile_is_told_and_stays(citizen, world, anna, plan):
    first, second = (
        world.a_goal(plan_id=plan, created_by=anna, title=title, position=position)
        for position, title in enumerate(("Et", "To"))
    )
    seen = (await citizen.get("/v1/goals")).json()["version"]
    await order(citizen, seen, second, first)

    stale = await order(citizen, seen, first, second)
    blind = await citizen.put("/v1/goals/order", json={"goal_ids": [str(first)]})

    assert (stale.status_code, blind.status_code) == (412, 428)
    assert [goal["title"] for goal in stale.json()["current"]["own"]] == ["To", "Et"]
    assert stale.json()["current"]["version"] == seen + 1
    listed = (await citizen.get("/v1/goals")).json()["own"]
    assert [goal["title"] for goal in listed] == ["To", "Et"]


async def test_of_two_orders_at_once_one_is_kept_and_the_other_hears_of_it(
    citizen, world, anna, plan
):
    goals = [world.a_goal(plan_id=plan, created_by=anna, position=place) for place in range(4)]

    answers = await asyncio.gather(*(order(citizen, 1, goal) for goal in goals[1:]))

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


async def test_nobody_orders_the_goals_of_others(citizen, api, world, anna, plan):
    bo = world.a_person(name="Bo")
    goal = world.a_goal(plan_id=world.a_plan(bo), created_by=bo)
    joint = world.a_goal(household_id=world.a_household(anna, bo), created_by=bo)
    worker = await api.as_contact_person(world.a_contact_person(anna))
    own = world.a_goal(plan_id=plan, created_by=anna)

    for other in (goal, joint):
        refused = await order(citizen, 1, other)
        assert refused.json()["errors"] == [{"path": "goal_ids", "code": "unknown"}]
    assert (await order(worker, 1, own)).status_code in {403, 422}
    assert world.rows("SELECT 1 FROM history WHERE change = 'ordered'") == []


async def test_each_reader_has_seen_as_much_of_a_goal_as_they_were_shown(
    citizen, api, world, anna, plan
):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    step = world.a_step(goal)
    address = f"/v1/goals/{goal}"
    worker = await api.as_contact_person(world.a_contact_person(anna))
    await citizen.put(f"/v1/steps/{step}/done", json={"done": True}, headers=version(1))
    history = (await citizen.get(f"{address}/history")).json()
    assert history["seen_up_to"] is None
    newest = history["entries"][0]["id"]

    marked = await citizen.put(f"{address}/seen", json={"up_to": newest})
    await citizen.put(
        f"{address}/seen", json={"up_to": newest - 1}
    )  # a late one takes nothing back

    assert marked.status_code == 204
    assert (await citizen.get(f"{address}/history")).json()["seen_up_to"] == newest
    assert (await worker.get(f"{address}/history")).json()["seen_up_to"] is None


async def test_nobody_marks_a_goal_that_they_cannot_see(citizen, world):
    bo = world.a_person(name="Bo")
    goal = world.a_goal(plan_id=world.a_plan(bo), created_by=bo)

    assert (await citizen.put(f"/v1/goals/{goal}/seen", json={"up_to": 1})).status_code == 404
    assert world.rows("SELECT 1 FROM goal_seen") == []


async def test_who_helps_and_how_close_one_wants_to_get_stay_unless_they_are_changed(
    citizen, plan, key
):
    talk = {"title": "Sove", "helped_by": "Min søster", "wanted_rating": 8}
    goal = (await citizen.post("/v1/goals", json=talk, headers=key())).json()
    address = f"/v1/goals/{goal['id']}"
    assert (goal["helped_by"], goal["wanted_rating"]) == ("Min søster", 8)

    renamed = await citizen.put(address, json={"title": "Sove godt"}, headers=version(1))
    assert (renamed.json()["helped_by"], renamed.json()["wanted_rating"]) == ("Min søster", 8)

    alone = {"title": "Sove godt", "helped_by": "", "wanted_rating": 9}
    changed = await citizen.put(address, json=alone, headers=version(2))
    assert (changed.json()["helped_by"], changed.json()["wanted_rating"]) == ("", 9)
