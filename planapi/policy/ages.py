"""From which age a young person may do what: dated data, for the policy and `docs/policy.md`.

A change of law is a new row and a last day on the old one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final


class AgeRight(StrEnum):
    """Something that comes with an age."""

    PARTY = "party"
    OWN_HEALTH = "own_health"
    BE_BISIDDER = "be_bisidder"
    YOUTH_PLAN = "youth_plan"
    OF_AGE = "of_age"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From which age on somebody has a right; ``valid_to`` is the last day, open when absent.

    ``text`` is in plain Danish, for the lawyer who reads the table.
    """

    right: AgeRight
    from_age: int
    law: str
    section: str
    text: str
    valid_from: date
    valid_to: date | None = None


_BARNETS_LOV: Final = date(2024, 1, 1)
_KNOWN_SINCE: Final = date(2007, 1, 1)

AGE_RULES: Final[tuple[AgeRule, ...]] = (
    AgeRule(
        AgeRight.PARTY,
        10,
        "barnets lov",
        "§ 3",
        "Fra 10 år er barnet selv part: det skriver for sig selv, og dets egne ord og beskeder "
        "læses ikke af forældrene.",
        _BARNETS_LOV,
    ),
    AgeRule(
        AgeRight.OWN_HEALTH,
        15,
        "sundhedsloven",
        "§ 17",
        "Fra 15 år bestemmer den unge selv over egen behandling og over, hvem der ser den.",
        _KNOWN_SINCE,
    ),
    AgeRule(
        AgeRight.BE_BISIDDER,
        15,
        "barnets lov",
        "§ 6",
        "En bisidder for et barn er mindst 15 år.",
        _BARNETS_LOV,
    ),
    AgeRule(
        AgeRight.YOUTH_PLAN,
        16,
        "barnets lov",
        "§ 108",
        "Fra 16 år kræver en helhedsorienteret ungeplan den unges eget samtykke, ved siden af "
        "forældrenes.",
        _BARNETS_LOV,
    ),
    AgeRule(
        AgeRight.OF_AGE,
        18,
        "værgemålsloven",
        "§ 1",
        "Ved 18 år ophører forældremyndigheden, og den unge bestemmer alene.",
        _KNOWN_SINCE,
    ),
)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years. Who is born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=1_000)
def has_right(right: AgeRight, born: date | None, day: date) -> bool:
    """Tell whether somebody is old enough for ``right``; so is whoever's birth is unknown."""
    if born is None:
        return True
    age = age_on(born, day)
    return any(
        age >= rule.from_age
        for rule in AGE_RULES
        if rule.right is right
        and rule.valid_from <= day
        and (rule.valid_to is None or day <= rule.valid_to)
    )
