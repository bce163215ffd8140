"""Where one writes and chooses: label above, what is wrong between label and field."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from i18n import formats
from i18n.direction import is_right_to_left, led_in, without_marks
from views import theme
from views.components.buttons import QuietButton, SecondaryButton, button_row
from views.components.text import body, quiet
from views.context import use_app
from views.direction import reads_right_to_left
from views.forms import FieldError
from views.guard import component, use_guard

_CALLED = "keyboard"
"""What a box is named while the keyboard is to come to it; ``boot.js`` brings it."""

_Call = Callable[[Any], Awaitable[None]]

_FURTHEST_DAYS = 5 * 365
_BESIDE_BOX = (theme.TOUCH - theme.LINE_HEIGHT * theme.BODY) / 2
"""Above the first line of a text, so that it stands in the middle of the box beside it."""


@component
def TextInput(
    label: str,
    value: str,
    on_change: Callable[[str], Awaitable[None]],
    *,
    on_leave: Callable[[], Awaitable[None]] | None = None,
    on_enter: Callable[[], Awaitable[None]] | None = None,
    error: FieldError | None = None,
    hint: str = "",
    optional: bool = False,
    lines: int = 1,
    max_length: int = 200,
    key: str | None = None,
) -> ft.Control:
    """Draw a text field. ``on_change`` gets the whole text at each key, ``on_leave`` at the end.

    ``on_enter`` does what the button beside the field does, such as search. ``error`` says what to
    do ("Skriv dit mål"); ``hint`` helps before anything is written. Another ``key`` makes another
    field, such as an empty one after what was written has been sent.
    """
    del key
    t, guarded = use_app().t, use_guard()
    name = t("{label} (frivilligt)", label=label) if optional else label
    runs_left = is_right_to_left(value)
    shown = led_in(value) if reads_right_to_left() and not runs_left else value

    async def change(event: Any) -> None:
        await on_change(without_marks(event.control.value or ""))

    async def leave(_: Any) -> None:
        if on_leave:
            await on_leave()

    async def enter(_: Any) -> None:
        if on_enter:
            await on_enter()

    return ft.Column(
        spacing=theme.SPACE_1,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(exclude_semantics=True, content=_name(name, error)),
            *([quiet(hint)] if hint else []),
            *([_what_is_wrong(error)] if error else []),
            ft.MergeSemantics(
                ft.Semantics(
                    label=f"{name}. {error.text}" if error else name,
                    content=ft.TextField(
                        ref=error.place.control if error else None,
                        value=shown,
                        rtl=runs_left,
                        multiline=lines > 1,
                        min_lines=lines,
                        max_lines=max(lines * 3, 8) if lines > 1 else 1,
                        max_length=max_length + len(shown) - len(value),
                        counter="",
                        text_size=theme.BODY,
                        filled=True,
                        fill_color=theme.SURFACE,
                        border=field_borders(wrong=bool(error)),
                        content_padding=theme.SPACE_3,
                        on_change=guarded(change),
                        on_blur=guarded(leave),
                        on_submit=guarded(enter) if on_enter else None,
                    ),
                )
            ),
        ],
    )


def field_borders(*, wrong: bool) -> dict[ft.ControlState, ft.InputBorder]:
    """Return the line around a field: thick where the keyboard is, or where something is wrong."""
    line = (
        ft.BorderSide(theme.STRONG_LINE, theme.ERROR)
        if wrong
        else ft.BorderSide(theme.LINE_WIDTH, theme.FIELD_LINE)
    )
    sides = theme.focus_ring(line)
    return {
        state: ft.OutlineInputBorder(side=side, border_radius=theme.RADIUS)
        for state, side in sides.items()
    }


def _name(text: str, error: FieldError | None) -> ft.Control:
    """Return the name above a field; the summary of the form leads to it."""
    name = body(text, strong=True)
    name.key = error.place.key if error else None
    return name


def _what_is_wrong(error: FieldError) -> ft.Control:
    """Return what is wrong, with a sign: red alone never carries meaning.

    It is the summary above the form that is read aloud at once.
    """
    return ft.Semantics(
        container=True,
        content=ft.Row(
            spacing=theme.SPACE_2,
            controls=[
                ft.Icon(ft.Icons.ERROR_OUTLINE, color=theme.ERROR, size=theme.ICON),
                ft.Container(expand=True, content=body(error.text, strong=True, color=theme.ERROR)),
            ],
        ),
    )


def _use_call(error: FieldError | None) -> _Call | None:
    """Return what a box of the field tells once it has the keyboard, while it is called; a hook."""
    guarded = use_guard()
    calls, call = ft.use_state(initial=False)

    async def answered(_: Any) -> None:
        call(False)

    if error:
        error.place.call_keyboard = partial(call, True)
    return guarded(answered) if calls else None


def _named(box: ft.Radio | ft.Checkbox, label: str | None, call: _Call | None) -> ft.Control:
    """Return a box under its name, which calls the keyboard: Flet has no ``focus`` for a box."""
    box.on_focus = call
    called = _CALLED if call else None
    # Merged into a node of its own, the box is where it is drawn also after scrolling.
    return ft.MergeSemantics(ft.Semantics(label=label, identifier=called, content=box))


@component
def Choice(
    label: str,
    options: tuple[tuple[str, str], ...],
    value: str,
    on_change: Callable[[str], Awaitable[None]],
    *,
    error: FieldError | None = None,
    key: str | None = None,
) -> ft.Control:
    """Draw one of a few: ``options`` are pairs of a value and its text."""
    del key
    guarded = use_guard()
    chosen, show_chosen = ft.use_state(value)
    call = _use_call(error)
    values = [key for key, _ in options]
    stop = chosen if chosen in values else values[0]

    async def choose(key: str) -> None:
        show_chosen(key)
        await on_change(key)

    async def change(event: Any) -> None:
        await choose(str(event.control.value))

    return ft.Column(
        spacing=theme.SPACE_1,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            _name(label, error),
            *([_what_is_wrong(error)] if error else []),
            ft.RadioGroup(
                value=chosen,
                on_change=guarded(change),
                content=ft.Row(
                    wrap=True,
                    spacing=theme.SPACE_4,
                    run_spacing=0,
                    controls=[
                        _Radio(key, text, choose, call if key == stop else None, key=key)
                        for key, text in options
                    ],
                ),
            ),
        ],
    )


@component
def _Radio(
    value: str,
    text: str,
    choose: Callable[[str], Awaitable[None]],
    call: _Call | None,
    key: str | None = None,
) -> ft.Control:
    del key
    guarded = use_guard()

    async def tap(_: Any) -> None:
        await choose(value)

    button = ft.Radio(value=value, width=theme.TOUCH, height=theme.TOUCH, active_color=theme.ACCENT)
    return _beside(_named(button, text, call), text, guarded(tap))


@component
def Tick(
    text: str,
    done: bool,
    on_change: Callable[[bool], Awaitable[None]],
    call: _Call | None = None,
    key: str | None = None,
) -> ft.Control:
    """Draw a box to tick."""
    del key
    guarded = use_guard()

    async def change(event: Any) -> None:
        await on_change(bool(event.control.value))

    async def turn(_: Any) -> None:
        await on_change(not done)

    box = ft.Checkbox(
        semantics_label=text,
        value=done,
        width=theme.TOUCH,
        height=theme.TOUCH,
        active_color=theme.ACCENT,
        on_change=guarded(change),
    )
    return _beside(_named(box, None, call), text, guarded(turn))


@component
def Ticked(text: str, done: bool) -> ft.Control:
    """Draw how far something is that is not the reader's to tick; read aloud as such a box."""
    icon = ft.Icons.CHECK if done else ft.Icons.MORE_HORIZ
    return ft.Semantics(
        container=True,
        label=text,
        checked=done,
        read_only=True,
        exclude_semantics=True,
        content=ft.Row(
            spacing=0,
            vertical_alignment=ft.CrossAxisAlignment.START,
            controls=[
                ft.Container(
                    width=theme.TOUCH,
                    height=theme.TOUCH,
                    alignment=ft.Alignment.CENTER,
                    content=ft.Icon(icon, size=theme.ICON, color=theme.TEXT_QUIET),
                ),
                ft.Container(
                    expand=True,
                    padding=ft.Padding.symmetric(vertical=_BESIDE_BOX),
                    content=body(text, title=True),
                ),
            ],
        ),
    )


def _beside(box: ft.Control, text: str, on_click: Callable[[Any], Awaitable[None]]) -> ft.Control:
    """Return a box with its text, which can be tapped too; the box says the text by itself.

    A label of Flutter's own does not wrap: beside it, the text takes as many lines as it needs.
    """
    return ft.Row(
        tight=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            box,
            ft.Semantics(
                expand=True,
                expand_loose=True,
                exclude_semantics=True,
                content=ft.Container(
                    padding=ft.Padding.symmetric(vertical=_BESIDE_BOX),
                    on_click=on_click,
                    content=body(text, title=True),
                ),
            ),
        ],
    )


@component
def TickList(
    label: str,
    options: tuple[tuple[str, str], ...],
    value: str,
    on_change: Callable[[str], Awaitable[None]],
    *,
    error: FieldError | None = None,
) -> ft.Control:
    """Draw several of a few. ``value`` is those that are chosen, divided by commas."""
    chosen, show_chosen = ft.use_state(frozenset(value.split(",")))
    call = _use_call(error)

    async def change(key: str, ticked: bool) -> None:
        now = chosen | {key} if ticked else chosen - {key}
        show_chosen(now)
        await on_change(",".join(key for key, _ in options if key in now))

    return ft.Column(
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            _name(label, error),
            *([_what_is_wrong(error)] if error else []),
            *(
                Tick(text, key in chosen, partial(change, key), None if place else call, key=key)
                for place, (key, text) in enumerate(options)
            ),
        ],
    )


@component
def DayInput(
    label: str,
    value: date | None,
    on_change: Callable[[date | None], Awaitable[None]],
    *,
    optional: bool = True,
    error: FieldError | None = None,
    key: str | None = None,
) -> ft.Control:
    """Draw a day from today on, to be chosen from a calendar, or none."""
    del key
    t, guarded = use_app().t, use_guard()
    chosen, show_chosen = ft.use_state(value)
    is_open, show_open = ft.use_state(initial=False)

    async def open_calendar() -> None:
        show_open(True)

    async def choose(event: Any) -> None:
        show_open(False)
        day = _day_of(event.control.value)
        show_chosen(day)
        await on_change(day)

    async def close(_: Any) -> None:
        show_open(False)

    async def remove() -> None:
        show_chosen(None)
        await on_change(None)

    today = formats.today()
    calendar = ft.DatePicker(
        value=chosen,
        first_date=min(chosen or today, today),
        last_date=today + timedelta(days=_FURTHEST_DAYS),
        on_change=guarded(choose),
        on_dismiss=guarded(close),
    )
    ft.use_dialog(calendar if is_open else None)
    text = formats.day_in_words(t, chosen) if chosen else t("Vælg en dag")
    return ft.Column(
        spacing=theme.SPACE_1,
        controls=[
            _name(t("{label} (frivilligt)", label=label) if optional else label, error),
            *([_what_is_wrong(error)] if error else []),
            button_row(
                SecondaryButton(
                    text,
                    open_calendar,
                    ft.Icons.CALENDAR_TODAY,
                    place=error.place if error else None,
                ),
                *([QuietButton(t("Fjern dagen"), remove)] if chosen and optional else []),
            ),
        ],
    )


def _day_of(value: date | datetime) -> date:
    # The browser tells midnight of its own place, with or without an offset.
    if isinstance(value, datetime):
        return value.astimezone(formats.DENMARK).date() if value.tzinfo else value.date()
    return value
