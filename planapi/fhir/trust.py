"""Consents, who has read, what was asked by right, and who sees what, as FHIR."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from planapi.fhir.parts import (
    Json,
    Names,
    coding,
    concept,
    derived,
    extensions,
    known,
    logical,
    moment,
    period,
)
from portal.contract.access import AccessEntry
from portal.contract.consents import ConsentState
from portal.contract.people import PlanRequest, PlanRequestState
from portal.contract.receipts import ConsentReceipt, ReceiptParty
from portal.contract.rights import AboutItem, RequestState, RightsRequest
from portal.contract.sharing import SharingMatrix, SharingRow

_CONSENT_STATUS: Final = {
    ConsentState.WAITING: "proposed",
    ConsentState.ACTIVE: "active",
    ConsentState.EXPIRED: "inactive",
    ConsentState.WITHDRAWN: "inactive",
}
_PLAN_REQUEST_STATUS: Final = {
    PlanRequestState.RECEIVED: "received",
    PlanRequestState.ACCEPTED: "completed",
    PlanRequestState.DECLINED: "rejected",
}


def consent(receipt: ConsentReceipt, by: Names) -> Json:
    """Return a consent with its exact words and what happened to it."""
    processing, notice = receipt.pii_processing, receipt.notice
    return {
        "resourceType": "Consent",
        "id": receipt.record_id,
        "identifier": [{"value": str(receipt.receipt.receipt_id)}],
        "status": _CONSENT_STATUS[ConsentState(receipt.state)],
        "scope": known("consentscope", "patient-privacy"),
        "category": [concept("consent", receipt.kind or "consent")],
        "patient": by.subject(),
        "dateTime": moment(receipt.events[0].event_time),
        "performer": [_party(one) for one in receipt.parties if one.party_role == "consent_giver"],
        "organization": [
            _party(one) for one in receipt.parties if one.party_role == "pii_controller"
        ],
        "sourceAttachment": {"title": notice.title, "language": notice.language},
        "policyRule": {"text": processing.lawful_basis},
        "provision": {
            "type": "permit",
            "period": period(processing.valid_from, processing.valid_until),
            "actor": [
                {"role": concept("party", one.party_role), "reference": _party(one)}
                for one in receipt.parties
                if one.party_role == "recipient"
            ],
            "purpose": [coding("purpose", "stated", processing.purpose)],
            "code": [concept("category", one) for one in processing.pii_types],
        },
        "extension": extensions(
            state=receipt.state,
            case=processing.case,
            source=processing.source,
            notice={
                "notice_id": notice.notice_id,
                "version": notice.version,
                "text": notice.text,
                "consequence_of_refusal": notice.consequence_of_refusal,
                "hash": notice.hash,
            },
            events=[one.model_dump() for one in receipt.events],
            withdrawal_method=processing.withdrawal_method,
            privacy_rights=processing.privacy_rights,
        ),
    }


def _party(party: ReceiptParty) -> Json:
    try:
        return logical(UUID(party.party_id), party.party_name)
    except ValueError:  # a part of the municipality, which has a name and no such id
        return {"display": party.party_name}


def reading(entry: AccessEntry, by: Names) -> Json:
    """Return that somebody read something, and on which ground."""
    return {
        "resourceType": "AuditEvent",
        "id": derived("access", by.patient, entry.id),
        "type": known("audit-event-type", "rest")["coding"][0],
        "action": "R",
        "recorded": moment(entry.at),
        "purposeOfEvent": [concept("ground", entry.ground)],
        "agent": [
            {"type": concept("role", entry.reader_role), "name": entry.reader, "requestor": True}
        ],
        "source": {"observer": {"display": "Én Plan"}},
        "entity": [
            {
                "what": logical(entry.resource_id),
                "type": coding("resource", entry.resource_kind),
            },
            *([{"what": logical(entry.consent_id)}] if entry.consent_id else []),
        ],
    }


def rights_request(request: RightsRequest, by: Names) -> Json:
    """Return what was asked by right, with its answer."""
    about = request.about
    focus = logical(about.resource_id) if isinstance(about, AboutItem) else None
    return {
        "resourceType": "Task",
        "id": request.id,
        "status": "completed" if request.state is RequestState.ANSWERED else "requested",
        "businessStatus": concept("outcome", request.outcome),
        "intent": "proposal",
        "code": concept("rights_request", about.kind),
        "description": request.text,
        "focus": focus,
        "for": by.person(request.citizen),
        "owner": by.person(request.answered_by),
        "authoredOn": moment(request.created_on),
        "lastModified": moment(request.answered_at),
        "output": _answer(request.answer or ""),
        "extension": extensions(
            resource_kind=about.resource_kind if isinstance(about, AboutItem) else None,
            access_entry_id=None if isinstance(about, AboutItem) else str(about.access_entry_id),
        ),
    }


def plan_request(request: PlanRequest, by: Names) -> Json:
    """Return that the citizen asked for a plan."""
    return {
        "resourceType": "Task",
        "id": request.id,
        "status": _PLAN_REQUEST_STATUS[request.state],
        "intent": "proposal",
        "code": concept("kind", "plan_request"),
        "description": request.text,
        "for": by.subject(),
        "authoredOn": moment(request.created_on),
        "output": _answer(request.answer),
    }


def _answer(text: str) -> list[Json]:
    return [{"type": {"text": "answer"}, "valueString": text}] if text else []


def sharing(matrix: SharingMatrix, by: Names) -> Iterator[Json]:
    """Return who sees what at this moment: FHIR has no resource for it."""
    for number, row in enumerate(matrix.rows):
        yield {
            "resourceType": "Basic",
            "id": derived("sharing", by.patient, number),
            "code": concept("kind", "sharing"),
            "subject": by.subject(),
            "created": matrix.at.date().isoformat(),
            "extension": extensions(**_row(row)),
        }


def _row(row: SharingRow) -> Json:
    recipient = row.recipient
    return {
        "recipient": recipient.kind,
        "person": recipient.person and recipient.person.name,
        "administration": recipient.administration,
        "cells": [
            {
                "category": cell.category,
                "extent": cell.extent,
                "grounds": [
                    {"code": ground.code, "law": [f"{law.law} {law.section}" for law in ground.law]}
                    for ground in cell.grounds
                ],
            }
            for cell in row.cells
        ],
    }
