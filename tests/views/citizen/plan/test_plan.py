"""Min plan in the real app: whose help, why, until when; decisions and promises."""

from datetime import timedelta

from i18n import formats
from portal.plan_client import PlanUnavailable


async def test_help_stands_under_the_goal_it_serves_and_nothing_twice(open_app):
    screen = await open_app("/plan")
    assert screen.heading() == "Min plan"
    texts = screen.texts()
    assert texts.index("Genoptræning af ryggen") > texts.index("🚶 Gå en tur hver dag")
    assert texts.index("Familiebehandling") > texts.index("Anden hjælp")
    for title in ("Mentor", "Genoptræning af ryggen", "Familiebehandling"):
        assert texts.count(title) == 1


async def test_help_can_be_seen_by_who_gives_it(open_app):
    screen = await open_app("/plan")
    await screen.choose("administration")
    texts = screen.texts()
    assert texts.index("Mentor") > texts.index("Beskæftigelse")
    assert texts.index("Genoptræning af ryggen") > texts.index("Sundhed")


async def test_an_intervention_opens_to_all_of_it(open_app):
    screen = await open_app("/plan")
    assert screen.sees("Så har du en at tale med om vejen til job.")
    assert screen.sees("Ali Demir, Træningscentret")
    assert not screen.sees("Sundhedsloven, § 140")
    await screen.click("Vis mere")
    assert screen.sees("Sundhedsloven, § 140")
    await screen.click("Vis mindre")
    assert not screen.sees("Sundhedsloven, § 140")


async def test_who_opens_an_intervention_stays_at_the_button(open_app):
    screen = await open_app("/plan")
    button = screen.button("Vis mere")
    await screen.click("Vis mere")
    assert screen.button("Vis mindre")._i == button._i  # so the browser keeps the focus there


async def test_an_intervention_that_is_opened_again_is_not_drawn_anew(open_app):
    screen = await open_app("/plan")
    await screen.click("Vis mere")
    drawn = [control._i for control in screen.controls()]
    await screen.click("Vis mindre")
    await screen.click("Vis mere")
    assert [control._i for control in screen.controls()] == drawn


async def test_a_decision_tells_how_many_days_are_left_to_appeal(open_app):
    screen = await open_app("/plan")
    assert screen.sees("Der er 19 dage tilbage.")
    assert screen.sees("Skriv eller ring til Voksen-social.")


async def test_a_promise_that_was_not_kept_stands_in_plain_sight(open_app):
    screen = await open_app("/plan")
    assert screen.sees("Skulle være sket")
    assert screen.sees("Lovet af Mette Holm")


async def test_without_a_plan_the_page_says_so(open_app, plan):
    plan.has_plan = False
    screen = await open_app("/plan")
    assert screen.sees("Du har ikke en plan endnu.")
    await screen.click("Bed om en plan")
    assert screen.heading() == "Overblik"


async def test_no_connection(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/plan")
    assert screen.sees("Der er ingen forbindelse")


async def test_in_english_dates_are_english(open_app):
    screen = await open_app("/plan", language="en")
    assert screen.heading() == "My plan"
    day = formats.today() + timedelta(days=19)
    assert screen.sees(day.strftime("%A %-d %B"))
    assert screen.sees("19 days left")


async def test_help_stands_by_theme_and_work_is_always_one_of_them(open_app, plan):
    screen = await open_app("/plan")
    await screen.choose("theme")
    texts = screen.texts()
    assert texts.index("Genoptræning af ryggen") > texts.index("Helbred")
    assert "Arbejde og uddannelse" in texts
    for title in ("Mentor", "Genoptræning af ryggen", "Familiebehandling"):
        assert texts.count(title) == 1


async def test_help_in_weeks_shows_what_lasts_and_how_full_each_week_is(open_app):
    screen = await open_app("/plan")
    await screen.choose("weeks")
    assert screen.sees("Mentor")
    assert screen.sees("Så meget fylder ugerne")
    assert screen.sees("39,5 timer, 1 møde")
    assert screen.sees("En uge er fuld. Tal med din kontaktperson om det.")


async def test_weeks_with_room_in_them_are_not_called_full(open_app, plan):
    plan.full_week = False
    screen = await open_app("/plan")
    await screen.choose("weeks")
    assert screen.sees("13 timer, 1 møde")
    assert not screen.sees("En uge er fuld")


async def test_what_overlaps_is_said_kindly_each_in_its_own_way(open_app):
    screen = await open_app("/plan")
    assert screen.sees("Kan det hele passe?")
    assert screen.sees("Det er ikke din fejl.")
    texts = "\n".join(screen.texts())
    assert texts.index("Praktik og Genoptræning") < texts.index("Mentor og Bostøtte")
    assert not screen.sees("To afdelinger hjælper")
    await screen.click("Vis flere")
    assert screen.sees("Mentor og Bostøtte hjælper med det samme mål.")
    assert screen.sees("To afdelinger hjælper med helbred: Samtaler og Træning.")
    assert screen.sees("To møder er på samme tid: Møde på jobcentret og Lægen")
    assert screen.sees("Praktik og Genoptræning er på samme tid hver uge: tirsdag.")


async def test_where_nothing_overlaps_nothing_is_said(open_app, plan):
    plan.found_overlaps = ()
    screen = await open_app("/plan")
    assert not screen.sees("Kan det hele passe?")
