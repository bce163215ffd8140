"""Meetings: the citizen answers, the administration that holds one moves it."""

from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def anna(world):
    return world.a_person()


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
def soon():
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def meeting(world, plan, soon):
    return f"/v1/appointments/{world.an_appointment(plan, soon)}"


def version(number):
    return {"If-Match": f'"{number}"'}


async def test_i_cannot_and_a_new_time(citizen, worker, meeting, soon):
    wished = (soon + timedelta(days=1)).isoformat()
    told = await citizen.put(
        f"{meeting}/answer",
        json={"answer": "cannot", "wish": "Helst om formiddagen", "wished_times": [wished]},
        headers=version(1),
    )
    assert told.status_code == 200, told.text
    assert (told.json()["answer"]["answer"], told.json()["version"]) == ("cannot", 2)

    seen = (await worker.get(meeting)).json()
    assert seen["answer"]["wish"] == "Helst om formiddagen"
    assert datetime.fromisoformat(seen["answer"]["wished_times"][0]).isoformat() == wished
    assert set(seen["allowed"]) == {"read", "move"}
    later = {
        "starts_at": wished,
        "ends_at": (soon + timedelta(days=1, hours=1)).isoformat(),
    }
    moved = await worker.put(f"{meeting}/time", json=later, headers=version(2))

    assert (moved.json()["answer"], moved.json()["version"]) == (None, 3)
    history = (await citizen.get(f"{meeting}/history")).json()["entries"]
    assert [entry["change"] for entry in history] == ["moved", "answered"]
    (shown,) = (await citizen.get("/v1/plan")).json()["appointments"]
    assert datetime.fromisoformat(shown["starts_at"]).isoformat() == wished


async def test_an_answer_is_changed_and_the_same_one_twice_is_one(citizen, meeting, world):
    coming = {"answer": "coming"}
    for seen in (1, 1):
        done = await citizen.put(f"{meeting}/answer", json=coming, headers=version(seen))
        assert done.json()["version"] == 2
    other = await citizen.put(
        f"{meeting}/answer", json={"answer": "cannot", "wish": "Syg"}, headers=version(2)
    )

    assert other.json()["answer"]["answer"] == "cannot"
    assert len(world.rows("SELECT * FROM appointment_answer")) == 2
    stale = await citizen.put(f"{meeting}/answer", json=coming, headers=version(1))
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 3)


async def test_what_has_begun_is_answered_and_moved_no_more(citizen, worker, world, plan, soon):
    begun = world.an_appointment(plan, datetime.now(UTC) - timedelta(minutes=5))
    path = f"/v1/appointments/{begun}"
    later = {"starts_at": soon.isoformat(), "ends_at": (soon + timedelta(hours=1)).isoformat()}

    assert (await citizen.get(path)).json()["allowed"] == ["read"]
    answered = await citizen.put(f"{path}/answer", json={"answer": "coming"}, headers=version(1))
    moved = await worker.put(f"{path}/time", json=later, headers=version(1))
    assert (answered.status_code, moved.status_code) == (403, 403)


@pytest.mark.parametrize(
    ("starts", "ends", "path"),
    [(-1, 1, "starts_at"), (24, 23, ""), (24, 72, "ends_at")],
)
async def test_a_time_that_makes_no_sense_is_refused(worker, meeting, starts, ends, path):
    now = datetime.now(UTC)
    new = {
        "starts_at": (now + timedelta(hours=starts)).isoformat(),
        "ends_at": (now + timedelta(hours=ends)).isoformat(),
    }

    refused = await worker.put(f"{meeting}/time", json=new, headers=version(1))

    assert refused.status_code == 422
    assert [error["path"] for error in refused.json()["errors"]] == [path]


async def test_a_wish_in_the_past_is_refused(citizen, meeting):
    refused = await citizen.put(
        f"{meeting}/answer",
        json={"answer": "cannot", "wished_times": ["2020-01-01T10:00:00Z"]},
        headers=version(1),
    )

    assert refused.json()["errors"] == [{"path": "wished_times", "code": "in_the_past"}]


async def test_only_the_citizen_answers_and_only_the_own_administration_moves(
    citizen, worker, world, plan, soon, meeting
):
    answered = await worker.put(f"{meeting}/answer", json={"answer": "coming"}, headers=version(1))
    assert answered.status_code == 403
    others = world.an_appointment(plan, soon, "family")
    assert (await worker.get(f"/v1/appointments/{others}")).status_code == 404
    moved = await citizen.put(
        f"{meeting}/time",
        json={
            "starts_at": soon.isoformat(),
            "ends_at": (soon + timedelta(hours=2)).isoformat(),
        },
        headers=version(1),
    )
    assert moved.status_code == 403


async def test_a_meeting_that_needs_another_time_is_in_the_inbox_until_it_has_one(
    citizen, worker, world, plan, meeting, soon
):
    others = f"/v1/appointments/{world.an_appointment(plan, soon, 'family')}"
    for path in (meeting, others):
        await citizen.put(
            f"{path}/answer", json={"answer": "cannot", "wish": "Senere"}, headers=version(1)
        )

    (declined,) = (await worker.get("/v1/work/inbox")).json()["declined"]
    assert declined["appointment"]["administration"] == "employment"
    assert declined["appointment"]["answer"]["wish"] == "Senere"
    assert "move" in declined["appointment"]["allowed"]
    later = {
        "starts_at": (soon + timedelta(days=1)).isoformat(),
        "ends_at": (soon + timedelta(days=1, hours=1)).isoformat(),
    }
    await worker.put(f"{meeting}/time", json=later, headers=version(2))
    assert (await worker.get("/v1/work/inbox")).json()["declined"] == []
