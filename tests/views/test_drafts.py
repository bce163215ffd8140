"""What a person types is kept outside the process, whatever happens meanwhile."""

import asyncio

import pytest

from portal.contract.messages import SaveDraft
from portal.plan_client import PlanUnavailable
from views import drafts

FIELD = "Hvad vil du gerne nå?"


async def test_what_is_typed_while_a_save_is_under_way_is_saved_too(open_app, plan):
    screen = await open_app("/goals/new")
    saves = []
    go_on = asyncio.Event()

    async def slow(name: str, command: SaveDraft) -> None:
        saves.append(command.fields["title"])
        await go_on.wait()
        plan.drafts[name] = command.fields

    plan.save_draft = slow
    await screen.write(FIELD, "Sove")
    await screen.until(lambda: saves == ["Sove"])
    await screen.write(FIELD, "Sove hele natten")
    go_on.set()
    await screen.until(lambda: plan.drafts.get("goal:new", {}).get("title") == "Sove hele natten")


async def test_typing_on_saves_once_a_second_and_not_at_each_key(open_app, plan):
    screen = await open_app("/goals/new")
    for length in range(1, 9):
        await screen.write(FIELD, "Sove hele"[:length])
    await screen.until(lambda: "goal:new" in plan.drafts)
    assert plan.drafts["goal:new"]["title"] == "Sove hel"
    assert plan.count("save_draft") == 1


async def test_a_form_works_where_drafts_cannot_be_read_or_kept(open_app, plan):
    async def unreachable(*_: object) -> None:
        raise PlanUnavailable

    plan.draft = plan.save_draft = plan.drop_draft = unreachable
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "Sove hele natten")
    await screen.leave(FIELD)
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove hele natten")


class Outage:
    """The plan API is away for drafts until it is back."""

    def __init__(self, plan) -> None:
        self._plan = plan
        self._draft, self._save = plan.draft, plan.save_draft
        plan.draft = plan.save_draft = self._away

    async def _away(self, *_: object) -> None:
        raise PlanUnavailable

    def end(self) -> None:
        self._plan.draft, self._plan.save_draft = self._draft, self._save


@pytest.fixture
def outage(plan, monkeypatch) -> Outage:
    monkeypatch.setattr(drafts, "_RETRY_SECONDS", 0.05)
    plan.drafts["goal:new"] = {"title": "Sove hele natten", "why": "Jeg er træt"}
    return Outage(plan)


async def test_a_draft_that_could_not_be_read_at_first_comes_later(open_app, outage):
    screen = await open_app("/goals/new")
    assert screen.field(FIELD).value == ""
    outage.end()
    await screen.until(lambda: screen.field(FIELD).value == "Sove hele natten")


async def test_what_is_typed_meanwhile_is_added_to_a_draft_that_could_not_be_read(
    open_app, plan, outage
):
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "og tidligt op")
    await screen.leave(FIELD)
    assert plan.drafts["goal:new"]["title"] == "Sove hele natten"
    outage.end()
    await screen.until(lambda: plan.drafts["goal:new"]["title"] == "Sove hele natten og tidligt op")
    assert plan.drafts["goal:new"]["why"] == "Jeg er træt"
    await screen.until(lambda: screen.field(FIELD).value == "Sove hele natten og tidligt op")


async def test_a_long_outage_ends_no_saving_while_the_page_is_open(
    open_app, plan, outage, monkeypatch
):
    monkeypatch.setattr(drafts, "_RETRIES", 0)
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "og tidligt op")
    await asyncio.sleep(1.5)  # the first save, and some more
    outage.end()
    await screen.until(lambda: plan.drafts["goal:new"]["title"].endswith("og tidligt op"))


async def test_a_character_that_cannot_be_kept_is_told_and_the_text_stays(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "Sove\u202e hele")
    await screen.leave(FIELD)
    await screen.click("Gem")
    assert screen.sees("Teksten har tegn, som vi ikke kan gemme")
    assert screen.field(FIELD).value == "Sove\u202e hele"
    assert plan.count("create_goal") == 0
