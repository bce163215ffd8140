"""One thread: its messages, what comes in while it is open, and the reply. For both sides."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.messages import MarkRead, Message, Thread
from portal.contract.people import Role
from portal.plan_client import PlanError
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.components.buttons import BackLink, LinkButton, SecondaryButton
from views.components.cards import NoticeKind, badge, notice, stack
from views.components.page import Page, use_window_name
from views.components.states import FailureNote, OutdatedNote, shown
from views.components.text import body, heading, isolated
from views.context import Room, use_app
from views.guard import component, use_guard
from views.loading import Ready, use_loaded
from views.messages.beside import ThreadsBeside
from views.messages.bubble import message_bubble
from views.messages.conversation import (
    arrived_after,
    first_unread,
    newest_unread,
    with_newest,
    with_older,
)
from views.messages.reply import ReplyForm
from views.messages.turns import turn
from views.not_found import NotFoundScreen
from views.viewer import Viewer

_MOST_ABOVE: Final = 0.3
"""Of the window's height, for what stays above the messages."""

Take = Callable[[Callable[[Thread], Thread]], None]
"""Changes the thread on the screen, whatever has become of it meanwhile."""


@component
def ThreadScreen() -> ft.Control:
    """Draw the thread of the address; in a wide window the others stand beside it."""
    app = use_app()
    thread_id = use_id("thread_id")
    if thread_id is None:
        return NotFoundScreen()
    reader = ThreadReader(thread_id, key=str(thread_id))
    return ft.Row(
        expand=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            *([ThreadsBeside(thread_id, key="beside")] if app.wide else []),
            ft.Container(expand=True, content=reader, key="thread"),
        ],
    )


@component
def ThreadReader(thread_id: UUID, key: str | None = None) -> ft.Control:
    """Read a thread, and read it again whenever somebody writes."""
    del key
    app = use_app()
    so_far: ft.MutableRef[Thread | None] = ft.use_ref(None)

    async def fetch() -> Thread:
        newest = await app.client.thread(thread_id)
        so_far.current = merged = with_newest(so_far.current, newest)
        return merged

    def take(change: Callable[[Thread], Thread]) -> None:
        if so_far.current:
            so_far.current = change(so_far.current)
            loaded.replace(so_far.current)

    loaded = use_loaded(fetch, on={"thread"})
    if not isinstance(loaded.state, Ready):
        return Page(
            app.t("Besked"),
            shown(loaded, lambda _: body("")),
            back=way_back(app.t, app.viewer.role),
        )
    notes = [OutdatedNote(loaded.reload)] if loaded.state.outdated else []
    return Conversation(loaded.state.value, take, *notes)


@component
def Conversation(thread: Thread, take: Take, *notes: ft.Control) -> ft.Control:
    """Draw a thread from its end, where the newest message and the reply are."""
    app = use_app()
    t, viewer = app.t, app.viewer
    last_seen = ft.use_ref(thread.messages[-1].id if thread.messages else None)
    new_from = ft.use_ref(first_unread(thread, viewer.role))
    use_window_name(thread.subject)
    use_mark_read(thread)

    def sent(newest: Thread) -> None:
        last_seen.current = newest.messages[-1].id
        take(lambda so_far: with_newest(so_far, newest))

    def older(page: Thread) -> None:
        take(lambda so_far: with_older(so_far, page))

    arrived = arrived_after(thread, last_seen.current, viewer.role)
    downwards: list[ft.Control] = [
        *([OlderMessages(thread.id, thread.older_cursor, older)] if thread.older_cursor else []),
        *_messages(t, thread, viewer, new_from.current),
        ReplyForm(thread, sent, key="reply")
        if thread.may(Action.REPLY)
        else body(t("Du kan ikke svare her.")),
    ]
    return ft.Column(
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            ft.Container(
                border=ft.Border(bottom=theme.line()),
                content=in_column(app.room, Above(Head(thread), *notes)),
            ),
            ft.ListView(
                expand=True,
                reverse=True,  # opens at the newest message, and stays there
                spacing=theme.SPACE_4,
                padding=ft.Padding.symmetric(vertical=theme.SPACE_4),
                controls=[in_column(app.room, control) for control in reversed(downwards)],
            ),
            *([in_column(app.room, arrival_note(t, arrived))] if arrived else []),
        ],
    )


def _messages(
    t: Translator, thread: Thread, viewer: Viewer, new_from: UUID | None
) -> Iterator[ft.Control]:
    """Yield the messages, with a line before those that were new when the thread was opened."""
    for message in thread.messages:
        if message.id == new_from:
            yield unread_line(t)
        yield message_bubble(t, message, viewer)


def unread_line(t: Translator) -> ft.Control:
    """Return what stands between read and unread messages."""

    def rule() -> ft.Control:
        return ft.Container(height=theme.LINE_WIDTH, bgcolor=theme.INFO, expand=True)

    return ft.Container(
        key="unread",
        content=ft.Row(
            spacing=theme.SPACE_3,
            controls=[rule(), body(t("Nye beskeder"), strong=True, color=theme.INFO), rule()],
        ),
    )


@component
def Above(*controls: ft.Control) -> ft.Control:
    """Draw what stays above the messages; it scrolls where it would leave no room for them.

    A subject of some lines in large text is higher than a small telephone.
    """
    guarded = use_guard()
    crowded, show_crowded = ft.use_state(initial=False)
    most = (ft.context.page.height or 0) * _MOST_ABOVE

    async def measure(event: Any) -> None:
        show_crowded(event.height > most)

    return ft.Column(
        height=most if crowded else None,
        scroll=ft.ScrollMode.AUTO if crowded else None,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[ft.Container(on_size_change=guarded(measure), content=stack(*controls))],
    )


@component
def Head(thread: Thread) -> ft.Control:
    """Draw the way back, the subject, and whose turn it is."""
    app = use_app()
    t, side = app.t, app.viewer.role
    whose = turn(t, thread, side)
    ways = [BackLink(*way_back(t, side))]
    if side is Role.CONTACT_PERSON:
        ways.append(LinkButton(thread.citizen.name, f"/work/citizens/{thread.citizen.id}"))
    elif thread.goal_id:
        ways.append(LinkButton(t("Se målet"), f"/goals/{thread.goal_id}"))
    return ft.Container(
        padding=ft.Padding.only(top=theme.SPACE_2, bottom=theme.SPACE_3),
        content=stack(
            ft.Row(
                wrap=True,
                alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                controls=list(ways),
            ),
            heading(isolated(thread.subject), 1),
            ft.Row(wrap=True, controls=[badge(whose.text, strong=whose.mine or whose.overdue)]),
            spacing=theme.SPACE_2,
        ),
    )


@component
def OlderMessages(thread_id: UUID, cursor: str, on_read: Callable[[Thread], None]) -> ft.Control:
    """Draw the way to what was written before."""
    app = use_app()
    act = use_act()

    async def read() -> None:
        page = await act.run(lambda _: app.client.thread(thread_id, cursor), cursor)
        if page:
            on_read(page)

    return stack(
        *([FailureNote(act.failure)] if act.failure else []),
        ft.Row(
            wrap=True,
            alignment=ft.MainAxisAlignment.CENTER,
            controls=[SecondaryButton(app.t("Vis ældre beskeder"), read)],
        ),
    )


def arrival_note(t: Translator, arrived: tuple[Message, ...]) -> ft.Control:
    """Return what came in while the thread was open; each new count is read aloud once."""
    text = t.plural(
        "{n} ny besked fra {name}",
        "{n} nye beskeder, den seneste fra {name}",
        len(arrived),
        name=arrived[-1].author.name,
    )
    return ft.Container(
        padding=ft.Padding.only(bottom=theme.SPACE_3), content=notice(NoticeKind.INFO, text)
    )


def use_mark_read(thread: Thread) -> None:
    """Tell that the newest message has been on the screen, once somebody can see it; a hook."""
    app = use_app()
    page = ft.context.page
    still_open = ft.use_ref(initial_value=True)
    up_to = newest_unread(thread, app.viewer.role)

    async def mark() -> None:
        await page.wait_until_visible()  # a tab in the background shows nothing to anybody
        if up_to is None or not still_open.current:
            return
        with contextlib.suppress(PlanError):  # it stays unread, and is marked next time
            await app.client.mark_read(thread.id, MarkRead(up_to=up_to))

    def leave() -> None:
        still_open.current = False

    ft.use_effect(mark, dependencies=[up_to])
    ft.use_effect(lambda: None, dependencies=[], cleanup=leave)


def way_back(t: Translator, side: Role) -> tuple[str, str]:
    """Return the text and address of the list that threads are in."""
    return (t("Beskeder"), "/messages") if side is Role.CITIZEN else (t("Indbakke"), "/work")


def in_column(room: Room, control: ft.Control) -> ft.Control:
    """Return ``control`` as wide as text is read well, in the middle of a wide window."""
    side = theme.SPACE_4 if room is Room.NARROW else theme.SPACE_5
    narrow = ft.Container(
        padding=ft.Padding.symmetric(horizontal=side),
        width=None if room is Room.NARROW else theme.TEXT_WIDTH + 2 * side,
        content=control,
    )
    return ft.Container(key=control.key, alignment=ft.Alignment.TOP_CENTER, content=narrow)
