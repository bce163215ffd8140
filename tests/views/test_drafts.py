"""What a person types is kept outside the process, whatever happens meanwhile."""

import asyncio

import pytest

from portal.contract.messages import Draft, SaveDraft
from portal.plan_client import PlanUnavailable
from views import drafts

FIELD = "Hvad vil du gerne nå?"


async def test_what_is_typed_while_a_save_is_under_way_is_saved_too(open_app, plan):
    screen = await open_app("/goals/new")
    saves = []
    go_on = asyncio.Event()

    save = plan.save_draft

    async def slow(name: str, command: SaveDraft, version: int) -> Draft:
        saves.append(command.fields["title"])
        await go_on.wait()
        return await save(name, command, version)

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


async def elsewhere(plan, version: int, **fields: str) -> Draft:
    """Another device of the same person saves."""
    return await plan.save_draft("goal:new", SaveDraft(fields=fields), version)


@pytest.fixture
async def screen(open_app, plan):
    """The form, with a draft that two devices show."""
    plan.drafts["goal:new"] = {"title": "Sove hele natten", "why": "Jeg er træt"}
    return await open_app("/goals/new")


async def test_what_two_devices_type_stands_together_and_both_see_it(screen, plan):
    await elsewhere(plan, 1, title="Sove hele natten og tidligt op", why="Jeg er træt")

    await screen.write(FIELD, "Sove hele natten med åbent vindue")
    await screen.leave(FIELD)

    both = "Sove hele natten og tidligt op med åbent vindue"
    assert plan.drafts["goal:new"] == {**plan.drafts["goal:new"], "title": both}
    assert screen.field(FIELD).value == both


async def test_what_is_typed_on_after_another_device_is_saved_within_two_seconds(screen, plan):
    await elsewhere(plan, 1, title="Sove hele natten og tidligt op", why="Jeg er træt")

    await screen.write(FIELD, "Sove hele natten m")
    await screen.write(FIELD, "Sove hele natten med")
    async with asyncio.timeout(2):
        while not plan.drafts["goal:new"]["title"].endswith("op med"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    assert plan.count("save_draft") == 3  # theirs, ours that came too late, and both


async def test_a_field_that_only_the_other_device_changed_comes_along(screen, plan):
    await elsewhere(plan, 1, title="Sove hele natten", why="Jeg vil kunne arbejde")

    await screen.write(FIELD, "Sove hele natten igen")
    await screen.leave(FIELD)

    kept = plan.drafts["goal:new"]
    assert (kept["title"], kept["why"]) == ("Sove hele natten igen", "Jeg vil kunne arbejde")


async def test_two_tabs_that_take_turns_save_once_each_and_lose_nothing(open_app, screen, plan):
    other = await open_app("/goals/new")
    await screen.write(FIELD, "Sove hele natten et")
    await screen.leave(FIELD)
    await other.write(FIELD, "Sove hele natten to")
    await other.leave(FIELD)
    assert other.field(FIELD).value == "Sove hele natten et to"
    await screen.write(FIELD, "Sove hele natten et tre")
    await screen.leave(FIELD)
    await asyncio.sleep(1.5)

    assert plan.drafts["goal:new"]["title"] == "Sove hele natten et to tre"
    assert plan.count("save_draft") == 5  # two came too late, and were repeated once


async def test_a_draft_that_was_sent_from_another_device_does_not_come_back_twice(screen, plan):
    await plan.drop_draft("goal:new", 1)

    await screen.write(FIELD, "Sove hele natten igen")
    await screen.leave(FIELD)

    assert plan.drafts["goal:new"]["title"] == "Sove hele natten igen"


async def test_a_save_whose_answer_was_lost_is_not_taken_for_another_devices(
    screen, plan, monkeypatch
):
    monkeypatch.setattr(drafts, "_RETRY_SECONDS", 0.05)
    save = plan.save_draft

    async def lost(*_: object) -> Draft:
        plan.save_draft = save
        raise PlanUnavailable

    async def unheard(name: str, command: SaveDraft, version: int) -> Draft:
        await save(name, command, version)
        plan.save_draft = lost
        raise PlanUnavailable

    plan.save_draft = unheard
    for words in ("Sove hele natten igen", "Sove godt hele natten", "Hver nat sove godt"):
        await screen.write(FIELD, words)
        await screen.leave(FIELD)

    assert plan.drafts["goal:new"]["title"] == "Hver nat sove godt"


async def test_what_another_device_has_typed_since_stays_when_this_one_has_sent(screen, plan):
    await elsewhere(plan, 1, title="Sove hele natten og tidligt op", why="Jeg er træt")

    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove hele natten")

    assert plan.drafts["goal:new"]["title"] == "Sove hele natten og tidligt op"


@pytest.mark.parametrize("cut_off", [False, True])
async def test_what_was_sent_is_dropped_though_the_answer_of_its_last_save_was_lost(
    screen, plan, cut_off
):
    save = plan.save_draft

    async def unheard(name: str, command: SaveDraft, version: int) -> Draft:
        await save(name, command, version)
        if cut_off:
            await asyncio.Event().wait()
        raise PlanUnavailable

    plan.save_draft = unheard
    await screen.write(FIELD, "Sove godt")
    await screen.until(lambda: plan.drafts["goal:new"]["title"] == "Sove godt")
    await screen.click("Gem")
    await screen.until(lambda: screen.heading() == "Sove godt")

    assert "goal:new" not in plan.drafts


async def test_a_key_that_was_on_its_way_while_the_field_was_filled_in_is_kept(screen, plan):
    await elsewhere(plan, 1, title="Sove hele natten og tidligt op", why="Jeg er træt")
    await screen.write(FIELD, "Sove hele natten me")
    await screen.leave(FIELD)
    assert screen.field(FIELD).value == "Sove hele natten og tidligt op me"

    await screen.write(FIELD, "Sove hele natten med")  # the browser had not drawn it yet

    assert screen.field(FIELD).value == "Sove hele natten og tidligt op med"
    await screen.write(FIELD, "Sove hele natten")  # and now the person takes it away
    await screen.leave(FIELD)
    assert plan.drafts["goal:new"]["title"] == "Sove hele natten"


@pytest.mark.parametrize(
    ("before", "theirs", "ours", "together"),
    [
        ("a b", "a b", "a b c", "a b c"),
        ("a b", "a b c", "a b", "a b c"),
        ("a b", "a b c", "a b c d", "a b c d"),
        ("a b", "a b c", "a b d", "a b c d"),
        ("a b", "x a b", "a b d", "x a b d"),
        ("a b", "a b c", "x b", "x b c"),
        ("a b", "c d", "e f", "c d e f"),
        ("", "c d", "e f", "c d e f"),
        ("a b", "", "a b c", "a b c"),
        ("a b", "a b c", "", "a b c"),
        ("", "a b", "c", "a b c"),
        ("", "work", "family", "family"),
        ("work", "family", "health", "health"),
        ("", '[["1", "a.pdf", 3]]', '[["2", "b c.pdf", 4]]', '[["2", "b c.pdf", 4]]'),
    ],
)
def test_no_words_of_two_devices_are_lost_and_of_two_choices_the_own_one_stays(
    before, theirs, ours, together
):
    assert drafts.both(before, theirs, ours) == together


async def test_a_character_that_cannot_be_kept_is_told_and_the_text_stays(open_app, plan):
    screen = await open_app("/goals/new")
    await screen.write(FIELD, "Sove\u202e hele")
    await screen.leave(FIELD)
    await screen.click("Gem")
    assert screen.sees("Teksten har tegn, som vi ikke kan gemme")
    assert screen.field(FIELD).value == "Sove\u202e hele"
    assert plan.count("create_goal") == 0
