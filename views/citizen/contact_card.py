"""The contact person as a card: who, how to reach them, who stands in, who takes over."""

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.people import ContactPerson, Deputy, Handover
from views import theme, words
from views.components.buttons import SecondaryLink, button_row, outside_button
from views.components.cards import NoticeKind, card, notice
from views.components.people import beside_picture, picture_address
from views.components.text import body, fact, isolated, own_words, quiet


def contact_card(
    t: Translator,
    person: ContactPerson,
    deputy: Deputy | None,
    *,
    handover: Handover | None = None,
) -> ft.Control:
    """Return how to reach the contact person today: during an absence, the deputy."""
    reachable = deputy.person if deputy else person
    return card(
        *(_absence(t, person, deputy) if deputy else ()),
        *(_change(t, handover) if handover else ()),
        _who(reachable),
        button_row(
            outside_button(
                t("Ring {phone}", phone=formats.phone(reachable.phone)),
                f"tel:{reachable.phone}",
                ft.Icons.PHONE,
            ),
            SecondaryLink(t("Skriv besked"), "/messages/new", ft.Icons.EDIT_OUTLINED),
        ),
        *_hours(t, reachable),
        quiet(words.reply_time(t, reachable)),
    )


def handover_in_words(t: Translator, handover: Handover) -> str:
    """Return who takes over from whom, and when."""
    names = {
        "coming": isolated(handover.coming.name),
        "leaving": isolated(handover.leaving.name),
        "day": formats.date_in_words(t, handover.on),
    }
    if handover.on > formats.today():
        return t("{coming} bliver din kontaktperson den {day} i stedet for {leaving}.", **names)
    return t("{coming} blev din kontaktperson den {day} i stedet for {leaving}.", **names)


def _who(person: ContactPerson) -> ft.Control:
    return beside_picture(
        person.name,
        picture_address(person.id, person.picture),
        ft.Column(
            spacing=0,
            controls=[body(person.name, strong=True), quiet(person.title), quiet(person.unit)],
        ),
        size=theme.AVATAR_LARGE,
    )


def _absence(t: Translator, person: ContactPerson, deputy: Deputy) -> tuple[ft.Control, ...]:
    return (
        notice(
            NoticeKind.INFO,
            t(
                "{name} er væk til og med {day}. {deputy} hjælper dig imens.",
                name=person.name,
                day=formats.date_in_words(t, deputy.until),
                deputy=deputy.person.name,
            ),
        ),
        *((own_words(deputy.greeting),) if deputy.greeting else ()),
    )


def _change(t: Translator, handover: Handover) -> tuple[ft.Control, ...]:
    return (
        notice(NoticeKind.INFO, handover_in_words(t, handover)),
        *((own_words(handover.greeting),) if handover.greeting else ()),
    )


def _hours(t: Translator, person: ContactPerson) -> tuple[ft.Control, ...]:
    if not person.hours:
        return ()
    return (fact(t("Telefonen er åben"), words.office_hours(t, person.hours)),)
