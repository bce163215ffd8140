"""The minutes of one meeting, with what people say to them beside the text."""

from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.minutes import CommentMinutes, Minutes, Remark, RemarkKind
from views import theme
from views.acting import use_act
from views.addresses import use_id
from views.citizen.minutes.wording import minutes_about, remark_title
from views.components.buttons import PrimaryButton, SecondaryButton, button_row
from views.components.cards import card, section, side_by_side, stack
from views.components.fields import Choice, TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.people import beside_picture, picture_address
from views.components.states import FailureNote, LoadingNote, OutdatedNote, shown
from views.components.text import body, isolated, own_words, quiet
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import component
from views.loading import Loaded, Ready, use_loaded

_COMMENT: Final = "comment"
_DISAGREE: Final = "disagree"


@component
def OneMinutesScreen() -> ft.Control:
    """Draw the minutes that the address names."""
    t = use_app().t
    minutes_id = use_id("minutes_id")
    if minutes_id is None:
        return Page(t("Referat"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    return _MinutesPage(minutes_id, key=str(minutes_id))


@component
def _MinutesPage(minutes_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.minutes(minutes_id), on={"minutes"})
    back = (t("Referater"), "/minutes")
    if not isinstance(loaded.state, Ready):
        return Page(t("Referat"), shown(loaded, lambda _: body("")), back=back)
    minutes = loaded.state.value
    return Page(
        isolated(minutes.title),
        *([OutdatedNote(loaded.reload)] if loaded.state.outdated else []),
        MinutesView(minutes, loaded),
        back=back,
        width=theme.PAGE_WIDTH if app.wide else theme.TEXT_WIDTH,
    )


@component
def MinutesView(minutes: Minutes, loaded: Loaded[Minutes]) -> ft.Control:
    """Draw the text and the remarks: side by side where there is room."""
    app = use_app()
    t = app.t
    text = stack(
        _about(t, minutes),
        card(own_words(minutes.text)),
        *([Confirm(minutes, loaded)] if minutes.may(Action.CONFIRM) else []),
        spacing=theme.SPACE_4,
    )
    remarks = [remark_card(app.viewer.person_id, remark) for remark in minutes.remarks]
    may_comment = minutes.may(Action.COMMENT)
    beside = section(
        t("Ved siden af referatet"),
        *(remarks or [quiet(t("Ingen har skrevet noget endnu."))]),
        # A new key after each remark: the field begins empty again.
        *([RemarkForm(minutes, loaded, key=f"remark-{len(remarks)}")] if may_comment else []),
    )
    return side_by_side(text, beside) if app.wide else stack(text, beside, spacing=theme.SPACE_6)


def _about(t: Translator, minutes: Minutes) -> ft.Control:
    author = minutes.written_by
    return beside_picture(
        author.name,
        picture_address(author.id, author.picture),
        quiet(minutes_about(t, minutes)),
        size=theme.AVATAR_TINY,
        above=theme.SPACE_1,
    )


def _who(t: Translator, me: UUID, remark: Remark) -> ft.Control:
    """Return who said what kind of thing; one knows oneself without a picture."""
    author, title = remark.author, body(remark_title(t, remark, me), strong=True)
    if author.id == me:
        return title
    return beside_picture(
        author.name,
        picture_address(author.id, author.picture),
        title,
        size=theme.AVATAR_TINY,
        above=theme.SPACE_1,
    )


@component
def Confirm(minutes: Minutes, loaded: Loaded[Minutes]) -> ft.Control:
    """Draw the one thing to do with minutes that are right."""
    app = use_app()
    t = app.t
    act = use_act()

    async def confirm() -> None:
        confirmed = await act.run(
            lambda _: app.client.confirm_minutes(minutes.id, minutes.version), minutes.version
        )
        if confirmed:
            loaded.replace(confirmed)
        else:
            loaded.reload()

    return stack(
        *([FailureNote(act.failure)] if act.failure else []),
        button_row(PrimaryButton(t("Det passer"), confirm, ft.Icons.CHECK)),
    )


@component
def RemarkForm(minutes: Minutes, loaded: Loaded[Minutes], key: str | None = None) -> ft.Control:
    """Draw where one comments or disagrees; the text of the minutes stays as it is."""
    del key
    app = use_app()
    t = app.t
    act = use_act(once=True)
    draft = use_draft(f"minutes:{minutes.id}", {"text": "", "kind": _COMMENT})
    form = use_form(act, {"text": t("Skriv, hvad du vil sige")})

    async def write(text: str) -> None:
        await draft.change("text", text)

    async def choose(kind: str) -> None:
        await draft.change("kind", kind)

    async def send() -> None:
        disagrees = draft.text("kind") == _DISAGREE
        command = form.read(lambda: CommentMinutes(text=draft.text("text"), disagrees=disagrees))
        if command is None:
            return
        newer = await act.run(
            lambda act_key: app.client.comment_minutes(minutes.id, command, act_key), command
        )
        if newer:
            await draft.drop()
            loaded.replace(newer)

    if not draft.ready:
        return LoadingNote()
    kinds = ((_COMMENT, t("Jeg har en kommentar")), (_DISAGREE, t("Jeg er uenig")))
    return form_stack(
        form,
        Choice(t("Vil du sige noget til referatet?"), kinds, draft.text("kind"), choose),
        TextInput(
            t("Skriv med dine egne ord"),
            draft.text("text"),
            write,
            on_leave=draft.save,
            error=form.error("text"),
            hint=t("Det bliver stående ved siden af referatet. Referatet selv ændres ikke."),
            lines=4,
            max_length=4000,
        ),
        with_failure(
            form.failure,
            buttons=button_row(
                SecondaryButton(t("Send"), send, ft.Icons.SEND, doing=t("Sender …"))
            ),
        ),
    )


def remark_card(me: UUID, remark: Remark) -> ft.Control:
    """Return what somebody said to the minutes."""
    return _RemarkCard(me, remark, key=str(remark.id))


@component
def _RemarkCard(me: UUID, remark: Remark, key: str | None = None) -> ft.Control:
    del key
    t = use_app().t
    disagrees = remark.kind is RemarkKind.DISAGREEMENT
    return card(
        _who(t, me, remark),
        *([own_words(remark.text)] if remark.text else []),
        quiet(formats.at_start(formats.moment_in_words(t, remark.at))),
        ground=theme.WARNING_SOFT if disagrees else theme.SURFACE,
    )
