"""Deling, in the real app: consents seen, given and withdrawn."""

import asyncio

import pytest

from portal.contract.consents import Category, ConsentKind, ConsentState
from portal.contract.events import Event
from portal.contract.people import Administration
from portal.plan_client import PlanUnavailable, StepUpNeeded
from tests.views.fake_plan import (
    ACTIVE_CONSENT,
    EXPIRED_CONSENT,
    JONAS,
    ME,
    WITHDRAWN_CONSENT,
    consent_text,
)

COLLECTION = "/sharing/new/collection"


@pytest.fixture
def fill_in():
    """Make every choice of the offer to collect information."""

    async def filling_in(screen):
        await screen.choose("administration:employment")
        await screen.choose("family")
        await screen.tick("Familie")
        await screen.write("Hvilken sag handler det om?", "Min sag om støtte")
        await screen.choose("6")

    return filling_in


async def _tap_three_times(screen, name):
    """Tap while the first answer is still on its way, and once more after it."""
    held = screen.plan.held = asyncio.Event()
    button = screen.button(name)
    taps = [asyncio.create_task(screen.send(button, "click")) for _ in range(2)]
    await screen.settle()
    held.set()
    await asyncio.gather(*taps)
    await screen.send(button, "click")
    await screen.settle()


async def test_shows_active_expired_and_withdrawn_consents(open_app):
    screen = await open_app("/sharing")
    assert screen.heading() == "Deling"
    for text in ("Gælder nu", "Udløbet", "Trukket tilbage"):
        assert screen.sees(text)
    for text in ("Familie, aftaler", "Beskæftigelse", "Så du ikke skal sige det igen."):
        assert screen.sees(text)
    for text in ("Udløber om 12 dage", "Det udløb i går", "Du trak det tilbage i går"):
        assert screen.sees(text)


async def test_invites_kindly_where_nothing_was_given(open_app, plan):
    plan.consents_by_id = {}
    screen = await open_app("/sharing")
    assert screen.sees("Du har ikke givet et samtykke endnu")
    assert screen.sees("Giv samtykke")


async def test_a_consent_has_a_page_with_everything(open_app):
    screen = await open_app(f"/sharing/{ACTIVE_CONSENT}")
    assert screen.heading() == "Samtykke: collection"
    for text in ("Sagen om din plan", "Du siger ja, udgave 1.", "Så spørger vi dig selv."):
        assert screen.sees(text)
    for text in ("Retssikkerhedsloven § 11 a", "Udgave 1 på dansk", str(ACTIVE_CONSENT)):
        assert screen.sees(text)
    assert screen.sees("MitID, betydeligt sikringsniveau")


async def test_an_unknown_consent_is_told_kindly(open_app):
    screen = await open_app("/sharing/00000000-0000-0000-0000-000000000099")
    assert screen.sees("Vi kan ikke finde det")
    await screen.go("/sharing/nothing")
    assert screen.sees("Vi kan ikke finde det")


async def test_gives_a_consent_to_the_words_that_were_read(open_app, plan, fill_in):
    screen = await open_app("/sharing")
    await screen.click("Giv samtykke")
    await screen.click("Samtykke: collection")
    for text in ("Du siger ja, udgave 1.", "Hvad sker der, hvis du siger nej?"):
        assert screen.sees(text)
    await fill_in(screen)
    await screen.click("Gå videre")
    assert screen.heading() == "Tjek dine svar"
    await screen.click("Giv samtykke")
    assert screen.heading() == "Kvittering"
    assert screen.sees("Dit samtykke er givet.")
    text = consent_text(ConsentKind.COLLECTION)
    assert plan.given.text_sha256 == text.sha256
    assert plan.given.categories == (Category.FAMILY,)
    assert plan.given.source is Administration.FAMILY
    assert plan.given.case == "Min sag om støtte"
    assert screen.sees("Min sag om støtte")
    assert plan.given.recipient_administration is Administration.EMPLOYMENT
    assert "consent:collection" not in plan.drafts


async def test_a_double_tap_gives_one_consent(open_app, plan, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.click("Gå videre")
    await _tap_three_times(screen, "Giv samtykke")
    assert screen.heading() == "Kvittering"
    assert plan.count("give_consent") == 1


async def test_names_every_choice_that_is_missing(open_app, plan):
    screen = await open_app(COLLECTION)
    await screen.click("Gå videre")
    for text in ("Vælg mindst én slags oplysninger", "Vælg, hvor oplysningerne kommer fra"):
        assert screen.sees(text)
    for text in ("Vælg, hvem der må se det", "Vælg, hvor længe det gælder"):
        assert screen.sees(text)
    assert screen.sees("Skriv, hvilken sag det handler om")
    assert screen.route == COLLECTION


async def test_nobody_collects_from_themselves(open_app, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.choose("administration:family")
    await screen.click("Gå videre")
    assert screen.sees("Vælg en anden afdeling")


async def test_only_what_a_source_has_is_asked_for(open_app):
    screen = await open_app(COLLECTION)
    assert screen.box("Arbejde")
    await screen.choose("administration:employment")
    with pytest.raises(AssertionError):
        screen.box("Arbejde")  # what they have themselves
    await screen.choose("administration:family")
    await screen.choose("employment")
    assert screen.box("Arbejde")
    with pytest.raises(AssertionError):
        screen.box("Familie")


async def test_what_was_ticked_for_another_source_does_not_count(open_app):
    screen = await open_app(COLLECTION)
    await screen.tick("Arbejde")
    await screen.choose("administration:employment")
    await screen.choose("family")
    await screen.click("Gå videre")
    assert screen.sees("Vælg mindst én slags oplysninger")


async def test_the_case_may_be_left_out_where_the_law_does_not_ask_for_it(open_app, plan):
    screen = await open_app("/sharing/new/family")
    assert screen.sees("Hvilken sag handler det om? (frivilligt)")
    await screen.tick("Mål")
    await screen.choose("3")
    await screen.click("Gå videre")
    await screen.click("Giv samtykke")
    assert plan.given.case == ""


async def test_without_a_plan_it_says_when_one_can_give_a_consent(open_app, plan):
    plan.has_plan = False
    screen = await open_app("/sharing")
    assert screen.sees("Du kan give samtykke, når du har en plan.")
    assert not screen.sees("Giv samtykke")


async def test_what_has_no_alternative_is_not_asked(open_app, plan):
    screen = await open_app("/sharing/new/family")
    assert screen.sees("Jonas Lund")
    assert not screen.sees("Hvor kommer det fra?")
    await screen.tick("Mål")
    await screen.choose("3")
    await screen.click("Gå videre")
    await screen.click("Giv samtykke")
    assert plan.given.recipient_person == JONAS.id
    assert plan.given.source is None


async def test_one_plan_may_cover_all_departments(open_app, plan):
    screen = await open_app("/sharing/new/holistic-plan")
    await screen.tick("Familie")
    await screen.choose("all")
    await screen.choose("3")
    await screen.click("Gå videre")
    assert screen.sees("Alle afdelinger")
    await screen.click("Giv samtykke")
    assert plan.given.source is None


async def test_an_old_login_costs_no_choices(open_app, plan, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.click("Gå videre")
    plan.failure = StepUpNeeded()
    await screen.click("Giv samtykke")
    assert screen.heading() == "Log ind igen for at give samtykke"
    url = screen.button("Log ind med MitID").action.url
    assert "prompt=login" in url
    assert "next=%2Fsharing%2Fnew%2Fcollection%2Fcheck" in url
    plan.failure = None
    afterwards = await open_app(f"{COLLECTION}/check")
    assert afterwards.heading() == "Tjek dine svar"
    await afterwards.click("Giv samtykke")
    assert afterwards.sees("Dit samtykke er givet.")


async def test_a_text_that_changed_meanwhile_is_read_again(open_app, plan, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.click("Gå videre")
    plan.text_version = 2
    await screen.click("Giv samtykke")
    await screen.until_sees("Du siger ja, udgave 2.")
    assert screen.sees("Teksten er blevet ændret, mens du læste.")
    await screen.click("Gå videre")
    await screen.click("Giv samtykke")
    assert screen.sees("Dit samtykke er givet.")
    assert plan.given.text_version == 2


async def test_without_connection_the_choices_stay(open_app, plan, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.click("Gå videre")
    plan.failure = PlanUnavailable()
    await screen.click("Giv samtykke")
    assert screen.sees("Der er ingen forbindelse")
    plan.failure = None
    await screen.click("Giv samtykke")
    assert screen.sees("Dit samtykke er givet.")


async def test_answers_can_be_changed_before_giving(open_app, plan, fill_in):
    screen = await open_app(COLLECTION)
    await fill_in(screen)
    await screen.click("Gå videre")
    await screen.click("Ret dine svar")
    assert screen.box("Familie").value is True
    assert screen.field("Hvilken sag handler det om?").value == "Min sag om støtte"
    await screen.choose("administration:family")
    await screen.choose("employment")
    await screen.tick("Arbejde")
    await screen.click("Gå videre")
    assert screen.sees("Arbejde")
    assert not screen.sees("Arbejde, familie")


async def test_the_summary_without_choices_asks_for_them(open_app):
    screen = await open_app(f"{COLLECTION}/check")
    assert screen.heading() == "Samtykke: collection"


async def test_something_not_on_offer_is_told_kindly(open_app):
    screen = await open_app("/sharing/new/everything")
    assert screen.sees("Vi kan ikke finde det")


async def test_withdraws_in_two_taps_and_says_what_stops_and_what_stays(open_app, plan):
    screen = await open_app("/sharing")
    await screen.click("Træk samtykke tilbage")
    assert screen.heading() == "Træk samtykke tilbage"
    assert screen.sees("Det stopper nu")
    assert screen.sees("Beskæftigelse kan ikke længere se dette: Familie, aftaler.")
    assert screen.sees("kan den som regel ikke slette")
    await screen.click("Træk samtykke tilbage")
    assert screen.heading() == "Kvittering"
    assert screen.sees("Dit samtykke er trukket tilbage.")
    assert plan.count("withdraw_consent") == 1


async def test_a_double_tap_withdraws_once(open_app, plan):
    screen = await open_app(f"/sharing/{ACTIVE_CONSENT}/withdraw")
    await _tap_three_times(screen, "Træk samtykke tilbage")
    assert screen.heading() == "Kvittering"
    assert plan.count("withdraw_consent") == 1


@pytest.mark.parametrize("ended", [EXPIRED_CONSENT, WITHDRAWN_CONSENT])
async def test_what_has_ended_cannot_be_withdrawn(open_app, ended):
    screen = await open_app(f"/sharing/{ended}/withdraw")
    assert screen.sees("Samtykket gælder ikke mere.")


async def test_a_consent_withdrawn_elsewhere_moves_by_itself(open_app, plan):
    screen = await open_app("/sharing")
    await plan.withdraw_consent(ACTIVE_CONSENT, "elsewhere")
    screen.live.send(Event(id=1, topic=f"person:{ME}", kind="consent", resource_id=ACTIVE_CONSENT))
    await screen.until_gone("Gælder nu")


async def test_tells_that_there_is_no_connection(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/sharing")
    assert screen.sees("Der er ingen forbindelse")
    plan.failure = None
    await screen.click("Prøv igen")
    assert screen.sees("Gælder nu")


async def test_a_consent_given_in_danish_has_a_name_in_the_readers_language(open_app):
    screen = await open_app(f"/sharing/{ACTIVE_CONSENT}", language="en")
    assert screen.heading() == "Fetch information from another department"
    danish = await open_app(f"/sharing/{ACTIVE_CONSENT}")
    assert danish.heading().startswith("Samtykke: ")


async def test_says_it_in_english_and_agrees_to_the_english_words(open_app, plan):
    screen = await open_app("/sharing", language="en")
    assert screen.heading() == "Sharing"
    await screen.go("/sharing/new/family")
    assert screen.heading() == "Consent: family"
    assert screen.sees("The Danish text is the one that counts in law.")
    await screen.tick("Goals")
    await screen.choose("3")
    await screen.click("Continue")
    assert screen.heading() == "Check your answers"
    await screen.click("Give consent")
    assert screen.heading() == "Receipt"
    assert plan.given.text_language == "en"


async def test_a_consent_that_waits_for_a_second_signature_is_not_said_to_work(open_app, plan):
    given = plan.consents_by_id[ACTIVE_CONSENT]
    waiting = given.model_copy(update={"state": ConsentState.WAITING})
    plan.consents_by_id[ACTIVE_CONSENT] = waiting

    screen = await open_app("/sharing")
    assert screen.sees("Venter på underskrift")
    assert screen.sees("Det virker først, når en mere har skrevet under.")
    assert not screen.sees("Gælder nu")
    receipt = await open_app(f"/sharing/{ACTIVE_CONSENT}/receipt")
    assert receipt.sees("Samtykket virker først, når en mere har skrevet under.")
