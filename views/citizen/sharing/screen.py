"""Deling: what the citizen lets whom see, what has ended, and the way to give and to withdraw."""

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.consents import Consent, ConsentList, ConsentState
from views import theme, words
from views.citizen.sharing.facts import consent_facts, state_line
from views.citizen.sharing.reading import Sharing, read_sharing
from views.citizen.sharing.sign import sign_address
from views.components.buttons import LinkButton, PrimaryLink, SecondaryLink, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import body, heading
from views.context import use_app
from views.guard import component
from views.loading import use_loaded


@component
def SharingScreen() -> ft.Control:
    """Draw all consents, those that work first."""
    app = use_app()
    loaded = use_loaded(lambda: read_sharing(app.client), on={"consent"})
    return Page(app.t("Deling"), shown(loaded, lambda found: _consents(app.t, found)))


def _consents(t: Translator, sharing: Sharing) -> ft.Control:
    found = sharing.own
    parts: list[ft.Control] = [
        stack(
            body(t("Her bestemmer du, hvem der må se noget om dig. Du kan altid sige nej igen.")),
            *_way_to_give(t, found),
            spacing=theme.SPACE_4,
        )
    ]
    if sharing.to_sign:
        to_sign = paged(sharing.to_sign, lambda one: _card(t, one))
        parts.append(section(t("Venter på dig"), to_sign))
    if not found.consents:
        parts.append(empty(t("Du har ikke givet et samtykke endnu. Ingen ser mere, end de må.")))
    for title, state in (
        (t("Venter på underskrift"), ConsentState.WAITING),
        (t("Gælder nu"), ConsentState.ACTIVE),
        (t("Udløbet"), ConsentState.EXPIRED),
        (t("Trukket tilbage"), ConsentState.WITHDRAWN),
    ):
        in_state = (one for one in found.consents if one.state is state)
        if here := [one for one in in_state if one not in sharing.to_sign]:
            parts.append(section(title, paged(here, lambda one: _card(t, one))))
    return stack(*parts, spacing=theme.SPACE_6)


def _way_to_give(t: Translator, found: ConsentList) -> list[ft.Control]:
    if found.may_give:
        return [PrimaryLink(t("Giv samtykke"), "/sharing/new", ft.Icons.ADD)]
    ask = LinkButton(t("Gå til forsiden"), "/")
    return [notice(NoticeKind.INFO, t("Du kan give samtykke, når du har en plan."), ask)]


def _card(t: Translator, consent: Consent) -> ft.Control:
    about = words.consent_title(t, consent.text)
    state = state_line(t, consent)
    ways = [LinkButton(t("Se samtykket"), f"/sharing/{consent.id}", about=about)]
    if consent.may(Action.SIGN):
        ways = [SecondaryLink(t("Læs og svar"), sign_address(consent), about=about)]
    elif consent.may(Action.WITHDRAW):
        address = f"/sharing/{consent.id}/withdraw"
        ways.append(SecondaryLink(t("Træk samtykke tilbage"), address, about=about))
    return card(
        heading(about, 3),
        *([state] if state else []),
        consent_facts(t, consent),
        button_row(*ways),
    )
