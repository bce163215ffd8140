"""The assessment by theme: the citizen's own view beside that of each administration."""

import pytest

PATH = "/v1/plans/{}/assessment"


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


def version(number):
    return {"If-Match": f'"{number}"'}


def theme_of(assessment, code):
    (found,) = [one for one in assessment["themes"] if one["theme"]["code"] == code]
    return found


async def test_themes_are_those_of_the_field_in_its_order(citizen, plan, world):
    world.execute("UPDATE assessment_theme SET valid_to = '2024-12-31' WHERE code = 'mobility'")

    shown = (await citizen.get(PATH.format(plan))).json()

    names = [one["theme"]["name"] for one in shown["themes"]]
    assert names[:3] == ["Praktiske opgaver", "Egenomsorg", "Kommunikation"]
    assert names[-1] == "Omgivelser"
    assert (shown["may_write_own"], shown["may_assess"]) == (True, False)


async def test_both_views_stand_beside_each_other(citizen, worker, plan):
    path = f"{PATH.format(plan)}/self_care"
    own = await citizen.put(
        f"{path}/own", json={"text": "Jeg klarer mig", "level": "mild"}, headers=version(0)
    )
    assert (own.status_code, own.json()["version"]) == (200, 1)
    professional = await worker.put(
        f"{path}/professional",
        json={"text": "Anna har brug for hjælp om morgenen", "level": "moderate"},
        headers=version(0),
    )
    assert (professional.status_code, professional.headers["ETag"]) == (200, '"1"')

    for reader in (citizen, worker):
        shown = theme_of((await reader.get(PATH.format(plan))).json(), "self_care")
        assert shown["own"]["text"] == "Jeg klarer mig"
        (view,) = shown["professional"]
        assert (view["administration"], view["level"]) == ("employment", "moderate")
        assert view["written_by"]["name"] == "Mette Krog"


async def test_views_are_changed_by_those_who_hold_them_and_by_nobody_else(
    citizen, worker, plan, world
):
    path = f"{PATH.format(plan)}/relations"
    own, professional = {"text": "Godt"}, {"text": "Få venner", "level": "severe"}
    await citizen.put(f"{path}/own", json=own, headers=version(0))
    await worker.put(f"{path}/professional", json=professional, headers=version(0))

    assert (await worker.put(f"{path}/own", json=own, headers=version(1))).status_code == 403
    refused = await citizen.put(f"{path}/professional", json=professional, headers=version(1))
    assert refused.status_code == 403
    changed = await worker.put(
        f"{path}/professional", json={**professional, "level": "mild"}, headers=version(1)
    )
    assert (changed.json()["version"], "edit" in changed.json()["allowed"]) == (2, True)
    (edited,) = world.rows("SELECT * FROM history WHERE change = 'edited'")
    assert (edited["before"], edited["after"]) == ({"level": "severe"}, {"level": "mild"})


async def test_a_view_that_somebody_else_wrote_meanwhile_is_shown(citizen, worker, plan):
    path = f"{PATH.format(plan)}/relations"
    for client, part, body in (
        (citizen, "own", {"text": "A"}),
        (worker, "professional", {"text": "A", "level": "none"}),
    ):
        await client.put(f"{path}/{part}", json=body, headers=version(0))
        for seen in (0, 7):
            late = await client.put(
                f"{path}/{part}", json={**body, "text": "B"}, headers=version(seen)
            )
            assert (late.status_code, late.json()["current"]["text"]) == (412, "A")
        same = await client.put(f"{path}/{part}", json=body, headers=version(0))
        assert same.status_code == 200


async def test_what_another_administration_sees_needs_a_consent(api, world, anna, worker, plan):
    path = f"{PATH.format(plan)}/mental_functions"
    world.insert(
        "professional_view",
        plan_id=plan,
        theme="mental_functions",
        administration="health",
        text="Depression",
        level="severe",
        written_by=world.a_contact_person(administration="health"),
    )

    shown = (await worker.get(PATH.format(plan))).json()
    assert theme_of(shown, "mental_functions")["professional"] == []
    assert shown["withheld"] == ["health"]
    own = await worker.put(
        f"{path}/professional", json={"text": "Træt", "level": "mild"}, headers=version(0)
    )
    assert own.json()["administration"] == "employment"

    world.a_consent(anna, "health_disclosure", categories=["health"])
    shown = (await worker.get(PATH.format(plan))).json()
    assert len(theme_of(shown, "mental_functions")["professional"]) == 2
    assert shown["withheld"] == []


async def test_a_theme_that_there_is_not_and_a_plan_of_a_stranger(api, world, citizen, plan):
    unknown = f"{PATH.format(plan)}/astrology/own"
    assert (await citizen.put(unknown, json={"text": "X"}, headers=version(0))).status_code == 404
    stranger = await api.as_citizen(world.a_person())
    assert (await stranger.get(PATH.format(plan))).status_code == 404
    path = f"{PATH.format(plan)}/self_care/own"
    assert (await stranger.put(path, json={"text": "X"}, headers=version(0))).status_code == 404


async def test_the_history_of_a_theme_shows_both_sides_to_whoever_sees_them(
    api, world, anna, citizen, worker, plan
):
    path = f"{PATH.format(plan)}/self_care"
    await citizen.put(f"{path}/own", json={"text": "Jeg klarer mig"}, headers=version(0))
    await citizen.put(f"{path}/own", json={"text": "Det går"}, headers=version(1))
    view = {"text": "Anna har brug for hjælp", "level": "moderate"}
    await worker.put(f"{path}/professional", json=view, headers=version(0))

    entries = (await citizen.get(f"{path}/history")).json()["entries"]

    assert [(one["resource_kind"], one["change"]) for one in entries] == [
        ("professional_view", "created"),
        ("own_view", "edited"),
        ("own_view", "created"),
    ]
    assert (entries[1]["before"], entries[1]["after"]) == (
        {"text": "Jeg klarer mig"},
        {"text": "Det går"},
    )
    assert entries[0]["actor"]["name"] == "Mette Krog"
    other = world.a_contact_person(administration="adult_social", name="Lars")
    world.insert("case_worker", citizen_id=anna, professional_id=other, starts_on=world.today)
    lars = await api.as_contact_person(other)
    assert (await lars.get(f"{path}/history")).json()["entries"] == []
    assert (await citizen.get(f"{PATH.format(plan)}/nothing/history")).status_code == 404
