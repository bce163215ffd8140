"""What a person types is kept outside the process, whatever happens meanwhile."""

import asyncio

from portal.contract.messages import SaveDraft
from portal.plan_client import PlanUnavailable

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


async def test_a_character_that_cannot_be_kept_is_told_and_the_text_stays(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "Sove\u202e hele")
    await screen.leave(FIELD)
    await screen.click("Gem")
    assert screen.sees("Teksten har tegn, som vi ikke kan gemme")
    assert screen.field(FIELD).value == "Sove\u202e hele"
    assert plan.count("create_goal") == 0
