"""The states that every screen has: loading, empty, failed, no connection. Words for failures."""

from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlencode

import flet as ft

from i18n.translator import Translator
from portal.contract.people import Role
from views import theme
from views.components.buttons import PrimaryLink, SecondaryButton, outside_button
from views.components.cards import NoticeKind, card, notice, stack
from views.components.text import body
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Failed, Loaded, Loading

Value = TypeVar("Value")

LOGIN: Final = "/auth/login"


def shown(loaded: Loaded[Value], draw: Callable[[Value], ft.Control]) -> ft.Control:
    """Return ``draw`` of what was read, or the state that stands in its place."""
    match loaded.state:
        case Loading():
            return LoadingNote()
        case Failed(failure=failure):
            return FailureNote(failure, loaded.reload)
        case ready if ready.outdated:
            return stack(OutdatedNote(loaded.reload), draw(ready.value), spacing=theme.SPACE_5)
        case ready:
            return draw(ready.value)


@component
def LoadingNote() -> ft.Control:
    """Draw that something is on its way."""
    t = use_app().t
    return ft.Container(
        padding=theme.SPACE_6,
        alignment=ft.Alignment.CENTER,
        content=ft.Row(
            alignment=ft.MainAxisAlignment.CENTER,
            spacing=theme.SPACE_3,
            controls=[
                # Nothing turns: that something comes is said in words, at once.
                ft.Icon(ft.Icons.HOURGLASS_EMPTY, size=theme.ICON_LARGE, color=theme.ACCENT),
                body(t("Henter …")),
            ],
        ),
    )


@component
def FailureNote(failure: Failure, retry: Callable[[], None] | None = None) -> ft.Control:
    """Draw why something did not succeed, and the next step.

    ``retry`` is given where it was a reading; a write is repeated with its own button.
    """
    app = use_app()
    t = app.t
    here = ft.use_route_location()

    async def again() -> None:
        if retry:
            retry()

    ways: list[ft.Control] = []
    if failure.kind in {FailureKind.SIGNED_OUT, FailureKind.STEP_UP}:
        fresh = failure.kind is FailureKind.STEP_UP
        login = login_address(app.viewer.role, here, fresh=fresh)
        ways.append(outside_button(t("Log ind med MitID"), login))
    elif failure.kind is FailureKind.NOT_FOUND:
        ways.append(PrimaryLink(t("Gå til forsiden"), "/"))
    elif retry:
        ways.append(SecondaryButton(t("Prøv igen"), again))
    kind = NoticeKind.WARNING if failure.kind is FailureKind.OFFLINE else NoticeKind.ERROR
    offline_reading = retry and failure.kind is FailureKind.OFFLINE
    text = (
        t("Der er ingen forbindelse lige nu. Prøv igen om lidt.")
        if offline_reading
        else failure_text(t, failure, app.viewer.role)
    )
    return notice(kind, text, *ways)


def login_address(role: Role, back_to: str, *, fresh: bool) -> str:
    """Return where one logs in again and comes back; ``fresh`` asks for MitID in any case."""
    query = {"role": role.value, "next": back_to, **({"prompt": "login"} if fresh else {})}
    return f"{LOGIN}?{urlencode(query)}"


@component
def OutdatedNote(retry: Callable[[], None]) -> ft.Control:
    """Draw that what stands below may have changed."""
    t = use_app().t

    async def again() -> None:
        retry()

    return notice(
        NoticeKind.WARNING,
        t("Der er ingen forbindelse. Du ser det, vi sidst hentede."),
        SecondaryButton(t("Prøv igen"), again),
    )


def empty(text: str, *ways: ft.Control, icon: ft.IconData = ft.Icons.SPA_OUTLINED) -> ft.Control:
    """Return a warm word where nothing is yet, under a picture of it, and what one can do."""
    sign = ft.Container(
        width=theme.ILLUSTRATION,
        height=theme.ILLUSTRATION,
        border_radius=theme.ILLUSTRATION / 2,
        bgcolor=theme.ACCENT_SOFT,
        alignment=ft.Alignment.CENTER,
        content=ft.Icon(icon, size=theme.ILLUSTRATION / 2, color=theme.ACCENT),
    )
    words = ft.Text(text, size=theme.BODY, color=theme.TEXT, text_align=ft.TextAlign.CENTER)
    return card(
        ft.Column(
            spacing=theme.SPACE_4,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            controls=[ft.Semantics(exclude_semantics=True, content=sign), words, *ways],
        )
    )


def stands_now(t: Translator, *what: ft.Control, several_fields: bool = False) -> ft.Control:
    """Return what somebody else has written meanwhile, and that one's own words are still there."""
    advice = (
        t("Din tekst står i felterne. Gem igen, hvis den skal gælde.")
        if several_fields
        else t("Din tekst står i feltet. Gem igen, hvis den skal gælde.")
    )
    return card(body(t("Sådan står der nu:"), strong=True), *what, body(advice))


def failure_text(  # noqa: PLR0911 - one for each kind
    t: Translator, failure: Failure, role: Role
) -> str:
    """Return what went wrong and what to do, in the reader's language."""
    match failure.kind:
        case FailureKind.OFFLINE:
            return t("Der er ingen forbindelse lige nu. Det er ikke gemt endnu. Prøv igen om lidt.")
        case FailureKind.NOT_FOUND:
            # Which of the two it is, the plan API tells nobody who may not know of it.
            return t(
                "Vi kan ikke finde det, du leder efter. "
                "Måske er det slettet, eller du har ikke lov til at se det."
            )
        case FailureKind.REFUSED if role is Role.CONTACT_PERSON:
            return t("Det har du ikke lov til. Måske er du ikke længere borgerens kontaktperson.")
        case FailureKind.REFUSED:
            return t("Det har du ikke lov til. Spørg din kontaktperson, hvis du er i tvivl.")
        case FailureKind.SIGNED_OUT:
            return t("Du er logget ud. Det, du skrev, er gemt. Log ind igen for at gå videre.")
        case FailureKind.STEP_UP:
            return t("Det er længe siden, du loggede ind. Log ind igen for at gå videre.")
        case FailureKind.CONFLICT:
            return t("Det er blevet ændret, mens du skrev. Se det nye, og prøv igen.")
        case FailureKind.INVALID:
            return t("Noget skal rettes, før vi kan gemme.")
        case FailureKind.BROKEN:
            return t(
                "Noget gik galt. Det, du skrev, er gemt. Nummer til hjælp: {reference}",
                reference=failure.reference,
            )
