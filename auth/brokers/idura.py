"""Idura (formerly Criipto) Verify: one acr_values says both the eID and the assurance."""

from collections.abc import Mapping
from typing import Any

from auth.brokers.profile import (
    STANDARD_FAILURES,
    AuthTime,
    BrokerProfile,
    LoginWish,
    PersonClaims,
    day,
    text,
)
from auth.identity import EmployeeIdentity, Loa, Role

_ACR = "urn:grn:authn:dk:mitid:"
_SPOKEN = frozenset({"da", "en"})


def _request_parameters(wish: LoginWish) -> dict[str, str]:
    level = "business" if wish.role is Role.CONTACT_PERSON else wish.loa.value
    parameters = {
        "scope": "openid",
        "acr_values": _ACR + level,
        "ui_locales": wish.language_among(_SPOKEN),
        # It sends no auth_time: a login that it remembered could not be told from a new one.
        "prompt": "login",
    }
    if wish.app_switch is not None:
        switch = wish.app_switch
        parameters["login_hint"] = (
            f"appswitch:{switch.system} appswitch:resumeUrl:{switch.return_url}"
        )
    return parameters


def _read_loa(id_token: Mapping[str, Any]) -> Loa | None:
    # No loa claim: authenticationtype repeats the acr that was used.
    used = text(id_token, "authenticationtype") or ""
    if not used.startswith(_ACR):
        return None
    level = used.removeprefix(_ACR)
    if level == "business":
        return Loa.SUBSTANTIAL  # MitID Erhverv is Substantial
    return Loa(level) if level in set(Loa) else None


def _read_person(claims: Mapping[str, Any]) -> PersonClaims:
    return PersonClaims(
        uuid=text(claims, "uuid"),
        name=text(claims, "name"),
        cpr=text(claims, "cprNumberIdentifier"),
        birth_date=day(claims, "birthdate"),
    )


def _read_employee(claims: Mapping[str, Any]) -> EmployeeIdentity | None:
    cvr, professional_id = text(claims, "cvrNumberIdentifier"), text(claims, "uuid")
    if claims.get("employee") != "true" or not cvr or not professional_id:
        return None
    return EmployeeIdentity(cvr, professional_id, text(claims, "organizationName"))


PROFILE = BrokerProfile(
    name="idura",
    algorithms=("RS256",),
    request_parameters=_request_parameters,
    read_loa=_read_loa,
    read_person=_read_person,
    read_employee=_read_employee,
    user_failures=STANDARD_FAILURES,
    assertion_audience="token_endpoint",
    auth_time=AuthTime.EVERY_LOGIN_IS_FRESH,
)
