"""Says texts in the reader's language; the Danish text is the key. For views and the web host."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Final, Literal

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from i18n.direction import isolated_in

SOURCE: Final = "da"
"""The language that texts are written in."""

LANGUAGES: Final = {
    "da": "Dansk",
    "en": "English",
    "ar": "العربية",
    "uk": "Українська",
    "pl": "Polski",
    "tr": "Türkçe",
    "so": "Soomaali",
    "fa": "فارسی",
}
"""Languages to choose from, each by its own name. Each catalog is complete: the check says so."""

LOCALES: Final = Path(__file__).parent / "locales"

_REGIONS: Final = {"en": "en_GB"}

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Translator:
    """Says a Danish text in one language: ``t("Hej {name}", name=name)``.

    A text that a catalog does not have is said in Danish. A value that runs the other way than
    the language, such as a telephone number in Arabic, is isolated from the words around it.
    """

    language: str
    locale: Locale
    direction: Direction
    _texts: dict[str, str | tuple[str, ...]]
    _plural_form: Callable[[int], int]

    def __call__(self, text: str, **values: object) -> str:
        """Return ``text`` in this language, with ``{name}`` replaced by ``values``."""
        found = self._texts.get(text, text)
        return self._filled(found if isinstance(found, str) else found[0], values)

    def plural(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Return the form that fits ``n``; ``{n}`` is the number."""
        found = self._texts.get(singular)
        if isinstance(found, tuple):
            text = found[min(self._plural_form(n), len(found) - 1)]
        else:
            text = singular if n == 1 else plural
        return self._filled(text, {"n": n, **values})

    def _filled(self, text: str, values: dict[str, object]) -> str:
        right_to_left = self.direction == "rtl"
        fitting = {
            name: isolated_in(value, right_to_left=right_to_left)
            if isinstance(value, str)
            else value
            for name, value in values.items()
        }
        return text.format_map(fitting) if fitting else text


@cache
def translator(language: str) -> Translator:
    """Return the translator for a language of ``LANGUAGES``; Danish for any other."""
    code = language if language in LANGUAGES else SOURCE
    catalog = Catalog(locale=code) if code == SOURCE else read_catalog(code)
    locale = Locale.parse(_REGIONS.get(code, code))
    return Translator(
        language=code,
        locale=locale,
        direction="rtl" if locale.text_direction == "rtl" else "ltr",
        _texts=_texts(catalog),
        _plural_form=c2py(catalog.plural_expr),
    )


def catalog_path(language: str) -> Path:
    """Return where the catalog of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "enplan.po"


def catalogs() -> list[str]:
    """Return the languages that have a catalog, also those that are not complete yet."""
    return sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/enplan.po"))


def read_catalog(language: str) -> Catalog:
    """Return the catalog of a language as it is written on disk."""
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language)


def said_in(message: Message) -> tuple[str, ...]:
    """Return the translation of a message: one text, or one for each plural form."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _texts(catalog: Catalog) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        said = said_in(message)
        if not message.id or message.fuzzy or not all(said):
            continue
        if isinstance(message.id, str):
            found[message.id] = said[0]
        else:
            found[message.id[0]] = said
    return found
