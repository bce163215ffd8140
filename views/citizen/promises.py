"""Løfter: what the municipality promised, kept or not, and what one has promised oneself."""

from collections.abc import Callable

import flet as ft

from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.plans import KeepPromise, Plan, Promise, PromiseState
from views import theme, words
from views.acting import use_act
from views.citizen.promise_form import NewPromiseForm, RewordForm, promise_state
from views.components.buttons import LinkButton, PrimaryLink, QuietButton, SecondaryButton
from views.components.cards import badge, card, section, stack
from views.components.fields import Tick
from views.components.page import Page
from views.components.paging import paged
from views.components.states import FailureNote, empty, shown
from views.components.text import body, isolated, own_words, quiet
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Failed, use_loaded

_FIRST_KEPT = 5


@component
def PromisesScreen() -> ft.Control:
    """Draw all promises of the plan."""
    app = use_app()
    t = app.t
    loaded = use_loaded(app.client.plan, on={"plan", "request"})

    def replace(plan: Plan, promise: Promise) -> None:
        others = tuple(one for one in plan.promises if one.id != promise.id)
        loaded.replace(plan.model_copy(update={"promises": (*others, promise)}))

    match loaded.state:
        case Failed(failure=failure) if failure.kind is FailureKind.NOT_FOUND:
            content = empty(
                t("Her står løfter, når du har en plan."), PrimaryLink(t("Bed om en plan"), "/")
            )
        case _:
            content = shown(loaded, lambda plan: PromisesView(plan, lambda one: replace(plan, one)))
    return Page(t("Løfter"), content)


@component
def PromisesView(plan: Plan, show: Callable[[Promise], None]) -> ft.Control:
    """Draw what is not kept in time first, then what is ahead, then what was kept."""
    t = use_app().t
    added, count_added = ft.use_state(0)
    theirs, mine, kept = sorted_promises(plan)

    def add(promise: Promise) -> None:
        count_added(lambda number: number + 1)
        show(promise)

    def card_of(promise: Promise) -> ft.Control:
        return PromiseCard(promise, show, key=str(promise.id))

    return stack(
        body(t("Her kan du se, om det, der blev lovet, også sker.")),
        section(
            t("Kommunen har lovet"),
            paged(theirs, card_of)
            if theirs
            else quiet(t("Kommunen har ikke lovet noget lige nu.")),
        ),
        section(
            t("Du har lovet"),
            paged(mine, card_of),
            # A new key after each promise: the fields begin empty again.
            NewPromiseForm(plan.id, add, key=f"add-{added}"),
        ),
        *([Kept(kept, show)] if kept else []),
        spacing=theme.SPACE_6,
    )


@component
def Kept(promises: tuple[Promise, ...], show: Callable[[Promise], None]) -> ft.Control:
    """Draw what was kept: the latest, and all on request."""
    t = use_app().t
    everything, show_everything = ft.use_state(initial=False)

    async def open_all() -> None:
        show_everything(True)

    visible = promises if everything else promises[:_FIRST_KEPT]
    more = t("Vis alle {n}", n=len(promises))
    return section(
        t("Holdt"),
        paged(visible, lambda one: PromiseCard(one, show, key=str(one.id))),
        *([SecondaryButton(more, open_all)] if len(visible) < len(promises) else []),
    )


@component
def PromiseCard(
    promise: Promise, show: Callable[[Promise], None], key: str | None = None
) -> ft.Control:
    """Draw one promise; one's own can be ticked, and unticked again."""
    del key
    app = use_app()
    t = app.t
    act = use_act()
    kept = promise.state is PromiseState.KEPT
    rewording, show_form = ft.use_state(initial=False)

    async def reword() -> None:
        show_form(True)

    def finish(newer: Promise | None) -> None:
        show_form(False)
        if newer:
            show(newer)

    async def tick(done: bool) -> None:
        command = KeepPromise(kept=done)
        newer = await act.run(
            lambda _: app.client.keep_promise(promise.id, command, promise.version),
            (done, promise.version),
        )
        if newer:
            show(newer)

    about = promise_state(t, promise)
    if rewording:
        return card(RewordForm(promise, finish))
    return card(
        *(
            [Tick(isolated(promise.text), kept, tick)]
            if promise.may(Action.KEEP)
            else [own_words(promise.text, strong=True, title=True)]
        ),
        *([badge(about, strong=True)] if promise.state is PromiseState.OVERDUE else [quiet(about)]),
        *([quiet(promise_owner(t, promise))] if promise.administration else []),
        *(
            [LinkButton(t("Spørg om det"), f"/promises/{promise.id}/ask", about=promise.text)]
            if promise.administration and promise.state is PromiseState.OVERDUE
            else []
        ),
        *(
            [QuietButton(t("Ret"), reword, ft.Icons.EDIT_OUTLINED, about=promise.text)]
            if promise.may(Action.EDIT)
            else []
        ),
        *([FailureNote(act.failure)] if act.failure else []),
    )


def sorted_promises(
    plan: Plan,
) -> tuple[tuple[Promise, ...], tuple[Promise, ...], tuple[Promise, ...]]:
    """Return the municipality's and one's own that wait, the earliest first, and what was kept."""
    waiting = sorted(
        (one for one in plan.promises if one.state is not PromiseState.KEPT),
        key=lambda one: (one.due, one.text),
    )
    kept = sorted(
        (one for one in plan.promises if one.state is PromiseState.KEPT),
        key=lambda one: (one.kept_on or one.due, one.text),
        reverse=True,
    )
    return (
        tuple(one for one in waiting if one.administration),
        tuple(one for one in waiting if one.administration is None),
        tuple(kept),
    )


def promise_owner(t: Translator, promise: Promise) -> str:
    """Return who promised: a name and the part of the municipality."""
    if promise.administration is None:
        return t("Lovet af {name}", name=promise.owner)
    where = words.administration(t, promise.administration)
    return t("Lovet af {name}, {administration}", name=promise.owner, administration=where)
