"""Referater in the real app: read, confirmed, commented, disagreed with beside the text."""

from uuid import UUID

import flet as ft

from portal.contract.events import Event
from portal.contract.minutes import MinutesState, RemarkKind
from portal.plan_client import PlanUnavailable
from tests.views.fake_assessment import HOLM
from tests.views.fake_life import TALK, remark
from tests.views.fake_plan import PLAN

PAGE = f"/minutes/{TALK}"


async def test_the_list_says_which_wait_to_be_read(open_app):
    screen = await open_app("/minutes")

    assert screen.heading() == "Referater"
    assert screen.sees("Møde om praktik")
    assert screen.sees("Venter på, at du læser det")
    await screen.click("Møde om praktik")
    assert screen.route == PAGE


async def test_minutes_show_who_wrote_them(open_app, plan):
    minutes = plan.minutes_by_id[TALK]
    author = minutes.written_by.model_copy(update={"picture": "0123456789abcdef"})
    plan.minutes_by_id[TALK] = minutes.model_copy(update={"written_by": author})

    screen = await open_app(PAGE)

    (picture,) = [one for one in screen.controls() if isinstance(one, ft.Image)]
    assert picture.src == f"/pictures/{author.id}/{author.picture}"
    assert screen.sees("MH")  # below it, until it comes


async def test_a_remark_of_somebody_else_has_their_picture_and_ones_own_has_none(open_app, plan):
    worker = HOLM.model_copy(update={"picture": "fedcba9876543210"})
    remarks = (
        remark(RemarkKind.DISAGREEMENT, "Jeg sagde måske."),
        remark(RemarkKind.COMMENT, "Det tager vi op.", worker),
    )
    plan.minutes_by_id[TALK] = plan.minutes_by_id[TALK].model_copy(update={"remarks": remarks})

    screen = await open_app(PAGE)

    (picture,) = [one for one in screen.controls() if isinstance(one, ft.Image)]
    assert picture.src == f"/pictures/{worker.id}/{worker.picture}"
    assert screen.sees("Kommentar fra Mette Holm")
    assert screen.sees("Her er du uenig")


async def test_minutes_that_are_right_are_confirmed_by_one_tap(open_app, plan):
    screen = await open_app(PAGE)
    assert screen.heading() == "Møde om praktik"
    assert screen.sees("Lone vil gerne have flere timer.")

    await screen.click("Det passer")

    assert plan.minutes_by_id[TALK].state is MinutesState.CONFIRMED
    assert screen.sees("Du sagde, at det passer")


async def test_a_disagreement_stands_beside_the_text_which_stays(open_app, plan):
    screen = await open_app(PAGE)
    before = plan.minutes_by_id[TALK].text
    await screen.choose("disagree")
    await screen.write("Skriv med dine egne ord", "Jeg sagde færre timer.")
    await screen.click("Send")

    (remark,) = plan.minutes_by_id[TALK].remarks
    assert remark.kind is RemarkKind.DISAGREEMENT
    assert plan.minutes_by_id[TALK].text == before
    assert screen.sees("Her er du uenig")
    assert screen.sees("Jeg sagde færre timer.")
    assert screen.field("Skriv med dine egne ord").value == ""
    assert plan.drafts == {}


async def test_a_comment_needs_words(open_app, plan):
    screen = await open_app(PAGE)

    await screen.click("Send")

    assert screen.sees("Skriv, hvad du vil sige")
    assert plan.count("comment_minutes") == 0


async def test_two_taps_say_it_once(open_app, plan):
    screen = await open_app(PAGE)
    await screen.write("Skriv med dine egne ord", "Tak")
    button = screen.button("Send")
    await screen.send(button, "click")
    await screen.send(button, "click")

    assert len(plan.minutes_by_id[TALK].remarks) == 1


async def test_a_remark_without_a_connection_is_kept_as_a_draft(open_app, plan):
    screen = await open_app(PAGE)
    await screen.write("Skriv med dine egne ord", "Jeg sagde færre timer.")
    await screen.leave("Skriv med dine egne ord")
    plan.failure = PlanUnavailable()
    await screen.click("Send")

    assert screen.sees("Det er ikke gemt endnu.")
    assert plan.drafts[f"minutes:{TALK}"]["text"] == "Jeg sagde færre timer."


async def test_minutes_confirmed_in_another_window_are_shown_as_they_are(open_app, plan):
    screen = await open_app(PAGE)
    await plan.confirm_minutes(TALK, 2)

    screen.live.send(Event(id=1, topic=f"plan:{PLAN}", kind="minutes", resource_id=TALK))

    await screen.until_sees("Du sagde, at det passer")
    assert not any(text == "Det passer" for text in screen.texts())


async def test_a_wide_window_has_the_remarks_at_the_side(open_app):
    screen = await open_app(PAGE, width=1280)

    assert screen.sees("Ved siden af referatet")


async def test_no_minutes_yet(open_app, plan):
    plan.minutes_by_id = {}

    screen = await open_app("/minutes")

    assert screen.sees("Her er ingen referater endnu.")


async def test_minutes_that_are_gone_say_so(open_app):
    screen = await open_app(f"/minutes/{UUID(int=1)}")

    assert screen.sees("Vi kan ikke finde det, du leder efter.")
