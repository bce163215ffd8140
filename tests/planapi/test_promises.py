"""Promises: made, reworded and kept by those who made them, in plain sight of both sides."""

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
def in_a_week(world):
    return (world.today + timedelta(days=7)).isoformat()


def version(number):
    return {"If-Match": f'"{number}"'}


async def a_promise(client, plan, key, due, text="Ring til banken"):
    answer = await client.post(
        f"/v1/plans/{plan}/promises", json={"text": text, "due": due}, headers=key()
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_citizen_makes_a_promise_and_keeps_it_and_undoes_that(
    citizen, world, plan, key, in_a_week
):
    made = await a_promise(citizen, plan, key, in_a_week)
    assert (made["owner"], made["administration"], made["state"]) == ("Anna Holm", None, "open")
    assert set(made["allowed"]) == {"read", "edit", "keep"}
    path = f"/v1/promises/{made['id']}"

    kept = await citizen.put(f"{path}/kept", json={"kept": True}, headers=version(1))
    assert (kept.json()["state"], kept.json()["kept_on"]) == ("kept", world.today.isoformat())
    assert set(kept.json()["allowed"]) == {"read", "keep"}
    again = await citizen.put(f"{path}/kept", json={"kept": True}, headers=version(1))
    assert again.json() == kept.json()

    undone = await citizen.put(f"{path}/kept", json={"kept": False}, headers=version(2))
    assert (undone.json()["state"], undone.headers["ETag"]) == ("open", '"3"')
    history = (await citizen.get(f"{path}/history")).json()["entries"]
    assert [entry["change"] for entry in history] == ["not_kept", "kept", "created"]


async def test_the_municipality_is_held_to_what_its_contact_person_promised(
    citizen, worker, world, plan, key, in_a_week
):
    made = await a_promise(worker, plan, key, in_a_week, "Vi finder en praktik")
    assert (made["owner"], made["administration"]) == ("Mette Krog", "employment")
    path = f"/v1/promises/{made['id']}"

    (seen,) = (await citizen.get("/v1/plan")).json()["promises"]
    assert (seen["text"], seen["allowed"]) == ("Vi finder en praktik", ["read"])
    refused = await citizen.put(f"{path}/kept", json={"kept": True}, headers=version(1))
    assert refused.status_code == 403

    world.execute("UPDATE promise SET due = due - 30")
    assert (await worker.get(path)).json()["state"] == "overdue"
    kept = await worker.put(f"{path}/kept", json={"kept": True}, headers=version(1))
    assert kept.json()["state"] == "kept"


async def test_what_a_promise_said_before_stays_in_its_history(
    citizen, worker, plan, key, in_a_week
):
    made = await a_promise(worker, plan, key, in_a_week, "I denne uge")
    path = f"/v1/promises/{made['id']}"

    await worker.put(path, json={"text": "Senere", "due": in_a_week}, headers=version(1))

    (edited, _) = (await citizen.get(f"{path}/history")).json()["entries"]
    assert edited["before"] == {"text": "I denne uge"}
    assert edited["actor"]["name"] == "Mette Krog"


async def test_a_contact_person_reads_the_citizens_own_promise_and_changes_nothing(
    citizen, worker, plan, key, in_a_week
):
    made = await a_promise(citizen, plan, key, in_a_week)
    path = f"/v1/promises/{made['id']}"

    assert (await worker.get(path)).json()["allowed"] == ["read"]
    for part, body in (("", {"text": "X", "due": in_a_week}), ("/kept", {"kept": True})):
        refused = await worker.put(f"{path}{part}", json=body, headers=version(1))
        assert refused.status_code == 403


async def test_a_promise_of_another_administration_is_not_there_without_consent(
    api, world, anna, worker, plan, key, in_a_week
):
    made = await a_promise(worker, plan, key, in_a_week)
    world.execute("DELETE FROM contact_assignment")
    other = await api.as_contact_person(world.a_contact_person(anna, administration="family"))

    assert (await other.get(f"/v1/promises/{made['id']}")).status_code == 404


async def test_a_promise_in_the_past_is_none(citizen, world, plan, key):
    yesterday = (world.today - timedelta(days=1)).isoformat()

    refused = await citizen.post(
        f"/v1/plans/{plan}/promises", json={"text": "X", "due": yesterday}, headers=key()
    )

    assert refused.json()["errors"] == [{"path": "due", "code": "in_the_past"}]


async def test_a_professional_whose_write_is_stale_sees_what_is_there_and_that_is_logged(
    worker, world, plan, key, in_a_week
):
    made = await a_promise(worker, plan, key, in_a_week, "Først")
    path = f"/v1/promises/{made['id']}"
    await worker.put(path, json={"text": "Så", "due": in_a_week}, headers=version(1))
    await world.execute_meanwhile("DELETE FROM access_entry")
    world.execute("DELETE FROM recent_reading")

    late = await worker.put(path, json={"text": "Til sidst", "due": in_a_week}, headers=version(1))

    assert (late.status_code, late.json()["current"]["text"]) == (412, "Så")
    (entry,) = world.rows("SELECT resource_kind, resource_id::text FROM access_entry")
    assert entry == {"resource_kind": "promise", "resource_id": made["id"]}
    assert (await worker.put(path, json={"text": "X", "due": in_a_week})).status_code == 428


@pytest.mark.parametrize("role", ["citizen", "contact_person"])
async def test_a_stranger_finds_neither_plan_nor_promise(
    api, citizen, world, plan, key, in_a_week, role
):
    made = await a_promise(citizen, plan, key, in_a_week)
    stranger = (
        await api.as_citizen(world.a_person())
        if role == "citizen"
        else await api.as_contact_person(world.a_contact_person())
    )

    answers = [
        await stranger.get(f"/v1/promises/{made['id']}"),
        await stranger.put(
            f"/v1/promises/{made['id']}/kept", json={"kept": True}, headers=version(1)
        ),
        await stranger.post(
            f"/v1/plans/{plan}/promises", json={"text": "X", "due": in_a_week}, headers=key()
        ),
    ]

    assert {answer.status_code for answer in answers} == {404}
