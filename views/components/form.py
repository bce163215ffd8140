"""A form: above its fields stands what is wrong with them, each with a way to its field.

What kept it from being saved stands at its button, and comes into view as the summary does.
"""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import flet as ft

from views import theme
from views.components.buttons import JumpLink
from views.components.cards import NoticeKind, notice, stack
from views.components.states import FailureNote
from views.context import use_app
from views.failures import Failure
from views.forms import FieldError, Form, scroll_key
from views.guard import component

GoTo = Callable[[FieldError], Awaitable[None]]


def form_stack(form: Form, *controls: ft.Control, spacing: int = theme.SPACE_3) -> ft.Control:
    """Return the fields and buttons of ``form`` under each other, below what is wrong with them.

    The summary has its place from the beginning: fields that moved would lose what is in them.
    """
    fields = stack(*controls, spacing=spacing)
    return stack(ErrorSummary(form, spacing), fields, spacing=0)


def with_failure(
    failure: Failure | None,
    *beside: ft.Control,
    buttons: ft.Control,
    spacing: int = theme.SPACE_3,
    note: ft.Control | None = None,
) -> ft.Control:
    """Return the ``buttons`` of a form, below why it was not saved and what is told ``beside``.

    A ``note`` says it in words of its own. All that has its place from the beginning, as the
    summary has: a button that moved would lose the focus to a field, and the page would go there.
    """
    told = [*([note or FailureNote(failure)] if failure else []), *beside]
    return stack(Unsaved(failure, told, spacing), buttons, spacing=0)


@component
def Unsaved(failure: Failure | None, told: list[ft.Control], room: int) -> ft.Control:
    """Draw what is ``told`` of a try to save; after a ``failure`` it is brought into view."""
    name: str = ft.use_memo(lambda: uuid4().hex, [])
    whole: ft.Ref[ft.Column] = ft.use_memo(ft.Ref, [])
    key = scroll_key(f"unsaved-{name}")

    async def show() -> None:
        if failure and whole.current:
            await whole.current.scroll_to(scroll_key=key)

    ft.use_effect(show, dependencies=[failure])
    return _brought_into_view(key, whole, told, room) if told else ft.Container()


def _brought_into_view(
    key: ft.ScrollKey, whole: ft.Ref[ft.Column], controls: list[ft.Control], room: int
) -> ft.Control:
    return ft.Container(
        key=key,
        padding=ft.Padding.only(bottom=room),
        # What could scroll can be asked to bring a part of the page into view.
        content=ft.Column(
            ref=whole,
            scroll=ft.ScrollMode.HIDDEN,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            spacing=room,
            controls=controls,
        ),
    )


@component
def ErrorSummary(form: Form, room_below: int) -> ft.Control:
    """Draw what is wrong in the words of the fields: seen and read aloud at once."""
    t = use_app().t
    name: str = ft.use_memo(lambda: uuid4().hex, [])
    whole: ft.Ref[ft.Column] = ft.use_memo(ft.Ref, [])
    # Another key at each try: the same mistake made again is read aloud again.
    key = scroll_key(f"summary-{name}-{form.tries}")
    errors = form.errors()
    texts = [error.text for error in errors]

    async def bring_into_view(place: ft.ScrollKey) -> None:
        if whole.current:
            await whole.current.scroll_to(scroll_key=place)

    async def show() -> None:
        if errors:
            await bring_into_view(key)

    async def go_to(error: FieldError) -> None:
        await bring_into_view(error.place.key)
        # A field that is focused from afar gets no keyboard on an iPhone, nor at a tap later on.
        if ft.context.page.platform is not ft.PagePlatform.IOS:
            await error.place.focus()

    ft.use_effect(show, dependencies=[form.tries, *texts])
    if not errors:
        return ft.Container()
    summary = notice(
        NoticeKind.ERROR,
        t("Ret dette, og prøv igen:"),
        *(_Entry(error, go_to, key=str(number)) for number, error in enumerate(errors)),
        said=" ".join((t("Ret dette, og prøv igen:"), *texts)),
    )
    return _brought_into_view(key, whole, [summary], room_below)


@component
def _Entry(error: FieldError, go_to: GoTo, key: str | None = None) -> ft.Control:
    del key

    async def go() -> None:
        await go_to(error)

    return JumpLink(error.text, go)
