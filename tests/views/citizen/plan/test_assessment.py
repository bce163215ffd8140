"""Min udredning in the real app: own words beside those of the municipality."""

from portal.contract.assessments import FunctionLevel
from portal.plan_client import PlanUnavailable
from tests.views.fake_assessment import own_view

FIELD = "Hvordan går det, som du ser det?"


async def test_own_words_stand_before_those_of_the_municipality(open_app):
    screen = await open_app("/plan/assessment")
    assert screen.heading() == "Min udredning"
    texts = screen.texts()
    assert texts.index("At passe på dig selv") < texts.index("Sådan ser du det")
    assert texts.index("Sådan ser du det") < texts.index("Sådan ser Voksen-social det")
    assert screen.sees("Jeg glemmer at spise.")
    assert screen.sees("Lone har brug for en at lave mad sammen med.")
    assert screen.sees("Noget svært")


async def test_themes_that_nobody_wrote_about_can_be_written_about(open_app):
    screen = await open_app("/plan/assessment")
    assert screen.sees("Det kan du skrive om")
    await screen.click("At komme rundt")
    assert screen.heading() == "At komme rundt"


async def test_whoever_may_not_write_is_not_offered_to(open_app, plan):
    plan.may_write_own = False
    screen = await open_app("/plan/assessment")
    assert not screen.sees("Det kan du skrive om")
    assert not screen.sees("Ret det, du har skrevet")


async def test_the_own_view_is_written_once_on_a_double_tap(open_app, plan):
    screen = await open_app("/plan/assessment/mobility")
    await screen.write(FIELD, "Jeg tager bussen.")
    await screen.choose("mild")
    await screen.click("Gem")
    assert screen.sees("Det er gemt.")
    assert plan.own_views["mobility"].text == "Jeg tager bussen."
    assert plan.own_views["mobility"].level is FunctionLevel.MILD
    assert plan.drafts == {}


async def test_a_view_changed_meanwhile_shows_both_texts(open_app, plan):
    screen = await open_app("/plan/assessment/self_care")
    await screen.write(FIELD, "Min tekst")
    plan.own_views["self_care"] = own_view("Skrevet på en anden telefon", version=2)
    await screen.click("Gem")
    assert screen.sees("Skrevet på en anden telefon")
    assert plan.own_views["self_care"].text == "Skrevet på en anden telefon"
    await screen.click("Gem")
    assert plan.own_views["self_care"].text == "Min tekst"


async def test_a_theme_that_does_not_exist_says_so(open_app):
    screen = await open_app("/plan/assessment/nothing")
    assert screen.sees("Vi kan ikke finde det, du leder efter.")


async def test_without_a_plan_the_way_to_one_is_shown(open_app, plan):
    plan.has_plan = False
    screen = await open_app("/plan/assessment")
    assert screen.sees("Du har ikke en plan endnu.")


async def test_no_connection(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/plan/assessment")
    assert screen.sees("Der er ingen forbindelse")
