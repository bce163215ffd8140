"""The plan and the citizen's own words."""

from datetime import timedelta

import pytest


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
async def citizen(api, anna):
    return await api.as_citizen(anna)


def version(number):
    return {"If-Match": f'"{number}"'}


async def test_the_citizen_sees_what_every_administration_does(citizen, world, anna, plan):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    job = world.an_intervention(plan, "employment", hours_per_week=12.5)
    world.an_intervention(plan, "health", title="Samtaler")
    world.insert("intervention_goal", intervention_id=job, goal_id=goal)

    answer = await citizen.get("/v1/plan")

    shown = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert {one["administration"] for one in shown["interventions"]} == {"employment", "health"}
    (served,) = [one for one in shown["interventions"] if one["id"] == str(job)]
    assert (served["goal_ids"], served["hours_per_week"]) == ([str(goal)], 12.5)
    assert [one["id"] for one in shown["goals"]] == [str(goal)]
    assert world.rows("SELECT * FROM access_entry") == []


async def test_a_promise_is_open_until_its_day_is_over(citizen, world, plan):
    for text, due, kept_on in (
        ("i dag", 0, None),
        ("i går", -1, None),
        ("holdt", -1, world.today),
    ):
        world.insert(
            "promise",
            plan_id=plan,
            administration="family",
            owner="Familieafdelingen",
            text=text,
            due=world.today + timedelta(days=due),
            kept_on=kept_on,
        )

    promises = (await citizen.get("/v1/plan")).json()["promises"]

    assert {one["text"]: one["state"] for one in promises} == {
        "i dag": "open",
        "i går": "overdue",
        "holdt": "kept",
    }


async def test_own_words_are_written_then_changed(citizen, plan):
    first = await citizen.put("/v1/about-me", json={"matters": "Min søn"}, headers=version(0))
    assert (first.status_code, first.json()["version"]) == (200, 1)

    second = await citizen.put("/v1/about-me", json={"matters": "Emil"}, headers=version(1))
    assert (second.json()["matters"], second.headers["ETag"]) == ("Emil", '"2"')
    assert (await citizen.get("/v1/plan")).json()["about_me"]["matters"] == "Emil"


async def test_own_words_that_were_written_elsewhere_meanwhile_are_shown(citizen, world, plan):
    await citizen.put("/v1/about-me", json={"matters": "På telefonen"}, headers=version(0))

    for seen in (0, 2):
        late = await citizen.put("/v1/about-me", json={"dreams": "Et hus"}, headers=version(seen))
        assert late.status_code == 412
        assert late.json()["current"]["matters"] == "På telefonen"
    saved_again = await citizen.put(
        "/v1/about-me", json={"matters": "På telefonen"}, headers=version(0)
    )
    assert saved_again.status_code == 200
    assert len(world.rows("SELECT * FROM history")) == 1


async def test_without_a_plan_there_is_no_place_for_own_words(citizen):
    answer = await citizen.put("/v1/about-me", json={"matters": "Min søn"}, headers=version(0))

    assert answer.status_code == 404


async def test_a_contact_person_does_not_write_anybodys_own_words(api, world, plan):
    worker = await api.as_contact_person(world.a_contact_person())

    answer = await worker.put("/v1/about-me", json={"matters": "X"}, headers=version(0))

    assert answer.status_code in {403, 404}
