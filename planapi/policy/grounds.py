"""On which ground something is allowed, and the law behind each ground as dated data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.contract.consents import ConsentKind
from portal.contract.helpers import HelperKind


class Ground(StrEnum):
    """Why an actor may do something; its code stands in the access log."""

    SELF = "self"
    OWN_PLAN = "own_plan"
    HOUSEHOLD_MEMBER = "household_member"
    CONTACT_PERSON = "contact_person"
    DEPUTY = "deputy"
    INTAKE = "intake"
    SAME_ADMINISTRATION = "same_administration"
    HOLISTIC_PLAN_CONSENT = "holistic_plan_consent"
    COLLECTION_CONSENT = "collection_consent"
    HEALTH_DISCLOSURE_CONSENT = "health_disclosure_consent"
    FAMILY_CONSENT = "family_consent"
    FACT_GRANT = "fact_grant"
    GOAL_SHARE = "goal_share"
    CUSTODY = "custody"
    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIAN = "guardian"
    BISIDDER = "bisidder"
    INVITED = "invited"
    CASE_WORKER = "case_worker"
    LEADER = "leader"
    COLLEAGUE = "colleague"
    DELIVERY = "delivery"


CONSENT_GROUNDS: Mapping[ConsentKind, Ground] = {
    ConsentKind.HOLISTIC_PLAN: Ground.HOLISTIC_PLAN_CONSENT,
    ConsentKind.COLLECTION: Ground.COLLECTION_CONSENT,
    ConsentKind.HEALTH_DISCLOSURE: Ground.HEALTH_DISCLOSURE_CONSENT,
    ConsentKind.FAMILY: Ground.FAMILY_CONSENT,
}

HELPER_GROUNDS: Mapping[HelperKind, Ground] = {
    HelperKind.POWER_OF_ATTORNEY: Ground.POWER_OF_ATTORNEY,
    HelperKind.GUARDIAN: Ground.GUARDIAN,
    HelperKind.BISIDDER: Ground.BISIDDER,
}


@dataclass(frozen=True, slots=True)
class LawReference:
    """A paragraph that a ground rests on; ``valid_to`` is the last day, open when absent."""

    law: str
    section: str
    valid_from: date
    valid_to: date | None = None


_GDPR = date(2018, 5, 25)
_CASEWORK = (
    LawReference("databeskyttelsesforordningen", "art. 6, stk. 1, litra e", _GDPR),
    LawReference("databeskyttelsesforordningen", "art. 9, stk. 2", _GDPR),
)
_ACCESS = (LawReference("databeskyttelsesforordningen", "art. 15", _GDPR),)
_AGREED = (LawReference("databeskyttelsesforordningen", "art. 6, stk. 1, litra a", _GDPR),)

# The day from which we know a paragraph to have this number; older readings were not logged.
_KNOWN_SINCE = date(2026, 1, 1)

LAW: Mapping[Ground, tuple[LawReference, ...]] = {
    Ground.SELF: _ACCESS,
    Ground.OWN_PLAN: _ACCESS,
    Ground.HOUSEHOLD_MEMBER: _AGREED,
    Ground.CONTACT_PERSON: _CASEWORK,
    Ground.DEPUTY: _CASEWORK,
    Ground.INTAKE: _CASEWORK,
    Ground.SAME_ADMINISTRATION: _CASEWORK,
    Ground.HOLISTIC_PLAN_CONSENT: (LawReference("serviceloven", "§ 141", _KNOWN_SINCE),),
    Ground.COLLECTION_CONSENT: (LawReference("retssikkerhedsloven", "§ 11 a", _KNOWN_SINCE),),
    Ground.HEALTH_DISCLOSURE_CONSENT: (LawReference("sundhedsloven", "§ 43", _KNOWN_SINCE),),
    Ground.FAMILY_CONSENT: _AGREED,
    Ground.GOAL_SHARE: _AGREED,
    Ground.CUSTODY: (LawReference("forældreansvarsloven", "§ 2", _KNOWN_SINCE),),
    Ground.POWER_OF_ATTORNEY: (LawReference("forvaltningsloven", "§ 8", _KNOWN_SINCE),),
    Ground.GUARDIAN: (LawReference("værgemålsloven", "§ 5", _KNOWN_SINCE),),
    Ground.BISIDDER: (LawReference("forvaltningsloven", "§ 8", _KNOWN_SINCE),),
    Ground.INVITED: _AGREED,
    Ground.CASE_WORKER: _CASEWORK,
    Ground.LEADER: _CASEWORK,
    Ground.COLLEAGUE: _CASEWORK,
    Ground.DELIVERY: _CASEWORK,
    Ground.FACT_GRANT: (LawReference("retssikkerhedsloven", "§ 11 a", _KNOWN_SINCE),),
}


def law_on(ground: Ground, day: date) -> tuple[LawReference, ...]:
    """Return the paragraphs that ``ground`` rested on at ``day``."""
    return tuple(
        reference
        for reference in LAW[ground]
        if reference.valid_from <= day and (reference.valid_to is None or day <= reference.valid_to)
    )
