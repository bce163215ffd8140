"""The contact person's side: what is shown, what is withheld, and what is logged."""

from datetime import timedelta
from uuid import uuid4

import pytest

from planapi.store import work as work_store


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm", phone="+4512345678")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def mette(world, anna):
    return world.a_contact_person(anna)


@pytest.fixture
async def worker(api, mette, plan):
    return await api.as_contact_person(mette)


def logged(world):
    rows = world.rows("SELECT resource_kind, ground FROM access_entry")
    return {(row["resource_kind"], row["ground"]) for row in rows}


async def test_the_inbox_has_the_nearest_deadline_first(worker, world, anna, plan):
    for subject, waits_for, days in (
        ("uden frist", "contact_person", None),
        ("senere", "contact_person", 5),
        ("først", "contact_person", 1),
        ("andre", "citizen", None),
    ):
        expected = None if days is None else world.today + timedelta(days=days)
        thread = world.a_thread(
            plan, subject=subject, waits_for=waits_for, answer_expected_by=expected
        )
        world.a_message(thread, anna)
    stranger = world.a_plan()
    world.a_message(world.a_thread(stranger, waits_for="contact_person"), anna)

    inbox = (await worker.get("/v1/work/inbox")).json()

    assert [one["subject"] for one in inbox["waiting"]] == ["først", "senere", "uden frist"]
    assert [one["subject"] for one in inbox["others"]] == ["andre"]
    assert inbox["waiting"][0]["citizen"]["name"] == "Anna Holm"
    assert "reply" in inbox["waiting"][0]["allowed"]
    assert logged(world) == {("thread", "contact_person")}


def a_follow_up(world, plan, by, days, **values):
    day = world.today + timedelta(days=days)
    return world.insert("follow_up", plan_id=plan, day=day, created_by=by, **values)


async def test_follow_ups_that_are_near_or_over_are_called_to_mind(
    worker, world, mette, anna, plan
):
    hidden = world.an_intervention(plan, "health", title="Samtaler hos psykolog")
    known = world.an_intervention(plan, "employment", title="Praktik")
    over = a_follow_up(world, plan, mette, -3)
    near = a_follow_up(world, plan, mette, 7, intervention_id=known)
    today = a_follow_up(world, plan, mette, 0, intervention_id=hidden)
    a_follow_up(world, plan, mette, 8)
    a_follow_up(world, plan, mette, -9, state="cancelled")
    a_follow_up(world, world.a_plan(), mette, 1)

    due = (await worker.get("/v1/work/inbox")).json()["follow_ups"]

    assert [(one["follow_up"]["id"], one["title"]) for one in due] == [
        (str(over), ""),
        (str(today), ""),
        (str(near), "Praktik"),
    ]
    assert due[1]["follow_up"]["intervention_id"] is None
    assert {one["citizen"]["name"] for one in due} == {"Anna Holm"}
    assert "conclude" in due[0]["follow_up"]["allowed"]
    assert logged(world) == {("follow_up", "contact_person")}


async def test_a_request_for_a_plan_that_nobody_took_is_in_every_inbox(api, world, key):
    citizen = await api.as_citizen(world.a_person(name="Bo Bang"))
    await citizen.post("/v1/plan-requests", json={"text": "Hjælp"}, headers=key())
    worker = await api.as_contact_person(world.a_contact_person())

    (request,) = (await worker.get("/v1/work/inbox")).json()["requests"]

    assert (request["citizen"]["name"], request["request"]["text"]) == ("Bo Bang", "Hjælp")
    assert logged(world) == {("plan_request", "intake")}


@pytest.mark.parametrize("away", [False, True])
async def test_a_request_for_a_plan_of_who_has_a_contact_person_is_theirs_to_answer(
    api, world, key, away
):
    bo = world.a_person(name="Bo Bang")
    citizen = await api.as_citizen(bo)
    eva, ole, lars = (world.a_contact_person(*of) for of in ((bo,), (), ()))
    if away:
        world.an_absence(eva, ole)
    asked = await citizen.post("/v1/plan-requests", json={"text": "Hjælp"}, headers=key())
    path = f"/v1/work/plan-requests/{asked.json()['id']}/answer"
    answer = {"json": {"accept": True}, "headers": {"If-Match": '"1"'}}
    people = {"eva": eva, "ole": ole, "lars": lars}
    workers = {name: await api.as_contact_person(one) for name, one in people.items()}

    inboxes = {name: (await one.get("/v1/work/inbox")).json() for name, one in workers.items()}

    answering = {"eva", "ole"} if away else {"eva"}
    assert {name for name, inbox in inboxes.items() if inbox["requests"]} == answering
    grounds = {"contact_person", "deputy"} if away else {"contact_person"}
    assert logged(world) == {("plan_request", ground) for ground in grounds}
    for name in workers.keys() - answering:
        assert (await workers[name].put(path, **answer)).status_code == 404
    answered = await workers["ole" if away else "eva"].put(path, **answer)
    assert answered.json()["state"] == "accepted"
    assert (await citizen.get("/v1/overview")).json()["contact_person"]["id"] == str(eva)


async def test_requests_that_are_others_to_answer_crowd_out_nobodys(api, world, monkeypatch):
    monkeypatch.setattr(work_store, "_INBOX", work_store._INBOX.replace("LIMIT 100", "LIMIT 1"))
    held = world.a_person()
    world.a_contact_person(held)
    world.insert("plan_request", citizen_id=held)
    world.insert("plan_request", citizen_id=world.a_person(name="Bo Bang"))
    worker = await api.as_contact_person(world.a_contact_person())

    (request,) = (await worker.get("/v1/work/inbox")).json()["requests"]

    assert request["citizen"]["name"] == "Bo Bang"


async def test_everybody_who_works_there_hears_of_a_request_for_a_plan(api, world, key):
    bo = world.a_person(name="Bo Bang")
    citizen = await api.as_citizen(bo)

    await citizen.post("/v1/plan-requests", json={"text": "Hjælp"}, headers=key())

    events = world.rows("SELECT topic, kind FROM event")
    assert {event["kind"] for event in events} == {"request"}
    assert {event["topic"] for event in events} == {
        f"person:{bo}",
        f"municipality:{world.municipality}",
    }


async def test_citizens_come_by_name_with_those_one_is_deputy_for(
    api, worker, world, mette, anna, plan
):
    bo = world.a_person(name="Bo Bang", protected=True)
    ole = world.a_contact_person(bo, name="Ole Lund")
    world.an_absence(ole, mette)
    world.a_message(
        world.a_thread(plan, waits_for="contact_person", answer_expected_by=world.today), anna
    )

    citizens = (await worker.get("/v1/work/citizens")).json()["citizens"]

    assert [one["name"] for one in citizens] == ["Anna Holm", "Bo Bang"]
    assert (citizens[0]["waiting_messages"], citizens[0]["next_due"]) == (
        1,
        world.today.isoformat(),
    )
    assert citizens[0]["deputy_for"] is None
    assert citizens[1]["deputy_for"]["name"] == "Ole Lund"
    assert citizens[1]["protected"] is True
    assert logged(world) == {("person", "contact_person"), ("person", "deputy")}


async def test_without_a_consent_the_briefing_withholds_and_says_who_holds_more(
    worker, world, anna, plan
):
    own = world.an_intervention(plan, "employment", title="Praktik")
    hidden = world.an_intervention(plan, "health", title="Samtaler")

    briefing = await worker.get(f"/v1/work/citizens/{anna}")

    shown = briefing.json()
    assert [one["id"] for one in shown["plan"]["interventions"]] == [str(own)]
    assert shown["withheld"] == ["health"]
    assert (shown["citizen"]["name"], shown["phone"]) == ("Anna Holm", "+4512345678")
    assert str(hidden) not in briefing.text
    assert "Samtaler" not in briefing.text
    assert ("intervention", "same_administration") in logged(world)


async def test_a_consent_opens_the_item_the_log_names_it_and_withdrawing_closes_it_at_once(
    worker, world, anna, plan
):
    hidden = world.an_intervention(plan, "health", title="Samtaler")
    consent = world.a_consent(anna, "health_disclosure", source="health", categories=["health"])

    seen = (await worker.get(f"/v1/work/citizens/{anna}")).json()
    assert [one["id"] for one in seen["plan"]["interventions"]] == [str(hidden)]
    assert seen["withheld"] == []
    assert [one["id"] for one in seen["consents"]] == [str(consent)]
    assert ("intervention", f"consent:{consent}") in logged(world)

    world.a_withdrawal(consent, anna)
    after = (await worker.get(f"/v1/work/citizens/{anna}")).json()
    assert after["plan"]["interventions"] == []
    assert after["withheld"] == ["health"]
    assert after["consents"][0]["state"] == "withdrawn"


async def test_what_serves_a_hidden_goal_does_not_name_it(worker, world, anna, plan):
    doctor = world.a_contact_person(administration="health", name="Lis Lyng")
    hidden = world.a_goal(
        plan_id=plan, created_by=doctor, owner="administration", administration="health"
    )
    job = world.an_intervention(plan, "employment")
    world.insert("intervention_goal", intervention_id=job, goal_id=hidden)

    briefing = await worker.get(f"/v1/work/citizens/{anna}")

    assert str(hidden) not in briefing.text
    assert briefing.json()["withheld"] == ["health"]


async def test_a_thread_about_a_hidden_goal_does_not_name_it(api, worker, world, anna, plan):
    doctor = world.a_contact_person(administration="health", name="Lis Lyng")
    hidden = world.a_goal(
        plan_id=plan, created_by=doctor, owner="administration", administration="health"
    )
    thread = world.a_thread(plan, goal_id=hidden, waits_for="contact_person")
    world.a_message(thread, anna)
    citizen = await api.as_citizen(anna)

    assert (await citizen.get(f"/v1/threads/{thread}")).json()["goal_id"] == str(hidden)
    for path in ("work/inbox", f"work/citizens/{anna}", f"threads/{thread}"):
        answer = await worker.get(f"/v1/{path}")
        assert str(thread) in answer.text
        assert str(hidden) not in answer.text


async def test_a_proposed_goal_waits_for_the_citizen_and_stands_in_the_briefing(
    api, worker, anna, plan, key
):
    assert (await worker.get(f"/v1/work/citizens/{anna}")).json()["may_propose_goal"] is True

    proposed = await worker.post(
        "/v1/goals",
        json={"title": "Mød en mentor", "why": "Så er du ikke alene", "plan_id": str(plan)},
        headers=key(),
    )

    assert (proposed.status_code, proposed.json()["state"]) == (201, "proposed")
    (goal,) = (await worker.get(f"/v1/work/citizens/{anna}")).json()["plan"]["goals"]
    assert (goal["title"], goal["state"]) == ("Mød en mentor", "proposed")
    citizen = await api.as_citizen(anna)
    (seen,) = (await citizen.get("/v1/goals")).json()["own"]
    assert {"activate", "decline"} <= set(seen["allowed"])


async def test_to_a_citizen_without_a_plan_no_goal_is_proposed(api, world):
    bent = world.a_person(name="Bent")
    worker = await api.as_contact_person(world.a_contact_person(bent))

    briefing = (await worker.get(f"/v1/work/citizens/{bent}")).json()

    assert briefing["may_propose_goal"] is False


async def test_the_briefing_tells_with_whom_the_citizen_lives(worker, world, anna):
    emil = world.a_person(name="Emil Holm")
    household = world.a_household(anna, emil)
    world.a_goal(household_id=household, created_by=emil, title="Fælles mål")

    briefing = await worker.get(f"/v1/work/citizens/{anna}")

    assert [one["name"] for one in briefing.json()["household"]] == ["Emil Holm"]
    assert "Fælles mål" not in briefing.text


async def test_a_citizen_of_somebody_else_is_not_there(worker, world):
    other = world.a_person(name="Bo Bang")
    world.a_plan(other)

    for citizen_id in (other, uuid4()):
        assert (await worker.get(f"/v1/work/citizens/{citizen_id}")).status_code == 404
    assert world.rows("SELECT * FROM access_entry") == []


async def test_when_the_absence_is_over_the_deputy_sees_nothing_any_more(api, world, mette, anna):
    ole = world.a_contact_person(name="Ole Lund")
    world.an_absence(mette, ole, ends_on=world.today - timedelta(days=1))
    deputy = await api.as_contact_person(ole)

    assert (await deputy.get(f"/v1/work/citizens/{anna}")).status_code == 404
    assert (await deputy.get("/v1/work/citizens")).json() == {"citizens": []}


async def test_citizens_have_no_inbox(api, world, anna, plan):
    citizen = await api.as_citizen(anna)

    for path in ("/v1/work/inbox", "/v1/work/citizens", f"/v1/work/citizens/{anna}"):
        assert (await citizen.get(path)).status_code == 403
