"""Hvor du er logget ind: one's own logins, each with a way to end it, and all of them at once."""

from collections.abc import Callable
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.people import Role
from views import theme
from views.acting import use_act
from views.components.buttons import SecondaryButton, outside_button
from views.components.cards import badge, card, section, stack
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, quiet
from views.context import use_app
from views.guard import component
from views.loading import use_loaded
from views.login import OwnLogin, OwnLogins, OwnPower

ADDRESS: Final = "/profile/sessions"
LOG_OUT_EVERYWHERE: Final = "/logout?everywhere=1"


@component
def SessionsScreen() -> ft.Control:
    """Draw the logins."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.login.own_logins)
    return Page(
        t("Hvor du er logget ind"),
        shown(loaded, lambda own: Logins(own, loaded.reload)),
        back=(t("Profil"), "/profile"),
    )


@component
def Logins(own: OwnLogins, reload: Callable[[], None]) -> ft.Control:
    """Draw each login, then the way out of all."""
    t = use_app().t
    return stack(
        body(t("Kender du ikke et sted på listen, så log ud dér. Skift også din kode til MitID.")),
        *(LoginCard(login, reload, key=login.id) for login in own.logins),
        *([_powers(t, own.powers)] if own.powers else []),
        outside_button(t("Log ud alle steder"), LOG_OUT_EVERYWHERE, ft.Icons.LOGOUT, primary=True),
        spacing=theme.SPACE_4,
    )


@component
def LoginCard(login: OwnLogin, reload: Callable[[], None], key: str | None = None) -> ft.Control:
    """Draw one login: the device, since when, and "Log ud her" unless it is this one."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    device = login.device or t("Ukendt enhed")

    async def end() -> None:
        await act.run(lambda _: app.login.end_login(login.id), login.id)
        reload()

    as_whom = t("Kontaktperson") if login.role is Role.CONTACT_PERSON else t("Borger")
    since = formats.moment_in_words(t, login.since)
    return card(
        body(device, strong=True),
        quiet(t("{role}, logget ind {moment}", role=as_whom, moment=since)),
        badge(t("Denne enhed"))
        if login.here
        else SecondaryButton(t("Log ud her"), end, about=device, doing=t("Logger ud …")),
        *([FailureNote(act.failure)] if act.failure else []),
    )


def _powers(t: Translator, powers: tuple[OwnPower, ...]) -> ft.Control:
    return section(
        t("Fuldmagter"),
        body(t("MitID fortalte om disse fuldmagter, da du loggede ind.")),
        *(
            card(
                body(t("Fra {holder}", holder=power.holder or t("ukendt")), strong=True),
                quiet(
                    t("Du kan bruge den her.")
                    if power.allowed
                    else t("Den giver ikke adgang til noget her.")
                ),
            )
            for power in powers
        ),
    )
