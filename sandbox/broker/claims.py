"""The claims of a login: names, JSON types and order as recorded at Nets eID Broker."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sandbox.broker.grants import Grant
from sandbox.broker.identities import Professional, SimulatedIdentity
from sandbox.broker.outcomes import Outcome

ID_TOKEN_SECONDS = 300
_NSIS = "https://data.gov.dk/concept/core/nsis/"
_MITID_AGE = 13
_NAMELESS = frozenset({Outcome.NO_NAME, Outcome.PROTECTED_NAME})
_AGES = {Outcome.AGE_13: 13, Outcome.AGE_15: 15}
_ORGANISATION = uuid5(NAMESPACE_URL, "https://enplan.example/simulated-organisation")


def subject_of(identity: SimulatedIdentity, *, professional: bool) -> str:
    """The sub: one for each person and organisation, the same after a restart."""
    kind = "professional" if professional else "private"
    return str(uuid5(_ORGANISATION, f"{kind}:{identity.uuid}"))


def age(identity: SimulatedIdentity, today: date | None = None) -> int:
    """Whole years today."""
    today = today or datetime.now(UTC).date()
    born = identity.birth_date
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def has_mitid(identity: SimulatedIdentity) -> bool:
    """MitID is for people of 13 and above."""
    return age(identity) >= _MITID_AGE


def id_token_claims(grant: Grant, issuer: str, access_token: str, now: int) -> dict[str, Any]:
    """The id_token; name, age and CPR are never in it."""
    loa = _loa(grant)
    claims: dict[str, Any] = {
        "iss": issuer,
        "nbf": now,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "aud": grant.request.client_id,
        "amr": ["mitid:code_app" if grant.professional else "code_app"],
    }
    if grant.request.nonce is not None:
        claims["nonce"] = grant.request.nonce
    claims |= {
        "at_hash": at_hash(access_token),
        "sid": grant.sid,
        "sub": subject_of(grant.identity, professional=grant.professional),
        "auth_time": grant.auth_time,
        "idp": _idp(grant),
        "acr": loa,
        "neb_sid": grant.sid,
        "loa": loa,
        "aal": loa,
        "ial": loa,
        "identity_type": "professional" if grant.professional else "private",
        "transaction_id": grant.transaction_id,
        "idp_transaction_id": grant.idp_transaction_id,
        "session_expiry": str(grant.session_expiry),
        "idtoken_type": "strict",
        "subject_type": "org_mapped",
    }
    return claims


def userinfo_claims(grant: Grant) -> dict[str, str]:
    """The userinfo answer: every value a string, `sub` last."""
    professional = grant.identity.professional if grant.professional else None
    identity_id = UUID(professional.professional_id) if professional else grant.identity.uuid
    loa = _loa(grant)
    claims = {
        "session_is_active": "true",
        "session_expiry": str(grant.session_expiry),
        "idp": _idp(grant),
        "subject_type": "org_mapped",
        "idp_identity_id": str(identity_id),
        "loa": loa,
        "aal": loa,
        "ial": loa,
    }
    claims |= _employee(grant, professional) if professional else _citizen(grant)
    claims["sub"] = subject_of(grant.identity, professional=grant.professional)
    return claims


def at_hash(access_token: str) -> str:
    """The left half of the access token's SHA-256 (OpenID Connect Core 3.1.3.6)."""
    half = sha256(access_token.encode()).digest()[:16]
    return urlsafe_b64encode(half).rstrip(b"=").decode()


def _citizen(grant: Grant) -> dict[str, str]:
    identity = _of_age(grant)
    has_cpr = grant.outcome is not Outcome.NO_CPR
    claims = {
        "mitid.transaction_id": grant.idp_transaction_id,
        "mitid.uuid": str(identity.uuid),
        "mitid.age": str(age(identity)),
        "mitid.date_of_birth": identity.birth_date.isoformat(),
        "mitid.has_cpr": "true" if has_cpr else "false",
    }
    if grant.outcome not in _NAMELESS:
        claims["mitid.identity_name"] = identity.name
    if has_cpr and "ssn" in grant.request.scope:
        claims["dk.cpr"] = identity.cpr
    return claims | {"mitid.psd2": "false", "mitid.geo_ip_distance_km": "12"}


def _of_age(grant: Grant) -> SimulatedIdentity:
    """The person, made as old as the outcome wants: their birthday was yesterday."""
    years = _AGES.get(grant.outcome)
    if years is None:
        return grant.identity
    born = datetime.now(UTC).date() - timedelta(days=1)
    leap = (born.month, born.day) == (2, 29)
    born = born.replace(year=born.year - years, day=28 if leap else born.day)
    return replace(grant.identity, birth_date=born)


def _employee(grant: Grant, professional: Professional) -> dict[str, str]:
    if "nemlogin" not in grant.request.scope:
        return {}
    claims = {}
    if grant.outcome not in _NAMELESS:
        given_name, _, family_name = grant.identity.name.rpartition(" ")
        claims = {
            "nemlogin.name": grant.identity.name,
            "nemlogin.given_name": given_name,
            "nemlogin.family_name": family_name,
        }
    return claims | {
        "nemlogin.cvr": professional.cvr,
        "nemlogin.org_name": professional.organisation,
        "nemlogin.persistent_professional_id": professional.professional_id,
    }


def _idp(grant: Grant) -> str:
    return "mitid_erhverv" if grant.professional else "mitid"


def _loa(grant: Grant) -> str:
    if grant.outcome is Outcome.TOO_LOW:
        return _NSIS + "Low"
    if grant.request.loa == "high" and not grant.professional:
        return _NSIS + "High"
    return _NSIS + "Substantial"  # what the MitID app gives, whatever less was asked for
