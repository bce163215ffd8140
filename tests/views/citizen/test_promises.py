"""Løfter in the real app: who promised what, whether it was kept, and a promise of one's own."""

from datetime import timedelta
from uuid import UUID

import flet as ft

from i18n import formats
from portal.contract.plans import PromiseState
from portal.plan_client import PlanUnavailable
from tests.views.fake_life import OWN_PROMISE
from tests.views.harness import words_of


def drawn(screen) -> str:
    return "\n".join(screen.texts())


async def test_what_is_late_stands_first_with_who_promised_it(open_app):
    screen = await open_app("/promises")

    assert screen.heading() == "Løfter"
    text = drawn(screen)
    assert text.index("Ring til lægen") < text.index("Send papirer om boligstøtte")
    assert screen.sees("Skulle være sket")
    assert screen.sees("Lovet af Mette Holm, Beskæftigelse")


async def test_an_own_promise_is_ticked_and_unticked(open_app, plan):
    screen = await open_app("/promises")
    await screen.tick("Send papirer om boligstøtte")
    assert plan.promises_by_id[OWN_PROMISE].state is PromiseState.KEPT
    assert screen.sees("Holdt i dag")

    await screen.tick("Send papirer om boligstøtte")

    assert plan.promises_by_id[OWN_PROMISE].state is PromiseState.OPEN


async def test_the_municipalitys_promise_has_no_box_and_can_be_asked_about(open_app):
    screen = await open_app("/promises")

    boxes = [one.semantics_label for one in screen.controls() if isinstance(one, ft.Checkbox)]
    assert boxes == ["Send papirer om boligstøtte"]


async def test_a_question_about_a_promise_has_it_as_its_subject(open_app, plan):
    plan.drafts["message:new"] = {"subject": "Ferie", "body": "Må jeg"}
    screen = await open_app("/promises")
    await screen.click("Spørg om det")
    assert screen.heading() == "Skriv besked"
    await screen.until(lambda: screen.field("Emne").value == "Ring til lægen om din erklæring")
    assert screen.field("Din besked").value == ""  # not what is begun elsewhere

    await screen.write("Din besked", "Hvornår sker det?")
    await screen.click("Send")
    await screen.until(lambda: screen.heading() == "Ring til lægen om din erklæring")
    assert plan.drafts["message:new"]["body"] == "Må jeg"


async def test_a_promise_that_is_not_there_cannot_be_asked_about(open_app):
    screen = await open_app(f"/promises/{UUID(int=1)}/ask")
    await screen.until_sees("Vi kan ikke finde det, du leder efter.")


async def test_an_own_promise_is_written_with_a_day(open_app, plan):
    screen = await open_app("/promises")
    await screen.write("Dit løfte", "Ringe til skolen")
    await screen.click("Tilføj løfte")
    assert screen.sees("Vælg en dag for løftet")
    day_button = next(
        button
        for button in screen.controls()
        if isinstance(button, ft.OutlinedButton) and "Vælg en dag" in words_of(button.content)
    )
    await screen.send(day_button, "click")
    dialogs = screen.session.page._dialogs.controls
    picker = next(one for one in dialogs if isinstance(one, ft.DatePicker))
    day = formats.today() + timedelta(days=3)
    screen.session.apply_patch(picker._i, {"value": day})
    await screen.send(picker, "change", day)
    await screen.click("Tilføj løfte")

    (made,) = [one for one in plan.promises_by_id.values() if one.text == "Ringe til skolen"]
    assert made.due == day
    assert screen.box("Ringe til skolen")
    assert screen.field("Dit løfte").value == ""
    assert plan.drafts == {}


async def test_a_promise_without_words_is_not_made(open_app, plan):
    screen = await open_app("/promises")

    await screen.click("Tilføj løfte")

    assert screen.sees("Skriv, hvad du vil gøre")
    assert plan.count("make_promise") == 0


async def test_a_tick_without_a_connection_says_so(open_app, plan):
    screen = await open_app("/promises")
    plan.failure = PlanUnavailable()

    await screen.tick("Send papirer om boligstøtte")

    assert screen.sees("Det er ikke gemt endnu.")


async def test_without_a_plan_one_is_told_how_to_get_one(open_app, plan):
    plan.has_plan = False

    screen = await open_app("/promises")

    assert screen.sees("Her står løfter, når du har en plan.")


async def test_an_own_promise_is_worded_anew(open_app, plan):
    screen = await open_app("/promises")
    await screen.click("Ret")
    assert screen.field("Dit løfte").value == "Send papirer om boligstøtte"
    await screen.write("Dit løfte", "Send papirerne samlet")
    await screen.click("Gem")

    assert plan.promises_by_id[OWN_PROMISE].text == "Send papirerne samlet"
    assert screen.sees("Send papirerne samlet")
    assert screen.field("Dit løfte").value == "", "the form of the next promise is another one"


async def test_a_promise_changed_meanwhile_shows_both_wordings(open_app, plan):
    screen = await open_app("/promises")
    await screen.click("Ret")
    there = plan.promises_by_id[OWN_PROMISE]
    newer = {"text": "Send det i morgen", "version": there.version + 1}
    plan.promises_by_id[OWN_PROMISE] = there.model_copy(update=newer)
    await screen.write("Dit løfte", "Send papirerne samlet")
    await screen.click("Gem")

    assert screen.sees("Sådan står der nu:")
    assert screen.sees("Send det i morgen")
    assert screen.field("Dit løfte").value == "Send papirerne samlet"
    await screen.click("Gem")
    assert plan.promises_by_id[OWN_PROMISE].text == "Send papirerne samlet"
