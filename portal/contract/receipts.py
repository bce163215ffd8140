"""A consent receipt in the shape of ISO/IEC TS 27560:2023, for download.

Field names are those of the specification's record structure (clause 6), in snake case.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Language, Model
from portal.contract.consents import ConsentKind


class ReceiptMetadata(Model):
    """Which receipt, in which version of the structure."""

    receipt_id: UUID
    schema_version: Literal["ISO/IEC TS 27560:2023"] = "ISO/IEC TS 27560:2023"
    issued_at: AwareDatetime


class ReceiptNotice(Model):
    """The exact words that were agreed to."""

    notice_id: str
    version: int
    language: Language
    title: str
    text: str
    consequence_of_refusal: str
    hash_algorithm: Literal["SHA-256"] = "SHA-256"
    hash: str


class ReceiptProcessing(Model):
    """What is done with which information, why and by whom."""

    purpose: str
    lawful_basis: str
    pii_types: tuple[str, ...]
    case: str
    source: str | None
    recipients: tuple[str, ...]
    valid_from: date
    valid_until: date
    withdrawal_method: str
    privacy_rights: tuple[str, ...]
    jurisdiction: Literal["DK"] = "DK"


class ReceiptParty(Model):
    """Somebody who takes part: whom it is about, who gave it, who keeps the data, who may see."""

    party_id: str
    party_name: str
    party_role: Literal["pii_principal", "pii_controller", "recipient", "consent_giver"]
    capacity: Literal["self", "custody_holder"] | None = Field(
        default=None, description="In which capacity a giver acted"
    )


class ReceiptEvent(Model):
    """The consent was given, renewed, signed by a second person, or it ended."""

    event_type: Literal["given", "renewed", "signed", "withdrawn", "expired"]
    event_time: AwareDatetime | date
    entity_id: UUID | None = Field(description="Who did it; absent where nobody did")
    way: str = Field(
        description="The channel: `portal`, `renewal` where a newer one took its place, `lapse`",
        examples=["portal"],
    )
    level_of_assurance: str | None = None


class ConsentReceipt(Model):
    """A consent record as its giver keeps it."""

    receipt: ReceiptMetadata
    record_id: UUID
    kind: ConsentKind | None = Field(default=None, description="Which of the four kinds it is")
    state: str
    notice: ReceiptNotice
    pii_processing: ReceiptProcessing
    parties: tuple[ReceiptParty, ...]
    events: tuple[ReceiptEvent, ...]
