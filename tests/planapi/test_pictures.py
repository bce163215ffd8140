"""Pictures of people: for those who may know the person, or turn to them, and for nobody else."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest


@pytest.fixture
def anna(world):
    return world.a_person()


@pytest.fixture(autouse=True)
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def worker(world, anna):
    return world.a_contact_person(anna)


def address(person_id):
    return f"/v1/people/{person_id}/picture"


async def status(client, person_id) -> int:
    return (await client.get(address(person_id))).status_code


async def test_a_citizen_sees_the_contact_person(api, world, anna, worker):
    content = world.a_picture(worker)
    citizen = await api.as_citizen(anna)

    shown = (await citizen.get("/v1/overview")).json()["contact_person"]["picture"]
    answer = await citizen.get(address(worker))

    assert shown == sha256(content).hexdigest()[:16]
    assert answer.content == content
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_another_picture_has_another_name_and_none_has_none(api, world, anna, worker):
    citizen = await api.as_citizen(anna)

    async def shown() -> str:
        return (await citizen.get("/v1/overview")).json()["contact_person"]["picture"]

    assert await shown() == ""
    assert await status(citizen, worker) == 404
    world.a_picture(worker)
    first = await shown()
    world.execute("UPDATE person_picture SET content = 'another'::bytea")
    second = await shown()
    world.execute("DELETE FROM person_picture")

    assert len({first, second, ""}) == 3
    assert await shown() == ""


async def test_a_citizen_sees_who_stands_in_and_who_comes(api, world, anna, worker):
    deputy, coming = world.a_contact_person(), world.a_contact_person()
    world.an_absence(worker, deputy)
    world.execute("UPDATE contact_assignment SET ends_on = current_date + 7")
    world.an_assignment(anna, coming, starts_on=world.today + timedelta(days=8))
    for person in (deputy, coming):
        world.a_picture(person)
    citizen = await api.as_citizen(anna)

    assert [await status(citizen, person) for person in (deputy, coming)] == [200, 200]


async def test_who_is_no_longer_the_contact_person_is_seen_no_more(api, world, anna, worker):
    world.a_picture(worker)
    world.execute("UPDATE contact_assignment SET ends_on = current_date - 1")

    assert await status(await api.as_citizen(anna), worker) == 404


async def test_a_family_sees_its_members_and_nobody_else_does(api, world, anna, worker):
    emil, stranger = world.a_person(name="Emil"), world.a_person(name="Eva")
    world.a_household(anna, emil)
    world.a_picture(emil)
    citizen = await api.as_citizen(anna)

    (home,) = (await citizen.get("/v1/households")).json()["households"]
    assert [member["picture"] != "" for member in home["members"]] == [
        member["id"] == str(emil) for member in home["members"]
    ]
    assert await status(citizen, emil) == 200
    assert await status(await api.as_citizen(emil), emil) == 200
    assert await status(await api.as_citizen(stranger), emil) == 404
    assert await status(await api.as_contact_person(worker), emil) == 404


async def test_who_has_left_the_family_sees_it_no_more(api, world, anna):
    emil = world.a_person(name="Emil")
    world.a_household(anna, emil)
    world.a_picture(emil)
    world.execute("UPDATE household_member SET left_on = current_date")

    assert await status(await api.as_citizen(anna), emil) == 404


async def test_whose_name_is_protected_has_no_picture_for_anybody(api, world, anna, worker):
    sofie = world.a_person(name="Sofie", protected=True)
    world.a_household(anna, sofie)
    world.a_picture(sofie)
    world.a_picture(worker)
    world.execute("UPDATE person SET protected = true WHERE id = %(id)s", id=worker)
    citizen = await api.as_citizen(anna)

    (home,) = (await citizen.get("/v1/households")).json()["households"]
    assert [member["picture"] for member in home["members"]] == ["", ""]
    assert (await citizen.get("/v1/overview")).json()["contact_person"]["picture"] == ""
    for person in (sofie, worker):
        assert await status(citizen, person) == 404
    assert await status(await api.as_citizen(sofie), sofie) == 404


async def test_what_a_professional_looks_at_stands_in_the_access_log(api, world, anna, worker):
    world.a_picture(anna)

    assert await status(await api.as_contact_person(worker), anna) == 200
    assert await status(await api.as_citizen(anna), anna) == 200

    (entry,) = world.rows("SELECT reader_id, resource_kind FROM access_entry")
    assert entry == {"reader_id": worker, "resource_kind": "person"}


@pytest.fixture
def authors(world, anna, worker):
    """Who wrote to Anna: each has a picture, and not each is one that she turns to."""
    authors = {
        "anna": anna,
        "contact person": worker,
        "deputy": world.a_contact_person(),
        "one of before": world.a_contact_person(),
        "protected and to come": world.a_contact_person(),
    }
    world.an_absence(worker, authors["deputy"])
    for person in authors.values():
        world.a_picture(person)
    world.execute("UPDATE contact_assignment SET ends_on = current_date + 7")
    to_come = authors["protected and to come"]
    world.an_assignment(anna, to_come, starts_on=world.today + timedelta(days=8))
    world.execute("UPDATE person SET protected = true WHERE id = %(id)s", id=to_come)
    return authors


async def test_beside_messages_are_those_pictures_that_the_reader_may_see(
    api, world, anna, plan, authors
):
    thread = world.a_thread(plan)
    for author in authors.values():
        role = "citizen" if author == anna else "contact_person"
        world.a_message(thread, author, author_role=role)
    citizen = await api.as_citizen(anna)

    messages = (await citizen.get(f"/v1/threads/{thread}")).json()["messages"]

    pictures = {one["author"]["id"]: one["author"]["picture"] for one in messages}
    shown = {who for who, person in authors.items() if pictures[str(person)]}
    assert shown == {"contact person", "deputy"}
    for who, person in authors.items():
        assert await status(citizen, person) == (200 if who in {*shown, "anna"} else 404)


async def test_beside_a_childs_message_is_the_childs_picture_for_whoever_has_custody(
    api, world, anna
):
    emil = world.a_person(name="Emil", birth_date=world.today - timedelta(days=3000))
    world.insert("custody", child_id=emil, holder_id=anna, starts_on=world.today)
    world.a_picture(emil)
    thread = world.a_thread(world.a_plan(emil))
    world.a_message(thread, emil)
    parent = await api.as_citizen(anna)

    (message,) = (await parent.get(f"/v1/threads/{thread}")).json()["messages"]

    assert message["author"]["picture"] != ""
    assert await status(parent, emil) == 200


def shared_minutes(world, plan, author) -> UUID:
    return world.insert(
        "minutes",
        plan_id=plan,
        administration="employment",
        title="Samtale",
        held_on=world.today,
        text="Vi talte.",
        state="shared",
        shared_at=datetime.now(UTC),
        written_by=author,
    )


async def test_beside_minutes_is_the_picture_of_who_wrote_them(api, world, anna, plan, authors):
    async def picture(author) -> str:
        minutes = shared_minutes(world, plan, author)
        citizen = await api.as_citizen(anna)
        return (await citizen.get(f"/v1/minutes/{minutes}")).json()["written_by"]["picture"]

    shown = {who for who, person in authors.items() if await picture(person)}
    assert shown == {"contact person", "deputy"}


async def test_beside_a_remark_is_the_picture_of_who_made_it(api, world, anna, plan, authors):
    minutes = shared_minutes(world, plan, authors["one of before"])
    for person in authors.values():
        world.insert(
            "minutes_remark",
            minutes_id=minutes,
            kind="comment",
            text="Det husker jeg anderledes.",
            author_id=person,
            author_role="contact_person",
        )
    citizen = await api.as_citizen(anna)

    remarks = (await citizen.get(f"/v1/minutes/{minutes}")).json()["remarks"]

    pictures = {remark["author"]["id"]: remark["author"]["picture"] for remark in remarks}
    shown = {who for who, person in authors.items() if pictures[str(person)]}
    assert shown == {"contact person", "deputy"}


async def test_at_work_no_picture_stands_beside_a_message_as_each_would_be_a_reading(
    api, world, anna, plan, worker, authors
):
    thread = world.a_thread(plan)
    world.a_message(thread, anna)

    found = (await (await api.as_contact_person(worker)).get(f"/v1/threads/{thread}")).json()

    assert found["messages"][0]["author"]["picture"] == ""
    (entry,) = world.rows("SELECT resource_kind FROM access_entry")
    assert entry == {"resource_kind": "thread"}


async def test_nobody_is_nobody(api, anna):
    assert await status(await api.as_citizen(anna), uuid4()) == 404


async def test_another_municipality_sees_nothing(api, world, anna, worker):
    world.a_picture(worker)
    elsewhere = world.a_person(municipality_id=world.a_municipality())

    assert await status(await api.as_citizen(elsewhere), worker) == 404


async def test_a_picture_is_small_and_is_a_picture(world, anna):
    with pytest.raises(psycopg.errors.CheckViolation):
        world.a_picture(anna, bytes(65_537))
    with pytest.raises(psycopg.errors.CheckViolation):
        world.insert(
            "person_picture", person_id=anna, media_type="image/svg+xml", content=b"<svg/>"
        )
