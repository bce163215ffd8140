"""Træk samtykke tilbage: what stops now, what stays and why, and the button."""

from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.consents import Consent, ToPerson
from views import theme, words
from views.acting import use_act
from views.addresses import use_id
from views.citizen.sharing.facts import state_line, to_whom, what
from views.components.buttons import PrimaryButton, SecondaryLink, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, heading
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import use_loaded


@component
def WithdrawScreen() -> ft.Control:
    """Draw the page for the consent that the address names."""
    t = use_app().t
    consent_id = use_id("consent_id")
    if consent_id is None:
        return Page(t("Træk samtykke tilbage"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _WithdrawPage(consent_id, key=str(consent_id))


@component
def _WithdrawPage(consent_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.consent(consent_id))
    return Page(
        app.t("Træk samtykke tilbage"),
        shown(loaded, Withdrawing),
        back=(app.t("Deling"), "/sharing"),
    )


@component
def Withdrawing(consent: Consent) -> ft.Control:
    """Draw what withdrawing means; one tap does it."""
    app = use_app()
    t = app.t
    act = use_act(once=True)

    async def withdraw() -> None:
        withdrawn = await act.run(
            lambda key: app.client.withdraw_consent(consent.id, key), consent.id
        )
        if withdrawn:
            await app.navigate(f"/sharing/{withdrawn.id}/receipt")

    if not consent.may(Action.WITHDRAW):
        return _ended(t, consent)
    return stack(
        section(words.consent_title(t, consent.text), *_meaning(t, consent)),
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(
            PrimaryButton(t("Træk samtykke tilbage"), withdraw, doing=t("Trækker tilbage …")),
            SecondaryLink(t("Behold det"), f"/sharing/{consent.id}"),
        ),
        spacing=theme.SPACE_5,
    )


def _meaning(t: Translator, consent: Consent) -> list[ft.Control]:
    who, types = to_whom(t, consent.recipient), what(t, consent.categories)
    return [
        card(
            heading(t("Det stopper nu"), 3),
            body(t("{who} kan ikke længere se dette: {types}.", who=who, types=types)),
            body(t("Det gælder, så snart du trykker på knappen.")),
        ),
        card(heading(t("Det bliver, og derfor"), 3), *map(body, _what_stays(t, consent))),
        card(heading(t("Hvad sker der så?"), 3), body(consent.text.consequence)),
    ]


def _what_stays(t: Translator, consent: Consent) -> list[str]:
    if isinstance(consent.recipient, ToPerson):
        seen = t(
            "Det, {name} allerede har set, kan ingen tage tilbage.",
            name=to_whom(t, consent.recipient),
        )
    else:
        seen = t(
            "Det, kommunen allerede har læst eller skrevet i sagen, kan den som regel ikke slette. "
            "Loven siger, at det skal blive i sagen."
        )
    return [seen, t("Din kvittering bliver også, så du altid kan se, hvad du sagde ja til.")]


def _ended(t: Translator, consent: Consent) -> ft.Control:
    state = state_line(t, consent)
    return stack(
        notice(NoticeKind.INFO, t("Samtykket gælder ikke mere. Du behøver ikke gøre noget.")),
        *([state] if state else []),
        SecondaryLink(t("Se samtykket"), f"/sharing/{consent.id}"),
        spacing=theme.SPACE_4,
    )
