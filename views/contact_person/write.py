"""A new message from the contact person to one citizen."""

from uuid import UUID

import flet as ft

from portal.contract.work import CitizenList
from views.addresses import use_id
from views.components.cards import stack
from views.components.page import Page
from views.components.states import FailureNote, empty, shown
from views.components.text import body
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import use_loaded
from views.messages.compose import NewThreadForm
from views.not_found import NotFoundScreen


@component
def WriteToCitizenScreen() -> ft.Control:
    """Draw the form that begins a thread with the citizen of the address."""
    citizen_id = use_id("citizen_id")
    if citizen_id is None:
        return NotFoundScreen()
    return WriteTo(citizen_id, key=str(citizen_id))


@component
def WriteTo(citizen_id: UUID, key: str | None = None) -> ft.Control:
    """Draw the form, once the citizen's plan is known."""
    del key
    app = use_app()
    t = app.t
    # The list of citizens, not the briefing: that would read a whole plan to learn a name.
    loaded = use_loaded(app.client.citizens)

    def draw(found: CitizenList) -> ft.Control:
        citizen = next((one for one in found.citizens if one.id == citizen_id), None)
        if citizen is None:
            return FailureNote(Failure(FailureKind.NOT_FOUND))
        if citizen.plan_id is None:
            return empty(t("Du kan ikke skrive til denne borger. Der er ingen plan."))
        return stack(
            body(t("Til {name}", name=citizen.name), strong=True),
            NewThreadForm(f"message:new:{citizen_id}", citizen.plan_id),
        )

    return Page(
        t("Skriv besked"),
        shown(loaded, draw),
        back=(t("Borgeren"), f"/work/citizens/{citizen_id}"),
    )
