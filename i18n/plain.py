"""How hard a text is to read: LIX, and the screens whose Danish is too hard. For ``i18n.check``.

LIX = words / sentences + 100 * words of seven letters or more / words (Björnsson 1968). 25 to 34
is easy. It is meant for running text: headings, labels and lists mislead it and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from babel.messages.catalog import Catalog

HARDEST: Final = 35
ENOUGH_WORDS: Final = 100
"""Fewer words than this say nothing; small modules are judged together with their folder."""

_LONG: Final = 7
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?:](?=\s|$)")
_ABBREVIATION: Final = re.compile(r"\bkl\.|\bnr\.|\bca\.|\bfx\b\.?", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


def lix(texts: Iterable[str]) -> float:
    """Return the LIX of running texts; 0 where there is not a word."""
    words, long, sentences = 0, 0, 0
    for text in map(_readable, texts):
        found = _WORD.findall(text)
        words += len(found)
        long += sum(len(word) >= _LONG for word in found)
        sentences += max(1, len(_SENTENCE_END.findall(text)))
    return words / sentences + 100 * long / words if words else 0


def is_running(text: str) -> bool:
    """Tell whether a text is a sentence rather than a label."""
    return " " in text.strip() and text.rstrip().endswith((".", "!", "?"))


def screens(template: Catalog) -> dict[str, list[str]]:
    """Return the running texts of each module, those with few words under their folder."""
    of_module: dict[str, list[str]] = defaultdict(list)
    for message in template:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text and is_running(text):
            for place, _ in message.locations:
                of_module[place].append(text)
    found: dict[str, list[str]] = defaultdict(list)
    for place, texts in of_module.items():
        large = sum(len(_WORD.findall(text)) for text in texts) >= ENOUGH_WORDS
        found[place if large else str(PurePosixPath(place).parent)] += texts
    return dict(found)


def hard_screens(template: Catalog) -> Iterator[tuple[str, float]]:
    """Yield the screens whose running Danish text is harder than ``HARDEST``."""
    for screen, texts in sorted(screens(template).items()):
        if (hardness := lix(texts)) > HARDEST:
            yield screen, hardness


def _readable(text: str) -> str:
    return _ABBREVIATION.sub("kl", _PLACEHOLDER.sub("navn", text))
