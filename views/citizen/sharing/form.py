"""The form of a consent: the words, and the choices that are a person's own to make."""

from collections.abc import Awaitable, Callable

import flet as ft

from portal.contract.consents import ConsentOffer
from views import theme
from views.citizen.sharing import choices
from views.citizen.sharing.facts import exact_words
from views.components.buttons import PrimaryButton, button_row
from views.components.cards import stack
from views.components.fields import Choice, TextInput, TickList
from views.components.form import form_stack
from views.components.text import fact
from views.context import use_app
from views.drafts import Draft
from views.forms import FieldError, Form, use_form
from views.guard import Handler, component


@component
def ConsentForm(offer: ConsentOffer, draft: Draft, on_ready: Handler) -> ft.Control:
    """Draw the text and the choices, which go to ``draft``; ``on_ready`` once all are made."""
    t = use_app().t
    form = use_form()

    async def proceed() -> None:
        found = choices.problems_in_choices(t, offer, choices.choices_of(offer, draft.text))
        form.refuse(found)
        if not found:
            await on_ready()

    return form_stack(
        form,
        *exact_words(t, offer.text),
        _Fields(offer, draft, form),
        button_row(PrimaryButton(t("Gå videre"), proceed)),
        spacing=theme.SPACE_5,
    )


@component
def _Fields(offer: ConsentOffer, draft: Draft, form: Form) -> ft.Control:
    """Draw the questions. What the last ones offer depends on the answers to the first ones."""
    t = use_app().t
    so_far, show_so_far = ft.use_state(choices.choices_of(offer, draft.text))

    def changes(name: str) -> Callable[[str], Awaitable[None]]:
        async def change(text: str) -> None:
            await draft.change(name, text)
            show_so_far(choices.choices_of(offer, draft.text))

        return change

    def one_of(name: str, label: str, options: choices.Options) -> ft.Control:
        if len(options) == 1:
            return fact(label, options[0][1])
        return Choice(label, options, draft.text(name), changes(name), error=form.error(name))

    from_whom = choices.source_options(t, offer)
    return stack(
        one_of(choices.RECIPIENT, t("Hvem må se det?"), choices.recipient_options(t, offer)),
        *([one_of(choices.SOURCE, t("Hvor kommer det fra?"), from_whom)] if from_whom else []),
        TickList(
            t("Hvad må de se?"),
            choices.category_options(t, offer, so_far),
            draft.text(choices.CATEGORIES),
            changes(choices.CATEGORIES),
            error=form.error(choices.CATEGORIES),
        ),
        _Case(offer, draft, form.error(choices.CASE)),
        one_of(choices.PERIOD, t("Hvor længe?"), choices.period_options(t, offer)),
        spacing=theme.SPACE_5,
    )


@component
def _Case(offer: ConsentOffer, draft: Draft, error: FieldError | None) -> ft.Control:
    t = use_app().t

    async def change(text: str) -> None:
        await draft.change(choices.CASE, text)

    return TextInput(
        t("Hvilken sag handler det om?"),
        draft.text(choices.CASE),
        change,
        on_leave=draft.save,
        error=error,
        hint=t("For eksempel: Min sag om støtte i hjemmet."),
        optional=not offer.case_needed,
    )
