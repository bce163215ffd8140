"""What to think of before sending: a hint about a CPR number or about somebody else's health.

It never stops anybody, and nothing of the text leaves this function but which hint fits.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final


class Care(StrEnum):
    """What a text may hold."""

    CPR_NUMBER = "cpr_number"
    HEALTH_OF_OTHERS = "health_of_others"


_CPR: Final = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[- ]?(\d{4})(?!\d)")
"""Six digits of a day and four more. Not checked by modulus 11: since 2007 many numbers fail it."""

_SENTENCE: Final = re.compile(r"[.!?\n؟]+")

_SOMEBODY: Final = re.compile(
    r"\b(?:min|mit|mine|vores|hans|hendes|my|our|his|her)\s+(?:\w+\s+)?"
    r"(?:mor|far|søn|datter|barn|børn|mand|kone|kæreste|bror|søster|søskende|nabo|ven|veninde"
    r"|mormor|morfar|farmor|farfar|kollega|eks|dreng|pige"
    r"|mother|father|son|daughter|child|children|kids|husband|wife|partner|brother|sister"
    r"|neighbour|friend|colleague)\w{0,2}\b"
    r"|\bnaboen\b",
    re.IGNORECASE,
)
_HEALTH: Final = re.compile(
    r"\b(?:syg\w*|diagnos\w*|depress\w*|angst\w*|kræft\w*|medicin\w*|demen\w*|adhd|autis\w*"
    r"|psykiatr\w*|psykolog\w*|misbrug\w*|alkohol\w*|gravid\w*|abort\w*|selvmord\w*|indlagt"
    r"|indlæg\w*|operation\w*|operer\w*|sklerose\w*|diabetes|epilep\w*|skizofren\w*|bipolar\w*"
    r"|spiseforstyr\w*|hjertesyg\w*|hospital\w*"
    r"|sick|illness|diagnosed|anxiety|cancer|medication|pregnan\w*|suicid\w*|surgery)\b",
    re.IGNORECASE,
)
_LEAP_YEAR: Final = 2000


def care_for(text: str) -> frozenset[Care]:
    """Return what somebody may want to think of before they send ``text``."""
    found = set()
    if any(_is_a_day(*match.groups()[:2]) for match in _CPR.finditer(text)):
        found.add(Care.CPR_NUMBER)
    if any(
        _SOMEBODY.search(sentence) and _HEALTH.search(sentence)
        for sentence in _SENTENCE.split(text)
    ):
        found.add(Care.HEALTH_OF_OTHERS)
    return frozenset(found)


def _is_a_day(day: str, month: str) -> bool:
    try:
        date(_LEAP_YEAR, int(month), int(day))
    except ValueError:
        return False
    return True
