"""One consent with everything about it, and its receipt after giving or withdrawing."""

from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.consents import Consent, ConsentState
from views import theme, words
from views.addresses import use_id
from views.citizen.sharing.facts import consent_facts, exact_words, state_line
from views.citizen.sharing.sign import sign_address
from views.components.buttons import PrimaryLink, SecondaryLink, outside_button
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, fact, heading, own_words, quiet
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Ready, use_loaded
from views.viewer import Viewer


@component
def ConsentScreen() -> ft.Control:
    """Draw the consent that the address names."""
    t = use_app().t
    consent_id = use_id("consent_id")
    if consent_id is None:
        return Page(t("Samtykke"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _ConsentPage(consent_id, key=str(consent_id))


@component
def ReceiptScreen() -> ft.Control:
    """Draw the receipt of the consent that the address names."""
    t = use_app().t
    consent_id = use_id("consent_id")
    if consent_id is None:
        return Page(t("Kvittering"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _ReceiptPage(consent_id, key=str(consent_id))


@component
def _ConsentPage(consent_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.consent(consent_id), on={"consent"})
    known = loaded.state.value if isinstance(loaded.state, Ready) else None
    return Page(
        words.consent_title(t, known.text) if known else t("Samtykke"),
        shown(loaded, lambda consent: _everything(t, consent, app.viewer)),
        back=(t("Deling"), "/sharing"),
    )


@component
def _ReceiptPage(consent_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.consent(consent_id))
    return Page(
        t("Kvittering"),
        shown(loaded, lambda consent: _receipt(t, consent, app.viewer)),
        PrimaryLink(t("Tilbage til Deling"), "/sharing"),
    )


def _everything(t: Translator, consent: Consent, viewer: Viewer) -> ft.Control:
    state = state_line(t, consent)
    address = f"/sharing/{consent.id}/withdraw"
    withdraw = SecondaryLink(t("Træk samtykke tilbage"), address)
    if consent.may(Action.SIGN):
        withdraw = PrimaryLink(t("Læs og svar"), sign_address(consent))
    return stack(
        *([state] if state else []),
        card(consent_facts(t, consent)),
        *([withdraw] if consent.may(Action.WITHDRAW) else []),
        *exact_words(t, consent.text),
        section(
            how_title(t, consent, viewer),
            card(*_proof(t, consent, viewer)),
            receipt_button(t, consent),
        ),
        spacing=theme.SPACE_5,
    )


def _receipt(t: Translator, consent: Consent, viewer: Viewer) -> ft.Control:
    if consent.state is ConsentState.WITHDRAWN:
        said = t("Dit samtykke er trukket tilbage. Det gælder ikke mere.")
        what_next = t("Du kan altid give det igen. Kvitteringen ligger under Deling.")
    elif consent.state is ConsentState.WAITING:
        said = t("Dit ja er gemt. Samtykket virker først, når en mere har skrevet under.")
        what_next = t("Du kan altid trække det tilbage. Det gør du under Deling.")
    else:
        said = t("Dit samtykke er givet. Det gælder fra nu af.")
        what_next = t("Du kan altid trække det tilbage. Det gør du under Deling.")
    return stack(
        notice(NoticeKind.SUCCESS, said),
        card(
            heading(words.consent_title(t, consent.text), 2),
            consent_facts(t, consent),
            *_proof(t, consent, viewer),
        ),
        receipt_button(t, consent),
        body(what_next),
        spacing=theme.SPACE_5,
    )


def receipt_button(t: Translator, consent: Consent) -> ft.Control:
    """Return the way to the record as a file, which the web host gives."""
    return outside_button(
        t("Gem kvitteringen som fil"), receipt_address(consent), ft.Icons.DOWNLOAD_OUTLINED
    )


def receipt_address(consent: Consent) -> str:
    """Return where the record is fetched."""
    return f"/receipts/{consent.id}"


def _proof(t: Translator, consent: Consent, viewer: Viewer) -> list[ft.Control]:
    """Return when and how it was given, on which words, and the number of the record."""
    text = consent.text
    withdrawn = consent.withdrawn_at
    other = giver_beside(t, consent, viewer)
    return [
        *([fact(t("Givet af"), other)] if other else []),
        fact(t("Givet"), formats.moment_in_words(t, consent.given_at)),
        *([fact(t("Trukket tilbage"), formats.moment_in_words(t, withdrawn))] if withdrawn else []),
        fact(t("Logget ind med"), _level(t, consent.given_loa)),
        fact(
            t("Teksten, du læste"),
            t(
                "Udgave {version} på {language}",
                version=text.version,
                language=formats.language_name(t, text.language),
            ),
        ),
        stack(quiet(t("Kvitteringens nummer")), own_words(str(consent.id)), spacing=0),
    ]


def giver_beside(t: Translator, consent: Consent, viewer: Viewer) -> str:
    """Return the name of who gave it, where that is somebody else."""
    giver = consent.given_by
    return words.person(t, giver) if giver and giver.id != viewer.person_id else ""


def how_title(t: Translator, consent: Consent, viewer: Viewer) -> str:
    """Return the heading above when and how it was given."""
    return t("Sådan blev det givet") if giver_beside(t, consent, viewer) else t("Sådan gav du det")


def _level(t: Translator, loa: str) -> str:
    return {
        "low": t("MitID, lavt sikringsniveau"),
        "substantial": t("MitID, betydeligt sikringsniveau"),
        "high": t("MitID, højt sikringsniveau"),
    }.get(loa, t("MitID"))
