"""An intervention's kind says which details it has, in the contract and in the database."""

import json

import psycopg
import pytest
from psycopg.types.json import Jsonb
from pydantic import TypeAdapter, ValidationError

from portal.contract.intervention_kinds import (
    DeliverDetails,
    InterventionDetails,
    InterventionKind,
    SupportPlace,
)

RIGHT = {
    InterventionKind.WORK_TRIAL: {"workplace": "Solby Bibliotek", "contact": None},
    InterventionKind.COURSE: {"sessions": 8, "in_group": True},
    InterventionKind.TALKS: {"sessions": None},
    InterventionKind.SUPPORT: {"given": "host_family"},
    InterventionKind.GRANT: {"pays_for": "Fodbold i et år"},
    InterventionKind.OTHER: {},
}
WRONG = [
    {},
    {"kind": "holiday"},
    {"kind": "work_trial"},
    {"kind": "work_trial", "workplace": ""},
    {"kind": "work_trial", "workplace": "Solby Bibliotek", "pays_for": "Bus"},
    {"kind": "course", "sessions": 0, "in_group": True},
    {"kind": "course", "in_group": "yes"},
    {"kind": "talks", "sessions": -1},
    {"kind": "support"},
    {"kind": "support", "given": "somewhere"},
    {"kind": "grant", "pays_for": None},
    {"kind": "other", "sessions": 3},
]
DELIVERED = TypeAdapter(DeliverDetails)
SHOWN = TypeAdapter(InterventionDetails)


@pytest.fixture
def plan(world):
    return world.a_plan(world.a_person(name="Anna Holm"))


@pytest.mark.parametrize("kind", InterventionKind)
def test_each_kind_is_shown_as_it_is_delivered_and_kept(world, plan, kind):
    details = {"kind": kind.value, **RIGHT[kind]}

    world.an_intervention(plan, details=Jsonb(details))

    assert DELIVERED.dump_python(DELIVERED.validate_python(details), mode="json") == details
    assert SHOWN.dump_python(SHOWN.validate_python(details), mode="json") == details


@pytest.mark.parametrize("place", SupportPlace)
def test_the_database_knows_each_place_of_support(world, plan, place):
    world.an_intervention(plan, details=Jsonb({"kind": "support", "given": place.value}))


@pytest.mark.parametrize("details", WRONG)
def test_neither_the_contract_nor_the_database_takes_details_of_another_kind(world, plan, details):
    with pytest.raises(ValidationError):
        DELIVERED.validate_json(json.dumps(details))
    with pytest.raises(psycopg.errors.CheckViolation):
        world.an_intervention(plan, details=Jsonb(details))
