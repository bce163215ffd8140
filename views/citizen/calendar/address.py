"""The private address by which the phone's calendar keeps itself up to date."""

from typing import Final
from urllib.parse import urlsplit

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.calendar import CalendarAddress, IssueCalendarAddress
from views import theme
from views.acting import Act, use_act
from views.components.buttons import (
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    button_row,
    copy_button,
    outside_button,
)
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.fields import Tick
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Loaded, use_loaded

_PATH: Final = "/ics/followed/{secret}.ics"


@component
def CalendarAddressScreen() -> ft.Control:
    """Draw whether there is an address, and what one can do with it."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.calendar_address)
    return Page(
        t("Kalenderen på din telefon"),
        shown(loaded, lambda address: AddressView(address, loaded)),
        back=(t("Kalender"), "/calendar"),
    )


@component
def AddressView(address: CalendarAddress, loaded: Loaded[CalendarAddress]) -> ft.Control:
    """Draw the address once it is issued, else what it would do."""
    app = use_app()
    t = app.t
    act = use_act()
    with_place, show_with_place = ft.use_state(address.with_place)
    # Kept here too: who comes back from the calendar app has been disconnected, and reads anew.
    issued, keep_issued = ft.use_state(address)
    stopped, show_stopped = ft.use_state(initial=False)

    async def choose_place(ticked: bool) -> None:
        show_with_place(ticked)

    async def issue() -> None:
        command = IssueCalendarAddress(with_place=with_place)
        newer = await act.run(
            lambda _: app.client.issue_calendar_address(command, address.version),
            ("issue", address.version),
        )
        if newer:
            keep_issued(newer)
        show_stopped(False)
        _show(loaded, act, newer)

    async def revoke() -> None:
        newer = await act.run(
            lambda _: app.client.revoke_calendar_address(address.version),
            ("revoke", address.version),
        )
        show_stopped(newer is not None)
        _show(loaded, act, newer)

    secret = issued.secret if issued.version == address.version else None
    choice = Tick(t("Vis også, hvor aftalerne er"), with_place, choose_place)
    note = [FailureNote(act.failure)] if act.failure else []
    if not address.may(Action.EDIT):
        return stack(*_meaning(t))
    if not address.active:
        make = PrimaryButton(t("Lav en adresse"), issue, ft.Icons.LINK)
        over = [notice(NoticeKind.SUCCESS, t("Adressen virker ikke mere."))] if stopped else []
        return stack(*over, *_meaning(t), choice, *note, button_row(make), spacing=theme.SPACE_4)
    return stack(
        *([_secret(t, secret)] if secret else [*_meaning(t), _there(t, address)]),
        section(
            t("Lav en ny eller stop"),
            body(t("Laver du en ny adresse, virker den gamle ikke mere.")),
            choice,
            *note,
            button_row(
                SecondaryButton(t("Lav en ny adresse"), issue, ft.Icons.SYNC),
                QuietButton(t("Stop adressen"), revoke, ft.Icons.LINK_OFF, doing=t("Stopper …")),
            ),
        ),
        spacing=theme.SPACE_5,
    )


def _show(loaded: Loaded[CalendarAddress], act: Act, newer: CalendarAddress | None) -> None:
    if newer is not None:
        loaded.replace(newer)
    elif act.failure is None or act.failure.kind is FailureKind.CONFLICT:
        loaded.reload()


def _meaning(t: Translator) -> list[ft.Control]:
    return [
        body(
            t(
                "Du får en adresse, som telefonens kalender selv ser efter. "
                "Flytter en aftale sig, flytter den sig også på telefonen."
            )
        ),
        body(
            t(
                "I kalenderen står der kun ordet Aftale og tiden. Ingen kan se, "
                "hvad det handler om. Del ikke adressen med andre."
            )
        ),
    ]


def _there(t: Translator, address: CalendarAddress) -> ft.Control:
    day = formats.moment_in_words(t, address.issued_at) if address.issued_at else ""
    place = t("Stedet vises.") if address.with_place else t("Stedet vises ikke.")
    return card(
        body(t("Du har en adresse, der virker."), strong=True),
        quiet(t("Lavet {day}.", day=day)),
        quiet(place),
        quiet(t("Adressen vises kun, når den bliver lavet. Har du mistet den, så lav en ny.")),
    )


def _secret(t: Translator, secret: str) -> ft.Control:
    """Return the address itself, which is told only now."""
    page = urlsplit(ft.context.page.url or "")
    scheme = {"ws": "http", "wss": "https"}.get(page.scheme, page.scheme)
    path = _PATH.format(secret=secret)
    address = f"{scheme}://{page.netloc}{path}"
    return stack(
        notice(
            NoticeKind.SUCCESS,
            t("Adressen er klar. Den vises kun nu, så sæt den ind i kalenderen med det samme."),
        ),
        button_row(
            outside_button(
                t("Åbn i kalenderen"),
                f"webcal://{page.netloc}{path}",
                ft.Icons.EVENT_AVAILABLE_OUTLINED,
                primary=True,
            ),
            copy_button(t("Kopiér adressen"), address),
        ),
        card(quiet(t("Adressen")), own_words(address)),
        quiet(
            t("Virker knappen ikke, så vælg at tilføje en kalender med en adresse på telefonen.")
        ),
    )
