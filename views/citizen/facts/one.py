"""One fact: what was told, by whom and since when, who uses it, and how to change it."""

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.told_facts import (
    FactRequest,
    FactRequestState,
    FactTopic,
    FactUse,
    StopFact,
    TellFact,
    ToldFact,
    ToldFactList,
)
from views import theme, words
from views.acting import use_act
from views.citizen.changes import ChangesOnRequest
from views.citizen.facts.wording import (
    fact_of,
    fact_source,
    read_facts,
    topic_name,
    use_in_words,
)
from views.components.buttons import PrimaryButton, SecondaryButton, button_row
from views.components.cards import NoticeKind, card, notice, section, stack
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import FailureNote, LoadingNote, OutdatedNote, shown, stands_now
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.drafts import use_draft
from views.failures import Failure, FailureKind
from views.forms import use_form
from views.guard import component
from views.loading import Loaded, Ready, use_loaded


@component
def FactScreen() -> ft.Control:
    """Draw the topic that the address names."""
    code = ft.use_route_params().get("topic", "")
    return _FactPage(code, key=code)


@component
def _FactPage(code: str, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_facts(app.client), on={"fact"})
    back = (t("Fakta om mig"), "/facts")
    if not isinstance(loaded.state, Ready):
        return Page(t("Fakta om mig"), shown(loaded, lambda _: body("")), back=back)
    found = loaded.state.value
    topic = next((one for one in found.topics if one.code == code), None)
    if topic is None:
        note = FailureNote(Failure(FailureKind.NOT_FOUND))
        return Page(t("Fakta om mig"), note, back=back)
    return Page(
        topic_name(t, topic),
        *([OutdatedNote(loaded.reload)] if loaded.state.outdated else []),
        FactView(found, topic, loaded),
        back=back,
    )


@component
def FactView(found: ToldFactList, topic: FactTopic, loaded: Loaded[ToldFactList]) -> ft.Control:
    """Draw what was told and its users, then the field to tell it anew."""
    app = use_app()
    t = app.t
    fact = fact_of(found, topic.code)
    parts: list[ft.Control] = []
    if fact:
        parts.append(card(own_words(fact.text), quiet(fact_source(t, fact)), *_asked(t, fact)))
        uses = [
            UseCard(use, _granted(found, topic, use), loaded, key=use.administration.value)
            for use in fact.uses
        ]
        nobody = quiet(t("Ingen bruger det lige nu. De må spørge dig først."))
        parts.append(section(t("Hvem bruger det?"), *(uses or [nobody])))
    if found.may_tell:
        # The form keeps its place while somebody else's newer text is shown above it.
        parts.append(TellForm(found, topic, fact, loaded, key=topic.code))
    if fact:
        plan_id = found.plan_id
        parts.append(
            ChangesOnRequest(
                lambda: app.client.fact_history(plan_id, topic.code),
                {"text": ""},
                key=f"version-{fact.version}",
            )
        )
    return stack(*parts, spacing=theme.SPACE_6)


def _asked(t: Translator, fact: ToldFact) -> list[ft.Control]:
    if fact.first_asked_by is None:
        return []
    first = words.administration(t, fact.first_asked_by)
    return [quiet(t("Først spurgt af {administration}", administration=first))]


def _granted(found: ToldFactList, topic: FactTopic, use: FactUse) -> FactRequest | None:
    """Return the answer on which an administration uses something, to be stopped."""
    return next(
        (
            one
            for one in found.requests
            if one.topic.code == topic.code
            and one.administration is use.administration
            and one.state is FactRequestState.GRANTED
        ),
        None,
    )


@component
def UseCard(
    use: FactUse,
    granted: FactRequest | None,
    loaded: Loaded[ToldFactList],
    key: str | None = None,
) -> ft.Control:
    """Draw who uses it, for what, and how to stop that."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    name = words.administration(t, use.administration)

    async def stop() -> None:
        if granted is None:
            return
        command = StopFact(answer="stop")
        await act.run(
            lambda _: app.client.answer_fact_request(granted.id, command, granted.version),
            (granted.id, granted.version),
        )
        loaded.reload()

    may_stop = granted is not None and granted.may(Action.WITHDRAW)
    return card(
        body(name, strong=True),
        quiet(use_in_words(t, use)),
        *([FailureNote(act.failure)] if act.failure else []),
        *(
            [SecondaryButton(t("Stop det nu"), stop, about=name, doing=t("Stopper …"))]
            if may_stop
            else []
        ),
    )


@component
def TellForm(
    found: ToldFactList,
    topic: FactTopic,
    fact: ToldFact | None,
    loaded: Loaded[ToldFactList],
    key: str | None = None,
) -> ft.Control:
    """Draw the field for the whole answer; where somebody was faster, both texts are shown."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    draft = use_draft(f"fact:{topic.code}", {"text": fact.text if fact else ""})
    version, show_version = ft.use_state(fact.version if fact else 0)
    newest = act.newest(ToldFact)
    saved, show_saved = ft.use_state(initial=False)
    form = use_form(act, {"text": t("Skriv dit svar")})

    async def write(text: str) -> None:
        await draft.change("text", text)

    async def save() -> None:
        show_saved(False)
        command = form.read(lambda: TellFact(text=draft.text("text")))
        if command is None:
            return
        seen = newest.version if newest else version
        newer = await act.run(
            lambda _: app.client.tell_fact(found.plan_id, topic.code, command, seen),
            (command, seen),
        )
        if newer:
            await draft.drop()
            show_version(newer.version)
            show_saved(True)
            loaded.reload()

    if not draft.ready:
        return LoadingNote()
    return section(
        t("Ret det, du har fortalt") if fact else t("Fortæl det én gang"),
        form_stack(
            form,
            TextInput(
                t("Med dine egne ord"),
                draft.text("text"),
                write,
                on_leave=draft.save,
                error=form.error("text"),
                lines=4,
                max_length=4000,
            ),
            with_failure(
                form.failure,
                *([stands_now(t, own_words(newest.text))] if newest else []),
                *([notice(NoticeKind.SUCCESS, t("Det er gemt."))] if saved else []),
                buttons=button_row(PrimaryButton(t("Gem"), save)),
            ),
        ),
    )
