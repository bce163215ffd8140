"""What every FHIR resource is made of: references, codes, periods, and what FHIR has no field for.

Codes of ours have the system ``urn:enplan:<kind>``; what FHIR knows nothing of is an extension with
the address ``urn:enplan:<name>``, so that nothing of the JSON export is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from portal.contract.people import PersonRef

Json = dict[str, Any]

_URN: Final = "urn:enplan:"
_SIMPLE_VALUES: Final = {
    bool: "valueBoolean",
    int: "valueInteger",
    float: "valueDecimal",
    datetime: "valueDateTime",
    date: "valueDate",
}
"""By type, those first that are a kind of another."""


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the export is about, and who else has a resource of their own in it."""

    patient: UUID
    practitioners: frozenset[UUID] = frozenset()

    def subject(self) -> Json:
        """Return a reference to the citizen."""
        return {"reference": f"urn:uuid:{self.patient}"}

    def person(self, who: PersonRef | None) -> Json | None:
        """Return a reference to a person; a logical one where the export has no resource."""
        if who is None:
            return None
        if who.id == self.patient or who.id in self.practitioners:
            return reference(who.id, who.name)
        return logical(who.id, who.name)


def reference(resource_id: UUID | None, display: str = "") -> Json | None:
    """Return a reference to a resource of the same bundle; None to nothing."""
    if resource_id is None:
        return None
    return {"reference": f"urn:uuid:{resource_id}", "display": display}


def logical(resource_id: UUID, display: str = "") -> Json:
    """Return a reference to something that is not in the bundle (R4 section 2.3.0.5)."""
    identifier = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{resource_id}"}
    return {"identifier": identifier, "display": display}


def derived(*of: object) -> UUID:
    """Return an id for what has none of its own; the same in each export."""
    return uuid5(NAMESPACE_URL, _URN + ":".join(map(str, of)))


def coding(kind: str, code: str, display: str = "") -> Json:
    """Return a code of ours."""
    return {"system": _URN + kind, "code": code, "display": display}


def concept(kind: str, code: str | None, display: str = "") -> Json | None:
    """Return a code of ours as a concept; None where there is none."""
    return None if not code else {"coding": [coding(kind, code, display)]}


def known(system: str, code: str) -> Json:
    """Return a code of HL7's terminology as a concept."""
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def extensions(**values: object) -> list[Json]:
    """Return values that FHIR has no field for, each under its name in the JSON export."""
    return [
        {"url": _URN + name, **_value(value)}
        for name, value in values.items()
        if value not in (None, "", (), [])
    ]


def _value(value: object) -> Json:
    if isinstance(value, Mapping):
        return {"extension": extensions(**value)}
    if isinstance(value, list | tuple):
        # An extension has one value: several stand inside one another.
        return {"extension": [part for one in value for part in extensions(item=one)]}
    for kind, field in _SIMPLE_VALUES.items():
        if isinstance(value, kind):
            return {field: value.isoformat() if isinstance(value, date) else value}
    return {"valueString": str(value)}


def period(start: date | None, end: date | None) -> Json:
    """Return a period of days or moments; open where an end is absent."""
    return {"start": moment(start), "end": moment(end)}


def moment(at: date | None) -> str | None:
    """Return a day or a moment as FHIR writes it."""
    return None if at is None else at.isoformat()


def note(text: str, author: Json | None = None, at: date | None = None) -> list[Json]:
    """Return somebody's words as annotations: one, or none where nothing is said."""
    return [{"text": text, "authorReference": author, "time": moment(at)}] if text else []


def without_nothing(part: Any) -> Any:
    """Return ``part`` without empty fields: FHIR has no null, no empty text, no empty list."""
    if isinstance(part, dict):
        kept = {name: without_nothing(value) for name, value in part.items()}
        return {name: value for name, value in kept.items() if not _is_nothing(value)}
    if isinstance(part, list | tuple):
        return [one for one in map(without_nothing, part) if not _is_nothing(one)]
    return part


def _is_nothing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, dict | list) and not value)
