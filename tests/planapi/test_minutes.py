"""Minutes: drafted, shared, confirmed or commented; disagreement stands beside the text."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

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
async def draft(worker, world, plan, key):
    answer = await worker.post(
        f"/v1/plans/{plan}/minutes",
        json={
            "title": "Samtale",
            "held_on": world.today.isoformat(),
            "text": "Anna vil gerne arbejde.",
        },
        headers=key(),
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
async def shared(worker, draft):
    answer = await worker.put(f"/v1/minutes/{draft['id']}/sharing", headers=version(1))
    assert answer.status_code == 200, answer.text
    return answer.json()


def version(number):
    return {"If-Match": f'"{number}"'}


async def test_a_draft_is_the_administrations_alone(api, world, anna, citizen, worker, draft, plan):
    path = f"/v1/minutes/{draft['id']}"
    assert set(draft["allowed"]) == {"read", "edit", "share"}
    assert (await citizen.get(path)).status_code == 404
    assert (await citizen.get(f"/v1/plans/{plan}/minutes")).json()["minutes"] == []
    assert (await citizen.put(f"{path}/confirmation", headers=version(1))).status_code == 404
    assert world.rows("SELECT * FROM event") == []

    world.execute("DELETE FROM contact_assignment")
    world.a_consent(anna, categories=["employment"], recipient_administration="family")
    other = await api.as_contact_person(world.a_contact_person(anna, administration="family"))
    assert (await other.get(path)).status_code == 404
    world.execute("UPDATE minutes SET state = 'shared', shared_at = now()")
    assert (await other.get(path)).json()["allowed"] == ["read"]


async def test_a_draft_is_reworded_until_it_is_shared(worker, draft, world):
    path = f"/v1/minutes/{draft['id']}"
    new = {"title": "Samtale", "held_on": world.today.isoformat(), "text": "Anna søger job."}

    edited = await worker.put(path, json=new, headers=version(1))
    assert (edited.json()["text"], edited.json()["version"]) == ("Anna søger job.", 2)
    shared = await worker.put(f"{path}/sharing", headers=version(2))
    assert (shared.json()["state"], set(shared.json()["allowed"])) == (
        "shared",
        {"read", "comment"},
    )
    late = await worker.put(path, json={**new, "text": "Anna er ledig."}, headers=version(3))
    assert late.status_code == 403


async def test_the_citizen_confirms(citizen, worker, shared):
    path = f"/v1/minutes/{shared['id']}"
    assert set((await citizen.get(path)).json()["allowed"]) == {"read", "confirm", "comment"}

    confirmed = await citizen.put(f"{path}/confirmation", headers=version(2))

    assert confirmed.json()["state"] == "confirmed"
    (remark,) = (await worker.get(path)).json()["remarks"]
    assert (remark["kind"], remark["author"]["name"]) == ("confirmation", "Anna Holm")
    again = await citizen.put(f"{path}/confirmation", headers=version(2))
    assert again.json() == confirmed.json()


async def test_disagreement_stands_beside_the_text_and_is_answered_there(
    citizen, worker, shared, key
):
    path = f"/v1/minutes/{shared['id']}"
    disagreed = await citizen.post(
        f"{path}/comments",
        json={"text": "Det sagde jeg ikke.", "disagrees": True},
        headers=key(),
    )
    assert (disagreed.status_code, disagreed.json()["state"]) == (201, "commented")
    answered = await worker.post(
        f"{path}/comments", json={"text": "Lad os tale om det."}, headers=key()
    )

    assert answered.json()["state"] == "commented"
    assert answered.json()["text"] == "Anna vil gerne arbejde."
    assert [(one["kind"], one["author_role"]) for one in answered.json()["remarks"]] == [
        ("disagreement", "citizen"),
        ("comment", "contact_person"),
    ]


async def test_a_confirmation_is_of_what_was_on_the_screen(citizen, worker, shared, key):
    path = f"/v1/minutes/{shared['id']}"
    await worker.post(f"{path}/comments", json={"text": "Jeg glemte noget."}, headers=key())

    late = await citizen.put(f"{path}/confirmation", headers=version(2))

    assert late.status_code == 412
    assert late.json()["current"]["remarks"][0]["text"] == "Jeg glemte noget."


async def test_the_history_tells_the_citizen_what_came_after_the_draft(
    citizen, worker, shared, key
):
    path = f"/v1/minutes/{shared['id']}"
    await citizen.post(f"{path}/comments", json={"text": "Ja"}, headers=key())

    for reader, changes in (
        (citizen, ["commented", "shared"]),
        (worker, ["commented", "shared", "created"]),
    ):
        history = (await reader.get(f"{path}/history")).json()["entries"]
        assert [entry["change"] for entry in history] == changes


async def test_a_meeting_that_one_may_not_see_is_as_one_that_is_not_there(
    api, worker, world, anna, plan, key
):
    hidden = world.an_appointment(plan, datetime.now(UTC), "health")
    fields = {"title": "X", "text": "X", "held_on": world.today.isoformat()}

    async def write(who, meeting):
        return await who.post(
            f"/v1/plans/{plan}/minutes",
            json={**fields, "appointment_id": str(meeting)},
            headers=key(),
        )

    refused, absent = [await write(worker, meeting) for meeting in (hidden, uuid4())]
    assert (refused.status_code, refused.json()["errors"]) == (422, absent.json()["errors"])
    assert world.rows("SELECT FROM minutes") == []

    world.execute("DELETE FROM contact_assignment")
    nurse = await api.as_contact_person(world.a_contact_person(anna, administration="health"))
    written = await write(nurse, hidden)
    assert (written.status_code, written.json()["appointment_id"]) == (201, str(hidden))


async def test_minutes_name_a_meeting_of_the_same_plan_that_has_been(worker, world, plan, key):
    elsewhere = world.an_appointment(world.a_plan(), datetime.now(UTC))
    fields = {"title": "X", "text": "X", "held_on": world.today.isoformat()}
    tomorrow = (world.today + timedelta(days=1)).isoformat()

    for change, code in (
        ({"appointment_id": str(elsewhere)}, "unknown"),
        ({"follow_up_id": str(elsewhere)}, "unknown"),
        ({"held_on": tomorrow}, "in_the_future"),
    ):
        refused = await worker.post(
            f"/v1/plans/{plan}/minutes", json={**fields, **change}, headers=key()
        )
        (path,) = change
        assert refused.json()["errors"] == [{"path": path, "code": code}]


async def test_a_citizen_writes_no_minutes(citizen, world, plan, key):
    refused = await citizen.post(
        f"/v1/plans/{plan}/minutes",
        json={"title": "X", "text": "X", "held_on": world.today.isoformat()},
        headers=key(),
    )

    assert refused.status_code == 403
