"""Beskeder: the citizen's threads, who waits for whom, a search in them, and a new message."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.messages import ThreadList
from views.components.buttons import PrimaryLink, QuietButton, SecondaryButton, button_row
from views.components.cards import stack
from views.components.fields import TextInput
from views.components.form import form_stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body, isolated
from views.context import App, use_app
from views.forms import use_form
from views.guard import component
from views.loading import use_loaded
from views.messages.compose import NewThreadForm
from views.messages.pages import read_threads
from views.messages.rows import thread_row

_SHORTEST: Final = 2
_LONGEST: Final = 100

Search = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Found:
    """Threads, all or those with the words that were ``searched`` for."""

    searched: str
    list: ThreadList


@component
def MessagesScreen() -> ft.Control:
    """Draw the threads, last written first, or those that were searched for."""
    app = use_app()
    t = app.t
    pages, searched = ft.use_ref(initial_value=1), ft.use_ref(initial_value="")

    async def fetch() -> Found:
        words = searched.current or ""
        return Found(words, await read_threads(app.client, pages.current or 1, words or None))

    loaded = use_loaded(fetch, on={"thread"})

    async def search(words: str) -> None:
        pages.current, searched.current = 1, words
        loaded.reload()

    async def show_more() -> None:
        pages.current = (pages.current or 1) + 1
        loaded.reload()

    def draw(found: Found) -> ft.Control:
        more = [SecondaryButton(t("Vis flere"), show_more)] if found.list.next_cursor else []
        anything = found.searched or found.list.threads
        return stack(
            *([_write(t)] if found.list.may_create else []),
            *([SearchField(found.searched, search, key=f"q-{found.searched}")] if anything else []),
            *([FoundNote(found.searched, search)] if found.searched else []),
            *_rows(app, found),
            *more,
        )

    return Page(t("Beskeder"), shown(loaded, draw))


@component
def NewMessageScreen() -> ft.Control:
    """Draw the form that begins a thread with the municipality."""
    t = use_app().t
    return Page(
        t("Skriv besked"),
        NewThreadForm("message:new"),
        back=(t("Beskeder"), "/messages"),
    )


@component
def SearchField(searched: str, search: Search, key: str | None = None) -> ft.Control:
    """Draw the field for words to look for; at first only the way to it."""
    del key
    t = use_app().t
    typed = ft.use_ref(initial_value=searched)
    form = use_form()
    is_open, show_open = ft.use_state(initial=bool(searched))

    async def begin() -> None:
        show_open(True)

    async def change(text: str) -> None:
        typed.current = text

    async def look() -> None:
        words = (typed.current or "").strip()
        too_short = len(words) < _SHORTEST
        form.refuse({"words": t("Skriv mindst to bogstaver")} if too_short else {})
        if not too_short:
            await search(words)

    if not is_open:
        return QuietButton(t("Søg i dine beskeder"), begin, ft.Icons.SEARCH)
    return form_stack(
        form,
        TextInput(
            t("Søg i dine beskeder"),
            searched,
            change,
            on_enter=look,
            error=form.error("words"),
            max_length=_LONGEST,
        ),
        button_row(SecondaryButton(t("Søg"), look, ft.Icons.SEARCH)),
    )


@component
def FoundNote(searched: str, search: Search) -> ft.Control:
    """Draw what was searched for, and the way back to all threads."""
    t = use_app().t

    async def show_all() -> None:
        await search("")

    return button_row(
        ft.Semantics(
            live_region=True,
            content=body(t("Samtaler med “{words}”", words=isolated(searched)), strong=True),
        ),
        QuietButton(t("Vis alle beskeder"), show_all),
    )


def _write(t: Translator) -> ft.Control:
    return PrimaryLink(t("Skriv besked"), "/messages/new", ft.Icons.EDIT_OUTLINED)


def _rows(app: App, found: Found) -> list[ft.Control]:
    t = app.t
    if found.list.threads:
        return [thread_row(t, thread, app.viewer) for thread in found.list.threads]
    if found.searched:
        return [empty(t("Vi fandt ikke noget. Prøv et andet ord, eller et kortere."))]
    if found.list.may_create:
        return [empty(t("Du har ingen beskeder endnu. Skriv, når du vil spørge om noget."))]
    ask = PrimaryLink(t("Bed om en plan"), "/")
    return [empty(t("Du kan skrive beskeder, når du har en plan."), ask)]
