"""The app in Arabic: mirrored, with everybody's words in their own direction."""

import flet as ft
import pytest

from portal.contract.people import Role
from tests.views.fake_plan import WALK

TITLE = "Socialrådgiver og koordinerende kontaktperson for unge"
GOAL = "Jeg vil gå en lang tur i skoven hver dag, også når det regner"
STEP = "Gå rundt om søen sammen med min nabo om søndagen"
WHY = "Jeg sover bedre, når jeg har været ude. Og min ryg gør mindre ondt om aftenen."

LRI, PDI = "\u2066", "\u2069"


async def test_the_whole_app_turns_when_arabic_is_chosen_and_back(open_app):
    screen = await open_app("/profile")
    assert view_of(screen).rtl is False
    await screen.choose("ar")
    assert screen.heading() == "الملف الشخصي"
    assert view_of(screen).rtl is True
    assert screen.browser.kept["language"] == "ar", "the browser's page is told too"
    await screen.choose("da")
    assert view_of(screen).rtl is False


async def test_what_stands_beside_the_text_changes_sides(open_app):
    danish = await open_app("/work/citizens", role=Role.CONTACT_PERSON, width=1280)
    arabic = await open_app("/work/citizens", role=Role.CONTACT_PERSON, width=1280, language="ar")
    assert menu_line(danish) == (0, 1)
    assert menu_line(arabic) == (1, 0)


async def test_words_of_another_direction_are_set_apart(open_app):
    screen = await open_app("/profile", language="ar")
    assert f"{LRI}Lone Lund{PDI}" in screen.texts()
    danish = await open_app("/profile")
    assert "Lone Lund" in danish.texts()


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("/contact", TITLE),
        (f"/goals/{WALK}", GOAL),
        (f"/goals/{WALK}/drop", GOAL),
        (f"/goals/{WALK}", STEP),
    ],
)
async def test_a_title_in_danish_begins_where_the_lines_of_an_arabic_page_begin(
    open_app, plan, route, words
):
    plan.contact = plan.contact.model_copy(update={"title": TITLE})
    goal = plan.goals_by_id[WALK]
    steps = tuple(step.model_copy(update={"title": STEP}) for step in goal.steps)
    plan.goals_by_id[WALK] = goal.model_copy(update={"title": GOAL, "steps": steps})

    screen = await open_app(route, language="ar")

    assert alignments(screen, words) == {ft.TextAlign.START}


async def test_several_lines_in_danish_begin_at_the_left_of_an_arabic_page(open_app, plan):
    plan.goals_by_id[WALK] = plan.goals_by_id[WALK].model_copy(update={"why": WHY})

    screen = await open_app(f"/goals/{WALK}", language="ar")

    assert alignments(screen, WHY) == {ft.TextAlign.LEFT}


async def test_danish_words_in_a_field_of_an_arabic_page_keep_their_full_stop(open_app, plan):
    screen = await open_app("/about-me", language="ar")
    field = next(
        one
        for one in screen.controls()
        if isinstance(one, ft.TextField) and "ro om morgenen" in (one.value or "")
    )
    assert field.value == f"{LRI}Mine børn og ro om morgenen."
    assert field.max_length == 4001, "the mark takes no room from what can be written"

    screen.session.apply_patch(field._i, {"value": f"{field.value} Og te."})
    await screen.send(field, "change")
    await screen.send(field, "blur")
    (draft,) = plan.drafts.values()
    assert draft["matters"] == "Mine børn og ro om morgenen. Og te."


async def test_each_language_stands_under_its_own_name(open_app):
    screen = await open_app("/profile", language="ar")
    options = screen.options("اختر اللغة التي تريد القراءة بها")
    assert options["da"] == "Dansk"
    assert options["ar"] == "العربية"
    assert options["uk"] == "Українська"


def alignments(screen, words) -> set[ft.TextAlign]:
    texts = [one for one in screen.controls() if isinstance(one, ft.Text)]
    return {text.text_align for text in texts if words in (text.value or "")}


def view_of(screen) -> ft.View:
    return next(control for control in screen.controls() if isinstance(control, ft.View))


def menu_line(screen) -> tuple[float, float]:
    """How thick the lines at the left and the right of the menu are."""
    border = next(
        control.border
        for control in screen.controls()
        if isinstance(control, ft.Container) and control.width == 240
    )
    return border.left.width, border.right.width
