"""Skriv under: the second person reads what somebody has said yes to, and signs or says no."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import flet as ft

from portal.contract.actions import Action
from portal.contract.consents import Consent, ConsentText, SignConsent
from views import theme, words
from views.acting import use_act
from views.addresses import use_id
from views.citizen.sharing.facts import consent_facts, exact_words, state_text
from views.citizen.sharing.login import log_in_again
from views.components.buttons import PrimaryButton, SecondaryButton, SecondaryLink, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Ready, use_loaded

ROUTE: Final = "/sharing/:consent_id/sign"


def sign_address(consent: Consent) -> str:
    """Return where ``consent`` is signed."""
    return f"/sharing/{consent.id}/sign"


@component
def SignScreen() -> ft.Control:
    """Draw the page for the consent that the address names."""
    t = use_app().t
    consent_id = use_id("consent_id")
    if consent_id is None:
        return Page(t("Skriv under"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _SignPage(consent_id, key=str(consent_id))


@component
def _SignPage(consent_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    loaded = use_loaded(lambda: app.client.consent(consent_id))
    too_old, show_too_old = ft.use_state(initial=False)
    back = (app.t("Deling"), "/sharing")
    if too_old and isinstance(loaded.state, Ready):
        title = app.t("Log ind igen for at skrive under")
        return Page(title, *log_in_again(app.t, sign_address(loaded.state.value)), back=back)

    def draw(consent: Consent) -> ft.Control:
        return Signing(consent, lambda: show_too_old(True))

    known = loaded.state.value if isinstance(loaded.state, Ready) else None
    title = words.consent_title(app.t, known.text) if known else app.t("Skriv under")
    return Page(title, shown(loaded, draw), back=back)


@component
def Signing(consent: Consent, on_too_old: Callable[[], None]) -> ft.Control:
    """Draw what the consent says, and both answers."""
    app = use_app()
    t = app.t
    sign, refuse = use_act(once=True), use_act(once=True)

    async def say_yes() -> None:
        refuse.forgive()
        command = _signature(consent.text)
        signed = await sign.run(
            lambda key: app.client.sign_consent(consent.id, command, key), command
        )
        if signed:
            await app.navigate(f"/sharing/{consent.id}/receipt")

    async def say_no() -> None:
        sign.forgive()
        ended = await refuse.run(
            lambda key: app.client.withdraw_consent(consent.id, key), consent.id
        )
        if ended:
            await app.navigate(f"/sharing/{consent.id}/receipt")

    failure = sign.failure or refuse.failure

    def notice_old_login() -> None:
        if failure and failure.kind is FailureKind.STEP_UP:
            on_too_old()

    ft.use_effect(notice_old_login, dependencies=[failure])
    if not consent.may(Action.SIGN):
        return stack(
            notice(NoticeKind.INFO, t("Samtykket venter ikke på dig mere.")),
            SecondaryLink(t("Se samtykket"), f"/sharing/{consent.id}"),
            spacing=theme.SPACE_4,
        )
    return stack(
        body(state_text(t, consent) or ""),
        card(consent_facts(t, consent)),
        *exact_words(t, consent.text),
        section(
            t("Dit svar"),
            body(t("Siger du nej, gælder samtykket ikke. Så ser ingen mere, end de må nu.")),
            *([FailureNote(failure)] if failure else []),
            button_row(
                PrimaryButton(t("Skriv under"), say_yes),
                SecondaryButton(t("Sig nej"), say_no),
            ),
        ),
        spacing=theme.SPACE_5,
    )


def _signature(text: ConsentText) -> SignConsent:
    """Return the signature under the very words that are on the screen."""
    return SignConsent(
        text_version=text.version, text_language=text.language, text_sha256=text.sha256
    )
