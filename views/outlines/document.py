"""What an outline consists of: headings, words, facts, lists and links. One template draws any.

Everything is text in the reader's language, nothing is markup. Made by the modules beside this
one, drawn by the web host as HTML and on paper.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode


class Tone(StrEnum):
    """How words are meant."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    NOTICE = "notice"
    OWN = "own"
    """Written by a person: with its line breaks, in its own direction."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere; ``to`` is an address of the portal, a ``tel:`` number, or a map.

    ``about`` says for a screen reader which of several alike it is.
    """

    text: str
    to: str
    about: str = ""
    kind: str = "link"


@dataclass(frozen=True, slots=True)
class Who:
    """A person by name; ``picture`` is an address of the portal, ``initials`` stand behind it."""

    name: str
    initials: str
    picture: str = ""
    kind: str = "who"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    facts: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list; ``to`` is where there is more about it, ``who`` of whom it tells."""

    title: str
    blocks: tuple["Block", ...] = ()
    to: str = ""
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    kind: str = "items"


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading of its own."""

    title: str
    blocks: tuple["Block", ...]
    kind: str = "section"


Block = Words | Link | Who | Facts | Items | Section


@dataclass(frozen=True, slots=True)
class Outline:
    """A screen's main content. ``title`` is its first heading, ``back`` the way back.

    ``more`` leads to what did not fit; where the app comes, it has ways of its own.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    back: Link | None = None
    more: tuple[Link, ...] = ()


def quiet(text: str) -> Words:
    """Return words that matter less."""
    return Words(text, Tone.QUIET)


def own(text: str) -> Words:
    """Return what a person wrote."""
    return Words(text, Tone.OWN)


def notice(text: str) -> Words:
    """Return what one must not overlook."""
    return Words(text, Tone.NOTICE)


def more(text: str, path: str, place: str | None) -> tuple[Link, ...]:
    """Return the way to the page at ``path`` that goes on at ``place``; None is its end."""
    return (Link(text, f"{path}?{urlencode({'more': place})}"),) if place else ()


def phone(text: str, number: str) -> Link:
    """Return a link that calls ``number`` (E.164)."""
    return Link(text, f"tel:{number}")
