"""``python -m i18n.check``: tells what is wrong in texts and catalogs; exits 1 where anything is.

A text of the code is wrong where it is not said through ``t``, is hard to read, or has an em dash;
a catalog where a message is missing, left over, fuzzy, or does not fit the Danish one.
"""

import sys
from collections.abc import Callable, Iterator
from gettext import c2py
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message

from i18n.literals import literals
from i18n.plain import hard_screens
from i18n.sources import TEMPLATE, extract, written
from i18n.translator import LANGUAGES, SOURCE, read_catalog, said_in

_EM_DASH: Final = "\N{EM DASH}"
_NUMBERS: Final = range(1000)
"""Enough to see which numbers a plural form is for."""


def main() -> int:
    """Write each fault on its own line; return 1 where there is any."""
    found = list(faults())
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


def faults() -> Iterator[str]:
    """Yield what is wrong with the texts in the code, the template and the catalogs."""
    template = extract()
    yield from text_faults(template)
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != written(template):
        yield "i18n/enplan.pot is stale: run python -m i18n.update"
    for language in LANGUAGES:
        if language != SOURCE:
            yield from catalog_faults(language, template, read_catalog(language))


def text_faults(template: Catalog) -> Iterator[str]:
    """Yield what is wrong with the Danish texts themselves."""
    for place, text in literals():
        yield f"{place}: literal text, say it through t(): {text}"
    for screen, lix in hard_screens(template):
        yield f"{screen}: hard to read, LIX {lix:.0f}"
    for message in template:
        if any(_EM_DASH in text for text in _texts_of(message)):
            yield f"em dash: {_key(message)}"


def catalog_faults(language: str, template: Catalog, catalog: Catalog) -> Iterator[str]:
    """Yield what one catalog lacks of ``template``, and what it has too much."""
    keys = {_key(wanted) for wanted in template if wanted.id}
    for wanted in template:
        if not wanted.id:
            continue
        message = catalog.get(_key(wanted))
        for fault in message_faults(catalog, wanted, message):
            yield f"{language}: {fault}: {_key(wanted)}"
    for message in catalog:
        if message.id and _key(message) not in keys:
            yield f"{language}: stale: {_key(message)}"


def message_faults(catalog: Catalog, wanted: Message, message: Message | None) -> Iterator[str]:
    """Yield in a word or two why ``message`` does not say what the template's ``wanted`` says."""
    if message is None or not all(said_in(message)):
        yield "missing"
        return
    if message.fuzzy:
        yield "fuzzy"
    is_plural = not isinstance(wanted.id, str)
    said = said_in(message)
    if is_plural and len(said) != catalog.num_plurals:
        yield f"{len(said)} plural forms of {catalog.num_plurals}"
        return
    optional = _forms_for_one_number(catalog) if is_plural else frozenset[int]()
    names = _names(_texts_of(wanted)[-1])
    for form, text in enumerate(said):
        if _names(text) not in ([names, names - {"n"}] if form in optional else [names]):
            yield "placeholders differ"
            return
    if any(_EM_DASH in text for text in said):
        yield "em dash"


def _forms_for_one_number(catalog: Catalog) -> frozenset[int]:
    """Return the plural forms that need no number: "en dag" is as good as "1 dag"."""
    form_of: Callable[[int], int] = c2py(catalog.plural_expr)
    forms = [form_of(number) for number in _NUMBERS]
    return frozenset(form for form in forms if forms.count(form) == 1)


def _key(message: Message) -> str:
    return _texts_of(message)[0]


def _texts_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


if __name__ == "__main__":
    sys.exit(main())
