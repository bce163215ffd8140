"""Whatever was sealed and then changed or removed is found, whoever did it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from typer.testing import CliRunner

from planapi.chain import Finding, FindingKind, seal, verify
from planapi.database import Database
from portal.cli import app as command_line


@pytest.fixture
async def database(database_url):
    async with Database(database_url, pool_size=4) as database:
        yield database


@pytest.fixture
def anna(world):
    return world.a_person()


def an_entry(world, citizen, **values):
    return world.insert(
        "access_entry",
        citizen_id=citizen,
        reader_id=citizen,
        reader_role="contact_person",
        resource_kind="plan",
        resource_id=uuid4(),
        ground="contact_person",
        **values,
    )


@pytest.fixture
async def sealed(database, world, anna):
    """Six rows of three tables in one chain; the ids of the access entries."""
    entries = [an_entry(world, anna) for _ in range(4)]
    world.a_withdrawal(world.a_consent(anna), anna)
    assert await seal(database) == 6
    return entries


async def test_what_nobody_touched_is_found_in_order(owner_url, sealed):
    verification = verify(owner_url)

    assert verification.sealed == 6
    assert verification.findings == ()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("access_entry", "ground = 'intake'"),
        ("consent", "valid_until = valid_until + 1"),
        ("consent_withdrawal", "withdrawn_at = withdrawn_at + interval '1 second'"),
    ],
)
async def test_a_changed_row_is_named(owner_url, world, sealed, table, change):
    world.execute(
        f"UPDATE {table} SET {change} WHERE chain_number ="  # noqa: S608 - fixed words
        f" (SELECT max(chain_number) FROM {table})"
    )

    (finding,) = verify(owner_url).findings

    assert finding.kind is FindingKind.CHANGED
    assert finding.row.startswith(f"{table} ")


@pytest.mark.parametrize("place", [1, 2, 4])
async def test_a_removed_row_leaves_a_gap(owner_url, world, sealed, place):
    world.execute("DELETE FROM access_entry WHERE chain_number = %(place)s", place=place)

    assert verify(owner_url).findings == (Finding(world.municipality, FindingKind.MISSING, place),)


async def test_the_newest_row_cannot_be_removed_unseen_either(owner_url, world, sealed):
    world.execute("DELETE FROM consent_withdrawal")

    assert verify(owner_url).findings == (Finding(world.municipality, FindingKind.MISSING, 6),)


async def test_a_new_seal_on_a_changed_row_breaks_the_next_one(owner_url, world, sealed):
    world.execute(
        "UPDATE access_entry SET ground = 'x', chain_hash = sha256('x') WHERE chain_number = 2"
    )

    kinds = [(finding.kind, finding.number) for finding in verify(owner_url).findings]

    assert kinds == [(FindingKind.CHANGED, 2), (FindingKind.CHANGED, 3)]


async def test_rows_without_a_seal_are_found_when_they_are_old(owner_url, world, sealed, anna):
    an_entry(world, anna, at=world.rows("SELECT now() AS now")[0]["now"] - timedelta(hours=2))
    an_entry(world, anna)

    assert verify(owner_url).findings == (Finding(world.municipality, FindingKind.UNSEALED, 1),)


async def test_each_municipality_has_a_chain_of_its_own(database, owner_url, world, sealed):
    abroad = world.a_municipality()
    erik = world.a_person(name="Erik", municipality_id=abroad)
    an_entry(world, erik, municipality_id=abroad)
    await seal(database)
    world.execute("DELETE FROM access_entry WHERE municipality_id = %(id)s", id=abroad)

    assert verify(owner_url).findings == (Finding(abroad, FindingKind.MISSING, 1),)


async def test_many_sealers_at_once_make_one_chain(database, owner_url, world, anna):
    for _ in range(50):
        an_entry(world, anna)

    sealed = await asyncio.gather(*(seal(database) for _ in range(8)))

    assert sum(sealed) == 50
    assert verify(owner_url).findings == ()
    assert verify(owner_url).sealed == 50


async def test_a_row_that_was_committed_late_is_sealed_later(database, owner_url, world, anna):
    with psycopg.connect(owner_url) as slow:
        slow.execute(
            "INSERT INTO access_entry (municipality_id, citizen_id, reader_id, reader_role,"
            " resource_kind, resource_id, ground) SELECT municipality_id, id, id, 'x', 'plan', id,"
            " 'x' FROM person"
        )
        an_entry(world, anna)
        first = await seal(database)
        slow.commit()
    second = await seal(database)

    assert (first, second) == (1, 1)
    assert verify(owner_url).findings == ()


def test_the_application_cannot_seal_what_it_writes(database_url, world, anna):
    with psycopg.connect(database_url) as app:
        app.execute("SELECT enter_as(%s)", [anna])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "INSERT INTO access_entry (citizen_id, reader_id, reader_role, resource_kind,"
                " resource_id, ground, chain_number)"
                " VALUES (%(a)s, %(a)s, 'x', 'x', %(a)s, 'x', 1)",
                {"a": anna},
            )


async def test_the_command_says_what_it_found(monkeypatch, owner_url, world, sealed):
    monkeypatch.setenv("ENPLAN_DATABASE_URL", owner_url)
    run = CliRunner()

    fine = run.invoke(command_line, ["db", "verify"])
    world.execute("DELETE FROM access_entry WHERE chain_number = 2")
    broken = run.invoke(command_line, ["db", "verify"])

    assert (fine.exit_code, broken.exit_code) == (0, 1)
    assert "6 seals" in fine.output
    assert "missing" in broken.output
    assert str(world.municipality) in broken.output
