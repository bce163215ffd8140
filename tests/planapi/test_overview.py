"""The overview, for a citizen with everything, with nothing, and for somebody else."""

from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
async def citizen(api, anna):
    return await api.as_citizen(anna)


@pytest.fixture
def days(world):
    return lambda n: world.today + timedelta(days=n)


def a_decision(world, plan, appeal_by, title="Afslag"):
    return world.insert(
        "decision",
        plan_id=plan,
        administration="employment",
        title=title,
        text="Du kan ikke få det",
        decided_on=appeal_by - timedelta(days=28),
        appeal_by=appeal_by,
        how_to_appeal="Skriv til os",
        rule="LAB § 9",
    )


def a_promise(world, plan, due, **values):
    return world.insert(
        "promise", **{"plan_id": plan, "owner": "Anna Holm", "text": "Ringe", "due": due, **values}
    )


def waiting_of(overview):
    return [(one["kind"], one["title"], one["due"]) for one in overview.json()["waiting"]]


async def test_a_citizen_without_a_plan_asks_for_one_and_sees_the_request(citizen, world, key):
    empty = (await citizen.get("/v1/overview")).json()
    assert (empty["plan_id"], empty["plan_request"], empty["goals"]) == (None, None, [])
    assert (await citizen.get("/v1/plan")).status_code == 404

    asked = await citizen.post(
        "/v1/plan-requests", json={"text": "Jeg har tre sager"}, headers=key()
    )
    assert (asked.status_code, asked.json()["state"]) == (201, "received")
    shown = (await citizen.get("/v1/overview")).json()["plan_request"]
    assert (shown["text"], shown["created_on"]) == ("Jeg har tre sager", world.today.isoformat())

    twice = await citizen.post("/v1/plan-requests", json={"text": "Igen"}, headers=key())
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:enplan:problem:conflict")


async def test_a_citizen_with_a_plan_cannot_ask_for_another(citizen, world, anna, key):
    world.a_plan(anna)

    asked = await citizen.post("/v1/plan-requests", json={}, headers=key())

    assert asked.status_code == 409


async def test_what_waits_comes_by_its_day_within_its_time(citizen, world, anna, days):
    plan = world.a_plan(anna)
    a_decision(world, plan, days(14), "Kan klages")
    a_decision(world, plan, days(15), "For langt væk")
    a_decision(world, plan, days(-1), "For sent")
    goal = world.a_goal(plan_id=plan, created_by=anna)
    for title, due, values in (
        ("Over tiden", days(-3), {"assignee_id": anna}),
        ("Snart", days(7), {}),
        ("Senere", days(8), {}),
        ("En andens", days(1), {"assignee_id": world.a_person()}),
    ):
        world.a_step(goal, title=title, due=due, **values)
    paused = world.a_goal(plan_id=plan, created_by=anna, state="paused")
    world.a_step(paused, title="Hviler", due=days(1))
    a_promise(world, plan, days(2))
    a_promise(world, plan, days(1), administration="employment", text="Kommunens eget")
    a_promise(world, plan, days(1), kept_on=days(0), text="Holdt")
    world.a_consent(anna, valid_until=days(30))
    world.a_withdrawal(world.a_consent(anna, valid_until=days(3)), anna)

    overview = await citizen.get("/v1/overview")

    assert waiting_of(overview) == [
        ("step", "Over tiden", days(-3).isoformat()),
        ("promise", "Ringe", days(2).isoformat()),
        ("step", "Snart", days(7).isoformat()),
        ("appeal", "Kan klages", days(14).isoformat()),
        ("consent_expires", "Må vi hente oplysninger?", days(30).isoformat()),
    ]


async def test_what_the_municipality_promised_is_told_but_waits_for_nobody(
    citizen, world, anna, days
):
    plan = world.a_plan(anna)
    for due, text, values in (
        (7, "Snart", {}),
        (-2, "Over tiden", {}),
        (8, "Senere", {}),
        (1, "Holdt", {"kept_on": days(0)}),
    ):
        a_promise(world, plan, days(due), administration="employment", text=text, **values)
    a_promise(world, plan, days(1), text="Borgerens eget")

    overview = await citizen.get("/v1/overview")

    told = [(one["text"], one["owner"], one["due"]) for one in overview.json()["promises"]]
    assert told == [
        ("Over tiden", "Anna Holm", days(-2).isoformat()),
        ("Snart", "Anna Holm", days(7).isoformat()),
    ]
    assert waiting_of(overview) == [("promise", "Borgerens eget", days(1).isoformat())]


async def test_the_contact_person_stands_with_the_deputy_while_away(citizen, world, anna, days):
    mette = world.a_contact_person(
        anna, hours='[{"weekday": 1, "opens": "09:00", "closes": "14:00"}]'
    )
    shown = (await citizen.get("/v1/overview")).json()
    assert shown["deputy"] is None
    assert shown["contact_person"]["name"] == "Mette Krog"
    assert shown["contact_person"]["since"] == days(-30).isoformat()
    assert shown["contact_person"]["hours"][0]["weekday"] == 1

    ole = world.a_contact_person(name="Ole Lund")
    world.an_absence(mette, ole, greeting="Jeg er på ferie")
    shown = (await citizen.get("/v1/overview")).json()
    assert shown["contact_person"]["name"] == "Mette Krog"
    assert shown["deputy"]["person"]["name"] == "Ole Lund"
    assert (shown["deputy"]["until"], shown["deputy"]["greeting"]) == (
        days(7).isoformat(),
        "Jeg er på ferie",
    )


async def test_the_next_appointment_is_the_first_that_is_not_over(citizen, world, anna):
    plan = world.a_plan(anna)
    now = datetime.now(UTC)
    for title, starts in (("I går", -24), ("Nu", -0.5), ("I morgen", 24)):
        world.insert(
            "appointment",
            plan_id=plan,
            administration="health",
            title=title,
            starts_at=now + timedelta(hours=starts),
            ends_at=now + timedelta(hours=starts + 1),
        )

    shown = (await citizen.get("/v1/overview")).json()["next_appointment"]

    assert (shown["title"], shown["allowed"]) == ("Nu", ["read"])


async def test_goals_that_are_done_with_are_not_on_the_overview(citizen, world, anna):
    plan = world.a_plan(anna)
    for state in ("proposed", "active", "paused", "reached", "dropped"):
        world.a_goal(plan_id=plan, created_by=anna, state=state, title=state)

    shown = (await citizen.get("/v1/overview")).json()["goals"]

    assert {goal["title"] for goal in shown} == {"proposed", "active", "paused"}


async def test_the_overview_is_a_citizens(api, world):
    worker = await api.as_contact_person(world.a_contact_person())

    assert (await worker.get("/v1/overview")).status_code == 403
    assert (await worker.get("/v1/plan")).status_code == 403
    assert (await worker.get("/v1/threads")).status_code == 403


async def test_what_is_asked_of_a_citizen_waits_and_what_is_answered_does_not(
    api, world, anna, citizen, days
):
    plan = world.a_plan(anna)
    mette = world.a_contact_person(anna)
    world.execute("UPDATE person SET cpr_hash = '\\x01' WHERE id = %(id)s", id=anna)
    home = world.a_household(world.a_person(name="Bo"), name="Familien Bo")
    goal = world.a_goal(plan_id=plan, created_by=anna, title="Ud hver dag", state="paused")
    minutes = {"plan_id": plan, "administration": "employment", "held_on": days(-3), "text": "Hej"}
    for title, state, shared in (
        ("Et møde", "shared", datetime.now(UTC)),
        ("Et udkast", "draft", None),
        ("Et gammelt møde", "confirmed", datetime.now(UTC)),
    ):
        world.insert(
            "minutes", title=title, state=state, shared_at=shared, written_by=mette, **minutes
        )
    world.insert(
        "fact_request",
        plan_id=plan,
        topic="housing",
        administration="employment",
        purpose="Hvor kan praktikken ligge?",
        asked_by=mette,
    )
    for day, of in ((10, goal), (12, None), (40, None), (-1, None)):
        world.insert("follow_up", plan_id=plan, goal_id=of, day=days(day), created_by=mette)
    world.insert(
        "household_invitation",
        household_id=home,
        name="Anna",
        cpr_hash=b"\x01",
        relation="partner",
        invited_by=mette,
    )

    waiting = waiting_of(await citizen.get("/v1/overview"))

    assert waiting[:2] == [
        ("follow_up", "Ud hver dag", str(days(10))),
        ("follow_up", "", str(days(12))),
    ]
    assert set(waiting[2:]) == {
        ("minutes", "Et møde", None),
        ("fact_request", "Hvor kan praktikken ligge?", None),
        ("invitation", "Familien Bo", None),
    }
    other = await api.as_citizen(world.a_person(name="Eva"))
    assert waiting_of(await other.get("/v1/overview")) == []
