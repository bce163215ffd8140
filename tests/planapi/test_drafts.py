"""Whatever a person has typed is kept, for them alone."""

import asyncio

import httpx
import pytest

from tests.planapi.conftest import running_api


@pytest.fixture
async def anna(api, world):
    return await api.as_citizen(world.a_person())


DRAFT = "/v1/drafts/goal:new"


async def save(who, version: str, path: str = DRAFT, **fields) -> httpx.Response:
    return await who.put(path, json={"fields": fields}, headers={"If-Match": version})


async def test_a_draft_is_kept_overwritten_and_forgotten(anna):
    version = '"0"'
    for words in ("Jeg vil", "Jeg vil gå en tur"):
        saved = await save(anna, version, title=words)
        assert (saved.status_code, saved.json()["fields"]) == (200, {"title": words})
        version = saved.headers["ETag"]

    draft = await anna.get(DRAFT)
    assert draft.headers["ETag"] == version
    assert draft.json()["fields"] == {"title": "Jeg vil gå en tur"}
    assert draft.json()["saved_at"]

    for _ in range(2):
        assert (await anna.delete(DRAFT)).status_code == 204
    nothing = {"version": 0, "fields": {}, "saved_at": None}
    assert (await anna.get(DRAFT)).json() == nothing


async def test_two_devices_that_type_hear_of_each_other(anna):
    on_the_phone = await save(anna, '"0"', title="Jeg vil gå")
    at_the_desk = await save(anna, on_the_phone.headers["ETag"], title="Jeg vil gå en tur")

    late = await save(anna, on_the_phone.headers["ETag"], title="Jeg vil gå i seng")
    anew = await save(anna, '"0"', title="Sove")
    blind = await anna.put(DRAFT, json={"fields": {"title": "Sove"}})

    assert (late.status_code, anew.status_code, blind.status_code) == (412, 412, 428)
    assert late.json()["current"] == anew.json()["current"] == at_the_desk.json()
    assert (await anna.get(DRAFT)).json() == at_the_desk.json()


async def test_a_draft_begun_anew_is_not_taken_for_the_one_that_was_dropped(anna):
    old = await save(anna, '"0"', title="Jeg vil gå")
    await anna.delete(DRAFT)

    gone = await save(anna, old.headers["ETag"], title="Jeg vil gå en tur")
    new = await save(anna, '"0"', title="Sove")
    late = await save(anna, old.headers["ETag"], title="Jeg vil gå en tur")

    assert (gone.status_code, gone.json()["current"]["version"]) == (412, 0)
    assert (late.status_code, late.json()["current"]) == (412, new.json())


@pytest.mark.parametrize("seen", ['"0"', "the older one"])
async def test_a_stale_tab_drops_no_newer_draft(anna, seen):
    old = await save(anna, '"0"', title="Jeg vil gå")
    new = await save(anna, old.headers["ETag"], title="Jeg vil gå en tur")

    stale = seen if seen == '"0"' else old.headers["ETag"]
    refused = await anna.delete(DRAFT, headers={"If-Match": stale})

    assert (refused.status_code, refused.json()["current"]) == (412, new.json())
    assert (await anna.get(DRAFT)).json() == new.json()


async def test_who_has_seen_the_newest_draft_drops_it_even_twice(anna):
    seen = {"If-Match": (await save(anna, '"0"', title="Jeg vil gå")).headers["ETag"]}

    for _ in range(2):
        assert (await anna.delete(DRAFT, headers=seen)).status_code == 204
    assert (await anna.get(DRAFT)).json()["version"] == 0
    assert (await anna.delete(DRAFT, headers={"If-Match": "1"})).status_code == 422


async def test_of_two_first_saves_at_once_one_is_kept_and_the_other_hears_of_it(anna):
    answers = await asyncio.gather(*(save(anna, '"0"', title=words) for words in ("Gå", "Sove")))

    kept, late = sorted(answers, key=lambda answer: answer.status_code)
    assert (kept.status_code, late.status_code) == (200, 412)
    assert late.json()["current"] == kept.json()


async def test_a_draft_is_nobody_elses_not_even_the_contact_persons(api, world):
    person = world.a_person()
    anna = await api.as_citizen(person)
    mette = await api.as_contact_person(world.a_contact_person(person))
    await save(anna, '"0"', title="Hemmeligt")

    assert (await mette.get("/v1/drafts/goal:new")).json()["fields"] == {}


async def test_what_nobody_has_written_on_for_30_days_is_forgotten(
    anna, world, settings, signer, routes
):
    for name, days in (("goal:new", 29), ("message:new", 31)):
        await save(anna, '"0"', f"/v1/drafts/{name}", text="Jeg vil")
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
    too_long = await save(anna, '"0"', title="a" * 10_001)
    huge = await save(anna, '"0"', title="a" * 500_000)
    unspeakable = await save(anna, '"0"', **{"\u0000": "a"})

    assert too_long.status_code == 422
    assert too_long.json()["errors"] == [{"path": "fields.title", "code": "string_too_long"}]
    assert huge.status_code == 413
    assert unspeakable.status_code == 422
