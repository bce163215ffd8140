"""A POST that is sent twice is done once."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from planapi.idempotency import idempotent_request
from planapi.replays import CHECKS
from tests.planapi.test_app import dependencies_of, routes_of


@pytest.fixture
async def anna(api, world):
    anna = world.a_person()
    world.a_plan(anna)
    return await api.as_citizen(anna)


@pytest.fixture
def command(world) -> dict:
    text = world.a_consent_text()
    return {
        "kind": "collection",
        "source": "adult_social",
        "recipient_administration": "employment",
        "categories": ["social"],
        "case": "Min sag",
        "valid_until": str(world.today + timedelta(days=90)),
        "text_id": text["id"],
        "text_version": 1,
        "text_language": "da",
        "text_sha256": text["sha256"],
    }


def forget_the_first(database_url: str, world, table: str) -> None:
    """Let a day pass for one of the keys in a table."""
    world.execute(
        f"UPDATE {table} SET created_at = now() - interval '25 hours'"  # noqa: S608
        f" WHERE key = (SELECT min(key) FROM {table})"
    )
    with psycopg.connect(database_url) as app:
        app.execute("SELECT forget_old_machinery()")


def consents(world) -> int:
    return world.rows("SELECT count(*) AS n FROM consent")[0]["n"]


async def test_the_same_act_sent_again_gets_the_same_answer(anna, world, command, key):
    headers = key()

    first = await anna.post("/v1/consents", json=command, headers=headers)
    again = await anna.post("/v1/consents", json=command, headers=headers)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["ETag"] == first.headers["ETag"]
    assert consents(world) == 1


async def test_of_ten_sent_at_once_one_is_done_and_all_get_its_answer(anna, world, command, key):
    headers = key()

    answers = await asyncio.gather(
        *(anna.post("/v1/consents", json=command, headers=headers) for _ in range(10))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert consents(world) == 1


async def test_another_act_with_the_same_key_is_refused(anna, world, command, key):
    headers = key()
    await anna.post("/v1/consents", json=command, headers=headers)

    other = command | {"categories": ["family"]}
    answer = await anna.post("/v1/consents", json=other, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:enplan:problem:idempotency-key-reused"
    assert consents(world) == 1


async def test_two_people_may_happen_to_use_the_same_key(api, anna, world, command, key):
    person = world.a_person(name="Bo")
    world.a_plan(person)
    bo = await api.as_citizen(person)
    headers = key()

    for person in (anna, bo):
        answer = await person.post("/v1/consents", json=command, headers=headers)
        assert answer.status_code == 201
    assert consents(world) == 2


async def test_an_act_that_failed_has_left_nothing_and_may_be_repeated(anna, world, command, key):
    headers = key()
    refused = await anna.post(
        "/v1/consents", json=command | {"valid_until": "2020-01-01"}, headers=headers
    )

    done = await anna.post("/v1/consents", json=command, headers=headers)

    assert refused.status_code == 422
    assert done.status_code == 201


@pytest.mark.parametrize("value", [None, "", "short", "x" * 101, "with space 123", "æøåæøåæøå"])
async def test_without_a_usable_key_nothing_is_done(anna, world, command, value):
    headers = {} if value is None else {"Idempotency-Key": value.encode()}

    answer = await anna.post("/v1/consents", json=command, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:enplan:problem:idempotency-key-missing"
    assert consents(world) == 0


async def test_answers_are_forgotten_after_a_day(database_url, anna, world, command, key):
    await anna.post("/v1/consents", json=command, headers=key())
    await anna.post("/v1/consents", json=command, headers=key())

    forget_the_first(database_url, world, "idempotency")

    assert world.rows("SELECT count(*) AS n FROM idempotency") == [{"n": 1}]


async def test_whoever_lost_the_right_to_read_does_not_get_the_answer_again(api, world, key):
    citizen = world.a_person()
    plan = world.a_plan(citizen)
    mette = world.a_contact_person(citizen)
    worker = await api.as_contact_person(mette)
    command, headers = {"plan_id": str(plan), "subject": "Praktik", "body": "Hej"}, key()

    first = await worker.post("/v1/threads", json=command, headers=headers)
    again = await worker.post("/v1/threads", json=command, headers=headers)
    world.execute(
        "UPDATE contact_assignment SET ends_on = %(day)s", day=world.today - timedelta(days=1)
    )
    later = await worker.post("/v1/threads", json=command, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert later.status_code == 404
    assert "Praktik" not in later.text


async def test_every_act_with_a_key_says_how_its_answer_is_checked_again(api):
    acts = {
        route.original_route.name
        for route in routes_of(api.app)
        if idempotent_request in dependencies_of(route.dependant)
    }

    assert acts == set(CHECKS)


async def test_what_is_kept_of_a_request_gives_away_no_number_to_who_guesses(anna, world, key):
    command = {
        "kind": "bisidder",
        "name": "Bo Holm",
        "cpr": "010190-1234",
        "categories": ["goals"],
        "valid_until": str(world.today + timedelta(days=30)),
    }
    sent = await anna.post("/v1/helpers", json=command, headers=key())

    (kept,) = world.rows("SELECT request_hash FROM idempotency")

    guess = hashlib.sha256(b"POST /v1/helpers?\n" + sent.request.content).digest()
    assert sent.status_code == 201
    assert bytes(kept["request_hash"]) != guess
    assert len(kept["request_hash"]) == len(guess)


@pytest.fixture
async def portal(api):
    return await api.as_portal()


CPR = "0304850002"
LOGIN = {"issuer": "https://broker", "subject": "s-1", "role": "citizen", "cpr": CPR}


async def followed_address(api, world) -> dict:
    anna = world.a_person()
    world.an_appointment(world.a_plan(anna), datetime.now(UTC) + timedelta(days=2))
    citizen = await api.as_citizen(anna)
    issued = await citizen.put("/v1/calendar-address", json={}, headers={"If-Match": '"0"'})
    return {"secret": issued.json()["secret"]}


@pytest.mark.parametrize("path", ["/v1/identities", "/v1/calendar-address/followed"])
async def test_what_the_portal_asks_again_under_one_key_gets_the_same_answer(
    api, world, portal, key, path
):
    world.a_person(cpr=CPR)
    bodies = {
        "/v1/identities": LOGIN,
        "/v1/calendar-address/followed": await followed_address(api, world),
    }
    headers = key()

    first = await portal.post(path, json=bodies[path], headers=headers)
    again = await portal.post(path, json=bodies[path], headers=headers)

    assert first.status_code == 200
    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize("path", ["/v1/identities", "/v1/calendar-address/followed"])
async def test_the_portal_too_is_refused_another_request_under_the_same_key(
    api, world, portal, key, path
):
    world.a_person(cpr=CPR)
    others = {
        "/v1/identities": LOGIN | {"subject": "s-2"},
        "/v1/calendar-address/followed": await followed_address(api, world),
    }
    headers = key()
    await portal.post("/v1/identities", json=LOGIN, headers=headers)

    answer = await portal.post(path, json=others[path], headers=headers)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:enplan:problem:idempotency-key-reused"


async def test_of_what_the_portal_asks_neither_number_secret_nor_answer_is_kept(
    api, world, portal, key
):
    world.a_person(cpr=CPR)
    address = await followed_address(api, world)
    login = await portal.post("/v1/identities", json=LOGIN, headers=key())
    await portal.post("/v1/calendar-address/followed", json=address, headers=key())

    kept = world.rows("SELECT * FROM portal_request")

    guess = hashlib.sha256(b"POST /v1/identities?\n" + login.request.content).digest()
    assert [set(row) for row in kept] == [{"key", "request_hash", "created_at"}] * 2
    assert guess not in [bytes(row["request_hash"]) for row in kept]


async def test_what_the_portal_asked_is_forgotten_after_a_day(database_url, world, portal, key):
    world.a_person(cpr=CPR)
    for _ in range(2):
        await portal.post("/v1/identities", json=LOGIN, headers=key())

    forget_the_first(database_url, world, "portal_request")

    assert world.rows("SELECT count(*) AS n FROM portal_request") == [{"n": 1}]
