"""Fakta om mig in the real app: told once, used by those who were allowed to."""

from datetime import timedelta
from uuid import UUID

import pytest

from i18n import formats
from portal.contract.told_facts import FactRequestState
from portal.plan_client import PlanUnavailable, StepUpNeeded
from tests.views.fake_life import ASKED, GRANTED

ASK = f"/facts/requests/{ASKED}"


async def test_who_asks_stands_before_what_was_told(open_app):
    screen = await open_app("/facts")

    assert screen.heading() == "Fakta om mig"
    drawn = "\n".join(screen.texts())
    assert drawn.index("Nogen spørger dig") < drawn.index("Det har du fortalt")
    assert screen.sees("Beskæftigelse spørger om Medicin")
    assert screen.sees("Bruges af Voksen-social")


async def test_a_fact_says_its_source_and_who_uses_it_for_what(open_app):
    screen = await open_app("/facts/housing")

    assert screen.heading() == "Bolig"
    for words in (
        "Jeg lejer en toværelses.",
        "Fortalt af Lone Lund",
        "Først spurgt af Beskæftigelse",
        "Til: Støtte i hjemmet.",
    ):
        assert screen.sees(words)


async def test_a_fact_is_changed_once_for_all_who_use_it(open_app, plan):
    screen = await open_app("/facts/housing")
    await screen.write("Med dine egne ord", "Jeg er flyttet.")
    await screen.click("Gem")

    assert plan.told["housing"].text == "Jeg er flyttet."
    assert screen.sees("Det er gemt.")
    assert plan.drafts == {}


async def test_a_fact_changed_meanwhile_shows_both_texts(open_app, plan):
    screen = await open_app("/facts/housing")
    await screen.write("Med dine egne ord", "Min tekst")
    there = plan.told["housing"]
    plan.told["housing"] = there.model_copy(update={"text": "Den nye tekst", "version": 2})

    await screen.click("Gem")

    assert screen.sees("Den nye tekst")
    assert screen.field("Med dine egne ord").value == "Min tekst"
    assert plan.told["housing"].text == "Den nye tekst"
    await screen.click("Gem")
    assert plan.told["housing"].text == "Min tekst"


async def test_something_new_is_told(open_app, plan):
    screen = await open_app("/facts")
    assert screen.sees("Det kan du fortælle om")
    await screen.go("/facts/medicine")
    await screen.write("Med dine egne ord", "Ingen")
    await screen.click("Gem")

    assert plan.told["medicine"].text == "Ingen"


async def test_what_stood_before_is_shown_on_request(open_app):
    screen = await open_app("/facts/housing")
    assert not screen.sees("Jeg bor hos min mor.")

    await screen.click("Se, hvad der stod før")

    assert screen.sees("Jeg bor hos min mor.")


async def test_use_is_stopped_by_one_tap(open_app, plan):
    screen = await open_app("/facts/housing")

    await screen.click("Stop det nu")

    assert plan.fact_requests[GRANTED].state is FactRequestState.STOPPED
    assert screen.sees("Ingen bruger det lige nu.")


async def test_a_question_is_answered_with_yes_until_a_day(open_app, plan):
    screen = await open_app(ASK)
    assert screen.heading() == "Beskæftigelse spørger om Medicin"
    assert screen.sees("Siger du nej, får de det ikke.")
    await screen.write("Dit svar", "Jeg får insulin.")
    await screen.choose("3")
    await screen.click("Ja, de må bruge det")

    request = plan.fact_requests[ASKED]
    assert request.state is FactRequestState.GRANTED
    assert timedelta(days=85) < request.valid_until - formats.today() < timedelta(days=95)
    assert plan.told["medicine"].text == "Jeg får insulin."
    assert screen.sees("Du har sagt ja til og med")


async def test_a_question_is_answered_with_no_without_a_reason(open_app, plan):
    screen = await open_app(ASK)

    await screen.click("Nej tak")

    assert plan.fact_requests[ASKED].state is FactRequestState.REFUSED
    assert screen.sees("Du har sagt nej")


async def test_yes_needs_an_answer(open_app, plan):
    screen = await open_app(ASK)

    await screen.click("Ja, de må bruge det")

    assert screen.sees("Skriv dit svar")
    assert plan.count("answer_fact_request") == 0


async def test_yes_with_an_old_login_leads_to_mitid_and_keeps_the_words(open_app, plan):
    screen = await open_app(ASK)
    await screen.write("Dit svar", "Jeg får insulin.")
    await screen.leave("Dit svar")
    plan.failure = StepUpNeeded()

    await screen.click("Ja, de må bruge det")

    assert "prompt=login" in screen.button("Log ind med MitID").action.url
    assert plan.drafts[f"fact-request:{ASKED}"]["text"] == "Jeg får insulin."


async def test_without_a_connection_nothing_is_said(open_app, plan):
    screen = await open_app(ASK)
    plan.failure = PlanUnavailable()

    await screen.click("Nej tak")

    assert screen.sees("Det er ikke gemt endnu.")


@pytest.mark.parametrize("address", ["/facts/unknown", f"/facts/requests/{UUID(int=1)}"])
async def test_what_is_not_there_is_said_to_be_gone(open_app, address):
    screen = await open_app(address)

    assert screen.sees("Vi kan ikke finde det, du leder efter.")


async def test_without_a_plan_one_is_told_how_to_get_one(open_app, plan):
    plan.has_plan = False

    screen = await open_app("/facts")

    assert screen.sees("Her kan du fortælle om dig selv, når du har en plan.")
