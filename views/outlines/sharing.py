"""Outlines of consents: all of them, one with its exact words, and what is on offer."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.consents import (
    Consent,
    ConsentOffer,
    ConsentOffers,
    ConsentState,
    ConsentText,
)
from views import words
from views.citizen.sharing.consent import giver_beside, how_title, receipt_address
from views.citizen.sharing.facts import state_text, told
from views.citizen.sharing.reading import Sharing
from views.citizen.sharing.sign import sign_address
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Tone,
    Words,
    own,
    quiet,
)
from views.viewer import Viewer


def sharing_outline(t: Translator, sharing: Sharing) -> Outline:
    """Return all consents, those that wait for the person and those that work first."""
    found = sharing.own
    intro = t("Her bestemmer du, hvem der må se noget om dig. Du kan altid sige nej igen.")
    blocks: list[Block] = [Words(intro)]
    if found.may_give:
        blocks.append(Link(t("Giv samtykke"), "/sharing/new"))
    else:
        blocks.append(Words(t("Du kan give samtykke, når du har en plan.")))
    if sharing.to_sign:
        blocks.append(
            Section(t("Venter på dig"), (Items(tuple(_item(t, one) for one in sharing.to_sign)),))
        )
    if not found.consents:
        text = t("Du har ikke givet et samtykke endnu. Ingen ser mere, end de må.")
        blocks.append(Words(text))
    for title, state in (
        (t("Venter på underskrift"), ConsentState.WAITING),
        (t("Gælder nu"), ConsentState.ACTIVE),
        (t("Udløbet"), ConsentState.EXPIRED),
        (t("Trukket tilbage"), ConsentState.WITHDRAWN),
    ):
        shown_here = (one for one in found.consents if one.state is state)
        if items := tuple(_item(t, one) for one in shown_here if one not in sharing.to_sign):
            blocks.append(Section(title, (Items(items),)))
    return Outline(t("Deling"), tuple(blocks))


def _item(t: Translator, consent: Consent) -> Item:
    state = state_text(t, consent)
    blocks: list[Block] = [Words(state, Tone.STRONG)] if state else []
    blocks.append(Facts(told(t, consent)))
    if consent.may(Action.SIGN):
        about = words.consent_title(t, consent.text)
        blocks.append(Link(t("Læs og svar"), sign_address(consent), about=about))
    elif consent.may(Action.WITHDRAW):
        to = f"/sharing/{consent.id}/withdraw"
        blocks.append(
            Link(t("Træk samtykke tilbage"), to, about=words.consent_title(t, consent.text))
        )
    return Item(words.consent_title(t, consent.text), tuple(blocks), f"/sharing/{consent.id}")


def consent_outline(t: Translator, consent: Consent, viewer: Viewer) -> Outline:
    """Return one consent with everything about it."""
    state = state_text(t, consent)
    other = giver_beside(t, consent, viewer)
    given = [(t("Givet af"), other)] if other else []
    given.append((t("Givet"), formats.moment_in_words(t, consent.given_at)))
    if consent.withdrawn_at:
        given.append((t("Trukket tilbage"), formats.moment_in_words(t, consent.withdrawn_at)))
    given.append((t("Kvitteringens nummer"), str(consent.id)))
    receipt = Link(t("Gem kvitteringen som fil"), receipt_address(consent))
    blocks: list[Block] = [Words(state, Tone.STRONG)] if state else []
    blocks += [
        Facts(told(t, consent)),
        *_exact_words(t, consent.text),
        Section(how_title(t, consent, viewer), (Facts(tuple(given)), receipt)),
    ]
    return Outline(
        words.consent_title(t, consent.text), tuple(blocks), Link(t("Deling"), "/sharing")
    )


def offers_outline(t: Translator, found: ConsentOffers) -> Outline:
    """Return what the citizen can consent to."""
    title, back = t("Giv samtykke"), Link(t("Deling"), "/sharing")
    if not found.offers:
        text = t("Der er ikke noget, du kan give samtykke til lige nu.")
        return Outline(title, (Words(text),), back)
    intro = t("Hvad vil du sige ja til? Du får teksten at læse, før du svarer.")
    offers = (
        Item(
            words.consent_title(t, offer.text),
            (Words(offer.text.purpose),),
            f"/sharing/new/{offer.text.id}",
        )
        for offer in found.offers
    )
    return Outline(title, (Words(intro), Items(tuple(offers))), back)


def offer_outline(t: Translator, offer: ConsentOffer) -> Outline:
    """Return the words of something one can consent to."""
    back = Link(t("Giv samtykke"), "/sharing/new")
    return Outline(offer.text.title, _exact_words(t, offer.text), back)


def _exact_words(t: Translator, text: ConsentText) -> tuple[Block, ...]:
    return (
        Section(t("Det siger du ja til"), (Words(text.purpose, Tone.STRONG), own(text.body))),
        Section(t("Hvad sker der, hvis du siger nej?"), (Words(text.consequence),)),
        quiet(t("Loven bag: {law}", law=text.legal_ground)),
    )
