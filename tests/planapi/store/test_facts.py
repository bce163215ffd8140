"""The facts are those of today: who is whose contact person, deputy, relative, and by consent."""

from datetime import UTC, datetime, timedelta

import pytest

from planapi.database import Database
from planapi.policy.actors import Actor, Loa
from planapi.policy.facts import Facts
from planapi.services.sight import open_eyes
from portal.contract.consents import Category
from portal.contract.people import Administration, Role


@pytest.fixture
async def facts_of(database_url):
    """A function that reads the facts about somebody in a role."""
    async with Database(database_url, pool_size=2) as database:

        async def read(person_id, role=Role.CONTACT_PERSON) -> Facts:
            now = datetime.now(UTC)
            actor = Actor(person_id, role, Loa.SUBSTANTIAL, now, "s")
            async with database.transaction(actor) as tx:
                return (await open_eyes(tx, actor, now)).facts

        yield read


async def test_a_contact_person_is_one_from_the_first_day_to_the_last(facts_of, world):
    mette = world.a_contact_person()
    starting, current, ending, ended, coming = (world.a_person() for _ in range(5))
    day = timedelta(days=1)
    world.an_assignment(starting, mette, starts_on=world.today)
    world.an_assignment(current, mette)
    world.an_assignment(ending, mette, ends_on=world.today)
    world.an_assignment(ended, mette, ends_on=world.today - day)
    world.an_assignment(coming, mette, starts_on=world.today + day)

    facts = await facts_of(mette)

    assert facts.contact_person_of == {starting, current, ending}
    assert facts.deputy_for == frozenset()


@pytest.mark.parametrize(
    ("begins", "ends", "is_deputy"),
    [(0, 0, True), (-5, 5, True), (-5, -1, False), (1, 5, False)],
)
async def test_a_deputy_is_one_while_the_other_is_away(facts_of, world, begins, ends, is_deputy):
    anna = world.a_person()
    mette, lars = world.a_contact_person(anna), world.a_contact_person(name="Lars")
    world.an_absence(
        mette,
        lars,
        starts_on=world.today + timedelta(days=begins),
        ends_on=world.today + timedelta(days=ends),
    )

    assert (await facts_of(lars)).deputy_for == (frozenset({anna}) if is_deputy else frozenset())
    assert (await facts_of(mette)).contact_person_of == {anna}


async def test_a_household_is_who_lives_there_now(facts_of, world):
    anna, bo, gone = world.a_person(), world.a_person(name="Bo"), world.a_person(name="Eva")
    household = world.a_household(anna, bo, gone)
    world.execute(
        "UPDATE household_member SET left_on = %(today)s WHERE person_id = %(gone)s",
        today=world.today,
        gone=gone,
    )

    assert (await facts_of(anna, Role.CITIZEN)).households == {household: {anna, bo}}
    assert (await facts_of(gone, Role.CITIZEN)).households == {}


async def test_relations_of_one_role_do_not_count_in_the_other(facts_of, world):
    anna = world.a_person()
    mette = world.a_contact_person(anna)
    world.a_household(mette, world.a_person(name="Bo"))

    assert (await facts_of(mette, Role.CONTACT_PERSON)).households == {}
    assert (await facts_of(mette, Role.CITIZEN)).contact_person_of == frozenset()


async def test_only_consents_that_work_today_and_concern_the_actor_are_brought(facts_of, world):
    anna, bo = world.a_person(), world.a_person(name="Bo")
    mette = world.a_contact_person(anna)
    works = world.a_consent(anna, source="adult_social")
    world.a_withdrawal(world.a_consent(anna), anna)
    world.a_consent(anna, valid_until=world.today - timedelta(days=1))
    world.a_consent(anna, recipient_administration="health")
    world.a_consent(bo)
    to_bo = world.a_consent(anna, "family", recipient_person=bo, categories=["goals"])

    (at_work,) = (await facts_of(mette)).consents
    (at_home,) = (await facts_of(bo, Role.CITIZEN)).consents

    assert at_work.id == works
    assert at_work.citizen_id == anna
    assert at_work.source is Administration.ADULT_SOCIAL
    assert at_work.recipient_administration is Administration.EMPLOYMENT
    assert at_work.categories == {Category.SOCIAL}
    assert at_home.id == to_bo
    assert at_home.recipient_person == bo


async def test_it_is_one_round_trip_with_entering(database_url, world):
    anna = world.a_person()
    async with Database(database_url, pool_size=2) as database:
        actor = Actor(anna, Role.CITIZEN, Loa.LOW, datetime.now(UTC), "s")
        async with database.transaction(actor) as tx:
            before = database.round_trips
            await open_eyes(tx, actor, datetime.now(UTC))
            assert database.round_trips - before == 1
