"""Whatever a person has typed is kept, for them alone."""

import asyncio
import json
from uuid import UUID, uuid4

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


@pytest.fixture
async def writer(api, world):
    """Somebody with a plan, who has messages and goals to write."""
    anna = world.a_person()
    world.a_plan(anna)
    return await api.as_citizen(anna)


@pytest.fixture
async def thread(writer, key) -> str:
    command = {"subject": "Praktik", "body": "Hvornår begynder den?"}
    return (await writer.post("/v1/threads", json=command, headers=key())).json()["id"]


SENT = "Jeg kan på mandag kl. 10"
OTHER = "Jeg kan på mandag kl. 10, men ikke før"


def as_kept(*file_ids: UUID | str) -> str:
    """The field in which a form remembers its files."""
    return json.dumps([[str(file_id), f"{file_id}.pdf", 3] for file_id in file_ids])


async def kept_after(who, form: str, path: str, command: dict, key, **fields: str) -> dict:
    """What is left of a draft with these fields when something was sent."""
    draft = f"/v1/drafts/{form}"
    await save(who, '"0"', draft, **fields)
    sent = await who.post(path, json=command, headers=key())
    assert sent.status_code == 201, sent.text
    return (await who.get(draft)).json()["fields"]


async def test_what_another_tab_has_typed_since_stays_when_a_message_is_sent(writer, thread, key):
    path, draft = f"/v1/threads/{thread}/messages", f"/v1/drafts/message:{thread}"
    old = await save(writer, '"0"', draft, body=SENT)
    newer = await save(writer, old.headers["ETag"], draft, body=OTHER)

    await writer.post(path, json={"body": SENT}, headers=key())
    refused = await writer.delete(draft, headers={"If-Match": old.headers["ETag"]})

    assert (refused.status_code, refused.json()["current"]) == (412, newer.json())
    assert (await writer.get(draft)).json() == newer.json()


@pytest.mark.parametrize(
    "saved",
    [
        SENT,
        "Jeg kan på",
        "",
        f"\n \u2003{SENT}\u00a0 \n",  # a message is sent without what nobody sees around it
        "Jeg kan pa\u030a mandag",
    ],
)
async def test_a_reply_takes_its_draft_along_also_an_earlier_state_of_it(
    writer, thread, key, saved
):
    path = f"/v1/threads/{thread}/messages"

    left = await kept_after(writer, f"message:{thread}", path, {"body": SENT}, key, body=saved)

    assert left == {}


@pytest.mark.parametrize("saved", [OTHER, "Jeg kan ikke", "på mandag", "jeg kan"])
async def test_a_reply_leaves_other_words_where_they_are(writer, thread, key, saved):
    path = f"/v1/threads/{thread}/messages"

    left = await kept_after(writer, f"message:{thread}", path, {"body": SENT}, key, body=saved)

    assert left == {"body": saved}


@pytest.mark.parametrize(
    ("saved", "stays"),
    [
        ({"subject": "Ferie", "body": SENT, "goal": "none"}, False),
        ({"subject": "Fe"}, False),
        ({"subject": "Ferie", "body": OTHER}, True),
        ({"subject": "Ferie i uge 7", "body": SENT}, True),
        ({"subject": "Ferie", "body": SENT, "goal": "another"}, False),  # no words: a choice
    ],
)
async def test_a_new_thread_takes_its_own_words_along(writer, key, saved, stays):
    command = {"subject": "Ferie", "body": SENT}

    left = await kept_after(writer, "message:new", "/v1/threads", command, key, **saved)

    assert left == (saved if stays else {})


@pytest.mark.parametrize(
    ("saved", "stays"),
    [
        ({"title": "Læse", "why": "", "first_step": "Låne en bog", "part": "2"}, False),
        ({"title": "Læse mere", "helped_by": "Bo"}, False),
        ({"title": "Læse mere om aftenen"}, True),
        ({"title": "Læse mere", "why": "Så sover jeg"}, True),
        ({"title": "Læse mere", "first_step": "Låne en bog på biblioteket"}, True),
        ({"title": "Læse mere", "helped_by": "Min bror"}, True),
    ],
)
async def test_a_new_goal_takes_its_own_words_along(writer, key, saved, stays):
    command = {"title": "Læse mere", "first_step": "Låne en bog", "helped_by": "Bo"}

    left = await kept_after(writer, "goal:new", "/v1/goals", command, key, **saved)

    assert left == (saved if stays else {})


async def test_a_goal_without_a_first_step_leaves_the_one_that_was_typed_elsewhere(writer, key):
    saved = {"title": "Læse", "first_step": "Låne en bog"}

    left = await kept_after(writer, "goal:new", "/v1/goals", {"title": "Læse"}, key, **saved)

    assert left == saved


async def test_a_file_that_did_not_go_with_the_message_stays_with_its_draft(
    writer, world, thread, key
):
    (plan,) = world.rows("SELECT id FROM plan")
    place = {"plan_id": str(plan["id"]), "name": "brev.txt"}
    sent = await writer.post("/v1/attachments", params=place, content=b"Hej", headers=key())
    file_id = sent.json()["id"]
    form, path = f"message:{thread}", f"/v1/threads/{thread}/messages"

    other = {"body": SENT, "attachments": as_kept(file_id, uuid4())}
    assert await kept_after(writer, form, path, {"body": SENT}, key, **other) == other
    await writer.delete(f"/v1/drafts/{form}")
    same = {"body": SENT, "attachments": as_kept(file_id)}
    command = {"body": SENT, "attachment_ids": [file_id]}
    assert await kept_after(writer, form, path, command, key, **same) == {}


@pytest.mark.parametrize("nonsense", ["[", "[[1]]", '["]', "{}"])
async def test_a_draft_whose_files_make_no_sense_stands_in_no_messages_way(
    writer, thread, key, nonsense
):
    path, fields = f"/v1/threads/{thread}/messages", {"body": SENT, "attachments": nonsense}

    left = await kept_after(writer, f"message:{thread}", path, {"body": SENT}, key, **fields)

    assert left == {}


async def test_each_place_of_a_goal_or_message_has_a_draft_of_its_own(api, world, key):
    anna, bo = world.a_person(), world.a_person()
    plan, household = world.a_plan(anna), world.a_household(anna, bo)
    citizen = await api.as_citizen(anna)
    worker = await api.as_contact_person(world.a_contact_person(anna))
    goal, message = {"title": "Gå"}, {"subject": "Ferie", "body": SENT}
    acts = [
        (citizen, f"goal:new:{household}", "/v1/goals", goal | {"household_id": str(household)}),
        (worker, f"goal:propose:{anna}", "/v1/goals", goal | {"plan_id": str(plan)}),
        (worker, f"message:new:{anna}", "/v1/threads", message | {"plan_id": str(plan)}),
    ]
    for who, form, path, command in acts:
        fields = message if "message" in form else goal
        other = f"/v1/drafts/{form.split(':')[0]}:new"
        await save(who, '"0"', other, **fields)

        assert await kept_after(who, form, path, command, key, **fields) == {}
        assert (await who.get(other)).json()["fields"] == fields


async def test_a_draft_that_is_no_beginning_of_what_was_sent_goes_with_the_version_that_was_seen(
    writer, thread, key
):
    draft = f"/v1/drafts/message:{thread}"
    seen = await save(writer, '"0"', draft, body="På mandag")

    await writer.post(f"/v1/threads/{thread}/messages", json={"body": SENT}, headers=key())
    assert (await writer.get(draft)).json() == seen.json()
    await writer.delete(draft, headers={"If-Match": seen.headers["ETag"]})

    assert (await writer.get(draft)).json()["version"] == 0


async def test_what_another_tab_saves_at_that_very_moment_stays(writer, world, thread, key):
    draft = f"/v1/drafts/message:{thread}"
    await save(writer, '"0"', draft, body=SENT)
    world.execute("BEGIN")
    world.execute(
        "UPDATE draft SET fields = jsonb_build_object('body', %(body)s::text)", body=OTHER
    )

    sending = asyncio.ensure_future(
        writer.post(f"/v1/threads/{thread}/messages", json={"body": SENT}, headers=key())
    )
    waits = "SELECT FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
    async with asyncio.timeout(4):
        while not world.rows(waits):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)
    world.execute("COMMIT")

    assert (await sending).status_code == 201
    assert (await writer.get(draft)).json()["fields"] == {"body": OTHER}


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
