"""Where the pictures and transcripts of the screens are kept, and how they are made anew."""

from collections.abc import Iterator
from pathlib import Path

from tests.e2e.screens import EVERYBODY, SIGNED_OUT, Screen

DOCS = Path(__file__).parents[2] / "docs"
SCREENS = DOCS / "screens"
TRANSCRIPTS = DOCS / "transcripts"
CONTACT_SHEET = DOCS / "screens.md"

ANEW = "python -m tests.e2e.pictures"
"""The command that makes all of them anew."""

_PARTS = {
    None: "Before the login",
    "mette": "A citizen with everything",
    "anne-sofie": "A first week, and a long name",
    "bent": "No plan",
    "lone": "A plan is asked for",
    "louise": "The contact person",
    "jonas": "Written at the same time as somebody else, without a right, and very long",
}


def contact_sheet() -> str:
    """Return docs/screens.md: every picture, by screen, with its transcript."""
    return "\n".join(_sheet()) + "\n"


def _sheet() -> Iterator[str]:
    yield "# The screens"
    yield ""
    yield (
        "Each screen and important state on a phone: light, dark, and in Arabic. The transcript is "
        "what a screen reader says. All are made from the sample municipality on a day that stands "
        f"still. `{ANEW}` makes them anew."
    )
    left_out = [screen for screen in _everything() if not screen.still]
    yield ""
    yield (
        "Not among them, because they tell what the time of the database is: "
        + ", ".join(f"“{screen.heading}”" for screen in left_out)
        + "."
    )
    for person, screens in {None: SIGNED_OUT, **EVERYBODY}.items():
        yield from ("", f"## {_PARTS[person]}", "")
        yield "| screen | light | dark | Arabic |"
        yield "|---|---|---|---|"
        yield from (_row(screen) for screen in screens if screen.still)
        english = [screen for screen in screens if screen.main or screen.english]
        if english:
            yield ""
            yield "In English: " + " · ".join(
                f"[{screen.picture}](screens/{screen.picture}.en.webp)" for screen in english
            )
        wide = [screen for screen in screens if screen.wide]
        if wide:
            yield ""
            yield "With room, in English: " + " · ".join(
                f"[{screen.picture}](screens/{screen.picture}.wide.webp)" for screen in wide
            )


def _row(screen: Screen) -> str:
    name = screen.picture
    pictures = " | ".join(_picture(f"{name}.{look}") for look in ("da", "dark", "ar"))
    return f"| {name}<br>[transcript](transcripts/{name}.txt) | {pictures} |"


def _picture(name: str) -> str:
    return f'<img src="screens/{name}.webp" width="195" alt="{name}" loading="lazy">'


def _everything() -> Iterator[Screen]:
    yield from SIGNED_OUT
    for screens in EVERYBODY.values():
        yield from screens
