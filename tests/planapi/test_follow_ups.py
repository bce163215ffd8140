"""Follow-ups: a day, an agenda from both sides, an outcome, and the next day."""

from datetime import timedelta

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


@pytest.fixture
async def worker(api, world, anna, plan):
    return await api.as_contact_person(world.a_contact_person(anna))


@pytest.fixture
def day(world):
    return lambda ahead: (world.today + timedelta(days=ahead)).isoformat()


def version(number):
    return {"If-Match": f'"{number}"'}


async def a_follow_up(worker, plan, key, day, **fields):
    answer = await worker.post(
        f"/v1/plans/{plan}/follow-ups", json={"day": day, **fields}, headers=key()
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_follow_up_from_booking_to_the_next_one(
    citizen, worker, world, anna, plan, key, day
):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    booked = await a_follow_up(
        worker, plan, key, day(7), goal_id=str(goal), first_item="Hvordan går turene?"
    )
    path = f"/v1/follow-ups/{booked['id']}"
    added = await citizen.post(f"{path}/agenda", json={"text": "Min ryg"}, headers=key())
    assert [(one["text"], one["added_role"]) for one in added.json()["agenda"]] == [
        ("Hvordan går turene?", "contact_person"),
        ("Min ryg", "citizen"),
    ]
    assert set(added.json()["allowed"]) == {"read", "add_item"}

    concluded = await worker.put(
        f"{path}/conclusion",
        json={"outcome": "continue", "conclusion": "Det går godt", "next_day": day(60)},
        headers=version(added.json()["version"]),
    )

    held = concluded.json()
    assert (held["state"], held["outcome"], held["next_day"]) == ("held", "continue", day(60))
    listed = (await citizen.get(f"/v1/plans/{plan}/follow-ups")).json()
    assert [one["id"] for one in listed["follow_ups"]] == [held["next_id"], held["id"]]
    assert listed["follow_ups"][0]["goal_id"] == str(goal)
    assert listed["may_create"] is False
    history = (await citizen.get(f"{path}/history")).json()["entries"]
    assert [entry["change"] for entry in history] == ["concluded", "item_added", "created"]
    again = await worker.put(
        f"{path}/conclusion",
        json={"outcome": "continue", "conclusion": "Det går godt", "next_day": day(60)},
        headers=version(1),
    )
    assert again.json() == held


async def test_the_three_outcomes_each_need_what_belongs_to_them(worker, world, plan, key, day):
    job = world.an_intervention(plan)
    for command, missing in (
        ({"outcome": "continue"}, "continue.next_day"),
        ({"outcome": "end_and_replace", "next_day": day(9)}, "end_and_replace.replacement"),
        ({"outcome": "sideways"}, ""),
    ):
        booked = await a_follow_up(worker, plan, key, day(1), intervention_id=str(job))
        path = f"/v1/follow-ups/{booked['id']}/conclusion"
        refused = await worker.put(path, json=command, headers=version(1))
        assert refused.json()["errors"][0]["path"] == missing

    ended = await worker.put(path, json={"outcome": "end"}, headers=version(1))
    assert (ended.json()["outcome"], ended.json()["next_id"]) == ("end", None)
    booked = await a_follow_up(worker, plan, key, day(1), intervention_id=str(job))
    replaced = await worker.put(
        f"/v1/follow-ups/{booked['id']}/conclusion",
        json={"outcome": "end_and_replace", "replacement": "Mentor", "next_day": day(9)},
        headers=version(1),
    )
    assert replaced.json()["replacement"] == "Mentor"
    after = (await worker.get(f"/v1/follow-ups/{replaced.json()['next_id']}")).json()
    assert after["intervention_id"] is None


async def test_another_day_or_none_at_all(worker, citizen, plan, key, day):
    booked = await a_follow_up(worker, plan, key, day(7))
    path = f"/v1/follow-ups/{booked['id']}"

    moved = await worker.put(path, json={"day": day(8)}, headers=version(1))
    assert moved.json()["day"] == day(8)
    stale = await worker.put(path, json={"day": day(9)}, headers=version(1))
    assert (stale.status_code, stale.json()["current"]["day"]) == (412, day(8))
    cancelled = await worker.put(f"{path}/cancellation", json={"reason": "Syg"}, headers=version(2))
    assert (cancelled.json()["state"], cancelled.json()["allowed"]) == ("cancelled", ["read"])
    late = await citizen.post(f"{path}/agenda", json={"text": "X"}, headers=key())
    assert late.status_code == 403


async def test_a_citizen_books_and_concludes_nothing(citizen, worker, plan, key, day):
    booked = await a_follow_up(worker, plan, key, day(7))
    path = f"/v1/follow-ups/{booked['id']}"

    answers = [
        await citizen.post(f"/v1/plans/{plan}/follow-ups", json={"day": day(7)}, headers=key()),
        await citizen.put(path, json={"day": day(8)}, headers=version(1)),
        await citizen.put(f"{path}/conclusion", json={"outcome": "end"}, headers=version(1)),
        await citizen.put(f"{path}/cancellation", json={}, headers=version(1)),
    ]

    assert {answer.status_code for answer in answers} == {403}


async def test_only_what_the_contact_person_sees_of_this_plan_is_followed_up(
    worker, world, anna, plan, key, day
):
    elsewhere = world.a_goal(plan_id=world.a_plan(), created_by=anna)
    health = world.an_intervention(plan, "health")
    for field, value in (("goal_id", elsewhere), ("intervention_id", health)):
        refused = await worker.post(
            f"/v1/plans/{plan}/follow-ups", json={"day": day(1), field: str(value)}, headers=key()
        )
        assert refused.json()["errors"] == [{"path": field, "code": "unknown"}]
    past = await worker.post(f"/v1/plans/{plan}/follow-ups", json={"day": day(-1)}, headers=key())
    assert past.json()["errors"] == [{"path": "day", "code": "in_the_past"}]


async def test_a_follow_up_does_not_name_an_intervention_that_its_reader_may_not_know_of(
    citizen, worker, world, plan, day
):
    health = world.an_intervention(plan, "health")
    author = world.a_contact_person(administration="health")
    world.insert(
        "follow_up", plan_id=plan, intervention_id=health, day=world.today, created_by=author
    )

    (seen,) = (await worker.get(f"/v1/plans/{plan}/follow-ups")).json()["follow_ups"]
    (own,) = (await citizen.get(f"/v1/plans/{plan}/follow-ups")).json()["follow_ups"]

    assert (seen["intervention_id"], own["intervention_id"]) == (None, str(health))
    assert "intervention_administration" not in own


async def test_a_stranger_finds_no_follow_up(api, worker, world, plan, key, day):
    booked = await a_follow_up(worker, plan, key, day(7))
    stranger = await api.as_contact_person(world.a_contact_person())

    assert (await stranger.get(f"/v1/follow-ups/{booked['id']}")).status_code == 404
    assert (await stranger.get(f"/v1/plans/{plan}/follow-ups")).status_code == 404


async def test_a_follow_up_has_a_time_of_the_day_and_so_has_the_next_one(
    citizen, worker, plan, key, day
):
    booked = await a_follow_up(worker, plan, key, day(7), starts="10:00")
    path = f"/v1/follow-ups/{booked['id']}"

    moved = await worker.put(
        path, json={"day": day(7), "starts": "13:30"}, headers=version(booked["version"])
    )
    concluded = await worker.put(
        f"{path}/conclusion",
        json={"outcome": "continue", "next_day": day(40), "next_starts": "09:15"},
        headers=version(moved.json()["version"]),
    )

    assert (booked["starts"], moved.json()["starts"]) == ("10:00:00", "13:30:00")
    upcoming = await citizen.get(f"/v1/follow-ups/{concluded.json()['next_id']}")
    assert (upcoming.json()["day"], upcoming.json()["starts"]) == (day(40), "09:15:00")
    offset = await worker.post(
        f"/v1/plans/{plan}/follow-ups", json={"day": day(7), "starts": "10:00Z"}, headers=key()
    )
    assert offset.json()["errors"][0]["path"] == "starts"


async def test_each_side_changes_its_own_part_of_the_agenda(citizen, worker, plan, key, day):
    booked = await a_follow_up(worker, plan, key, day(7), first_item="Hvordan går det?")
    path = f"/v1/follow-ups/{booked['id']}"
    added = (await citizen.post(f"{path}/agenda", json={"text": "Ryg"}, headers=key())).json()
    theirs, own = (f"{path}/agenda/{one['id']}" for one in added["agenda"])
    words, seen = {"text": "Min ryg om aftenen"}, version(added["version"])

    foreign = await citizen.put(theirs, json=words, headers=seen)
    late = await citizen.put(own, json=words, headers=version(1))
    edited = await citizen.put(own, json=words, headers=seen)
    removed = await worker.delete(theirs, headers=version(edited.json()["version"]))

    assert (foreign.status_code, late.status_code) == (403, 412)
    assert [one["text"] for one in edited.json()["agenda"]] == [
        "Hvordan går det?",
        "Min ryg om aftenen",
    ]
    assert [one["text"] for one in removed.json()["agenda"]] == ["Min ryg om aftenen"]
    entries = (await citizen.get(f"{path}/history")).json()["entries"]
    assert [one["change"] for one in entries[:2]] == ["item_removed", "item_edited"]
    assert (entries[0]["before"], entries[1]["before"]) == (
        {"text": "Hvordan går det?"},
        {"text": "Ryg"},
    )
