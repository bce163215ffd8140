"""Profil: language, look, how one is told of news, one's logins, and the way out."""

from typing import Final

import flet as ft

from i18n.translator import LANGUAGES
from portal.contract.people import Role
from views import theme
from views.acting import use_act
from views.citizen.welcome import ADDRESS as WELCOME
from views.components.buttons import SecondaryLink, outside_button
from views.components.cards import card, section, stack
from views.components.fields import Choice
from views.components.page import Page
from views.components.states import FailureNote, login_address
from views.components.text import own_words, quiet
from views.context import use_app
from views.guard import component
from views.loading import Ready, use_loaded
from views.look_choices import LookChoices
from views.notification_choices import NotificationChoices
from views.sessions import ADDRESS as SESSIONS

LOG_OUT: Final = "/logout"
"""A page of the web host with a form: leaving is a POST, which a link cannot be."""

ACCESSIBILITY: Final = "/accessibility"
PRIVACY: Final = "/privacy"


@component
def ProfileScreen() -> ft.Control:
    """Draw who is signed in, the choice of language, and "Log ud"."""
    app = use_app()
    t = app.t
    is_citizen = app.viewer.role is Role.CITIZEN
    return Page(
        t("Profil"),
        card(
            quiet(t("Du er logget ind som")),
            own_words(app.viewer.name or t("Dit navn er ikke oplyst"), strong=True, title=True),
        ),
        LanguageChoice(),
        LookChoices(),
        NotificationChoices(),
        section(
            t("Dit login"),
            stack(
                SecondaryLink(t("Hvor du er logget ind"), SESSIONS),
                OtherRole(),
                spacing=theme.SPACE_3,
            ),
        ),
        section(
            t("Om siden"),
            stack(
                *([SecondaryLink(t("Se velkomsten igen"), WELCOME)] if is_citizen else []),
                outside_button(t("Tilgængelighed"), ACCESSIBILITY),
                outside_button(t("Dine oplysninger"), PRIVACY),
                spacing=theme.SPACE_3,
            ),
        ),
        outside_button(t("Log ud"), LOG_OUT, ft.Icons.LOGOUT, primary=True),
    )


@component
def OtherRole() -> ft.Control:
    """Draw the way to the other side for somebody who is both citizen and contact person."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.me)
    roles = loaded.state.value.roles if isinstance(loaded.state, Ready) else ()
    if app.viewer.role is Role.CITIZEN and Role.CONTACT_PERSON in roles:
        address = login_address(Role.CONTACT_PERSON, "/work", fresh=False)
        return outside_button(t("Log ind som kontaktperson"), address)
    if app.viewer.role is Role.CONTACT_PERSON and Role.CITIZEN in roles:
        address = login_address(Role.CITIZEN, "/", fresh=False)
        return outside_button(t("Log ind som borger"), address)
    return ft.Container(height=0)


@component
def LanguageChoice() -> ft.Control:
    """Draw the languages, each by its own name; a choice works at once."""
    app = use_app()
    t = app.t
    act = use_act()

    async def choose(code: str) -> None:
        await act.run(lambda _: app.choose_language(code), code)

    return section(
        t("Sprog"),
        Choice(t("Vælg det sprog, du vil læse"), tuple(LANGUAGES.items()), app.language, choose),
        *([FailureNote(act.failure)] if act.failure else []),
    )
