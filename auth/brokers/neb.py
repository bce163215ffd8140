"""Signaturgruppen / Nets eID Broker: MitID for citizens, MitID Erhverv for employees."""

import json
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
from auth.failures import LoginFailureReason
from auth.identity import EmployeeIdentity, Loa, Role, nsis_loa

_SPOKEN = frozenset({"da", "en", "kl"})


def _request_parameters(wish: LoginWish) -> dict[str, str]:
    # Assurance goes in idp_params, not acr_values. MitID Erhverv reaches Substantial at most.
    if wish.role is Role.CONTACT_PERSON:
        idp, scope = "mitid_erhverv", "openid nemlogin"
    else:
        idp, scope = "mitid", "openid mitid ssn"
    section = {"loa_value": wish.loa.value}
    if wish.app_switch is not None:
        section |= {
            "enable_app_switch": "true",
            "app_switch_os": wish.app_switch.system.value,
            "app_switch_url": wish.app_switch.return_url,
        }
    return {
        "scope": scope,
        "idp_values": idp,
        "idp_params": json.dumps({idp: section}, separators=(",", ":")),
        "language": wish.language_among(_SPOKEN),
    }


def _read_loa(id_token: Mapping[str, Any]) -> Loa | None:
    return nsis_loa(id_token.get("loa"))


def _read_person(claims: Mapping[str, Any]) -> PersonClaims:
    return PersonClaims(
        uuid=text(claims, "mitid.uuid"),
        name=text(claims, "mitid.identity_name") or _employee_name(claims),
        cpr=text(claims, "dk.cpr") or text(claims, "nemlogin.cpr"),
        birth_date=day(claims, "mitid.date_of_birth"),
    )


def _employee_name(claims: Mapping[str, Any]) -> str | None:
    # alias="Pseudonym" comes without any name claim.
    return text(claims, "nemlogin.name") or joined_name(
        text(claims, "nemlogin.given_name"), text(claims, "nemlogin.family_name")
    )


def _read_employee(claims: Mapping[str, Any]) -> EmployeeIdentity | None:
    cvr = text(claims, "nemlogin.cvr")
    professional_id = text(claims, "nemlogin.persistent_professional_id")
    if claims.get("identity_type") != "professional" or not cvr or not professional_id:
        return None
    return EmployeeIdentity(cvr, professional_id, text(claims, "nemlogin.org_name"))


PROFILE = BrokerProfile(
    name="neb",
    algorithms=("RS256",),
    request_parameters=_request_parameters,
    read_loa=_read_loa,
    read_person=_read_person,
    read_employee=_read_employee,
    user_failures={
        **STANDARD_FAILURES,
        "mitid_user_aborted": LoginFailureReason.ABORTED,
        "user_aborted": LoginFailureReason.ABORTED,
        "user_navigation_error": LoginFailureReason.ABORTED,
        "mitid_timeout": LoginFailureReason.TIMED_OUT,
        # MitID's own client gave up: a locked MitID, a spent code device, and the like.
        "mitid_core_client_error": LoginFailureReason.REFUSED_BY_BROKER,
        "mitid_cpr_match_failed": LoginFailureReason.NO_CPR,
        "mitid_browser_not_supported": LoginFailureReason.BROWSER_NOT_SUPPORTED,
    },
    logout_hint_seconds=300,  # the hint is an id_token and lives no longer than it
)
