"""Mine rettigheder: everything about oneself in three forms, each fetched by the browser itself."""

import flet as ft

from i18n.translator import translator
from views.citizen.rights import forms


def downloads(screen) -> list[str]:
    return [
        button.action.url
        for button in screen.controls()
        if isinstance(getattr(button, "action", None), ft.OpenUrl)
    ]


async def test_the_three_forms_are_one_tap_away(open_app):
    screen = await open_app("/rights")

    assert screen.heading() == "Mine rettigheder"
    assert downloads(screen) == ["/export/pdf", "/export/json", "/export/fhir"]


async def test_each_form_says_what_it_is_good_for(open_app):
    screen = await open_app("/rights", language="en")

    for form in forms(translator("en")):
        assert all(screen.sees(words) for words in (form.title, form.text, form.button))


async def test_a_receipt_can_be_saved_where_it_is_read(open_app, plan):
    consent = next(iter(plan.consents_by_id.values()))
    screen = await open_app(f"/sharing/{consent.id}")

    assert f"/receipts/{consent.id}" in downloads(screen)
