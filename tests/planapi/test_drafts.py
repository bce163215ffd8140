"""Whatever a person has typed is kept, for them alone."""

import asyncio

import pytest

from tests.planapi.conftest import running_api


@pytest.fixture
async def anna(api, world):
    return await api.as_citizen(world.a_person())


async def test_a_draft_is_kept_overwritten_and_forgotten(anna):
    for words in ("Jeg vil", "Jeg vil gå en tur"):
        saved = await anna.put("/v1/drafts/goal:new", json={"fields": {"title": words}})
        assert saved.status_code == 204

    draft = (await anna.get("/v1/drafts/goal:new")).json()
    assert draft["fields"] == {"title": "Jeg vil gå en tur"}
    assert draft["saved_at"]

    for _ in range(2):
        assert (await anna.delete("/v1/drafts/goal:new")).status_code == 204
    assert (await anna.get("/v1/drafts/goal:new")).json() == {"fields": {}, "saved_at": None}


async def test_a_draft_is_nobody_elses_not_even_the_contact_persons(api, world):
    person = world.a_person()
    anna = await api.as_citizen(person)
    mette = await api.as_contact_person(world.a_contact_person(person))
    await anna.put("/v1/drafts/goal:new", json={"fields": {"title": "Hemmeligt"}})

    assert (await mette.get("/v1/drafts/goal:new")).json()["fields"] == {}


async def test_what_nobody_has_written_on_for_30_days_is_forgotten(
    anna, world, settings, signer, routes
):
    for name, days in (("goal:new", 29), ("message:new", 31)):
        await anna.put(f"/v1/drafts/{name}", json={"fields": {"text": "Jeg vil"}})
        world.execute(
            "UPDATE draft SET saved_at = now() - make_interval(days => %(days)s)"
            " WHERE name = %(name)s",
            days=days,
            name=name,
        )

    async with running_api(settings, signer, routes), asyncio.timeout(10):
        while world.rows("SELECT count(*) AS n FROM draft") != [{"n": 1}]:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.05)

    assert world.rows("SELECT name FROM draft") == [{"name": "goal:new"}]


@pytest.mark.parametrize("name", ["Goal", "a b", "x" * 81, "é"])
async def test_a_draft_needs_a_plain_name(anna, name):
    assert (await anna.get(f"/v1/drafts/{name}")).status_code == 422


async def test_a_draft_that_cannot_be_kept_is_refused_and_named(anna):
    too_long = await anna.put("/v1/drafts/goal:new", json={"fields": {"title": "a" * 10_001}})
    huge = await anna.put("/v1/drafts/goal:new", json={"fields": {"title": "a" * 500_000}})
    unspeakable = await anna.put("/v1/drafts/goal:new", json={"fields": {"\u0000": "a"}})

    assert too_long.status_code == 422
    assert too_long.json()["errors"] == [{"path": "fields.title", "code": "string_too_long"}]
    assert huge.status_code == 413
    assert unspeakable.status_code == 422
