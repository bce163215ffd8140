"""What one can tap: at least 48 px, a visible focus, a name for screen readers, a safe handler."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import flet as ft

from views import theme
from views.acting import telling
from views.context import use_app
from views.direction import at_start
from views.forms import Place
from views.guard import Handler, component, use_guard

_ABOVE: Final = (theme.TOUCH - theme.LINE_HEIGHT * theme.BODY) / 2
"""Room above and below one line that makes 48 px; no fixed height, so that larger text fits."""

_NO_LINE = ft.BorderSide(0, theme.NONE)


def _style(
    *, color: str, ground: str, line: ft.BorderSide = _NO_LINE, side_padding: int = theme.SPACE_5
) -> ft.ButtonStyle:
    return ft.ButtonStyle(
        color=color,
        bgcolor=ground,
        side=theme.focus_ring(line),
        shape=ft.RoundedRectangleBorder(radius=theme.RADIUS),
        padding=ft.Padding.symmetric(horizontal=side_padding, vertical=_ABOVE),
        text_style=ft.TextStyle(
            size=theme.BODY,
            height=theme.LINE_HEIGHT,
            weight=theme.BOLD,
            font_family=theme.FONT,
            font_family_fallback=theme.FONTS_BEHIND,
        ),
        icon_size=theme.ICON,
    )


_PRIMARY = _style(color=theme.ON_ACCENT, ground=theme.ACCENT)
_SECONDARY = _style(
    color=theme.ACCENT, ground=theme.SURFACE, line=ft.BorderSide(theme.LINE_WIDTH, theme.ACCENT)
)
_QUIET = _style(color=theme.LINK, ground=theme.NONE, side_padding=theme.SPACE_2)
_IN_TEXT = _style(color=theme.LINK, ground=theme.NONE, side_padding=0)


def _in_text() -> ft.ButtonStyle:
    """Return the style of a link whose words begin where those around it do, also short ones."""
    return replace(_IN_TEXT, alignment=at_start())


def _at_start(button: ft.Control) -> ft.Control:
    # A column that stretches its parts would draw a button as wide as the page. One that may wrap
    # tells the button how wide that is: large text goes on in a second line.
    return ft.Row(tight=True, wrap=True, controls=[button])


def as_link(button: ft.Control, *, here: bool | None = None) -> ft.Control:
    """Return a button that is read aloud as a link; ``here``: that it leads where one is.

    Keyboard and focus stay the button's. Merged, else the link would be around a button.
    """
    return ft.MergeSemantics(ft.Semantics(link=True, button=False, selected=here, content=button))


def _said(text: str, about: str) -> str | ft.Text:
    """Return the words of a link; ``about`` is heard after them and not seen."""
    return _words(text, about=about) if about else text


def use_tap(on_click: Handler) -> tuple[bool, Callable[[Any], Awaitable[None]]]:
    """Return whether an act that the last tap began is under way, and what a control calls.

    Taps in between do nothing. The control stays enabled: a disabled one loses the focus.
    """
    guarded = use_guard()
    busy, show_busy = ft.use_state(initial=False)
    tapped = ft.use_ref(initial_value=False)

    async def click(_: Any) -> None:
        if tapped.current:
            return
        tapped.current = True
        try:
            with telling(show_busy):
                await on_click()
        finally:
            tapped.current = False

    return busy, guarded(click)


def _use_work(on_click: Handler, doing: str) -> tuple[str, Callable[[Any], Awaitable[None]]]:
    """Return what a button says while its act is under way, else "", and what it calls; a hook."""
    t = use_app().t
    busy, click = use_tap(on_click)
    return (doing or t("Gemmer …")) if busy else "", click


def _words(text: str, doing: str = "", about: str = "") -> ft.Text:
    """Return what a button says; ``doing`` while it works.

    Always a text of its own: with something else it would be another button, without the focus.
    """
    return ft.Text(
        doing or text, semantics_label=f"{text}: {about}" if about and not doing else None
    )


def _at_work(button: ft.Control, doing: str) -> ft.Control:
    """Return a button, which a screen reader says at once to be ``doing`` something."""
    dot = ft.Container(width=theme.LINE_WIDTH, height=theme.LINE_WIDTH)  # of no size it is unheard
    told = ft.Semantics(live_region=True, label=doing, content=dot)
    return ft.Row(tight=True, wrap=True, spacing=0, controls=[button, *([told] if doing else [])])


@component
def PrimaryButton(
    text: str, on_click: Handler, icon: ft.IconData | None = None, *, doing: str = ""
) -> ft.Control:
    """Draw the one thing that this page is for. ``doing`` is said while its act is under way.

    Without it that is "Gemmer …"; a message says "Sender …".
    """
    now, click = _use_work(on_click, doing)
    button = ft.FilledButton(_words(text, now), icon=icon, style=_PRIMARY, on_click=click)
    return _at_work(button, now)


@component
def SecondaryButton(
    text: str,
    on_click: Handler,
    icon: ft.IconData | None = None,
    *,
    about: str = "",
    doing: str = "",
    place: Place | None = None,
    key: str | None = None,
) -> ft.Control:
    """Draw something else that one can do here.

    ``about`` as with ``QuietButton``, ``doing`` as with ``PrimaryButton``. At the ``place`` of a
    field, it is what the keyboard is led to.
    """
    del key
    now, click = _use_work(on_click, doing)
    button = ft.OutlinedButton(
        _words(text, now, about),
        icon=icon,
        style=_SECONDARY,
        on_click=click,
        ref=place.control if place else None,
    )
    return _at_work(button, now)


@component
def QuietButton(
    text: str,
    on_click: Handler,
    icon: ft.IconData | None = None,
    *,
    about: str = "",
    doing: str = "",
    key: str | None = None,
) -> ft.Control:
    """Draw something small: "Fortryd". ``about`` is read aloud where the place does not tell.

    ``doing`` as with ``PrimaryButton``.
    """
    del key
    now, click = _use_work(on_click, doing)
    button = ft.TextButton(_words(text, now, about), icon=icon, style=_QUIET, on_click=click)
    return _at_work(button, now)


@component
def LinkButton(
    text: str,
    to: str,
    icon: ft.IconData | None = None,
    *,
    about: str = "",
    key: str | None = None,
) -> ft.Control:
    """Draw a link to another page of the portal. ``about`` as with ``QuietButton``."""
    del key
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(to)

    button = ft.TextButton(_said(text, about), icon=icon, style=_QUIET, on_click=guarded(go))
    return _at_start(as_link(button))


@component
def JumpLink(text: str, go: Handler) -> ft.Control:
    """Draw a link to another place on the page, such as a field; ``go`` leads there."""
    guarded = use_guard()

    async def jump(_: Any) -> None:
        await go()

    return _at_start(as_link(ft.TextButton(text, style=_in_text(), on_click=guarded(jump))))


@component
def PrimaryLink(text: str, to: str, icon: ft.IconData | None = None) -> ft.Control:
    """Draw a link to another page as the one thing that this page is for."""
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(to)

    button = ft.FilledButton(text, icon=icon, style=_PRIMARY, on_click=guarded(go))
    return _at_start(as_link(button))


@component
def BackLink(text: str, to: str) -> ft.Control:
    """Draw the way back above a heading; its arrow stands where the heading begins."""
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(to)

    arrow = ft.Icons.ARROW_BACK
    button = ft.TextButton(text, icon=arrow, style=_in_text(), on_click=guarded(go))
    return _at_start(as_link(button))


@component
def SecondaryLink(
    text: str,
    to: str,
    icon: ft.IconData | None = None,
    *,
    about: str = "",
    key: str | None = None,
) -> ft.Control:
    """Draw a link to another page as a button beside others. ``about`` as with ``QuietButton``."""
    del key
    app, guarded = use_app(), use_guard()

    async def go(_: Any) -> None:
        await app.navigate(to)

    button = ft.OutlinedButton(
        _said(text, about), icon=icon, style=_SECONDARY, on_click=guarded(go)
    )
    return _at_start(as_link(button))


@component
def IconButton(icon: ft.IconData, name: str, on_click: Handler) -> ft.Control:
    """Draw a button that shows only an icon; ``name`` is its tooltip and what is read aloud."""
    guarded = use_guard()

    async def click(_: Any) -> None:
        await on_click()

    return ft.MergeSemantics(
        ft.IconButton(
            icon=icon,
            tooltip=name,
            width=theme.TOUCH,
            height=theme.TOUCH,
            style=_style(color=theme.ACCENT, ground=theme.NONE, side_padding=0),
            on_click=guarded(click),
        )
    )


def outside_button(
    text: str,
    url: str,
    icon: ft.IconData | None = None,
    *,
    primary: bool = False,
    new_window: bool = False,
    about: str = "",
) -> ft.Control:
    """Return a link that leaves the app for ``url``: a telephone call, the log-out page.

    In a ``new_window`` the page that is opened knows nothing of ours (``noopener``). ``about`` as
    with ``QuietButton``.
    """
    kind = ft.FilledButton if primary else ft.OutlinedButton
    target = ft.UrlTarget.BLANK if new_window else ft.UrlTarget.SELF
    button = kind(
        _said(text, about),
        icon=icon,
        style=_PRIMARY if primary else _SECONDARY,
        action=ft.OpenUrl(url, target=target),
    )
    return _at_start(as_link(button))


@component
def PickButton(
    text: str, picker: ft.FilePicker, endings: tuple[str, ...], icon: ft.IconData | None = None
) -> ft.Control:
    """Draw what opens the browser's own choice of files; ``picker`` hears what was chosen."""
    return _at_start(
        ft.OutlinedButton(
            text,
            icon=icon,
            style=_SECONDARY,
            action=ft.PickFiles(
                picker,
                file_type=ft.FilePickerFileType.CUSTOM,
                allowed_extensions=list(endings),
                allow_multiple=True,
                # A phone's camera takes the focus away: that is no change of mind.
                cancel_upload_on_window_blur=False,
            ),
        )
    )


def copy_button(text: str, content: str) -> ft.Control:
    """Return a button that copies ``content``; by the browser itself, as Safari wants it."""
    return _at_start(
        ft.OutlinedButton(
            text,
            icon=ft.Icons.CONTENT_COPY,
            style=_SECONDARY,
            action=ft.CopyToClipboard(content),
        )
    )


def button_row(*buttons: ft.Control) -> ft.Control:
    """Return buttons side by side, one under the other where there is no room."""
    return ft.Row(
        controls=list(buttons), wrap=True, spacing=theme.SPACE_3, run_spacing=theme.SPACE_3
    )
