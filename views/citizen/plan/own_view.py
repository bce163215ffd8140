"""The citizen's own view of a theme: written, changed, with what it was before."""

import flet as ft

from portal.contract.assessments import (
    Assessment,
    EditOwnView,
    FunctionLevel,
    OwnView,
    ThemeAssessment,
)
from views import theme
from views.acting import use_act
from views.citizen.changes import ChangesOnRequest
from views.citizen.plan.assessment import professional_card
from views.citizen.plan.assessment_words import level, read_assessment, theme_name, theme_of
from views.components.buttons import PrimaryButton, button_row
from views.components.cards import NoticeKind, notice, section, stack
from views.components.fields import Choice, TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, shown, stands_now
from views.components.text import body, own_words
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import component
from views.loading import Loaded, Ready, use_loaded


@component
def OwnViewScreen() -> ft.Control:
    """Draw the theme that the address names."""
    code = ft.use_route_params().get("theme", "")
    return _OwnViewPage(code, key=code)


@component
def _OwnViewPage(code: str, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_assessment(app.client), on={"plan"})
    back = (t("Min udredning"), "/plan/assessment")
    if not isinstance(loaded.state, Ready):
        return Page(t("Min udredning"), shown(loaded, lambda _: body("")), back=back)
    found = loaded.state.value
    one = theme_of(found, code)
    if one is None:
        note = FailureNote(Failure(FailureKind.NOT_FOUND))
        return Page(t("Min udredning"), note, back=back)
    history = ChangesOnRequest(
        lambda: app.client.assessment_history(found.plan_id, code),
        {"text": ""},
        key=f"version-{one.own.version if one.own else 0}",
    )
    own = section(
        t("Sådan ser du det"),
        *([OwnViewForm(found, one, loaded, key=code)] if found.may_write_own else []),
        history,
    )
    others = [professional_card(t, view) for view in one.professional]
    return Page(theme_name(t, one.theme), stack(own, *others, spacing=theme.SPACE_6), back=back)


@component
def OwnViewForm(
    found: Assessment,
    one: ThemeAssessment,
    loaded: Loaded[Assessment],
    key: str | None = None,
) -> ft.Control:
    """Draw the field for the whole view; where somebody was faster, both texts are shown."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    own = one.own
    draft = use_draft(
        f"own-view:{one.theme.code}",
        {"text": own.text if own else "", "level": own.level.value if own and own.level else ""},
    )
    version, show_version = ft.use_state(own.version if own else 0)
    newest = act.newest(OwnView)
    saved, show_saved = ft.use_state(initial=False)
    form = use_form(act, {"text": t("Skriv med dine egne ord")})

    async def write(text: str) -> None:
        await draft.change("text", text)

    async def choose(code: str) -> None:
        await draft.change("level", code)

    async def save() -> None:
        show_saved(False)
        chosen = draft.text("level")
        level_now = FunctionLevel(chosen) if chosen else None
        command = form.read(lambda: EditOwnView(text=draft.text("text"), level=level_now))
        if command is None:
            return
        seen = newest.version if newest else version
        newer = await act.run(
            lambda _: app.client.edit_own_view(found.plan_id, one.theme.code, command, seen),
            (command, seen),
        )
        if newer:
            await draft.drop()
            show_version(newer.version)
            show_saved(True)
            loaded.reload()

    if not draft.ready:
        return LoadingNote()
    levels = tuple(
        (code.value, level(t, code))
        for code in FunctionLevel
        if code is not FunctionLevel.NOT_ASSESSED
    )
    return form_stack(
        form,
        TextInput(
            t("Hvordan går det, som du ser det?"),
            draft.text("text"),
            write,
            on_leave=draft.save,
            error=form.error("text"),
            lines=4,
            max_length=4000,
        ),
        Choice(t("Hvor svært er det?"), levels, draft.text("level"), choose),
        with_failure(
            form.failure,
            *([stands_now(t, own_words(newest.text))] if newest else []),
            *([notice(NoticeKind.SUCCESS, t("Det er gemt."))] if saved else []),
            buttons=button_row(PrimaryButton(t("Gem"), save)),
            spacing=theme.SPACE_5,
        ),
        spacing=theme.SPACE_5,
    )
