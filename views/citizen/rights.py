"""Mine rettigheder: everything about oneself as a file, and the ways to see, decide and correct."""

from dataclasses import dataclass

import flet as ft

from i18n.translator import Translator
from views import theme
from views.components.buttons import LinkButton, SecondaryLink, button_row, outside_button
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.page import Page
from views.components.text import body, heading, quiet
from views.context import use_app
from views.guard import component


@dataclass(frozen=True, slots=True)
class Form:
    """A form that one can have everything in: what it is good for, and where it is fetched."""

    title: str
    text: str
    button: str
    address: str


def forms(t: Translator) -> tuple[Form, ...]:
    """Return the forms, the one for people first. The web host makes each anew."""
    return (
        Form(
            t("Til at læse"),
            t("En fil, du kan læse, gemme og skrive ud."),
            t("Hent som PDF"),
            "/export/pdf",
        ),
        Form(
            t("Til at flytte med"),
            t("En fil, som andre programmer kan læse. Den hedder JSON."),
            t("Hent som JSON"),
            "/export/json",
        ),
        Form(
            t("Til læge og sygehus"),
            t("En fil i den form, som sundhedsvæsenet bruger. Den hedder FHIR."),
            t("Hent som FHIR"),
            "/export/fhir",
        ),
    )


def what_is_in_it(t: Translator) -> str:
    """Return what the files hold."""
    return t(
        "Du får alt, hvad du selv kan se her: din plan, dine mål, dine beskeder og dine "
        "samtykker. Du får også listen over dem, der har læst om dig."
    )


def careful(t: Translator) -> str:
    """Return what to mind with a file."""
    return t("Filen er privat. Gem den et sted, hvor kun du kan åbne den.")


def correcting(t: Translator) -> str:
    """Return what to do where something is wrong."""
    return t("Skriv til din kontaktperson. Kommunen skal svare dig, også når svaret er nej.")


@component
def RightsScreen() -> ft.Control:
    """Draw what one has a right to, and the ways there."""
    t = use_app().t
    return Page(
        t("Mine rettigheder"),
        section(
            t("Hent alt om dig"),
            body(what_is_in_it(t)),
            *(_form(one, first=not number) for number, one in enumerate(forms(t))),
            notice(NoticeKind.INFO, careful(t)),
            quiet(t("Er der meget, kan det tage et minut.")),
        ),
        section(
            t("Er noget forkert?"),
            body(correcting(t)),
            button_row(SecondaryLink(t("Skriv besked"), "/messages/new")),
        ),
        section(
            t("Se og bestem selv"),
            stack(
                LinkButton(t("Hvem har set mine oplysninger"), "/log"),
                LinkButton(t("Deling"), "/sharing"),
                spacing=theme.SPACE_1,
            ),
        ),
    )


def _form(form: Form, *, first: bool) -> ft.Control:
    return card(
        heading(form.title, 3),
        body(form.text),
        outside_button(form.button, form.address, ft.Icons.DOWNLOAD_OUTLINED, primary=first),
    )
