"""Om mig: the citizen's own words about themselves, written once, on top of the plan."""

from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.people import AboutMe, EditAboutMe
from portal.plan_client import PlanNotFound
from views import theme
from views.acting import use_act
from views.citizen.changes import ChangesOnRequest
from views.components.buttons import PrimaryButton, PrimaryLink, QuietButton, button_row
from views.components.cards import NoticeKind, card, notice, stack
from views.components.fields import TextInput
from views.components.form import form_stack, with_failure
from views.components.page import Page
from views.components.states import LoadingNote, empty, shown, stands_now
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.drafts import Draft, use_draft
from views.forms import FieldError, use_form
from views.guard import component
from views.loading import Loaded, use_loaded

_DRAFT: Final = "about-me"
_FIELDS: Final = ("matters", "strengths", "dreams", "bad_day")


@component
def AboutMeScreen() -> ft.Control:
    """Draw the form with what was written so far."""
    app = use_app()
    t = app.t

    async def read() -> tuple[bool, AboutMe | None]:
        try:
            return True, (await app.client.plan()).about_me
        except PlanNotFound:
            return False, None

    def draw(found: tuple[bool, AboutMe | None]) -> ft.Control:
        has_plan, about_me = found
        if not has_plan:
            return empty(
                t("Her kan du skrive om dig selv, når du har en plan."),
                PrimaryLink(t("Bed om en plan"), "/"),
            )
        return AboutMeForm(about_me)

    # What is written elsewhere meanwhile is told when saving, and never put over these words.
    loaded: Loaded[tuple[bool, AboutMe | None]] = use_loaded(read)
    return Page(t("Om mig"), shown(loaded, draw), back=(t("Min plan"), "/plan"))


@component
def AboutMeForm(about_me: AboutMe | None) -> ft.Control:
    """Draw four questions with examples; nothing has to be answered."""
    app = use_app()
    t = app.t
    act = use_act()
    written = about_me.model_dump(include=set(_FIELDS)) if about_me else dict.fromkeys(_FIELDS, "")
    draft = use_draft(_DRAFT, written)
    version, show_version = ft.use_state(about_me.version if about_me else 0)
    newest = act.newest(AboutMe)
    saved, show_saved = ft.use_state(initial=False)
    form = use_form(act)

    async def save() -> None:
        show_saved(False)
        values = {name: draft.text(name) for name in _FIELDS}
        command = form.read(lambda: EditAboutMe.model_validate(values))
        if command is None:
            return
        seen = newest.version if newest else version
        newer = await act.run(lambda _: app.client.edit_about_me(command, seen), (command, seen))
        if newer:
            await draft.drop()
            show_version(newer.version)
            show_saved(True)

    if not draft.ready:
        return LoadingNote()
    names = dict(questions(t))
    return form_stack(
        form,
        body(t("Skriv kun det, du har lyst til. Din kontaktperson kan læse det.")),
        *(
            Question(draft, name, label, form.error(name), key=name)
            for name, label in names.items()
        ),
        with_failure(
            form.failure,
            *([_newest_words(t, newest)] if newest else []),
            *([notice(NoticeKind.SUCCESS, t("Det er gemt."))] if saved else []),
            buttons=button_row(PrimaryButton(t("Gem"), save)),
            spacing=theme.SPACE_5,
        ),
        ChangesOnRequest(app.client.about_me_history, names, key=f"version-{version}"),
        spacing=theme.SPACE_5,
    )


@component
def Question(
    draft: Draft, name: str, label: str, error: FieldError | None, key: str | None = None
) -> ft.Control:
    """Draw one question; examples are shown on request."""
    del key
    t = use_app().t
    is_open, show_open = ft.use_state(initial=False)

    async def turn() -> None:
        show_open(lambda now: not now)

    async def change(text: str) -> None:
        await draft.change(name, text)

    said = t("Skjul eksempler") if is_open else t("Vis eksempler")
    return stack(
        TextInput(
            label,
            draft.text(name),
            change,
            on_leave=draft.save,
            error=error,
            optional=True,
            lines=3,
            max_length=4000,
        ),
        QuietButton(said, turn, ft.Icons.LIGHTBULB_OUTLINE, about=label),
        *([card(*(quiet(example) for example in examples(t, name)))] if is_open else []),
        spacing=theme.SPACE_1,
    )


def questions(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the four fields and what is asked."""
    return (
        ("matters", t("Hvad er vigtigt for dig?")),
        ("strengths", t("Hvad er du god til?")),
        ("dreams", t("Hvad drømmer du om?")),
        ("bad_day", t("Hvad hjælper på en dårlig dag?")),
    )


def examples(t: Translator, name: str) -> tuple[str, ...]:
    """Return what others might write."""
    return {
        "matters": (
            t("At mine børn har det godt."),
            t("At jeg ved, hvad der skal ske i morgen."),
        ),
        "strengths": (
            t("Jeg er god til at lave mad."),
            t("Jeg møder altid til tiden, når jeg kender vejen."),
        ),
        "dreams": (
            t("Et job, hvor jeg er sammen med dyr."),
            t("At vi kan tage på ferie sammen."),
        ),
        "bad_day": (
            t("Skriv til mig i stedet for at ringe."),
            t("Lad os gå en tur, mens vi taler."),
        ),
    }.get(name, ())


def _newest_words(t: Translator, newest: AboutMe) -> ft.Control:
    parts: list[ft.Control] = []
    for name, label in questions(t):
        if text := str(getattr(newest, name)):
            parts += [quiet(label), own_words(text)]
    return stands_now(t, *parts, several_fields=True)
