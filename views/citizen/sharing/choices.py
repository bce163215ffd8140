"""What a person chooses when giving a consent: options, fields of the draft, and the command."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.consents import (
    Category,
    ConsentOffer,
    GiveConsent,
    Recipient,
    ToAdministration,
    ToPerson,
)
from portal.contract.people import Administration
from views import words
from views.citizen.sharing import facts

RECIPIENT: Final = "recipient"
SOURCE: Final = "source"
CATEGORIES: Final = "categories"
CASE: Final = "case"
PERIOD: Final = "period"

_ALL_SOURCES: Final = "all"
_LONGEST: Final = "longest"
_MONTHS: Final = (3, 6, 12)
Options = tuple[tuple[str, str], ...]
"""Pairs of a field's value and its text."""


@dataclass(frozen=True)
class Choices:
    """What has been chosen so far. A ``source`` of None stands for all, where ``source_chosen``."""

    recipient: Recipient | None
    source: Administration | None
    source_chosen: bool
    categories: tuple[Category, ...]
    case: str
    valid_until: date | None


def initial_fields(offer: ConsentOffer) -> dict[str, str]:
    """Return the fields of a form nobody has touched: chosen is only what has no alternative."""
    return {
        RECIPIENT: _only([_recipient_value(one) for one in offer.recipients]),
        SOURCE: _only([code.value for code in offer.sources]),
        CATEGORIES: "",
        CASE: "",
        PERIOD: "",
    }


def choices_of(offer: ConsentOffer, field: Callable[[str], str]) -> Choices:
    """Return what the fields say, as far as ``offer`` still has it and it would have an effect."""
    recipient = next(
        (one for one in offer.recipients if _recipient_value(one) == field(RECIPIENT)), None
    )
    source = next((code for code in offer.sources if code.value == field(SOURCE)), None)
    is_open = offer.source_may_be_open and field(SOURCE) == _ALL_SOURCES
    chosen = field(CATEGORIES).split(",")
    return Choices(
        recipient=recipient,
        source=source,
        source_chosen=bool(source) or is_open or not offer.sources,
        categories=tuple(
            code for code in offer.opens(source, _administration(recipient)) if code in chosen
        ),
        case=field(CASE).strip(),
        valid_until=_periods(offer).get(field(PERIOD)),
    )


def problems_in_choices(t: Translator, offer: ConsentOffer, choices: Choices) -> dict[str, str]:
    """Return what is still to be chosen, in the order of the form; nothing when all is."""
    to = _administration(choices.recipient)
    found = {}
    if choices.recipient is None:
        found[RECIPIENT] = t("Vælg, hvem der må se det")
    if not choices.source_chosen:
        found[SOURCE] = t("Vælg, hvor oplysningerne kommer fra")
    elif to is not None and to is choices.source:
        found[SOURCE] = t("Vælg en anden afdeling end den, der må se oplysningerne")
    if not choices.categories:
        found[CATEGORIES] = t("Vælg mindst én slags oplysninger")
    if offer.case_needed and not choices.case:
        found[CASE] = t("Skriv, hvilken sag det handler om")
    if choices.valid_until is None:
        found[PERIOD] = t("Vælg, hvor længe det gælder")
    return found


def command_of(offer: ConsentOffer, choices: Choices) -> GiveConsent:
    """Return the consent to the words of ``offer``. Raises ``ValueError`` without a period."""
    if choices.valid_until is None:
        raise ValueError("no period was chosen")
    to = choices.recipient
    return GiveConsent(
        kind=offer.text.kind,
        source=choices.source,
        recipient_administration=to.administration if isinstance(to, ToAdministration) else None,
        recipient_person=to.person.id if isinstance(to, ToPerson) else None,
        categories=choices.categories,
        case=choices.case,
        valid_until=choices.valid_until,
        text_id=offer.text.id,
        text_version=offer.text.version,
        text_language=offer.text.language,
        text_sha256=offer.text.sha256,
    )


def recipient_options(t: Translator, offer: ConsentOffer) -> Options:
    """Return who could be let in."""
    return tuple((_recipient_value(one), facts.to_whom(t, one)) for one in offer.recipients)


def source_options(t: Translator, offer: ConsentOffer) -> Options:
    """Return where the information could come from."""
    options = tuple((code.value, words.administration(t, code)) for code in offer.sources)
    if offer.source_may_be_open:
        return (*options, (_ALL_SOURCES, t("Alle disse afdelinger")))
    return options


def category_options(t: Translator, offer: ConsentOffer, choices: Choices) -> Options:
    """Return the types of information that could be seen with what has been chosen so far."""
    opened = offer.opens(choices.source, _administration(choices.recipient))
    return tuple((code.value, facts.what(t, [code])) for code in opened or offer.categories)


def period_options(t: Translator, offer: ConsentOffer) -> Options:
    """Return until when the consent could work."""
    return tuple((value, _period_text(t, value, day)) for value, day in _periods(offer).items())


def _period_text(t: Translator, value: str, day: date) -> str:
    until = formats.date_in_words(t, day)
    if value == _LONGEST:
        return t("Til {day}", day=until)
    return t.plural("{n} måned, til {day}", "{n} måneder, til {day}", int(value), day=until)


def _periods(offer: ConsentOffer) -> dict[str, date]:
    today = formats.today()
    days = {str(months): _months_on(today, months) for months in _MONTHS}
    fitting = {value: day for value, day in days.items() if day <= offer.longest_until}
    return fitting or {_LONGEST: offer.longest_until}


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _administration(recipient: Recipient | None) -> Administration | None:
    return recipient.administration if isinstance(recipient, ToAdministration) else None


def _recipient_value(recipient: Recipient) -> str:
    if isinstance(recipient, ToPerson):
        return f"person:{recipient.person.id}"
    return f"administration:{recipient.administration}"


def _only(values: list[str]) -> str:
    return values[0] if len(values) == 1 else ""
