"""Who read what: written for others' readings only, read by the citizen only."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from planapi.access import Reading, log_reads
from planapi.database import Database
from planapi.policy.actors import Actor, Loa
from planapi.policy.decide import Allowed
from planapi.policy.grounds import Ground
from planapi.policy.resources import ResourceKind
from portal.contract.people import Role


@pytest.fixture
async def database(database_url):
    async with Database(database_url, pool_size=2) as database:
        yield database


def an_actor(person_id, role, session: str = "s") -> Actor:
    return Actor(person_id, role, Loa.SUBSTANTIAL, datetime.now(UTC), session)


async def read(database, actor, citizen_id, *grounds: Allowed) -> None:
    async with database.transaction(actor) as tx:
        log_reads(
            tx, actor, [Reading(citizen_id, ResourceKind.GOAL, uuid4(), one) for one in grounds]
        )


async def test_many_readings_are_one_round_trip(database, world):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    before = database.round_trips

    await read(database, mette, anna, *[Allowed(Ground.CONTACT_PERSON)] * 40)

    assert database.round_trips - before == 1
    assert len(world.rows("SELECT * FROM access_entry")) == 40


@pytest.mark.parametrize("ground", [Ground.SELF, Ground.OWN_PLAN, Ground.HOUSEHOLD_MEMBER])
async def test_ones_own_and_what_a_household_shares_is_not_logged(database, world, ground):
    anna, bo = world.a_person(), world.a_person(name="Bo")

    await read(database, an_actor(anna, Role.CITIZEN), anna, Allowed(ground))
    await read(database, an_actor(bo, Role.CITIZEN), anna, Allowed(ground))

    assert world.rows("SELECT * FROM access_entry") == []


async def test_the_citizen_reads_who_read_what_on_which_ground(api, database, world):
    anna = world.a_person()
    mette = world.a_contact_person(anna)
    consent = world.a_consent(anna)
    reader = an_actor(mette, Role.CONTACT_PERSON)
    await read(database, reader, anna, Allowed(Ground.COLLECTION_CONSENT, consent))

    log = (await (await api.as_citizen(anna)).get("/v1/access-log")).json()

    (entry,) = log["entries"]
    assert entry["reader"] == "Mette Krog"
    assert entry["reader_role"] == "contact_person"
    assert entry["resource_kind"] == "goal"
    assert (entry["ground"], entry["consent_id"]) == ("collection_consent", str(consent))
    assert log["next_cursor"] is None


async def test_the_log_pages_from_the_newest_back_and_repeats_nothing(api, database, world):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    await read(database, mette, anna, *[Allowed(Ground.CONTACT_PERSON)] * 120)
    client = await api.as_citizen(anna)

    ids, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        params = {"cursor": cursor} if cursor else {}
        page = (await client.get("/v1/access-log", params=params)).json()
        ids += [entry["id"] for entry in page["entries"]]
        cursor, pages = page["next_cursor"], pages + 1

    assert pages == 3
    assert len(ids) == 120
    assert ids == sorted(set(ids), reverse=True)


async def test_a_contact_person_has_no_log_to_read(api, world):
    mette = await api.as_contact_person(world.a_contact_person())

    assert (await mette.get("/v1/access-log")).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "-1", "å", "0" * 101])
async def test_a_broken_cursor_is_refused_by_name(api, world, cursor):
    anna = await api.as_citizen(world.a_person())

    answer = await anna.get("/v1/access-log", params={"cursor": cursor})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "query.cursor"


async def look_at(database, actor, citizen_id, *things, ground=Ground.CONTACT_PERSON) -> None:
    async with database.transaction(actor) as tx:
        log_reads(
            tx, actor, [Reading(citizen_id, kind, id_, Allowed(ground)) for kind, id_ in things]
        )


def entries(world) -> int:
    return world.rows("SELECT count(*) AS n FROM access_entry")[0]["n"]


async def test_an_open_screen_that_reads_again_writes_nothing_new(database, world):
    anna = world.a_person()
    mette = world.a_contact_person(anna)
    screen = an_actor(mette, Role.CONTACT_PERSON)
    goal, step = (ResourceKind.GOAL, uuid4()), (ResourceKind.STEP, uuid4())

    await look_at(database, screen, anna, goal)
    await look_at(database, screen, anna, goal, step)
    await look_at(database, screen, anna, step, goal)

    assert entries(world) == 2


async def test_another_login_another_ground_or_a_later_hour_is_a_look_of_its_own(database, world):
    anna = world.a_person()
    mette = world.a_contact_person(anna)
    goal = (ResourceKind.GOAL, uuid4())
    here, there = (an_actor(mette, Role.CONTACT_PERSON, one) for one in ("here", "there"))

    await look_at(database, here, anna, goal)
    await look_at(database, there, anna, goal)
    await look_at(database, here, anna, goal, ground=Ground.SAME_ADMINISTRATION)
    assert entries(world) == 3

    world.execute("UPDATE recent_reading SET at = at - interval '16 minutes'")
    await look_at(database, here, anna, goal)
    assert entries(world) == 4


async def test_two_screens_of_one_login_at_once_are_one_look(database, world):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    things = [(ResourceKind.GOAL, uuid4()) for _ in range(30)]

    await asyncio.gather(
        look_at(database, mette, anna, *things), look_at(database, mette, anna, *reversed(things))
    )

    assert entries(world) == 30


async def test_what_was_rolled_back_was_not_read(database, world):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    goal = (ResourceKind.GOAL, uuid4())

    async with database.transaction(mette) as tx:
        log_reads(tx, mette, [Reading(anna, *goal, Allowed(Ground.CONTACT_PERSON))])
        await tx.start_over()
    await look_at(database, mette, anna, goal)

    assert entries(world) == 1


async def test_a_briefing_is_one_visit_with_what_was_read_and_each_reading_behind_it(
    api, database, world
):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    goals = [(ResourceKind.GOAL, uuid4()) for _ in range(3)]
    await look_at(database, mette, anna, *goals, (ResourceKind.THREAD, uuid4()))
    await look_at(
        database,
        mette,
        anna,
        (ResourceKind.INTERVENTION, uuid4()),
        ground=Ground.SAME_ADMINISTRATION,
    )
    await world.execute_meanwhile("UPDATE access_entry SET at = '2026-03-02T09:16:00Z'")
    client = await api.as_citizen(anna)

    visits = (await client.get("/v1/access-log/visits")).json()["visits"]

    assert [one["ground"] for one in visits] == ["same_administration", "contact_person"]
    briefing = visits[1]
    assert briefing["reader"] == "Mette Krog"
    assert briefing["count"] == 4
    assert briefing["kinds"] == [
        {"resource_kind": "goal", "count": 3},
        {"resource_kind": "thread", "count": 1},
    ]
    params = {"visit": briefing["newest_entry_id"]}
    behind = (await client.get("/v1/access-log", params=params)).json()["entries"]
    assert {one["ground"] for one in behind} == {"contact_person"}
    assert len(behind) == 4


async def test_visits_page_from_the_newest_back_and_repeat_nothing(api, database, world):
    anna = world.a_person()
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    await read(database, mette, anna, *[Allowed(Ground.CONTACT_PERSON)] * 240)
    await world.execute_meanwhile("UPDATE access_entry SET at = at - id * interval '8 minutes'")
    client = await api.as_citizen(anna)

    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        params = {"cursor": cursor} if cursor else {}
        page = (await client.get("/v1/access-log/visits", params=params)).json()
        found += page["visits"]
        cursor, pages = page["next_cursor"], pages + 1

    assert pages == 3
    assert sum(one["count"] for one in found) == 240
    assert len({one["newest_entry_id"] for one in found}) == len(found) > 100
    assert [one["last_at"] for one in found] == sorted(
        (one["last_at"] for one in found), reverse=True
    )


async def test_nobody_sees_a_visit_to_somebody_else(api, database, world):
    anna, bo = world.a_person(), world.a_person(name="Bo")
    mette = an_actor(world.a_contact_person(anna), Role.CONTACT_PERSON)
    await look_at(database, mette, anna, (ResourceKind.GOAL, uuid4()))
    (entry,) = world.rows("SELECT id FROM access_entry")
    client = await api.as_citizen(bo)

    assert (await client.get("/v1/access-log/visits")).json()["visits"] == []
    named = await client.get("/v1/access-log", params={"visit": entry["id"]})
    assert named.json()["entries"] == []
