"""The whole export as one FHIR R4 Bundle (type ``collection``), for `planapi.services.exports`.

A pure function of the JSON export: what that leaves out cannot be here. Plain dictionaries, since
the resources are only written, never read; a test has a library of FHIR's validate them.
"""

from collections.abc import Iterator
from typing import Final

from planapi.fhir import goals, people, plan, talks, told, trust
from planapi.fhir.parts import Json, derived, moment, without_nothing
from portal.contract.exports import Export

EXAMPLE: Final[Json] = {
    "resourceType": "Bundle",
    "id": "3f0b0d52-7a4e-4c1c-9c3a-2a8f5b6f1d10",
    "type": "collection",
    "timestamp": "2026-03-02T09:15:00+00:00",
    "entry": [
        {
            "fullUrl": "urn:uuid:7d1c8c7e-2c43-4f0f-9a55-0f3a4f6f5f10",
            "resource": {
                "resourceType": "Goal",
                "id": "7d1c8c7e-2c43-4f0f-9a55-0f3a4f6f5f10",
                "lifecycleStatus": "active",
                "description": {"text": "Jeg vil ud af huset hver dag"},
                "subject": {"reference": "urn:uuid:0c8f5f0e-5c0e-4a52-8f0b-3f3f3a0f6d21"},
            },
        }
    ],
}
"""For the OpenAPI document: the beginning of a bundle."""


def bundle(export: Export) -> Json:
    """Return the export as a Bundle; each resource is in it once."""
    entries: dict[str, Json] = {}
    for resource in _resources(export):
        found = {**without_nothing(resource), "id": str(resource["id"])}
        entries.setdefault(f"urn:uuid:{found['id']}", found)
    return {
        "resourceType": "Bundle",
        "id": str(derived("export", export.me.id, export.made_at)),
        "meta": {"tag": [{"system": "urn:enplan:format", "code": export.format}]},
        "type": "collection",
        "timestamp": moment(export.made_at),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries.items()],
    }


def _resources(export: Export) -> Iterator[Json]:
    by = people.names(export)
    yield from people.people(export, by)
    team = people.care_team(export, by)
    if team:
        yield team
    if export.plan_request:
        yield trust.plan_request(export.plan_request, by)
    if export.plan:
        yield from plan.plan(export.plan, by, team)
        yield from told.assessment(export.plan.assessment, by)
        yield from told.told_facts(export.plan.facts, by)
    yield from goals.goals(export.goals, by)
    for household in export.households.households:
        for joint in household.goals:
            yield from goals.goal(joint, by)
    yield from talks.threads(export.threads, export.attachments, by)
    yield from (trust.consent(one, by) for one in export.consents)
    yield from (trust.rights_request(one, by) for one in export.requests.requests)
    yield from trust.sharing(export.sharing, by)
    yield from (trust.reading(one, by) for one in export.access_log)
