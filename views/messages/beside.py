"""The other threads, beside the one that is open in a wide window."""

from uuid import UUID

import flet as ft

from portal.contract.messages import ThreadList, ThreadSummary
from portal.contract.people import Role
from views import direction, theme
from views.components.buttons import SecondaryButton
from views.components.cards import stack
from views.components.states import shown
from views.components.text import heading
from views.context import App, use_app
from views.guard import component
from views.loading import use_loaded
from views.messages.pages import read_threads
from views.messages.rows import thread_row


@component
def ThreadsBeside(current: UUID, key: str | None = None) -> ft.Control:
    """Draw the threads of the list that the open one, ``current``, was chosen from."""
    del key
    app = use_app()

    pages = ft.use_ref(initial_value=1)

    async def fetch() -> ThreadList:
        if app.viewer.role is Role.CITIZEN:
            return await read_threads(app.client, pages.current or 1)
        inbox = await app.client.inbox()
        return ThreadList(threads=inbox.waiting + inbox.others)

    async def show_more() -> None:
        pages.current = (pages.current or 1) + 1
        loaded.reload()

    def draw(found: ThreadList) -> ft.Control:
        more = [SecondaryButton(app.t("Vis flere"), show_more)] if found.next_cursor else []
        return stack(_rows(app, found.threads, current), *more)

    loaded = use_loaded(fetch, on={"thread"})
    title = app.t("Beskeder") if app.viewer.role is Role.CITIZEN else app.t("Indbakke")
    return ft.Container(
        width=theme.LIST_WIDTH,
        border=direction.border(end=theme.line()),
        content=ft.Column(
            scroll=ft.ScrollMode.AUTO,
            controls=[
                ft.Container(
                    padding=theme.SPACE_4,
                    content=stack(
                        heading(title, 2),
                        shown(loaded, draw),
                    ),
                )
            ],
        ),
    )


def _rows(app: App, threads: tuple[ThreadSummary, ...], current: UUID) -> ft.Control:
    named = app.viewer.role is Role.CONTACT_PERSON
    return stack(
        *(
            ft.Container(
                key=str(thread.id),
                border=direction.border(start=ft.BorderSide(theme.SPACE_1, _edge(thread, current))),
                content=ft.Semantics(
                    selected=thread.id == current,
                    content=thread_row(app.t, thread, app.viewer, named=named),
                ),
            )
            for thread in threads
        )
    )


def _edge(thread: ThreadSummary, current: UUID) -> str:
    return theme.ACCENT if thread.id == current else theme.PAGE
