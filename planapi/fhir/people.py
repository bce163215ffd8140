"""The citizen, the contact persons, the family and the helpers as FHIR resources."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from planapi.fhir.parts import (
    Json,
    Names,
    concept,
    derived,
    extensions,
    logical,
    moment,
    note,
    period,
    reference,
)
from portal.contract.exports import Export
from portal.contract.helpers import Helper, HelperState
from portal.contract.households import Household, Invitation, InvitationState
from portal.contract.people import Administration, ContactPerson, OfficeHours

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_INVITATION_STATUS: Final = {
    InvitationState.OPEN: "requested",
    InvitationState.ACCEPTED: "completed",
    InvitationState.DECLINED: "rejected",
    InvitationState.WITHDRAWN: "cancelled",
}


def names(export: Export) -> Names:
    """Return who has a resource of their own."""
    return Names(export.me.id, frozenset(one.id for one in _contact_persons(export)))


def people(export: Export, by: Names) -> Iterator[Json]:
    """Return everybody, and the parts of the municipality they work in."""
    yield _patient(export)
    for administration in Administration:
        yield {
            "resourceType": "Organization",
            "id": organization_id(administration),
            "identifier": [{"system": "urn:enplan:administration", "value": administration}],
        }
    for person in _contact_persons(export):
        yield {
            "resourceType": "Practitioner",
            "id": person.id,
            "name": [{"text": person.name}],
        }
        yield _role(person)
    for household in export.households.households:
        yield from _household(household, by)
    for invitation in (*export.invitations.to_me, *export.invitations.of_households):
        yield _invitation(invitation, by)
    for helper in (*export.helpers.helpers, *export.helpers.helping):
        yield _helper(helper, by)


def care_team(export: Export, by: Names) -> Json | None:
    """Return who helps on behalf of the municipality, and since when; None without anybody."""
    contact, deputy, handover = export.contact_person, export.deputy, export.handover
    members: list[Json] = []
    greetings: list[Json] = []
    if contact:
        members.append(_member(contact, "contact_person", contact.since, None))
    if deputy:
        members.append(_member(deputy.person, "deputy", None, deputy.until))
        author = reference(contact.id, contact.name) if contact else None
        greetings += note(deputy.greeting, author)
    if handover:
        members.append(_member(handover.coming, "contact_person", handover.on, None))
        author = reference(handover.leaving.id, handover.leaving.name)
        greetings += note(handover.greeting, author)
    if not members:
        return None
    return {
        "resourceType": "CareTeam",
        "id": derived("care-team", export.me.id),
        "status": "active",
        "subject": by.subject(),
        "participant": members,
        "note": greetings,
    }


def organization_id(administration: Administration) -> str:
    """Return the id of a part of the municipality."""
    return str(derived("administration", administration))


def organization(administration: Administration | None) -> Json | None:
    """Return a reference to a part of the municipality."""
    if administration is None:
        return None
    return {"reference": f"urn:uuid:{organization_id(administration)}"}


def _contact_persons(export: Export) -> list[ContactPerson]:
    """Return each once, as last named."""
    found = [export.contact_person] if export.contact_person else []
    if export.deputy:
        found.append(export.deputy.person)
    if export.handover:
        found += [export.handover.leaving, export.handover.coming]
    return list({one.id: one for one in found}.values())


def _patient(export: Export) -> Json:
    told = export.notifications
    quiet = told.quiet if told else None
    return {
        "resourceType": "Patient",
        "id": export.me.id,
        "name": [{"text": export.me.name}],
        "communication": [
            {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": export.me.language}]}}
        ]
        if export.me.language
        else [],
        "extension": extensions(
            notification_channel=told.channel if told else None,
            quiet_hours={"starts": quiet.starts, "ends": quiet.ends} if quiet else None,
        ),
    }


def _role(person: ContactPerson) -> Json:
    return {
        "resourceType": "PractitionerRole",
        "id": derived("role", person.id),
        "practitioner": reference(person.id, person.name),
        "organization": organization(person.administration),
        "code": [{"text": person.title}],
        "location": [{"display": person.unit}],
        "telecom": [{"system": "phone", "value": person.phone}],
        "period": period(person.since, None),
        "availableTime": [_hours(one) for one in person.hours],
        "extension": extensions(reply_working_days=person.reply_working_days),
    }


def _hours(open_: OfficeHours) -> Json:
    return {
        "daysOfWeek": [_WEEKDAYS[open_.weekday - 1]],
        "availableStartTime": open_.opens.isoformat(),
        "availableEndTime": open_.closes.isoformat(),
    }


def _member(person: ContactPerson, role: str, start: date | None, end: date | None) -> Json:
    return {
        "role": [concept("role", role)],
        "member": reference(person.id, person.name),
        "onBehalfOf": organization(person.administration),
        "period": period(start, end),
    }


def _household(household: Household, by: Names) -> Iterator[Json]:
    yield {
        "resourceType": "Group",
        "id": household.id,
        "type": "person",
        "actual": True,
        "code": concept("kind", "household"),
        "name": household.name,
        "member": [
            {"entity": by.subject() if one.is_me else logical(one.id, one.name)}
            for one in household.members
        ],
        "extension": extensions(
            own_relation=next((one.relation for one in household.members if one.is_me), None)
        ),
    }
    for one in household.members:
        if not one.is_me:
            yield {
                "resourceType": "RelatedPerson",
                "id": derived("member", household.id, one.id),
                "patient": by.subject(),
                "name": [{"text": one.name}],
                "relationship": [concept("relation", one.relation)],
                "extension": extensions(age=one.age),
            }


def _invitation(invitation: Invitation, by: Names) -> Json:
    return {
        "resourceType": "Task",
        "id": invitation.id,
        "status": _INVITATION_STATUS[invitation.state],
        "intent": "proposal",
        "code": concept("kind", "invitation"),
        "for": by.subject(),
        "description": invitation.household,
        "requester": {"display": invitation.invited_by},
        "authoredOn": moment(invitation.invited_on),
        "extension": extensions(name=invitation.name, relation=invitation.relation),
    }


def _helper(helper: Helper, by: Names) -> Json:
    """Return a helper, as the citizen named them; ``patient`` is whom they help."""
    return {
        "resourceType": "RelatedPerson",
        "id": helper.id,
        "active": helper.state is HelperState.ACTIVE,
        "patient": by.person(helper.citizen),
        "name": [{"text": helper.name}],
        "relationship": [concept("helper", helper.kind)],
        "period": period(helper.valid_from, helper.valid_until),
        "extension": extensions(
            categories=helper.categories,
            state=helper.state,
            added_at=helper.added_at,
            ended_at=helper.ended_at,
        ),
    }
