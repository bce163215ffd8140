"""Deling, in the real app: a consent of a young person, signed by the second of the two."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from portal.contract.actions import Action
from portal.contract.consents import ConsentKind, ConsentState, Signer, ToAdministration
from portal.contract.people import Administration
from portal.plan_client import StepUpNeeded
from tests.views.fake_plan import FREJA, consent, consent_text

ID = UUID(int=77)
ADDRESS = f"/sharing/{ID}/sign"


@pytest.fixture
def waiting():
    """What Freja has said yes to; a parent has to say so too."""
    return consent(
        ID,
        consent_text(ConsentKind.HOLISTIC_PLAN),
        ToAdministration(administration=Administration.EMPLOYMENT),
        state=ConsentState.WAITING,
        given_by=FREJA,
        waits_for=Signer.CUSTODY_HOLDER,
        given_at=datetime.now(UTC),
        allowed=frozenset({Action.SIGN, Action.WITHDRAW}),
    )


@pytest.fixture
def plan(plan, waiting):
    plan.consents_by_id[ID] = waiting
    return plan


async def test_a_parent_finds_what_a_child_of_16_has_said_yes_to(open_app, plan, waiting):
    plan.childrens_consents = (plan.consents_by_id.pop(ID),)
    screen = await open_app("/sharing")
    assert screen.sees("Venter på dig")
    assert screen.sees("Freja Lund har sagt ja. Det virker først, når du også skriver under.")
    plan.consents_by_id[ID] = waiting
    await screen.click("Læs og svar")
    assert screen.route == ADDRESS


async def test_who_waits_for_nobody_asks_for_no_childs_consents(open_app, plan):
    await open_app("/sharing")
    assert plan.count("consents_of_child") == 0


async def test_it_stands_once_among_what_waits_for_oneself(open_app):
    screen = await open_app("/sharing")
    assert screen.texts().count("Samtykke: holistic_plan") == 1
    assert not screen.sees("Venter på underskrift")


async def test_the_second_one_reads_every_word_and_signs_just_those(open_app, plan, waiting):
    screen = await open_app(ADDRESS)
    for words in (waiting.text.title, waiting.text.body, waiting.text.consequence, "Freja Lund"):
        assert screen.sees(words)
    await screen.click("Skriv under")
    assert plan.signature.text_sha256 == waiting.text.sha256
    assert screen.heading() == "Kvittering"
    assert screen.sees("Dit samtykke er givet.")
    assert screen.sees("Givet af")


async def test_the_second_one_says_no_and_it_never_works(open_app, plan):
    screen = await open_app(ADDRESS)
    await screen.click("Sig nej")
    assert plan.consents_by_id[ID].state is ConsentState.WITHDRAWN
    assert plan.count("sign_consent") == 0
    assert screen.heading() == "Kvittering"


async def test_with_an_old_login_one_shows_again_who_one_is_and_comes_back(open_app, plan):
    screen = await open_app(ADDRESS)
    plan.failure = StepUpNeeded()
    await screen.click("Skriv under")
    assert screen.heading() == "Log ind igen for at skrive under"
    way = screen.button("Log ind med MitID").action.url
    assert "prompt=login" in way
    assert f"next=%2Fsharing%2F{ID}%2Fsign" in way


async def test_what_was_answered_elsewhere_asks_no_more(open_app, plan, waiting):
    done = {"state": ConsentState.ACTIVE, "allowed": frozenset({Action.READ})}
    plan.consents_by_id[ID] = waiting.model_copy(update=done)
    screen = await open_app(ADDRESS)
    assert screen.sees("Samtykket venter ikke på dig mere.")
    assert not screen.sees("Skriv under")
