"""Gives a consent: the form, "Tjek dine svar", and what happens where the login is too old."""

from collections.abc import Callable
from datetime import date
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.consents import ConsentOffer, ConsentOffers
from views import theme
from views.acting import use_act
from views.citizen.sharing import facts
from views.citizen.sharing.choices import (
    Choices,
    choices_of,
    command_of,
    initial_fields,
    problems_in_choices,
)
from views.citizen.sharing.form import ConsentForm
from views.citizen.sharing.login import log_in_again
from views.components.buttons import PrimaryButton, SecondaryLink, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, shown
from views.components.text import body, fact_line, heading
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Ready, use_loaded

ROUTE: Final = "/sharing/new/:offer/:step(check)?"
"""The form, and below it the page that asks whether everything is right."""


@component
def GiveConsentScreen() -> ft.Control:
    """Draw the offer that the address names."""
    app = use_app()
    params = ft.use_route_params()
    offer_id = params.get("offer", "")
    checking = params.get("step") == "check"
    return _Offer(offer_id, app.language, checking, key=f"{offer_id}/{app.language}")


@component
def _Offer(offer_id: str, language: str, checking: bool, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.consent_offers(language))
    back = (t("Giv samtykke"), "/sharing/new")
    if not isinstance(loaded.state, Ready):
        return Page(t("Giv samtykke"), shown(loaded, lambda _: body("")), back=back)
    offer = _find(loaded.state.value, offer_id)
    if offer is None:
        return Page(t("Giv samtykke"), FailureNote(Failure(FailureKind.NOT_FOUND)), back=back)
    return Giving(offer, checking, loaded.reload)


@component
def Giving(offer: ConsentOffer, checking: bool, reload: Callable[[], None]) -> ft.Control:
    """Draw the form or the summary; both work on the same draft."""
    app = use_app()
    t = app.t
    here = f"/sharing/new/{offer.text.id}"
    act = use_act(once=True)
    draft = use_draft(f"consent:{offer.text.id}", initial_fields(offer))
    text_changed, show_text_changed = ft.use_state(initial=False)

    async def check() -> None:
        act.forgive()
        await draft.save()
        await app.navigate(f"{here}/check")

    async def give() -> None:
        command = command_of(offer, choices_of(offer, draft.text))
        given = await act.run(lambda key: app.client.give_consent(command, key), command)
        if given:
            await draft.drop()
            await app.navigate(f"/sharing/{given.id}/receipt")

    async def take_care() -> None:
        """Keep the choices whatever failed, and show the new words where they have changed."""
        if act.failure is None:
            return
        await draft.save()
        if act.failure.kind is FailureKind.CONFLICT:
            show_text_changed(True)
            reload()
            await app.navigate(here)

    ft.use_effect(take_care, dependencies=[act.failure])
    title = offer.text.title
    if not draft.ready:
        return Page(title, LoadingNote())
    choices = choices_of(offer, draft.text)
    if not checking or problems_in_choices(t, offer, choices):
        return Page(
            title,
            *([_changed_text(t)] if text_changed else []),
            ConsentForm(offer, draft, check),
            back=(t("Giv samtykke"), "/sharing/new"),
        )
    if act.failure and act.failure.kind is FailureKind.STEP_UP:
        return _log_in_again(t, here)
    return Page(
        t("Tjek dine svar"),
        *_summary(t, offer, choices),
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(PrimaryButton(t("Giv samtykke"), give), SecondaryLink(t("Ret dine svar"), here)),
        back=(title, here),
    )


def _summary(t: Translator, offer: ConsentOffer, choices: Choices) -> list[ft.Control]:
    lines = [
        fact_line(t("Hvad"), facts.what(t, choices.categories)),
        fact_line(t("Fra"), facts.from_whom(t, offer.text.kind, choices.source)),
        *([fact_line(t("Til"), facts.to_whom(t, choices.recipient))] if choices.recipient else []),
        *([fact_line(t("Sag"), choices.case)] if choices.case else []),
        fact_line(t("Hvorfor"), offer.text.purpose),
        *([fact_line(t("Hvornår"), _until(t, choices.valid_until))] if choices.valid_until else []),
    ]
    return [
        card(
            heading(offer.text.title, 2),
            stack(*lines, spacing=theme.SPACE_1),
        ),
        section(t("Det siger du ja til"), body(offer.text.body)),
        body(t("Du kan trække samtykket tilbage, når du vil. Det tager kun to tryk.")),
    ]


def _until(t: Translator, day: date) -> str:
    return t("Fra i dag til {day}", day=formats.date_in_words(t, day))


def _changed_text(t: Translator) -> ft.Control:
    return notice(
        NoticeKind.WARNING,
        t("Teksten er blevet ændret, mens du læste. Her er den nye. Dine valg er gemt."),
    )


def _log_in_again(t: Translator, here: str) -> ft.Control:
    return Page(
        t("Log ind igen for at give samtykke"),
        body(t("Dine valg er gemt.")),
        *log_in_again(t, f"{here}/check"),
        back=(t("Ret dine svar"), here),
    )


def _find(found: ConsentOffers, offer_id: str) -> ConsentOffer | None:
    return next((offer for offer in found.offers if offer.text.id == offer_id), None)
