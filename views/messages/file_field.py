"""The field that adds files to a message: chosen in the browser, each with its state in words."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.plan_client import PlanError
from views import theme
from views.components.buttons import PickButton, QuietButton, button_row
from views.components.cards import stack
from views.components.text import body, isolated, quiet
from views.context import use_app
from views.drafts import Draft
from views.guard import component, use_guard
from views.messages.files import (
    ENDINGS,
    ChosenFile,
    Files,
    FileState,
    size_in_words,
    upload_address,
)


async def _nothing(_: Any) -> None:
    """Hear nothing yet."""


@dataclass(eq=False)
class _Ears:
    """What the browser's picker calls: it is made once, the handlers with each drawing."""

    chosen: Callable[[Any], Awaitable[None]] = _nothing
    went: Callable[[Any], Awaitable[None]] = _nothing

    async def hear_chosen(self, event: Any) -> None:
        await self.chosen(event)

    async def hear_went(self, event: Any) -> None:
        await self.went(event)


def use_files(draft: Draft) -> Files:
    """Give a form its files: those that its draft remembers; a hook."""
    files: Files = ft.use_memo(lambda: Files(draft), [])

    def load() -> None:
        if draft.ready:
            files.load()

    ft.use_effect(load, dependencies=[draft.ready])
    return files


@component
def FileField(
    files: Files, plan_id: UUID, *before: ft.Control, key: str | None = None
) -> ft.Control:
    """Draw the files of a form, and the button that adds more, with others ``before`` it."""
    del key
    app, guarded = use_app(), use_guard()
    t = app.t
    drawn, draw = ft.use_state(0)
    del drawn
    ears: _Ears = ft.use_memo(_Ears, [])
    picker: ft.FilePicker = ft.use_memo(
        lambda: ft.FilePicker(on_result=ears.hear_chosen, on_upload=ears.hear_went), []
    )

    async def chosen(event: Any) -> None:
        for picked in event.files or []:
            added = files.add(picked.name, picked.size)
            if added.state is FileState.WAITING:
                address = upload_address(added, plan_id)
                await picker.upload(
                    [ft.FilePickerUploadFile(address, method="PUT", id=picked.id, name=picked.name)]
                )

    async def went(event: Any) -> None:
        if event.error:
            await files.finish(event.file_name, failed=True)
        elif event.progress == 1:
            await files.finish(event.file_name, failed=False)

    async def remove(one: ChosenFile) -> None:
        await files.remove(one.id)
        if one.state is FileState.COMPLETE:
            with contextlib.suppress(PlanError):  # what no message holds is forgotten by itself
                await app.client.drop_attachment(one.id)

    ears.chosen, ears.went = guarded(chosen), guarded(went)
    files.changed = lambda: draw(lambda times: times + 1)
    return stack(
        *(FileRow(one, remove, key=f"{one.id}-{one.state}") for one in files.chosen),
        button_row(*before, PickButton(t("Vedhæft fil"), picker, ENDINGS, ft.Icons.ATTACH_FILE)),
        spacing=theme.SPACE_2,
    )


@component
def FileRow(file: ChosenFile, remove: Any, key: str | None = None) -> ft.Control:
    """Draw one file: its name and size, where it is, and the way to leave it out."""
    del key
    t = use_app().t

    async def leave_out() -> None:
        await remove(file)

    return ft.Row(
        wrap=True,
        spacing=theme.SPACE_2,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            ft.Semantics(
                live_region=True,
                content=body(f"{isolated(file.name)} ({size_in_words(t, file.size)})"),
            ),
            quiet(_state(t, file.state)),
            QuietButton(t("Fjern"), leave_out, ft.Icons.CLOSE, about=file.name),
        ],
    )


def _state(t: Translator, state: FileState) -> str:
    return {
        FileState.WAITING: t("Henter filen …"),
        FileState.COMPLETE: t("Klar til at sende"),
        FileState.FAILED: t("Filen kunne ikke hentes. Prøv en PDF, et billede eller en tekst."),
        FileState.TOO_LARGE: t("Filen er for stor. Den må højst fylde 10 MB."),
        FileState.TOO_MANY: t("Du kan højst sende 5 filer i en besked."),
    }[state]
