"""The FHIR bundle: valid as HL7 says, with all that the JSON export holds and nothing else."""

import json
import warnings
from uuid import UUID

import pytest

from planapi.fhir.bundle import EXAMPLE, bundle
from portal.contract.exports import Export
from tests.support.filled import FITTING, Filler

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhir.resources.R4B.bundle import Bundle

SAID_ELSEWHERE = {
    "consents.parties.party_id",
    "consents.pii_processing.recipients",
    "goals.goal.next_step",
    "households.households.goals.next_step",
    "plan.assessment.citizen.name",
    "plan.plan.citizen.name",
    "plan.plan.goals.emoji",
    "plan.plan.goals.next_step",
    "threads.citizen.name",
    "threads.excerpt",
    "threads.last_author.name",
}
"""What the JSON says twice, and the bundle once."""
OF_THE_SCREEN = {
    "contact_person.picture",
    "deputy.person.picture",
    "handover.coming.picture",
    "handover.leaving.picture",
    "households.households.members.picture",
    "me.topics",
    "plan.facts.topics.code",
    "plan.facts.topics.name",
    "plan.minutes.minutes.remarks.author.picture",
    "plan.minutes.minutes.written_by.picture",
    "threads.found",
    "threads.messages.author.picture",
    "threads.older_cursor",
}
"""What is about the app and not about the person: what one could be asked, where to read on."""


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler(FITTING)


@pytest.fixture(scope="module")
def export(filler) -> Export:
    return filler.model(Export)


@pytest.fixture(scope="module")
def made(export) -> dict:
    return json.loads(json.dumps(bundle(export)))


def resources(made: dict, kind: str) -> list[dict]:
    return [one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == kind]


def test_hl7s_own_models_take_it(made):
    Bundle.model_validate(made)
    Bundle.model_validate(EXAMPLE)


def test_nothing_of_the_json_export_is_lost(made, filler):
    missing = filler.missing_in(json.dumps(made, ensure_ascii=False))

    assert missing == SAID_ELSEWHERE | OF_THE_SCREEN


def test_nothing_is_in_it_that_is_not_in_the_json_export(export):
    """An export without anything has nobody but the citizen and the municipality."""
    empty = Export.model_validate(
        {
            "made_at": export.made_at,
            "me": export.me.model_dump(),
            "households": {},
            "helpers": {},
            "requests": {},
            "sharing": {"at": export.made_at, "categories": []},
        }
    )

    kinds = {one["resource"]["resourceType"] for one in bundle(empty)["entry"]}

    assert kinds == {"Patient", "Organization"}


def test_each_resource_has_an_address_of_its_own_and_references_find_theirs(made):
    addresses = [one["fullUrl"] for one in made["entry"]]
    assert len(addresses) == len(set(addresses))
    for one in made["entry"]:
        assert one["fullUrl"] == f"urn:uuid:{UUID(one['resource']['id'])}"
    for kind, field in (("Task", "for"), ("Communication", "subject"), ("CarePlan", "subject")):
        for one in resources(made, kind):
            target = one[field].get("reference")
            assert target is None or target in addresses


def test_a_message_knows_its_thread_its_sender_and_its_files(made, export):
    (thread, *_) = export.threads
    message = thread.messages[0]
    found = next(one for one in resources(made, "Communication") if one["id"] == str(message.id))

    assert found["partOf"] == [{"reference": f"urn:uuid:{thread.id}"}]
    assert found["payload"][0]["contentString"] == message.body
    assert found["sender"]["display"] == message.author.name
    files = resources(made, "DocumentReference")
    described = {one["id"]: one["content"][0]["attachment"] for one in files}
    file = export.attachments[0]
    assert described[str(file.id)]["title"] == file.name
    assert described[str(file.id)]["size"] == file.size


def test_a_receipt_names_who_gave_the_consent(made, export):
    (first, *_) = resources(made, "Consent")

    assert first["status"] == "active"
    assert first["provision"]["type"] == "permit"
    assert first["policyRule"]["text"] == export.consents[0].pii_processing.lawful_basis
