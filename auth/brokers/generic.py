"""Any OpenID Provider that keeps to the standard claims and sends an NSIS level in acr or loa."""

from collections.abc import Mapping
from typing import Any

from auth.brokers.profile import (
    STANDARD_FAILURES,
    AtHash,
    BrokerProfile,
    LoginWish,
    PersonClaims,
    day,
    text,
)
from auth.identity import NSIS_LOA, EmployeeIdentity, Loa, nsis_loa


def _request_parameters(wish: LoginWish) -> dict[str, str]:
    return {
        "scope": "openid profile",
        "acr_values": NSIS_LOA + wish.loa.value.capitalize(),
        "ui_locales": wish.languages,
    }


def _read_loa(id_token: Mapping[str, Any]) -> Loa | None:
    return nsis_loa(id_token.get("loa")) or nsis_loa(id_token.get("acr"))


def _read_person(claims: Mapping[str, Any]) -> PersonClaims:
    return PersonClaims(
        uuid=None,
        name=text(claims, "name"),
        cpr=text(claims, "cpr"),
        birth_date=day(claims, "birthdate"),
    )


def _read_employee(claims: Mapping[str, Any]) -> EmployeeIdentity | None:
    cvr, professional_id = text(claims, "cvr"), text(claims, "professional_id")
    if not cvr or not professional_id:
        return None
    return EmployeeIdentity(cvr, professional_id, text(claims, "org_name"))


PROFILE = BrokerProfile(
    name="generic",
    algorithms=("RS256", "PS256", "ES256"),
    request_parameters=_request_parameters,
    read_loa=_read_loa,
    read_person=_read_person,
    read_employee=_read_employee,
    user_failures=STANDARD_FAILURES,
    at_hash=AtHash.REQUIRED_IF_LISTED,
)
