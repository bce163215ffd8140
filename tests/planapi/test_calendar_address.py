"""A private calendar address: issued, followed by whoever knows it, renewed and revoked."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

SOON = datetime.now(UTC) + timedelta(days=2)
ADDRESS = "/v1/calendar-address"
FOLLOWED = "/v1/calendar-address/followed"


@pytest.fixture
def person(world):
    """A citizen with a plan and one meeting."""
    person_id = world.a_person(name="Anna Holm", language="pl")
    plan = world.a_plan(person_id)
    world.an_appointment(plan, SOON, title="Samtale om misbrug", place="Rådhuset, lokale 2")
    return person_id


@pytest.fixture
async def anna(api, person):
    return await api.as_citizen(person)


@pytest.fixture
async def portal(api):
    return await api.as_portal()


async def issue(who, version: int = 0, **command) -> dict:
    answer = await who.put(ADDRESS, json=command, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_nobody_has_an_address_at_first(anna):
    found = (await anna.get(ADDRESS)).json()

    assert (found["version"], found["active"], found["secret"]) == (0, False, None)
    assert set(found["allowed"]) == {"read", "edit"}


async def test_an_address_shows_when_and_nothing_of_what(anna, portal):
    issued = await issue(anna)

    followed = await portal.post(FOLLOWED, json={"secret": issued["secret"]})

    (meeting,) = followed.json()["meetings"]
    assert datetime.fromisoformat(meeting["starts_at"]) == SOON
    assert meeting["place"] == ""
    assert followed.json()["language"] == "pl"
    assert "misbrug" not in followed.text


async def test_the_place_is_told_by_choice(anna, portal):
    issued = await issue(anna, with_place=True)

    followed = await portal.post(FOLLOWED, json={"secret": issued["secret"]})

    assert followed.json()["meetings"][0]["place"] == "Rådhuset, lokale 2"


async def test_the_secret_is_told_once_and_kept_as_a_digest(anna, world):
    secret = (await issue(anna))["secret"]

    assert (await anna.get(ADDRESS)).json()["secret"] is None
    (row,) = world.rows("SELECT * FROM calendar_address")
    assert row["secret_sha256"] == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(world.rows("SELECT before, after FROM history"))


async def test_a_new_address_ends_the_old_one(anna, portal):
    first = await issue(anna)

    second = await issue(anna, version=1)

    assert (await portal.post(FOLLOWED, json={"secret": first["secret"]})).status_code == 404
    assert (await portal.post(FOLLOWED, json={"secret": second["secret"]})).status_code == 200


async def test_a_revoked_address_shows_nothing_and_can_be_issued_again(anna, portal):
    first = await issue(anna)

    revoked = await anna.delete(ADDRESS, headers={"If-Match": '"1"'})

    assert (revoked.json()["active"], revoked.json()["version"]) == (False, 2)
    assert (await portal.post(FOLLOWED, json={"secret": first["secret"]})).status_code == 404
    again = await anna.delete(ADDRESS, headers={"If-Match": '"1"'})
    assert again.status_code == 200
    assert (await issue(anna, version=2))["active"]


async def test_of_two_at_once_the_second_is_told_what_is_there(anna, portal):
    secret = (await issue(anna))["secret"]

    late = await anna.put(ADDRESS, json={}, headers={"If-Match": '"0"'})

    assert late.status_code == 412
    assert late.json()["current"]["version"] == 1
    assert (await portal.post(FOLLOWED, json={"secret": secret})).status_code == 200


async def test_an_address_is_followed_through_the_portal_alone(anna):
    secret = (await issue(anna))["secret"]

    assert (await anna.post(FOLLOWED, json={"secret": secret})).status_code == 403


async def test_a_guessed_secret_is_nobodys(portal):
    assert (await portal.post(FOLLOWED, json={"secret": "A" * 43})).status_code == 404
    assert (await portal.post(FOLLOWED, json={"secret": "A"})).status_code == 422


async def test_following_is_on_own_ground_and_leaves_no_entry_of_somebody_else(anna, portal, world):
    secret = (await issue(anna))["secret"]

    await portal.post(FOLLOWED, json={"secret": secret})

    assert world.rows("SELECT FROM access_entry") == []


async def test_only_what_is_not_long_over_is_shown(anna, portal, world, person):
    (plan,) = world.rows("SELECT id FROM plan")
    for days in (400, 10):
        world.an_appointment(plan["id"], datetime.now(UTC) - timedelta(days=days))
    secret = (await issue(anna))["secret"]

    meetings = (await portal.post(FOLLOWED, json={"secret": secret})).json()["meetings"]

    assert len(meetings) == 2


async def test_a_contact_person_has_none(api, world, person):
    mette = await api.as_contact_person(world.a_contact_person(person))

    assert (await mette.get(ADDRESS)).status_code in {403, 404}
