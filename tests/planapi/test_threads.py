"""Messages between a citizen and the municipality, as both sides see them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def mette(world, anna):
    return world.a_contact_person(anna, reply_working_days=2)


@pytest.fixture
async def citizen(api, anna, plan):
    return await api.as_citizen(anna)


@pytest.fixture
async def worker(api, mette, plan):
    return await api.as_contact_person(mette)


async def a_thread(client, key, **fields):
    command = {"subject": "Praktik", "body": "Hvornår begynder den?", **fields}
    answer = await client.post("/v1/threads", json=command, headers=key())
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_citizen_writes_the_contact_person_answers_and_each_sees_whose_turn_it_is(
    citizen, worker, world, key
):
    thread = await a_thread(citizen, key)
    assert thread["waits_for"] == "contact_person"
    assert thread["answer_expected_by"] > world.today.isoformat()
    (waiting,) = (await worker.get("/v1/work/inbox")).json()["waiting"]
    assert (waiting["id"], waiting["unread"]) == (thread["id"], 1)

    await worker.post(
        f"/v1/threads/{thread['id']}/messages", json={"body": "På mandag?"}, headers=key()
    )

    (listed,) = (await citizen.get("/v1/threads")).json()["threads"]
    assert (listed["waits_for"], listed["answer_expected_by"]) == ("citizen", None)
    assert (listed["unread"], listed["excerpt"]) == (1, "På mandag?")
    assert listed["last_author"]["name"] == "Mette Krog"
    assert (await worker.get("/v1/work/inbox")).json()["waiting"] == []


async def test_an_answer_that_wants_no_answer_leaves_the_thread_in_peace(citizen, worker, key):
    thread = await a_thread(citizen, key)

    done = await worker.post(
        f"/v1/threads/{thread['id']}/messages",
        json={"body": "God sommer", "answer_wanted": False},
        headers=key(),
    )

    assert done.json()["waits_for"] == "nobody"


async def test_a_message_that_is_sent_twice_is_there_once(citizen, mette, key):
    thread = await a_thread(citizen, key)
    headers = key()

    for _ in range(2):
        sent = await citizen.post(
            f"/v1/threads/{thread['id']}/messages", json={"body": "Hallo?"}, headers=headers
        )
        assert len(sent.json()["messages"]) == 2
    read = await citizen.get(f"/v1/threads/{thread['id']}")
    assert [message["body"] for message in read.json()["messages"]] == [
        "Hvornår begynder den?",
        "Hallo?",
    ]


async def test_sending_forgets_the_draft_of_that_form_alone(citizen, mette, key):
    thread = await a_thread(citizen, key)
    reply, other = f"/v1/drafts/message:{thread['id']}", "/v1/drafts/message:new"
    for name in (reply, other):
        await citizen.put(name, json={"fields": {"body": "Hal"}}, headers={"If-Match": '"0"'})

    await citizen.post(
        f"/v1/threads/{thread['id']}/messages", json={"body": "Hallo?"}, headers=key()
    )

    assert (await citizen.get(reply)).json()["fields"] == {}
    assert (await citizen.get(other)).json()["fields"] == {"body": "Hal"}


async def test_a_message_tells_when_the_other_side_first_saw_it(citizen, worker, world, key):
    thread = await a_thread(citizen, key)
    path = f"/v1/threads/{thread['id']}"
    first = thread["messages"][0]["id"]
    assert thread["messages"][0]["read_at"] is None

    read = await worker.put(f"{path}/read", json={"up_to": first})
    assert read.status_code == 204
    seen_at = (await citizen.get(path)).json()["messages"][0]["read_at"]
    assert seen_at is not None
    assert (await worker.get(path)).json()["unread"] == 0

    more = await citizen.post(f"{path}/messages", json={"body": "Hallo?"}, headers=key())
    assert [m["read_at"] for m in more.json()["messages"]] == [seen_at, None]
    await worker.put(f"{path}/read", json={"up_to": more.json()["messages"][1]["id"]})
    later = (await citizen.get(path)).json()["messages"]
    assert later[0]["read_at"] == seen_at < later[1]["read_at"]


async def test_marking_read_tells_the_sender_once(citizen, worker, world, plan, key):
    thread = await a_thread(citizen, key)
    up_to = {"up_to": thread["messages"][0]["id"]}
    before = len(world.rows("SELECT * FROM event"))

    for _ in range(2):
        await worker.put(f"/v1/threads/{thread['id']}/read", json=up_to)

    events = world.rows("SELECT topic, kind FROM event ORDER BY id")[before:]
    assert events == [{"topic": f"plan:{plan}", "kind": "thread"}]


async def test_a_message_of_another_thread_cannot_be_marked(citizen, mette, key):
    thread, other = await a_thread(citizen, key), await a_thread(citizen, key)

    wrong = await citizen.put(
        f"/v1/threads/{thread['id']}/read", json={"up_to": other["messages"][0]["id"]}
    )

    assert wrong.json()["errors"] == [{"path": "up_to", "code": "unknown"}]


async def test_an_answer_is_expected_after_so_many_working_days_not_counting_easter(
    citizen, world, mette, key
):
    world.execute("UPDATE contact_assignment SET starts_on = '2026-01-01'")

    with time_machine.travel(datetime(2026, 4, 1, 21, 30, tzinfo=UTC)):  # Wednesday, 23:30 here
        thread = await a_thread(citizen, key)

    assert thread["answer_expected_by"] == "2026-04-08"


async def test_writing_again_does_not_put_the_deadline_off(citizen, world, mette, key):
    thread = await a_thread(citizen, key)
    world.execute("UPDATE thread SET answer_expected_by = '2026-01-05'")

    again = await citizen.post(
        f"/v1/threads/{thread['id']}/messages", json={"body": "Hallo?"}, headers=key()
    )

    assert again.json()["answer_expected_by"] == "2026-01-05"


async def test_the_deputy_answers_while_the_contact_person_is_away(
    api, citizen, world, mette, plan, key
):
    deputy = world.a_contact_person(name="Ole Lund", reply_working_days=9)
    world.an_absence(mette, deputy)
    thread = await a_thread(citizen, key)

    standing_in = await api.as_contact_person(deputy)
    (waiting,) = (await standing_in.get("/v1/work/inbox")).json()["waiting"]

    assert waiting["id"] == thread["id"]
    nine_working_days = world.today + timedelta(days=11)
    assert thread["answer_expected_by"] >= nine_working_days.isoformat()
    grounds = world.rows("SELECT DISTINCT ground FROM access_entry")
    assert grounds == [{"ground": "deputy"}]


async def test_a_contact_person_begins_a_thread_in_a_plan_that_they_name(
    citizen, worker, world, plan, key
):
    thread = await a_thread(worker, key, plan_id=str(plan), subject="Møde")
    assert thread["waits_for"] == "citizen"

    overview = (await citizen.get("/v1/overview")).json()
    assert overview["unread_messages"] == 1
    assert [(w["kind"], w["title"]) for w in overview["waiting"]] == [("reply", "Møde")]

    refused = await worker.post(
        "/v1/threads", json={"subject": "Møde", "body": "Hej"}, headers=key()
    )
    assert refused.json()["errors"] == [{"path": "plan_id", "code": "missing"}]


async def test_who_is_no_longer_a_contact_person_may_not_write_and_learns_nothing(
    worker, world, plan, key
):
    world.execute(
        "UPDATE contact_assignment SET ends_on = %(day)s", day=world.today - timedelta(days=1)
    )

    answers = [
        await worker.post(
            "/v1/threads",
            json={"subject": "Møde", "body": "Hej", "plan_id": str(plan_id)},
            headers=key(),
        )
        for plan_id in (plan, uuid4())
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({answer.json()["type"] for answer in answers}) == 1


async def test_a_thread_is_tied_to_a_goal_of_the_same_plan_only(
    citizen, world, anna, plan, mette, key
):
    goal = world.a_goal(plan_id=plan, created_by=anna)
    assert (await a_thread(citizen, key, goal_id=str(goal)))["goal_id"] == str(goal)

    stranger = world.a_person()
    other = world.a_goal(plan_id=world.a_plan(stranger), created_by=stranger)
    refused = await citizen.post(
        "/v1/threads",
        json={"subject": "Møde", "body": "Hej", "goal_id": str(other)},
        headers=key(),
    )
    assert refused.json()["errors"] == [{"path": "goal_id", "code": "unknown"}]


@pytest.mark.parametrize("role", ["citizen", "contact_person"])
async def test_a_stranger_finds_no_thread(api, citizen, world, mette, key, role):
    thread = await a_thread(citizen, key)
    stranger = (
        await api.as_citizen(world.a_person())
        if role == "citizen"
        else await api.as_contact_person(world.a_contact_person())
    )
    path = f"/v1/threads/{thread['id']}"

    answers = [
        await stranger.get(path),
        await stranger.post(f"{path}/messages", json={"body": "Hej"}, headers=key()),
        await stranger.put(f"{path}/read", json={"up_to": thread["messages"][0]["id"]}),
        await stranger.get(f"/v1/threads/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert world.rows("SELECT * FROM access_entry") == []


async def test_two_thousand_messages_are_read_in_pages_without_a_gap(citizen, world, anna, plan):
    thread = world.a_thread(plan)
    world.execute(
        "INSERT INTO message (municipality_id, thread_id, author_id, author_role, body)"
        " SELECT %(municipality)s, %(thread)s, %(anna)s, 'citizen', 'Besked ' || n"
        " FROM generate_series(1, 2000) n",
        municipality=world.municipality,
        thread=thread,
        anna=anna,
    )

    bodies, older, pages = [], None, 0
    while pages == 0 or older:
        params = {"older": older} if older else {}
        page = (await citizen.get(f"/v1/threads/{thread}", params=params)).json()
        bodies = [message["body"] for message in page["messages"]] + bodies
        older, pages = page["older_cursor"], pages + 1

    assert pages == 40
    assert bodies == [f"Besked {n}" for n in range(1, 2001)]


async def test_threads_come_in_pages_of_twenty_last_written_first(citizen, world, anna, plan):
    begun = datetime(2026, 3, 1, tzinfo=UTC)
    for n in range(45):
        written = begun + timedelta(minutes=n // 3)  # three at the same moment
        thread = world.a_thread(plan, subject=f"Emne {n}", last_message_at=written)
        world.a_message(thread, anna)

    found, cursor, sizes = [], None, []
    while not sizes or cursor:
        params = {"cursor": cursor} if cursor else {}
        page = (await citizen.get("/v1/threads", params=params)).json()
        found += page["threads"]
        sizes.append(len(page["threads"]))
        cursor = page["next_cursor"]

    assert sizes == [20, 20, 5]
    assert len({thread["id"] for thread in found}) == 45
    moments = [thread["last_message_at"] for thread in found]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "%00", "MQ", "MjAyNi0wMS0wMSBh", "ÆØÅ", "a" * 100])
async def test_a_cursor_that_is_none_of_ours_is_refused(citizen, plan, cursor):
    answer = await citizen.get("/v1/threads", params={"cursor": cursor})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"path": "query.cursor", "code": "cursor"}]


async def found(client, words: str) -> list[tuple[str, str]]:
    answer = await client.get("/v1/threads", params={"q": words})
    assert answer.status_code == 200, answer.text
    return [(one["subject"], one["found"]) for one in answer.json()["threads"]]


async def test_a_citizen_finds_threads_by_words_in_subject_and_messages(
    citizen, worker, world, plan, anna, key
):
    chair = await a_thread(citizen, key, subject="Stolen", body="Hvornår kommer STOLEN?")
    await a_thread(citizen, key, subject="Ferie", body="Jeg holder fri i uge 29")
    await worker.post(
        f"/v1/threads/{chair['id']}/messages", json={"body": "På torsdag"}, headers=key()
    )

    assert await found(citizen, "stolen") == [("Stolen", "Hvornår kommer STOLEN?")]
    assert await found(citizen, "torsdag kommer") == [("Stolen", "På torsdag")]
    assert await found(citizen, "ferie") == [("Ferie", "")]
    assert await found(citizen, "torsdag ferie") == []


@pytest.mark.parametrize("words", ["100%", "a_b", "c\\d"])
async def test_signs_are_looked_for_as_they_are(citizen, key, words):
    await a_thread(citizen, key, body=f"Her er {words} altså")
    await a_thread(citizen, key, body="100 axb c-d")

    assert [text for _, text in await found(citizen, words)] == [f"Her er {words} altså"]


async def test_only_around_the_words_is_told(citizen, key):
    await a_thread(citizen, key, body="x" * 500 + " nøglen " + "y" * 500)

    ((_, text),) = await found(citizen, "NØGLEN")

    assert "nøglen" in text
    assert len(text) <= 140


async def test_a_search_finds_nothing_of_other_people(citizen, world, api, key):
    bo = world.a_person(name="Bo")
    world.a_message(world.a_thread(world.a_plan(bo)), bo, body="Min hemmelighed")

    assert await found(citizen, "hemmelighed") == []
    refused = await citizen.get("/v1/threads", params={"q": "x"})
    assert refused.status_code == 422
