"""What is wrong with a form: said above it and at the field in the same words, and heard once."""

import flet as ft
import pytest

from portal.contract.errors import FieldProblem
from portal.plan_client import PlanInvalid, PlanUnavailable
from tests.views.fake_plan import WALK
from tests.views.harness import walk, words_of

SUMMARY = "Ret dette, og prøv igen:"
FORMS = {
    "/goals/new": ("Gem", "Skriv dit mål"),
    "/messages/new": ("Send", "Skriv et emne"),
    "/promises": ("Tilføj løfte", "Skriv, hvad du vil gøre"),
}


def summary_of(screen):
    """The summary: its words as they are heard, and its entries as they are seen."""
    return next(
        column
        for column in screen.controls()
        if isinstance(column, ft.Column)
        and column.scroll is ft.ScrollMode.HIDDEN
        and SUMMARY in [word for part in walk(column) for word in words_of(part)]
    )


def heard(screen):
    """Everything that a screen reader says without being asked."""
    lives = [c for c in screen.controls() if isinstance(c, ft.Semantics) and c.live_region]
    return [
        text for live in lives for text in ([live.label] if live.label else words_of(live.content))
    ]


def entries(screen):
    return [one for one in walk(summary_of(screen)) if isinstance(one, ft.TextButton)]


def said(entries):
    return [word for entry in entries for word in words_of(entry)]


def calls_to(screen, method):
    return [args for _, name, args in screen.browser.calls if name == method]


def place_of(control):
    """The way to a control through those around it, by number."""
    way = []
    while (around := control.parent) is not None:
        beside = getattr(around, "controls", [])
        way.append(next((n for n, one in enumerate(beside) if one is control), 0))
        control = around
    return way


@pytest.mark.parametrize("route", FORMS)
async def test_one_mistake_is_summarised_in_the_words_of_its_field_and_heard_once(open_app, route):
    screen = await open_app(route)
    button, words = FORMS[route]

    await screen.click(button)

    errors = said(entries(screen))
    assert words in errors
    for error in errors:
        assert screen.texts().count(error) == 2  # above the form, and at the field
    assert [text for text in heard(screen) if words in text] == [" ".join((SUMMARY, *errors))]


async def test_a_summary_comes_into_view(open_app):
    screen = await open_app("/goals/new")

    await screen.click("Gem")

    (call,) = calls_to(screen, "scroll_to")
    around = next(c for c in screen.controls() if c.key == call["scroll_key"])
    assert summary_of(screen) in list(walk(around))


async def test_why_a_form_could_not_be_saved_comes_into_view_and_its_button_stays(open_app, plan):
    screen = await open_app(f"/goals/{WALK}/edit")
    await screen.write("Hvad vil du gerne nå?", "Gå en tur ved stranden")
    plan.failure = PlanUnavailable()
    before = place_of(screen.button("Gem"))

    await screen.click("Gem")

    (call,) = calls_to(screen, "scroll_to")
    assert place_of(screen.button("Gem")) == before  # one that moves loses the focus
    around = next(c for c in screen.controls() if c.key == call["scroll_key"])
    assert any("Det er ikke gemt endnu" in str(getattr(c, "value", "")) for c in walk(around))


async def test_each_entry_leads_to_its_own_field(open_app):
    screen = await open_app("/messages/new")
    await screen.click("Send")
    screen.browser.calls.clear()

    subject, message = entries(screen)
    await screen.send(message, "click")

    field = screen.field("Din besked")
    assert (field._i, "focus") in [(control, name) for control, name, _ in screen.browser.calls]
    (call,) = calls_to(screen, "scroll_to")
    led_to = next(c for c in screen.controls() if c.key == call["scroll_key"])
    assert led_to.value == "Din besked"
    assert said([subject]) == ["Skriv et emne"]


async def test_an_entry_calls_the_keyboard_to_the_first_of_several_boxes(open_app):
    def called():
        return [
            one
            for one in screen.controls()
            if isinstance(one, ft.Semantics) and one.identifier == "keyboard"
        ]

    screen = await open_app("/sharing/new/collection")
    await screen.click("Gå videre")
    who, _, what, *_, how_long = entries(screen)

    await screen.send(who, "click")
    (first,) = called()
    assert first.label == next(iter(screen.options("Hvem må se det?").values()))
    await screen.send(first.content, "focus")
    assert called() == []

    await screen.send(what, "click")
    (first,) = called()
    assert isinstance(first.content, ft.Checkbox)
    await screen.send(first.content, "focus")

    await screen.choose("6")
    await screen.send(how_long, "click")
    (chosen,) = called()
    assert chosen.content.value == "6"


async def test_on_an_iphone_an_entry_scrolls_and_leaves_the_focus_alone(open_app):
    screen = await open_app("/goals/new")
    screen.session.apply_page_patch({"platform": "ios"})
    await screen.click("Gem")
    screen.browser.calls.clear()

    await screen.send(entries(screen)[0], "click")

    assert [name for _, name, _ in screen.browser.calls] == ["scroll_to"]


async def test_the_same_mistake_made_again_is_read_aloud_and_shown_again(open_app):
    screen = await open_app("/goals/new")
    await screen.click("Gem")
    (first,) = calls_to(screen, "scroll_to")

    await screen.click("Gem")

    _, second = calls_to(screen, "scroll_to")
    assert first["scroll_key"] != second["scroll_key"]


async def test_the_summary_names_only_what_is_still_wrong(open_app):
    screen = await open_app("/promises")
    await screen.click("Tilføj løfte")
    await screen.write("Dit løfte", "Ringe til skolen")

    await screen.click("Tilføj løfte")

    assert said(entries(screen)) == ["Vælg en dag for løftet"]
    assert screen.field("Dit løfte").value == "Ringe til skolen"


async def test_what_the_plan_api_refuses_is_summarised_too_and_only_there(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write("Hvad vil du gerne nå?", "Sove")
    plan.failure = PlanInvalid((FieldProblem(path="title", code="string_too_long"),))

    await screen.click("Gem")

    assert said(entries(screen)) == ["Teksten er for lang. Skriv den kortere."]
    assert not screen.sees("Noget skal rettes, før vi kan gemme.")


async def test_the_summary_goes_when_nothing_is_wrong_any_more(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.click("Gem")
    assert screen.sees(SUMMARY)

    await screen.write("Hvad vil du gerne nå?", "Sove")
    plan.failure = PlanUnavailable()
    await screen.click("Gem")

    assert not screen.sees(SUMMARY)
    assert screen.sees("Der er ingen forbindelse lige nu.")
