"""How a consent is told in a few facts: what, from whom, to whom, for what, how long."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import SOURCE, Translator
from portal.contract.actions import Action
from portal.contract.consents import (
    Category,
    Consent,
    ConsentKind,
    ConsentState,
    ConsentText,
    Recipient,
    ToPerson,
)
from portal.contract.people import Administration
from views import theme, words
from views.components.cards import badge, section, stack
from views.components.text import body, fact_line, isolated, quiet

_SOON: Final = timedelta(days=30)


def consent_facts(t: Translator, consent: Consent) -> ft.Control:
    """Return the facts that every list and page tells about a consent."""
    lines = (fact_line(name, value) for name, value in told(t, consent))
    return stack(*lines, spacing=theme.SPACE_1)


def told(t: Translator, consent: Consent) -> tuple[tuple[str, str], ...]:
    """Return these facts as names and values."""
    return (
        (t("Hvad"), what(t, consent.categories)),
        (t("Fra"), from_whom(t, consent.kind, consent.source)),
        (t("Til"), to_whom(t, consent.recipient)),
        *(((t("Sag"), isolated(consent.case)),) if consent.case else ()),
        (t("Hvorfor"), consent.purpose),
        (t("Hvornår"), formats.period(t, consent.valid_from, consent.valid_until)),
    )


def state_line(t: Translator, consent: Consent) -> ft.Control | None:
    """Return ``state_text``, an end that is near as a badge."""
    text = state_text(t, consent)
    if text is None or consent.state is not ConsentState.ACTIVE:
        return quiet(text) if text else None
    return ft.Row(controls=[badge(text, strong=True)])


def state_text(t: Translator, consent: Consent) -> str | None:
    """Return that a consent waits, ends soon, has ended or was withdrawn; nothing else is said."""
    until = consent.valid_until
    if consent.state is ConsentState.WITHDRAWN and consent.withdrawn_at:
        day = formats.day_in_words(t, consent.withdrawn_at.astimezone(formats.DENMARK).date())
        return t("Du trak det tilbage {day}", day=day)
    if consent.may(Action.SIGN) and consent.given_by:
        name = words.person(t, consent.given_by)
        return t("{name} har sagt ja. Det virker først, når du også skriver under.", name=name)
    if consent.state is ConsentState.WAITING:
        return t("Det virker først, når en mere har skrevet under.")
    if consent.state is ConsentState.EXPIRED:
        return t("Det udløb {day}", day=formats.day_in_words(t, until))
    if until - formats.today() > _SOON:
        return None
    return t("Udløber {when}", when=formats.days_until(t, until))


def what(t: Translator, categories: Iterable[Category]) -> str:
    """Return the types of information: "Familie, aftaler"."""
    return _capital(formats.listed(t, (words.category(t, code) for code in categories)))


def from_whom(t: Translator, kind: ConsentKind, source: Administration | None) -> str:
    """Return where the information comes from."""
    if source:
        return words.administration(t, source)
    return t("Din egen plan") if kind is ConsentKind.FAMILY else t("Alle afdelinger")


def to_whom(t: Translator, recipient: Recipient) -> str:
    """Return who may see."""
    if isinstance(recipient, ToPerson):
        return words.person(t, recipient.person)
    return words.administration(t, recipient.administration)


def exact_words(t: Translator, text: ConsentText) -> list[ft.Control]:
    """Return everything that a person reads before agreeing, as it was written."""
    return [
        section(
            t("Det siger du ja til"),
            stack(body(text.purpose, strong=True), body(text.body), spacing=theme.SPACE_2),
        ),
        section(t("Hvad sker der, hvis du siger nej?"), body(text.consequence)),
        stack(
            quiet(t("Loven bag: {law}", law=text.legal_ground)),
            *(
                [quiet(t("Det er den danske tekst, der gælder."))]
                if text.language != SOURCE
                else []
            ),
            spacing=0,
        ),
    ]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
