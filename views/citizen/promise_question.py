"""A message about a promise that was not kept in time: the promise is its subject."""

import flet as ft

from portal.contract.plans import Plan
from views.components.page import Page
from views.components.states import FailureNote, shown
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import use_loaded
from views.messages.compose import NewThreadForm


@component
def AskAboutPromiseScreen() -> ft.Control:
    """Draw the form. Each promise has a draft of its own: a message under way stays as it is."""
    app = use_app()
    t = app.t
    promise_id = ft.use_route_params().get("promise_id", "")
    loaded = use_loaded(app.client.plan)

    def draw(plan: Plan) -> ft.Control:
        promise = next((one for one in plan.promises if str(one.id) == promise_id), None)
        if promise is None:
            return FailureNote(Failure(FailureKind.NOT_FOUND))
        return NewThreadForm(f"message:promise:{promise_id}", subject=promise.text)

    return Page(t("Skriv besked"), shown(loaded, draw), back=(t("Løfter"), "/promises"))
