"""A consent as its giver keeps it: a record in the shape of ISO/IEC TS 27560:2023."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from planapi.store.consents import Parties
from portal.contract.consents import Consent, ConsentState, ToAdministration
from portal.contract.receipts import (
    ConsentReceipt,
    ReceiptEvent,
    ReceiptMetadata,
    ReceiptNotice,
    ReceiptParty,
    ReceiptProcessing,
)

_RIGHTS: Final = (
    "GDPR art. 7(3)",
    "GDPR art. 13",
    "GDPR art. 15",
    "GDPR art. 16",
    "GDPR art. 18",
    "GDPR art. 20",
    "GDPR art. 21",
)
_WITHDRAWAL: Final = "POST /v1/consents/{id}/withdrawal"


def receipt(consent: Consent, parties: Parties, now: datetime) -> ConsentReceipt:
    """Return the record of a consent in its state of today.

    It names whom the consent is about, and beside them each person who gave or signed it.

    The receipt's id is the same for the same state, so two downloads can be told to be one.
    """
    text = consent.text
    return ConsentReceipt(
        receipt=ReceiptMetadata(
            receipt_id=uuid5(NAMESPACE_URL, f"urn:enplan:consent:{consent.id}:{consent.state}"),
            issued_at=now,
        ),
        record_id=consent.id,
        kind=consent.kind,
        state=consent.state,
        notice=ReceiptNotice(
            notice_id=text.id,
            version=text.version,
            language=text.language,
            title=text.title,
            text=text.body,
            consequence_of_refusal=text.consequence,
            hash=text.sha256,
        ),
        pii_processing=ReceiptProcessing(
            purpose=consent.purpose,
            lawful_basis=text.legal_ground,
            pii_types=consent.categories,
            case=consent.case,
            source=consent.source,
            recipients=(_recipient(consent).party_id,),
            valid_from=consent.valid_from,
            valid_until=consent.valid_until,
            withdrawal_method=_WITHDRAWAL.format(id=consent.id),
            privacy_rights=_RIGHTS,
        ),
        parties=tuple(_parties(consent, parties)),
        events=tuple(_events(consent, parties)),
    )


def _recipient(consent: Consent) -> ReceiptParty:
    to = consent.recipient
    if isinstance(to, ToAdministration):
        return ReceiptParty(
            party_id=f"administration:{to.administration}",
            party_name=to.administration,
            party_role="recipient",
        )
    return ReceiptParty(
        party_id=str(to.person.id), party_name=to.person.name, party_role="recipient"
    )


def _parties(consent: Consent, parties: Parties) -> Iterator[ReceiptParty]:
    citizen, municipality = parties.citizen, parties.municipality
    yield ReceiptParty(
        party_id=str(citizen.id), party_name=citizen.name, party_role="pii_principal"
    )
    givers = [consent.given_by or citizen, *([parties.signed.by] if parties.signed else [])]
    for giver in givers:
        yield ReceiptParty(
            party_id=str(giver.id),
            party_name=giver.name,
            party_role="consent_giver",
            capacity="self" if giver.id == citizen.id else "custody_holder",
        )
    yield ReceiptParty(party_id=municipality, party_name=municipality, party_role="pii_controller")
    yield _recipient(consent)


def _events(consent: Consent, parties: Parties) -> Iterator[ReceiptEvent]:
    """What happened to the consent, oldest first."""
    yield ReceiptEvent(
        event_type="renewed" if consent.renews else "given",
        event_time=consent.given_at,
        entity_id=(consent.given_by or parties.citizen).id,
        way="portal",
        level_of_assurance=consent.given_loa,
    )
    if parties.signed is not None:
        yield ReceiptEvent(
            event_type="signed",
            event_time=parties.signed.at,
            entity_id=parties.signed.by.id,
            way=parties.signed.way,
            level_of_assurance=parties.signed.loa,
        )
    if parties.withdrawn is not None:
        yield ReceiptEvent(
            event_type="withdrawn",
            event_time=parties.withdrawn.at,
            entity_id=parties.withdrawn.by.id,
            way=parties.withdrawn.way,
        )
    elif consent.state is ConsentState.EXPIRED:
        yield ReceiptEvent(
            event_type="expired", event_time=consent.valid_until, entity_id=None, way="lapse"
        )
