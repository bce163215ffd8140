"""Nothing that goes wrong in a handler or a component ends a person's session."""

import re

import flet as ft
import pytest
from structlog.testing import capture_logs

from views.components.buttons import PrimaryButton
from views.context import use_app
from views.failures import report
from views.guard import component
from views.routes import Screens


@component
def _BreaksWhenDrawn() -> ft.Control:  # noqa: N802
    raise RuntimeError("a secret")


@component
def _BreaksWhenTapped() -> ft.Control:  # noqa: N802
    t = use_app().t

    async def fail() -> None:
        raise RuntimeError("a secret")

    return ft.Column(controls=[_BreaksWhenDrawn(), PrimaryButton(t("Gem"), fail)])


@pytest.fixture
def broken_overview(monkeypatch):
    """Put a screen that breaks at the address of the overview."""
    routes = Screens.__component_impl__.__globals__["_ROUTES"]
    (frame,) = routes["citizen"]
    monkeypatch.setattr(frame.children[0], "component", _BreaksWhenTapped)


@pytest.mark.usefixtures("broken_overview")
async def test_a_part_that_cannot_be_drawn_leaves_the_rest_usable(open_app):
    screen = await open_app("/")
    assert screen.sees("Det kan ikke vises lige nu. Nummer til hjælp:")
    assert screen.sees("Gem")
    await screen.click("Kontaktperson")
    assert screen.heading() == "Din kontaktperson"


@pytest.mark.usefixtures("broken_overview")
async def test_a_tap_that_fails_is_told_with_a_reference_and_no_secret(open_app):
    screen = await open_app("/")
    with capture_logs() as records:
        await screen.click("Gem")
    told = [dialog.content.value for dialog in screen.session.page._dialogs.controls]
    words, _, reference = told[0].rpartition(" ")
    assert words == "Noget gik galt. Det, du skrev, er gemt. Nummer til hjælp:"
    (logged,) = [record for record in records if record.get("reference") == reference]
    assert logged["error"] == "RuntimeError"
    assert re.fullmatch(rf"{re.escape(__file__)}:\d+ fail", logged["places"][-1])
    assert "secret" not in repr(records)


def test_the_log_names_also_the_places_that_led_to_an_error():
    with capture_logs() as records:
        try:
            try:
                int("a secret")
            except ValueError as error:
                raise RuntimeError("another secret") from error
        except RuntimeError as error:
            report(error)
    (logged,) = records
    assert len(logged["places"]) == 2
    assert "secret" not in repr(logged)
