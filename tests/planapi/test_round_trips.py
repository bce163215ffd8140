"""The hot reads cost at most three round trips to the database, whatever is in the plan.

They are counted on the wire: with whatever enters the municipality, begins and commits. What a
connection asks once, to prepare a statement that it sends for the first time, is not counted.
"""

import tempfile
from pathlib import Path

import pytest

from planapi.settings import PlanApiSettings
from tests.planapi.conftest import ISSUER, JWKS_URL, SECRET_KEY
from tests.support.wire import Wire

MOST = 3


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
async def settings(database_url, wire):
    with tempfile.TemporaryDirectory(prefix="wire-") as directory:
        async with wire.to(database_url, Path(directory)) as url:
            yield PlanApiSettings(
                database_url=url,
                actor_jwks_url=JWKS_URL,
                actor_issuer=ISSUER,
                secret_key=SECRET_KEY,
                database_pool_size=2,
            )


@pytest.fixture
def anna(world):
    return world.a_person()


@pytest.fixture
def plan(world, anna):
    plan = world.a_plan(anna)
    world.a_household(anna, world.a_person())
    for _ in range(10):
        goal = world.a_goal(plan_id=plan, created_by=anna)
        world.a_step(goal)
        world.an_intervention(plan)
        world.a_message(world.a_thread(plan), anna)
    return plan


@pytest.fixture
def round_trips(wire):
    async def count(client, path) -> int:
        """The least of some readings: now and then the process itself asks something meanwhile."""
        counted = []
        for _ in range(3):
            before = wire.round_trips
            answer = await client.get(path)
            assert answer.status_code == 200, answer.text
            counted.append(wire.round_trips - before)
        assert min(counted) > 0
        return min(counted)

    return count


@pytest.mark.parametrize("path", ["overview", "plan", "goals", "threads", "households"])
async def test_what_a_citizen_reads(api, round_trips, anna, plan, path):
    citizen = await api.as_citizen(anna)

    assert await round_trips(citizen, f"/v1/{path}") <= MOST


@pytest.mark.parametrize(
    "part", ["assessment", "follow-ups", "overlaps", "load", "minutes", "facts"]
)
async def test_what_both_sides_read_of_a_plan(api, round_trips, world, anna, plan, part):
    worker = await api.as_contact_person(world.a_contact_person(anna))

    for reader in (await api.as_citizen(anna), worker):
        assert await round_trips(reader, f"/v1/plans/{plan}/{part}") <= MOST


async def test_a_goal_and_a_page_of_a_thread(api, round_trips, world, anna, plan):
    citizen = await api.as_citizen(anna)
    goal, thread = (
        world.rows(f"SELECT id FROM {table} LIMIT 1")[0]["id"]  # noqa: S608 - two fixed names
        for table in ("goal", "thread")
    )

    for path in (f"/v1/goals/{goal}", f"/v1/goals/{goal}/history", f"/v1/threads/{thread}"):
        assert await round_trips(citizen, path) <= MOST


async def test_what_a_contact_person_reads_and_is_logged_for(api, round_trips, world, anna, plan):
    worker = await api.as_contact_person(world.a_contact_person(anna))
    thread = world.rows("SELECT id FROM thread LIMIT 1")[0]["id"]

    for path in ("work/inbox", "work/citizens", f"work/citizens/{anna}", f"threads/{thread}"):
        assert await round_trips(worker, f"/v1/{path}") <= MOST


async def test_the_inbox_of_somebody_with_eighty_citizens(api, round_trips, world):
    citizens = [world.a_person(name=f"Borger {number}") for number in range(80)]
    mette = world.a_contact_person(*citizens)
    for citizen in citizens:
        world.a_message(world.a_thread(world.a_plan(citizen), waits_for="contact_person"), citizen)
    worker = await api.as_contact_person(mette)

    for path in ("work/inbox", "work/citizens"):
        assert await round_trips(worker, f"/v1/{path}") <= MOST
