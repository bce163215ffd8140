"""Each owner's goals have fields of their own: exactly these in every answer, and in the client."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import ValidationError

from portal.contract.goals import (
    GOAL,
    AdministrationGoal,
    AdministrationGoalSummary,
    CitizenGoal,
    CitizenGoalSummary,
    HouseholdGoal,
    HouseholdGoalSummary,
    NewGoal,
)
from portal.plan_client import PlanClient, PlanResponseInvalid

PLACE_OF = {
    "citizen": {"plan_id"},
    "administration": {"plan_id", "administration"},
    "household": {"household_id"},
}
PLACES = {"plan_id", "household_id", "administration"}
IN_LIST = {
    "citizen": CitizenGoalSummary,
    "administration": AdministrationGoalSummary,
    "household": HouseholdGoalSummary,
}
WHOLE = {
    "citizen": CitizenGoal,
    "administration": AdministrationGoal,
    "household": HouseholdGoal,
}


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def emil(world):
    return world.a_person(name="Emil Holm")


@pytest.fixture
def mette(world, anna):
    return world.a_contact_person(anna)


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def household(world, anna, emil):
    return world.a_household(anna, emil)


@pytest.fixture
def goals(world, anna, mette, plan, household):
    """A goal of each owner, by owner."""
    given = {"owner": "administration", "administration": "employment"}
    return {
        "citizen": world.a_goal(plan_id=plan, created_by=anna),
        "administration": world.a_goal(plan_id=plan, created_by=mette, **given),
        "household": world.a_goal(household_id=household, created_by=anna),
    }


@pytest.fixture
async def citizen(api, anna, goals):
    return await api.as_citizen(anna)


@pytest.fixture
async def client(api, signer, anna, goals):
    """The portal's own client."""
    return PlanClient(await api.client(), partial(signer.for_person, anna, "citizen"))


def goals_in(part: Any) -> Iterator[dict[str, Any]]:
    """Every goal that stands anywhere in an answer."""
    if isinstance(part, dict):
        if {"owner", "steps_total"} <= part.keys():
            yield part
        for one in part.values():
            yield from goals_in(one)
    elif isinstance(part, list):
        for one in part:
            yield from goals_in(one)


def has_exactly_its_fields(goal: dict[str, Any]) -> bool:
    kinds = WHOLE if "steps" in goal else IN_LIST
    return goal.keys() == kinds[goal["owner"]].model_fields.keys()


@pytest.mark.parametrize("owner", PLACE_OF)
async def test_a_goal_has_the_place_of_its_owner_and_no_other(citizen, goals, owner):
    goal = (await citizen.get(f"/v1/goals/{goals[owner]}")).json()

    assert goal["owner"] == owner
    assert goal.keys() & PLACES == PLACE_OF[owner]
    assert None not in {goal[name] for name in PLACE_OF[owner]}
    assert has_exactly_its_fields(goal)


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("/v1/goals", {"citizen", "administration", "household"}),
        ("/v1/overview", {"citizen", "administration", "household"}),
        ("/v1/plan", {"citizen", "administration"}),
        ("/v1/households", {"household"}),
        ("/v1/export", {"citizen", "administration", "household"}),
    ],
)
async def test_wherever_a_goal_stands_it_has_exactly_the_fields_of_its_owner(citizen, path, owners):
    found = list(goals_in((await citizen.get(path)).json()))

    assert {goal["owner"] for goal in found} == owners
    assert [goal for goal in found if not has_exactly_its_fields(goal)] == []


async def test_what_others_see_of_a_goal_has_exactly_its_fields(
    api, world, citizen, anna, emil, mette, goals, key
):
    shared = await citizen.post(
        f"/v1/goals/{goals['citizen']}/shares", json={"person_id": str(emil)}, headers=key()
    )
    assert shared.status_code == 201
    worker, son = await api.as_contact_person(mette), await api.as_citizen(emil)
    for answer, owners in (
        (await worker.get(f"/v1/work/citizens/{anna}"), {"citizen", "administration"}),
        (await son.get(f"/v1/people/{anna}"), {"citizen"}),
        (await citizen.get(f"/v1/see-as/{emil}"), {"citizen"}),
    ):
        found = list(goals_in(answer.json()))

        assert {goal["owner"] for goal in found} == owners
        assert all(map(has_exactly_its_fields, found))


async def test_a_new_goal_is_answered_with_the_fields_of_its_owner(
    api, citizen, mette, plan, household, key
):
    worker = await api.as_contact_person(mette)
    for owner, who, place in (
        ("citizen", citizen, {}),
        ("household", citizen, {"household_id": str(household)}),
        ("administration", worker, {"plan_id": str(plan)}),
    ):
        made = await who.post("/v1/goals", json={"title": "Gå en tur", **place}, headers=key())

        assert (made.status_code, made.json()["owner"]) == (201, owner)
        assert has_exactly_its_fields(made.json())
        rated = await citizen.post(
            f"/v1/goals/{made.json()['id']}/ratings", json={"value": 5}, headers=key()
        )
        assert owner == "administration" or has_exactly_its_fields(rated.json())


@pytest.mark.parametrize("names", ["both", "another_plan"])
async def test_a_goal_has_one_place_and_it_is_the_askers(
    citizen, world, plan, household, key, names
):
    place = {
        "both": {"household_id": str(household), "plan_id": str(plan)},
        "another_plan": {"plan_id": str(world.a_plan())},
    }

    refused = await citizen.post("/v1/goals", json={"title": "Gå", **place[names]}, headers=key())

    assert refused.status_code == 422
    assert [one["path"] for one in refused.json()["errors"]] == ["plan_id"]


async def test_the_portals_client_gets_each_goal_as_what_it_is(client, goals, household, plan):
    whole = {owner: await client.goal(goal_id) for owner, goal_id in goals.items()}
    listed = await client.goals()
    (family,) = (await client.households()).households
    made = await client.create_goal(
        NewGoal(title="Spise sammen", household_id=household), str(uuid4())
    )

    assert {owner: type(goal) for owner, goal in whole.items()} == WHOLE
    assert {type(goal) for goal in listed.own} == {CitizenGoalSummary, AdministrationGoalSummary}
    assert {type(goal) for goal in (*family.goals, made)} == {HouseholdGoal}
    assert (whole["household"].plan_id, whole["household"].household_id) == (None, household)
    assert (whole["citizen"].plan_id, whole["citizen"].administration) == (plan, None)
    assert whole["administration"].administration == "employment"


@pytest.mark.parametrize(
    ("owner", "lacks"), [(owner, name) for owner, names in PLACE_OF.items() for name in names]
)
async def test_a_goal_without_the_place_of_its_owner_is_none(citizen, goals, owner, lacks):
    goal = (await citizen.get(f"/v1/goals/{goals[owner]}")).json()

    with pytest.raises(ValidationError, match=lacks):
        GOAL.validate_python({name: value for name, value in goal.items() if name != lacks})


async def test_a_goal_of_an_owner_that_there_is_not_is_an_invalid_answer(citizen, goals):
    goal = (await citizen.get(f"/v1/goals/{goals['citizen']}")).json() | {"owner": "nobody"}
    answering = httpx.MockTransport(lambda _request: httpx.Response(200, json=goal))
    async with httpx.AsyncClient(transport=answering, base_url="http://plans") as http:
        with pytest.raises(PlanResponseInvalid):
            await PlanClient(http, lambda: "token").goal(goals["citizen"])


async def test_in_the_fhir_bundle_a_goal_says_which_administration_proposed_it(citizen, goals):
    entries = (await citizen.get("/v1/export?format=fhir")).json()["entry"]
    proposed_by = {
        one["resource"]["id"]: part["valueCode" if "valueCode" in part else "valueString"]
        for one in entries
        if one["resource"]["resourceType"] == "Goal"
        for part in one["resource"].get("extension", ())
        if part["url"].endswith("administration")
    }

    assert proposed_by == {str(goals["administration"]): "employment"}
