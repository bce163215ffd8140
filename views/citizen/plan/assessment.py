"""Min udredning: each theme with the citizen's own view beside that of the municipality."""

import flet as ft

from i18n.translator import Translator
from portal.contract.assessments import Assessment, OwnView, ProfessionalView, ThemeAssessment
from views import theme, words
from views.citizen.plan.assessment_words import level, read_assessment, theme_name, written
from views.components.buttons import LinkButton, PrimaryLink
from views.components.cards import LinkRow, badge, card, section, side_by_side, stack
from views.components.page import Page
from views.components.states import empty, shown
from views.components.text import body, own_words, quiet
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Failed, use_loaded


@component
def AssessmentScreen() -> ft.Control:
    """Draw the whole assessment."""
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_assessment(app.client), on={"plan"})
    match loaded.state:
        case Failed(failure=failure) if failure.kind is FailureKind.NOT_FOUND:
            content = empty(t("Du har ikke en plan endnu."), PrimaryLink(t("Bed om en plan"), "/"))
        case _:
            content = shown(loaded, lambda found: assessment_view(t, found, wide=app.wide))
    return Page(t("Min udredning"), content, back=(t("Min plan"), "/plan"))


def assessment_view(t: Translator, found: Assessment, *, wide: bool) -> ft.Control:
    """Return what is written theme by theme, then the themes that one can write about."""
    told = [one for one in found.themes if one.own or one.professional]
    untold = [one for one in found.themes if not one.own and not one.professional]
    parts = [
        body(t("Her står, hvordan det går. Dine egne ord står ved siden af kommunens.")),
        *(_theme(t, one, may_write=found.may_write_own, wide=wide) for one in told),
    ]
    if not told:
        parts.append(empty(t("Ingen har skrevet noget endnu.")))
    if untold and found.may_write_own:
        rows = [
            LinkRow(
                theme_name(t, one.theme),
                f"/plan/assessment/{one.theme.code}",
                leading=ft.Icon(ft.Icons.ADD, color=theme.ACCENT),
                key=one.theme.code,
            )
            for one in untold
        ]
        parts.append(section(t("Det kan du skrive om"), *rows))
    return stack(*parts, spacing=theme.SPACE_6)


def _theme(t: Translator, one: ThemeAssessment, *, may_write: bool, wide: bool) -> ft.Control:
    name = theme_name(t, one.theme)
    text = t("Ret det, du har skrevet") if one.own else t("Skriv, hvordan du ser det")
    address = f"/plan/assessment/{one.theme.code}"
    way = [LinkButton(text, address, ft.Icons.EDIT_OUTLINED, about=name)] if may_write else []
    own = card(body(t("Sådan ser du det"), strong=True), *_own(t, one.own), *way)
    others = [professional_card(t, view) for view in one.professional]
    if not others:
        others = [card(quiet(t("Kommunen har ikke skrevet noget her endnu.")))]
    if wide:
        return section(name, side_by_side(own, stack(*others)))
    return section(name, own, *others)


def _own(t: Translator, view: OwnView | None) -> list[ft.Control]:
    if view is None:
        return [quiet(t("Du har ikke skrevet noget endnu."))]
    state = [badge(level(t, view.level))] if view.level else []
    return [own_words(view.text), *state, quiet(written(t, view))]


def professional_card(t: Translator, view: ProfessionalView) -> ft.Control:
    """Return how an administration sees a theme."""
    name = words.administration(t, view.administration)
    return card(
        body(t("Sådan ser {administration} det", administration=name), strong=True),
        own_words(view.text),
        badge(level(t, view.level)),
        quiet(written(t, view)),
    )
