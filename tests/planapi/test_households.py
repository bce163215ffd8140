"""A household follows a goal together; who is not in it sees nothing of it."""

from datetime import date
from uuid import uuid4

import pytest


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm", birth_date=date(1985, 4, 3))


@pytest.fixture
def emil(world):
    return world.a_person(name="Emil Holm", birth_date=None)


@pytest.fixture
def household(world, anna, emil):
    return world.a_household(anna, emil)


async def test_members_are_shown_with_age_where_it_is_known(api, world, anna, household):
    citizen = await api.as_citizen(anna)

    (family,) = (await citizen.get("/v1/households")).json()["households"]

    age = world.today.year - 1985 - ((world.today.month, world.today.day) < (4, 3))
    assert family["name"] == "Familien Holm"
    assert family["may_create_goal"] is True
    assert [(m["name"], m["age"], m["is_me"]) for m in family["members"]] == [
        ("Anna Holm", age, True),
        ("Emil Holm", None, False),
    ]


async def test_a_joint_goal_is_ticked_by_the_other_member_and_both_see_it(
    api, anna, emil, household, key
):
    mother, son = await api.as_citizen(anna), await api.as_citizen(emil)
    created = await mother.post(
        "/v1/goals",
        json={
            "title": "Spise sammen",
            "household_id": str(household),
            "first_step": "Vælg tre dage",
            "first_step_for_everybody": True,
        },
        headers=key(),
    )
    goal = created.json()
    assert (created.status_code, goal["owner"]) == (201, "household")

    (seen,) = (await son.get("/v1/goals")).json()["household"]
    assert seen["id"] == goal["id"]
    step = goal["steps"][0]
    ticked = await son.put(
        f"/v1/steps/{step['id']}/done", json={"done": True}, headers={"If-Match": '"1"'}
    )
    assert ticked.status_code == 200

    (family,) = (await mother.get("/v1/households")).json()["households"]
    assert family["goals"][0]["steps"][0]["done_by"]["name"] == "Emil Holm"


async def test_a_step_is_given_to_a_member_who_alone_ticks_it(
    api, world, anna, emil, household, key
):
    goal = world.a_goal(household_id=household, created_by=anna)
    mother, son = await api.as_citizen(anna), await api.as_citizen(emil)

    given = await mother.post(
        f"/v1/goals/{goal}/steps",
        json={"title": "Dæk bord", "assignee_id": str(emil)},
        headers=key(),
    )
    step = given.json()
    assert (step["assignee"]["name"], "tick" in step["allowed"]) == ("Emil Holm", False)

    async def tick(citizen):
        return await citizen.put(
            f"/v1/steps/{step['id']}/done", json={"done": True}, headers={"If-Match": '"1"'}
        )

    assert (await tick(mother)).status_code == 403
    ticked = await tick(son)
    assert (ticked.status_code, "tick" in ticked.json()["allowed"]) == (200, True)
    seen = (await mother.get(f"/v1/goals/{goal}")).json()["steps"][0]
    assert (seen["done_by"]["name"], "tick" in seen["allowed"]) == ("Emil Holm", False)


async def test_a_step_for_everybody_is_nobodys_in_particular(api, world, anna, household, key):
    goal = world.a_goal(household_id=household, created_by=anna)
    mother = await api.as_citizen(anna)

    async def add(**fields):
        return await mother.post(
            f"/v1/goals/{goal}/steps", json={"title": "Ryd op", **fields}, headers=key()
        )

    step = (await add(for_everybody=True)).json()
    assert (step["assignee"], "tick" in step["allowed"]) == (None, True)
    both = await add(for_everybody=True, assignee_id=str(anna))
    assert both.json()["errors"] == [{"path": "assignee_id", "code": "for_everybody"}]


async def test_the_first_step_of_a_joint_goal_is_given_to_a_member(api, anna, emil, household, key):
    mother = await api.as_citizen(anna)
    created = await mother.post(
        "/v1/goals",
        json={
            "title": "Spise sammen",
            "household_id": str(household),
            "first_step": "Dæk bord",
            "first_step_assignee_id": str(emil),
        },
        headers=key(),
    )

    assert created.json()["steps"][0]["assignee"]["name"] == "Emil Holm"


@pytest.mark.parametrize("who", ["who has left", "a stranger"])
async def test_only_current_members_get_steps_of_a_joint_goal(
    api, world, anna, emil, household, key, who
):
    goal = world.a_goal(household_id=household, created_by=anna)
    world.execute(
        "UPDATE household_member SET left_on = %(today)s WHERE person_id = %(emil)s",
        today=world.today,
        emil=emil,
    )
    other = emil if who == "who has left" else world.a_person()
    mother = await api.as_citizen(anna)

    refused = await mother.post(
        f"/v1/goals/{goal}/steps", json={"title": "X", "assignee_id": str(other)}, headers=key()
    )
    assert refused.json()["errors"] == [{"path": "assignee_id", "code": "unknown"}]
    new_goal = await mother.post(
        "/v1/goals",
        json={
            "title": "Y",
            "household_id": str(household),
            "first_step": "X",
            "first_step_assignee_id": str(other),
        },
        headers=key(),
    )
    assert new_goal.json()["errors"] == [{"path": "first_step_assignee_id", "code": "unknown"}]
    assert len((await mother.get("/v1/goals")).json()["household"]) == 1


async def test_changes_of_a_joint_goal_are_published_to_the_household(
    api, world, anna, household, key
):
    citizen = await api.as_citizen(anna)
    await citizen.post(
        "/v1/goals",
        json={"title": "Spise sammen", "household_id": str(household)},
        headers=key(),
    )

    assert world.rows("SELECT topic, kind FROM event") == [
        {"topic": f"household:{household}", "kind": "goal"}
    ]


async def test_who_is_not_a_member_sees_and_writes_nothing(api, world, anna, household, key):
    goal = world.a_goal(household_id=household, created_by=anna)
    stranger = await api.as_citizen(world.a_person())
    worker = await api.as_contact_person(world.a_contact_person(anna))

    for other in (stranger, worker):
        assert (await other.get(f"/v1/goals/{goal}")).status_code == 404
    assert (await stranger.get("/v1/households")).json() == {"households": []}
    assert (await worker.get("/v1/households")).status_code == 403
    for household_id in (household, uuid4()):
        refused = await stranger.post(
            "/v1/goals", json={"title": "X", "household_id": str(household_id)}, headers=key()
        )
        assert refused.status_code == 403


async def test_who_has_left_sees_nothing_any_more(api, world, anna, emil, household):
    goal = world.a_goal(household_id=household, created_by=anna)
    son = await api.as_citizen(emil)
    assert (await son.get(f"/v1/goals/{goal}")).status_code == 200

    world.execute(
        "UPDATE household_member SET left_on = %(today)s WHERE person_id = %(emil)s",
        today=world.today,
        emil=emil,
    )

    assert (await son.get(f"/v1/goals/{goal}")).status_code == 404
    assert (await son.get("/v1/goals")).json()["household"] == []


async def test_members_do_not_see_each_others_own_goals(api, world, anna, emil, household):
    goal = world.a_goal(plan_id=world.a_plan(anna), created_by=anna)
    son = await api.as_citizen(emil)

    assert (await son.get(f"/v1/goals/{goal}")).status_code == 404


async def test_a_family_consent_lets_one_relative_read_a_goal_until_it_is_withdrawn(
    api, world, anna, emil
):
    goal = world.a_goal(plan_id=world.a_plan(anna), created_by=anna)
    consent = world.a_consent(anna, "family", categories=["goals"], recipient_person=emil)
    son = await api.as_citizen(emil)

    seen = await son.get(f"/v1/goals/{goal}")
    assert (seen.status_code, seen.json()["allowed"]) == (200, ["read"])
    (entry,) = world.rows("SELECT ground FROM access_entry")
    assert entry["ground"] == f"consent:{consent}"

    world.a_withdrawal(consent, anna)
    assert (await son.get(f"/v1/goals/{goal}")).status_code == 404
