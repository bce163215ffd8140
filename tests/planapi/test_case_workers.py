"""What a contact person arranges: colleagues who work with a citizen, and a guardian."""

from datetime import timedelta

import pytest

CPR_OF_BO = "0202901235"


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def lars(world):
    return world.a_contact_person(administration="adult_social", name="Lars Bo")


@pytest.fixture
async def mette(api, world, anna, plan):
    return await api.as_contact_person(world.a_contact_person(anna))


def address(anna, what: str) -> str:
    return f"/v1/work/citizens/{anna}/{what}"


@pytest.mark.parametrize("assigned_days_ago", [0, 10])
async def test_a_colleague_is_assigned_sees_their_part_and_is_taken_off(
    api, world, anna, plan, lars, mette, key, assigned_days_ago
):
    world.an_intervention(plan, "adult_social", title="Bostøtte")
    worker = await api.as_contact_person(lars)
    assert (await worker.get(f"/v1/work/citizens/{anna}")).status_code == 404

    command = {"professional_id": str(lars)}
    assigned = await mette.post(address(anna, "case-workers"), json=command, headers=key())
    await mette.post(address(anna, "case-workers"), json=command, headers=key())
    seen = await worker.get(f"/v1/work/citizens/{anna}")

    assert assigned.status_code == 201, assigned.text
    (one,) = assigned.json()["case_workers"]
    assert (one["professional"]["name"], one["since"]) == ("Lars Bo", str(world.today))
    assert [each["title"] for each in seen.json()["plan"]["interventions"]] == ["Bostøtte"]
    assert (await worker.get(address(anna, "case-workers"))).status_code == 404

    if assigned_days_ago:
        world.execute("UPDATE case_worker SET starts_on = starts_on - 10")
    ended = await mette.delete(address(anna, f"case-workers/{lars}"))

    assert ended.json()["case_workers"] == []
    assert (await mette.delete(address(anna, f"case-workers/{lars}"))).status_code == 200
    assert (await worker.get(f"/v1/work/citizens/{anna}")).status_code == 404
    changes = world.rows("SELECT change FROM history WHERE resource_kind = 'case_worker'")
    assert [row["change"] for row in changes] == ["assigned", "ended"]


async def test_only_a_professional_of_the_municipality_is_assigned(world, anna, mette, key):
    other = world.a_person(name="Bo")

    refused = await mette.post(
        address(anna, "case-workers"), json={"professional_id": str(other)}, headers=key()
    )

    assert refused.json()["errors"] == [{"path": "professional_id", "code": "unknown"}]


def a_guardian(world) -> dict:
    return {
        "name": "Bo Holm",
        "cpr": CPR_OF_BO,
        "categories": ["goals", "messages"],
        "valid_until": str(world.today + timedelta(days=200)),
    }


async def test_a_guardian_is_written_down_by_the_contact_person_and_ended_by_them_alone(
    api, world, anna, plan, mette, key
):
    guardian_id = world.a_person(name="Bo Holm", cpr=CPR_OF_BO)
    world.a_goal(plan_id=plan, created_by=anna, title="Gå en tur")
    guardian, citizen = await api.as_citizen(guardian_id), await api.as_citizen(anna)

    made = await mette.post(address(anna, "guardian"), json=a_guardian(world), headers=key())

    assert (made.status_code, made.json()["kind"]) == (201, "guardian"), made.text
    assert CPR_OF_BO not in made.text
    view = await guardian.get(f"/v1/people/{anna}")
    assert [goal["title"] for goal in view.json()["goals"]] == ["Gå en tur"]
    (listed,) = (await mette.get(address(anna, "helpers"))).json()["helpers"]
    assert listed["name"] == "Bo Holm"
    helper = f"/v1/helpers/{made.json()['id']}/end"
    assert (await citizen.post(helper, headers=key())).status_code == 403

    assert (await mette.post(helper, headers=key())).json()["state"] == "ended"
    assert (await guardian.get(f"/v1/people/{anna}")).status_code == 404


async def test_nobody_else_appoints_a_guardian(api, world, anna, plan, lars, key):
    for client in (await api.as_citizen(anna), await api.as_contact_person(lars)):
        refused = await client.post(
            address(anna, "guardian"), json=a_guardian(world), headers=key()
        )
        assert refused.status_code in {403, 404}
    assert world.rows("SELECT * FROM helper") == []
