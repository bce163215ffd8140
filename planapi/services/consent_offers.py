"""What a citizen can consent to: each kind with the choices that fit it, and nothing else."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planapi.policy.categories import CATEGORY_OF
from planapi.store.consents import Surroundings
from portal.contract.consents import (
    Category,
    ConsentKind,
    ConsentOffer,
    ConsentText,
    GiveConsent,
    Recipient,
    ToAdministration,
    ToPerson,
)
from portal.contract.errors import FieldProblem
from portal.contract.people import Administration

_LONGEST_MONTHS: Final = 12
_CASEWORK: Final = (
    Administration.EMPLOYMENT,
    Administration.ADULT_SOCIAL,
    Administration.FAMILY,
)


@dataclass(frozen=True, slots=True)
class _Choices:
    """What a kind of consent can name, and what it must."""

    sources: tuple[Administration, ...]
    recipients: tuple[Administration, ...]
    categories: tuple[Category, ...]
    source_may_be_open: bool = False
    case_needed: bool = False


# Health is disclosed by a consent of its own (sundhedsloven § 43), never as a part of another.
_CASEWORK_CATEGORIES: Final = (Category.EMPLOYMENT, Category.SOCIAL, Category.FAMILY)
_CHOICES: Final[Mapping[ConsentKind, _Choices]] = {
    ConsentKind.HOLISTIC_PLAN: _Choices(
        _CASEWORK, tuple(Administration), _CASEWORK_CATEGORIES, source_may_be_open=True
    ),
    # § 11 a names from whom and for which case: anything more general would not be valid.
    ConsentKind.COLLECTION: _Choices(
        _CASEWORK, tuple(Administration), _CASEWORK_CATEGORIES, case_needed=True
    ),
    ConsentKind.HEALTH_DISCLOSURE: _Choices(
        (Administration.HEALTH,), _CASEWORK, (Category.HEALTH,)
    ),
    ConsentKind.FAMILY: _Choices((), (), (Category.GOALS,)),
}


def longest_until(today: date) -> date:
    """Return the last day that a consent given today may name: 12 months on, as PostgreSQL adds."""
    year, month = divmod(today.year * 12 + today.month - 1 + _LONGEST_MONTHS, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def offers(
    texts: Iterable[ConsentText], surroundings: Surroundings, today: date
) -> tuple[ConsentOffer, ...]:
    """Return an offer for each text that anybody could receive something by.

    None without a plan: what a consent opens is in a plan.
    """
    if surroundings.plan_id is None:
        return ()
    made = (_offer(text, surroundings, today) for text in texts)
    return tuple(offer for offer in made if offer.recipients)


def _offer(text: ConsentText, surroundings: Surroundings, today: date) -> ConsentOffer:
    choices = _CHOICES[text.kind]
    return ConsentOffer(
        text=text,
        sources=choices.sources,
        source_may_be_open=choices.source_may_be_open,
        recipients=_recipients(text.kind, surroundings),
        categories=choices.categories,
        categories_of={source: (CATEGORY_OF[source],) for source in choices.sources},
        case_needed=choices.case_needed,
        longest_until=longest_until(today),
    )


def _recipients(kind: ConsentKind, surroundings: Surroundings) -> tuple[Recipient, ...]:
    """The contact person's administration first: that is whom people mean."""
    if kind is ConsentKind.FAMILY:
        return tuple(ToPerson(person=relative) for relative in surroundings.relatives)
    administrations = sorted(
        _CHOICES[kind].recipients, key=lambda one: one is not surroundings.contact_administration
    )
    return tuple(ToAdministration(administration=one) for one in administrations)


def problems(command: GiveConsent, offer: ConsentOffer, today: date) -> list[FieldProblem]:
    """Return what of a consent does not fit its offer; nothing when it may be given."""
    found = {
        "source": _source_problem(command, offer),
        "categories": _categories_problem(command, offer),
        "case": "missing" if offer.case_needed and not command.case else None,
        "valid_until": _period_problem(command, offer, today),
        **_recipient_problems(command, offer),
    }
    return [FieldProblem(path=path, code=code) for path, code in found.items() if code]


def _source_problem(command: GiveConsent, offer: ConsentOffer) -> str | None:
    if command.source is None:
        return "missing" if offer.sources and not offer.source_may_be_open else None
    if command.source not in offer.sources:
        return "not_offered"
    return "same_as_recipient" if command.source is command.recipient_administration else None


def _categories_problem(command: GiveConsent, offer: ConsentOffer) -> str | None:
    if len(set(command.categories)) < len(command.categories):
        return "repeated"
    if not set(command.categories) <= set(offer.categories):
        return "not_offered"
    if _source_problem(command, offer):
        return None  # what it would open is not known
    opened = offer.opens(command.source, command.recipient_administration)
    return None if set(command.categories) <= set(opened) else "without_effect"


def _period_problem(command: GiveConsent, offer: ConsentOffer, today: date) -> str | None:
    if command.valid_until < today:
        return "in_the_past"
    return "too_late" if command.valid_until > offer.longest_until else None


def _recipient_problems(command: GiveConsent, offer: ConsentOffer) -> dict[str, str]:
    wanted, unwanted = "recipient_administration", "recipient_person"
    if command.kind is ConsentKind.FAMILY:
        wanted, unwanted = unwanted, wanted
    found = {}
    if getattr(command, unwanted) is not None:
        found[unwanted] = "not_offered"
    chosen = getattr(command, wanted)
    if chosen is None:
        found[wanted] = "missing"
    elif chosen not in {_who(recipient) for recipient in offer.recipients}:
        found[wanted] = "not_offered"
    return found


def _who(recipient: Recipient) -> object:
    match recipient:
        case ToAdministration():
            return recipient.administration
        case ToPerson():
            return recipient.person.id
