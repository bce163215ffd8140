"""NemLog-in behind an OpenID Connect bridge (FoxIDs, KMD Identity): OIOSAML 3 names as claims."""

from collections.abc import Mapping
from typing import Any

from auth.brokers.profile import (
    STANDARD_FAILURES,
    BrokerProfile,
    LoginWish,
    PersonClaims,
    day,
    joined_name,
    text,
)
from auth.identity import NSIS_LOA, EmployeeIdentity, Loa, nsis_loa
from auth.powers import parse_powers

_EID = "https://data.gov.dk/model/core/eid/"
_PROFESSIONAL = _EID + "professional/"


def _request_parameters(wish: LoginWish) -> dict[str, str]:
    return {
        "scope": "openid profile",
        "acr_values": NSIS_LOA + wish.loa.value.capitalize(),
        "ui_locales": wish.languages,
    }


def _read_loa(id_token: Mapping[str, Any]) -> Loa | None:
    return nsis_loa(id_token.get(NSIS_LOA + "loa"))


def _read_person(claims: Mapping[str, Any]) -> PersonClaims:
    return PersonClaims(
        uuid=text(claims, _EID + "cprUuid"),
        name=text(claims, _EID + "fullName")
        or joined_name(text(claims, _EID + "firstName"), text(claims, _EID + "lastName")),
        cpr=text(claims, _EID + "cprNumber"),
        birth_date=day(claims, _EID + "dateOfBirth"),
        powers=parse_powers(text(claims, _EID + "privilegesIntermediate")),
    )


def _read_employee(claims: Mapping[str, Any]) -> EmployeeIdentity | None:
    cvr = text(claims, _PROFESSIONAL + "cvr")
    professional_id = text(claims, _PROFESSIONAL + "uuid/persistent") or text(claims, "sub")
    if not cvr or not professional_id:
        return None
    return EmployeeIdentity(cvr, professional_id, text(claims, _PROFESSIONAL + "orgName"))


PROFILE = BrokerProfile(
    name="nemlogin-bridge",
    algorithms=("RS256", "PS256", "ES256"),
    request_parameters=_request_parameters,
    read_loa=_read_loa,
    read_person=_read_person,
    read_employee=_read_employee,
    user_failures=STANDARD_FAILURES,
)
