"""Which way a text runs, and how it stands unharmed in one that runs the other way.

Used by the translator for what it fills in, and by views for what people wrote.
"""

import unicodedata
from typing import Final

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
RIGHT_TO_LEFT_ISOLATE: Final = "\u2067"
END_OF_ISOLATE: Final = "\u2069"

_WITHOUT_MARKS: Final = dict.fromkeys(
    map(ord, (LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, END_OF_ISOLATE))
)


def is_right_to_left(text: str) -> bool:
    """Tell the direction of ``text`` by its first strong character (UAX 9, rules P2 and P3)."""
    return _first_strong(text) in {"R", "AL"}


def has_right_to_left(text: str) -> bool:
    """Tell whether any letter of ``text`` runs from right to left."""
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def isolated_in(text: str, *, right_to_left: bool) -> str:
    """Return ``text`` with marks where it runs the other way than the text around it.

    A telephone number has no direction of its own and runs from left to right. Each line is
    marked by itself, because an isolate ends with its paragraph.
    """
    inner = is_right_to_left(text)
    if inner == right_to_left or not text.strip() or _is_isolated(text):
        return text
    start = RIGHT_TO_LEFT_ISOLATE if inner else LEFT_TO_RIGHT_ISOLATE
    return "\n".join(
        f"{start}{line}{END_OF_ISOLATE}" if line.strip() else line for line in text.split("\n")
    )


def led_in(text: str) -> str:
    """Return left-to-right ``text`` for a field that runs from right to left.

    A mark leads each line and is not ended: what is typed at the end belongs to it too.
    """
    return "\n".join(
        f"{LEFT_TO_RIGHT_ISOLATE}{line}" if line.strip() else line for line in text.split("\n")
    )


def without_marks(text: str) -> str:
    """Return ``text`` without the marks of this module: somebody copied what they read."""
    return text.translate(_WITHOUT_MARKS)


def _is_isolated(text: str) -> bool:
    inside = text[1:-1]
    return (
        text[0] in {LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE}
        and text[-1] == END_OF_ISOLATE
        and not any(mark in inside for mark in map(chr, _WITHOUT_MARKS))
    )


def _first_strong(text: str) -> str:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction
    return ""
