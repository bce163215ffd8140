"""The order of the Danish alphabet, which the embedded PostgreSQL (built without ICU) lacks."""

import unicodedata
from typing import Final

_LAST_LETTERS: Final = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
"""The three characters that follow z in ASCII. A double a is sorted as it is spelled."""


def danish_order(name: str) -> str:
    """Return what to sort a name by: case aside, accents aside, æ ø å last."""
    kept = unicodedata.normalize("NFC", name).casefold().translate(_LAST_LETTERS)
    return "".join(
        letter for letter in unicodedata.normalize("NFD", kept) if not unicodedata.combining(letter)
    )
