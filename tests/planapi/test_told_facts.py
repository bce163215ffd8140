"""Tell it once: who asks learns nothing, until the citizen lets the answer be used."""

import time
from datetime import timedelta

import pytest


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def facts(plan):
    return f"/v1/plans/{plan}/facts"


@pytest.fixture
async def citizen(api, anna, plan):
    return await api.as_citizen(anna)


@pytest.fixture
async def worker(api, world, anna, plan):
    return await api.as_contact_person(world.a_contact_person(anna))


@pytest.fixture
def until(world):
    return (world.today + timedelta(days=90)).isoformat()


def version(number):
    return {"If-Match": f'"{number}"'}


async def asked(worker, plan, key, topic="housing"):
    answer = await worker.post(
        f"/v1/plans/{plan}/fact-requests",
        json={"topic": topic, "purpose": "Vi vil se, om praktikken kan ligge tæt på"},
        headers=key(),
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_answer_that_is_there_already_is_used_again(
    citizen, worker, world, plan, facts, key, until
):
    told = await citizen.put(
        f"{facts}/housing", json={"text": "Jeg bor i en lejlighed"}, headers=version(0)
    )
    assert told.json()["given_by"]["name"] == "Anna Holm"
    request = await asked(worker, plan, key)
    assert (request["state"], request["already_told"]) == ("open", False)
    assert (await worker.get(facts)).json()["facts"] == []
    (waiting,) = (await citizen.get(facts)).json()["requests"]
    assert (waiting["already_told"], set(waiting["allowed"])) == (
        True,
        {"read", "give", "decline"},
    )

    granted = await citizen.put(
        f"/v1/fact-requests/{request['id']}/answer",
        json={"answer": "grant", "valid_until": until},
        headers=version(1),
    )

    assert granted.json()["state"] == "granted"
    (seen,) = (await worker.get(facts)).json()["facts"]
    assert (seen["text"], seen["uses"]) == ("Jeg bor i en lejlighed", [])
    grounds = world.rows("SELECT ground FROM access_entry WHERE resource_kind = 'told_fact'")
    assert {entry["ground"] for entry in grounds} == {"fact_grant"}
    (own,) = (await citizen.get(facts)).json()["facts"]
    assert own["first_asked_by"] == "employment"
    assert own["uses"] == [
        {
            "administration": "employment",
            "purpose": "Vi vil se, om praktikken kan ligge tæt på",
            "since": world.today.isoformat(),
            "until": until,
        }
    ]


async def test_who_asks_cannot_tell_whether_there_is_an_answer(citizen, worker, plan, facts, key):
    await citizen.put(f"{facts}/illness", json={"text": "Migræne"}, headers=version(0))

    with_answer = await asked(worker, plan, key, "illness")
    without = await asked(worker, plan, key, "doctor")

    for name in ("id", "topic", "asked_at"):
        del with_answer[name], without[name]
    assert with_answer == without


async def test_where_nothing_was_told_the_citizen_tells_it_with_the_yes(
    citizen, worker, plan, facts, key, until
):
    path = f"/v1/fact-requests/{(await asked(worker, plan, key))['id']}/answer"
    yes = {"answer": "grant", "valid_until": until}

    without = await citizen.put(path, json=yes, headers=version(1))
    assert without.json()["errors"] == [{"path": "text", "code": "missing"}]
    granted = await citizen.put(path, json={**yes, "text": "I et hus"}, headers=version(1))
    assert granted.status_code == 200
    (seen,) = (await worker.get(facts)).json()["facts"]
    assert seen["text"] == "I et hus"

    other = f"/v1/fact-requests/{(await asked(worker, plan, key, 'income'))['id']}/answer"
    await citizen.put(f"{facts}/income", json={"text": "Kontanthjælp"}, headers=version(0))
    twice = await citizen.put(other, json={**yes, "text": "SU"}, headers=version(1))
    assert twice.json()["errors"] == [{"path": "text", "code": "already_told"}]


async def test_stopping_works_at_the_next_reading_and_so_does_the_last_day(
    citizen, worker, world, plan, facts, key, until
):
    path = f"/v1/fact-requests/{(await asked(worker, plan, key))['id']}/answer"
    yes = {"answer": "grant", "valid_until": until}
    await citizen.put(path, json={**yes, "text": "I et hus"}, headers=version(1))
    assert len((await worker.get(facts)).json()["facts"]) == 1

    stopped = await citizen.put(path, json={"answer": "stop"}, headers=version(2))
    assert stopped.json()["state"] == "stopped"
    assert (await worker.get(facts)).json()["facts"] == []
    await citizen.put(path, json=yes, headers=version(3))
    assert len((await worker.get(facts)).json()["facts"]) == 1

    world.execute("UPDATE fact_request SET valid_from = valid_from - 100")
    world.execute("UPDATE fact_request SET valid_until = valid_from + 1")
    assert (await worker.get(facts)).json()["facts"] == []
    (request,) = (await worker.get(facts)).json()["requests"]
    assert request["state"] == "expired"


async def test_no_is_said_without_a_reason_or_with_one_and_can_become_yes(
    citizen, worker, plan, facts, key, until
):
    path = f"/v1/fact-requests/{(await asked(worker, plan, key))['id']}/answer"

    refused = await citizen.put(path, json={"answer": "refuse"}, headers=version(1))
    assert (refused.json()["state"], set(refused.json()["allowed"])) == (
        "refused",
        {"read", "give"},
    )
    late = await citizen.put(path, json={"answer": "stop"}, headers=version(2))
    assert late.status_code == 403
    yes = {"answer": "grant", "valid_until": until, "text": "I et hus"}
    assert (await citizen.put(path, json=yes, headers=version(1))).status_code == 412
    assert (await citizen.put(path, json=yes, headers=version(2))).json()["state"] == "granted"
    history = await citizen.get(facts)
    assert history.json()["requests"][0]["version"] == 3


async def test_yes_needs_a_fresh_login_and_no_does_not(api, anna, worker, plan, facts, key, until):
    path = f"/v1/fact-requests/{(await asked(worker, plan, key))['id']}/answer"
    long_ago = await api.as_citizen(anna, auth_time=int(time.time()) - 2 * 3600)

    assert (await long_ago.get(facts)).json()["may_grant"] is True
    yes = {"answer": "grant", "valid_until": until, "text": "I et hus"}
    step_up = await long_ago.put(path, json=yes, headers=version(1))
    assert step_up.json()["type"].endswith("step-up-needed")
    refused = await long_ago.put(path, json={"answer": "refuse"}, headers=version(1))
    assert refused.status_code == 200


@pytest.mark.parametrize(("days", "code"), [(-1, "in_the_past"), (400, "too_late")])
async def test_yes_ends_within_a_year(citizen, worker, world, plan, key, days, code):
    path = f"/v1/fact-requests/{(await asked(worker, plan, key))['id']}/answer"
    day = (world.today + timedelta(days=days)).isoformat()

    refused = await citizen.put(
        path, json={"answer": "grant", "valid_until": day, "text": "X"}, headers=version(1)
    )

    assert refused.json()["errors"] == [{"path": "valid_until", "code": code}]


async def test_the_same_question_is_asked_once(citizen, worker, plan, facts, key, until):
    request = await asked(worker, plan, key)
    command = {"topic": "housing", "purpose": "Igen"}
    path = f"/v1/plans/{plan}/fact-requests"

    assert (await worker.post(path, json=command, headers=key())).status_code == 409
    await citizen.put(
        f"/v1/fact-requests/{request['id']}/answer",
        json={"answer": "grant", "valid_until": until, "text": "I et hus"},
        headers=version(1),
    )
    assert (await worker.post(path, json=command, headers=key())).status_code == 409
    unknown = await worker.post(path, json={**command, "topic": "astrology"}, headers=key())
    assert unknown.json()["errors"] == [{"path": "topic", "code": "unknown"}]


async def test_requests_are_of_one_administration_and_nobody_answers_for_the_citizen(
    api, world, anna, citizen, worker, plan, facts, key, until
):
    request = await asked(worker, plan, key)
    path = f"/v1/fact-requests/{request['id']}/answer"
    yes = {"answer": "grant", "valid_until": until, "text": "X"}
    assert (await worker.put(path, json=yes, headers=version(1))).status_code == 403
    assert (await citizen.post(
        f"/v1/plans/{plan}/fact-requests", json={"topic": "doctor", "purpose": "X"}, headers=key()
    )).status_code == 403  # fmt: skip

    world.execute("DELETE FROM contact_assignment")
    other = await api.as_contact_person(world.a_contact_person(anna, administration="family"))
    assert (await other.get(facts)).json()["requests"] == []
    assert (await other.put(path, json=yes, headers=version(1))).status_code == 404


async def test_what_was_told_is_changed_by_the_citizen_with_a_history(citizen, world, facts):
    await citizen.put(f"{facts}/housing", json={"text": "I et hus"}, headers=version(0))
    for seen in (0, 9):
        late = await citizen.put(f"{facts}/housing", json={"text": "X"}, headers=version(seen))
        assert (late.status_code, late.json()["current"]["text"]) == (412, "I et hus")
    changed = await citizen.put(f"{facts}/housing", json={"text": "Flyttet"}, headers=version(1))

    assert changed.json()["version"] == 2
    (edited,) = world.rows("SELECT * FROM history WHERE change = 'edited'")
    assert edited["before"] == {"text": "I et hus"}
    unknown = await citizen.put(f"{facts}/astrology", json={"text": "X"}, headers=version(0))
    assert unknown.status_code == 404


async def test_the_citizen_alone_reads_what_a_fact_was_before(api, world):
    anna_id = world.a_person()
    plan, mette_id = world.a_plan(anna_id), world.a_contact_person(anna_id)
    anna, mette = await api.as_citizen(anna_id), await api.as_contact_person(mette_id)
    fact, history = f"/v1/plans/{plan}/facts/housing", f"/v1/plans/{plan}/facts/housing/history"
    assert (await anna.get(history)).status_code == 404
    await anna.put(fact, json={"text": "Jeg lejer"}, headers={"If-Match": '"0"'})
    await anna.put(fact, json={"text": "Jeg ejer"}, headers={"If-Match": '"1"'})

    entries = (await anna.get(history)).json()["entries"]

    assert [entry["change"] for entry in entries] == ["edited", "created"]
    assert (entries[0]["before"], entries[0]["after"]) == (
        {"text": "Jeg lejer"},
        {"text": "Jeg ejer"},
    )
    assert (await mette.get(history)).status_code in {403, 404}


async def test_a_contact_person_writes_down_what_the_citizen_told_and_says_so(
    api, citizen, worker, world, anna, plan, facts
):
    written = await worker.put(
        f"{facts}/housing", json={"text": "Anna lejer et værelse"}, headers=version(0)
    )
    again = await worker.put(
        f"{facts}/housing", json={"text": "Anna lejer to værelser"}, headers=version(1)
    )
    (seen,) = (await citizen.get(facts)).json()["facts"]

    assert (written.status_code, again.status_code) == (200, 200), written.text
    assert (seen["text"], seen["on_behalf"]) == ("Anna lejer to værelser", True)
    assert seen["given_by"]["name"] == "Mette Krog"
    entries = (await citizen.get(f"{facts}/housing/history")).json()["entries"]
    assert {one["actor"]["name"] for one in entries} == {"Mette Krog"}

    own = await citizen.put(f"{facts}/housing", json={"text": "Et hus"}, headers=version(2))
    late = await worker.put(f"{facts}/housing", json={"text": "X"}, headers=version(3))

    assert (own.json()["on_behalf"], own.json()["given_by"]["name"]) == (False, "Anna Holm")
    assert late.status_code == 409
    assert "Et hus" not in late.text
    assert (await worker.get(facts)).json()["facts"] == []


async def test_nobody_else_writes_for_a_citizen(api, world, anna, plan, facts):
    lars = world.a_contact_person(administration="adult_social", name="Lars")
    world.insert("case_worker", citizen_id=anna, professional_id=lars, starts_on=world.today)

    refused = await (await api.as_contact_person(lars)).put(
        f"{facts}/housing", json={"text": "X"}, headers=version(0)
    )

    assert refused.status_code == 403


async def test_how_a_question_was_answered_is_read_by_both_sides(
    api, world, citizen, worker, plan, key
):
    request = await asked(worker, plan, key)
    await citizen.put(
        f"/v1/fact-requests/{request['id']}/answer",
        json={"answer": "refuse", "reason": "Det er privat"},
        headers=version(1),
    )
    address = f"/v1/fact-requests/{request['id']}/history"

    for reader in (citizen, worker):
        entries = (await reader.get(address)).json()["entries"]
        assert [one["change"] for one in entries] == ["answered", "created"]
        assert entries[0]["after"]["reason"] == "Det er privat"
    stranger = await api.as_citizen(world.a_person(name="Eva"))
    assert (await stranger.get(address)).status_code == 404
