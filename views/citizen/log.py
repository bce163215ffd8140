"""Hvem har set mine oplysninger: who read, as visits, newest first; each can be asked about."""

from collections.abc import Awaitable, Callable
from typing import cast

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.access import AccessVisit, AccessVisitList
from portal.contract.rights import AboutAccess, AskAboutAccess, NewRightsRequest, RightsRequest
from views import words
from views.acting import use_act
from views.components.buttons import PrimaryButton, QuietButton, SecondaryButton, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.paging import paged
from views.components.states import FailureNote, LoadingNote, empty, shown
from views.components.text import body, quiet
from views.context import use_app
from views.drafts import use_draft
from views.forms import use_form
from views.guard import component
from views.loading import Loaded, Ready, use_loaded

_LONGEST_QUESTION = 4000

Done = Callable[[RightsRequest], Awaitable[None]]


@component
def LogScreen() -> ft.Control:
    """Draw who read what, when, and on which ground, and what the citizen asked about it."""
    app = use_app()
    loaded = use_loaded(app.client.access_visits)
    return Page(
        app.t("Hvem har set mine oplysninger"),
        shown(loaded, lambda found: Visits(found, loaded)),
        back=(app.t("Overblik"), "/"),
    )


@component
def Visits(found: AccessVisitList, loaded: Loaded[AccessVisitList]) -> ft.Control:
    """Draw the visits read so far, and the way to older ones."""
    app = use_app()
    t = app.t
    act = use_act()

    async def read_older() -> None:
        cursor = found.next_cursor
        older = await act.run(lambda _: app.client.access_visits(cursor), cursor)
        if older:
            visits = (*found.visits, *older.visits)
            loaded.replace(AccessVisitList(visits=visits, next_cursor=older.next_cursor))

    if not found.visits:
        return empty(t("Ingen andre har set dine oplysninger endnu."))
    return stack(
        body(t("Her står, hvem i kommunen der har læst om dig, og hvorfor de måtte.")),
        Questions(),
        *(VisitCard(visit, key=str(visit.newest_entry_id)) for visit in found.visits),
        *([FailureNote(act.failure)] if act.failure else []),
        *([button_row(SecondaryButton(t("Vis ældre"), read_older))] if found.next_cursor else []),
    )


@component
def VisitCard(visit: AccessVisit, *, key: str | None = None) -> ft.Control:
    """Draw who read what, when and why, with a way to ask about it."""
    del key
    t = use_app().t
    is_open, show_open = ft.use_state(initial=False)
    sent, show_sent = ft.use_state(cast("RightsRequest | None", None))

    async def turn() -> None:
        show_open(not is_open)

    async def done(request: RightsRequest) -> None:
        show_sent(request)
        show_open(False)

    asking: list[ft.Control] = []
    if sent:
        thanks = t("Dit spørgsmål er sendt. Du får svar her.")
        asking = [ft.Semantics(live_region=True, content=notice(NoticeKind.SUCCESS, thanks))]
    elif is_open:
        asking = [AskAbout(visit, done), QuietButton(t("Luk"), turn)]
    else:
        asking = [QuietButton(t("Spørg om dette"), turn, ft.Icons.HELP_OUTLINE)]
    return card(
        quiet(formats.at_start(formats.moment_in_words(t, visit.first_at))),
        body(words.who_read_what(t, visit), strong=True),
        quiet(words.ground(t, visit.ground)),
        *asking,
    )


@component
def AskAbout(visit: AccessVisit, done: Done) -> ft.Control:
    """Draw the form that asks the municipality why somebody has read this."""
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"access:{visit.newest_entry_id}", {"text": ""})
    form = use_form(act, {"text": t("Skriv dit spørgsmål")})

    async def change(text: str) -> None:
        await draft.change("text", text)

    async def ask() -> None:
        about = AskAboutAccess(access_entry_id=visit.newest_entry_id)
        command = form.read(lambda: NewRightsRequest(about=about, text=draft.text("text")))
        if command is None:
            return
        request = await act.run(lambda key: app.client.ask_by_right(command, key), command)
        if request:
            await draft.drop()
            await done(request)

    if not draft.ready:
        return LoadingNote()
    return form_stack(
        form,
        TextInput(
            t("Hvad vil du vide?"),
            draft.text("text"),
            change,
            on_leave=draft.save,
            error=form.error("text"),
            lines=3,
            max_length=_LONGEST_QUESTION,
        ),
        with_failure(
            form.failure,
            buttons=PrimaryButton(t("Send spørgsmål"), ask, doing=t("Sender …")),
        ),
    )


@component
def Questions() -> ft.Control:
    """Draw what the citizen asked about the log, with the answers."""
    app = use_app()
    loaded = use_loaded(app.client.rights_requests, on={"request"})
    state = loaded.state
    asked = questions_of(state.value.requests) if isinstance(state, Ready) else []
    if not asked:
        return ft.Container()
    return section(app.t("Dine spørgsmål"), paged(asked, lambda one: _question(app.t, one)))


def questions_of(requests: tuple[RightsRequest, ...]) -> list[RightsRequest]:
    """Return what was asked about readings."""
    return [one for one in requests if isinstance(one.about, AboutAccess)]


def _question(t: Translator, request: RightsRequest) -> ft.Control:
    answer = request.answer or t("Kommunen har ikke svaret endnu.")
    return card(
        quiet(
            formats.at_start(t("{day} spurgte du", day=formats.day_in_words(t, request.created_on)))
        ),
        body(request.text),
        body(answer, strong=True) if request.answer else quiet(answer),
    )
