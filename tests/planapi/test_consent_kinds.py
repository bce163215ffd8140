"""A consent's kind says to whom it is given and which fields it has, in every answer."""

from datetime import timedelta

import psycopg
import pytest
from pydantic import ValidationError

from portal.contract.consents import (
    CONSENT,
    AdministrationConsent,
    ConsentKind,
    ConsentList,
    FamilyConsent,
)

TO_ADMINISTRATIONS = [kind for kind in ConsentKind if kind is not ConsentKind.FAMILY]


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def bo(world):
    return world.a_person(name="Bo Holm")


@pytest.fixture
def given(world, anna, bo):
    """A consent of each kind, by kind."""
    to_administration = {
        kind: world.a_consent(anna, kind.value, source="health") for kind in TO_ADMINISTRATIONS
    }
    family = world.a_consent(anna, "family", recipient_person=bo, categories=["goals"])
    return to_administration | {ConsentKind.FAMILY: family}


@pytest.fixture
async def citizen(api, world, anna, bo, given):
    world.a_plan(anna)
    world.a_household(anna, bo)
    return await api.as_citizen(anna)


@pytest.mark.parametrize("kind", ConsentKind)
async def test_a_consent_has_exactly_the_fields_of_its_kind(citizen, given, kind):
    consent = (await citizen.get(f"/v1/consents/{given[kind]}")).json()

    expected = FamilyConsent if kind is ConsentKind.FAMILY else AdministrationConsent
    assert consent.keys() == expected.model_fields.keys()
    assert ("source" in consent) is (kind is not ConsentKind.FAMILY)
    assert ("person" in consent["recipient"]) is (kind is ConsentKind.FAMILY)
    assert type(CONSENT.validate_python(consent)) is expected


async def test_in_a_list_each_consent_is_of_its_kind(citizen, given):
    listed = ConsentList.model_validate_json((await citizen.get("/v1/consents")).content)

    assert {one.kind: type(one) for one in listed.consents} == {
        **dict.fromkeys(TO_ADMINISTRATIONS, AdministrationConsent),
        ConsentKind.FAMILY: FamilyConsent,
    }


async def test_a_family_consent_that_is_given_and_ended_is_answered_as_one(citizen, world, bo, key):
    (text,) = world.rows("SELECT * FROM consent_text WHERE kind = 'family'")
    made = await citizen.post(
        "/v1/consents",
        json={
            "kind": "family",
            "recipient_person": str(bo),
            "categories": ["goals"],
            "valid_until": str(world.today + timedelta(days=30)),
            "text_id": text["id"],
            "text_version": text["version"],
            "text_language": text["language"],
            "text_sha256": text["sha256"],
        },
        headers=key(),
    )
    ended = await citizen.post(f"/v1/consents/{made.json()['id']}/withdrawal", headers=key())

    assert (made.status_code, ended.status_code) == (201, 200)
    for answer in (made, ended):
        assert answer.json().keys() == FamilyConsent.model_fields.keys()


async def test_a_consent_to_somebody_whom_its_kind_is_not_for_is_none(citizen, given):
    family = (await citizen.get(f"/v1/consents/{given[ConsentKind.FAMILY]}")).json()

    for kind in TO_ADMINISTRATIONS:
        with pytest.raises(ValidationError, match="recipient"):
            CONSENT.validate_python(family | {"kind": kind.value})


def test_the_database_holds_no_consent_and_no_goal_that_the_contract_does_not_know(world, anna, bo):
    plan = world.a_plan(anna)
    family = {"kind": "family", "recipient_person": bo, "categories": ["goals"]}
    for refused in (
        lambda: world.a_consent(anna, source="health", **family),
        lambda: world.a_consent(anna, waits_for="custody_holder", **family),
        lambda: world.a_consent(anna, "collection", waits_for="young_person"),
        lambda: world.a_goal(plan_id=plan, created_by=anna, administration="health"),
        lambda: world.a_goal(plan_id=plan, created_by=anna, owner="administration"),
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            refused()
