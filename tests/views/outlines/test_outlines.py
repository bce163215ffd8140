"""Outlines: they say what the screens say, for every address, with nothing of Flet."""

from uuid import UUID

import pytest

from i18n.translator import translator
from portal.contract.people import Role
from tests.support.outlines import walk
from tests.views.fake_life import ASKED, FOLLOW_UP, LATE_PROMISE, MEETING_SOON, TALK, FakeLife
from tests.views.fake_plan import ACTIVE_CONSENT, ME, METTE, WALK
from views import routes
from views.outlines.document import Facts, Items, Link, Outline, Section, Words
from views.outlines.screens import addresses, outline_of
from views.viewer import Viewer

CITIZEN_PAGES = [
    "/",
    "/plan",
    "/plan/assessment",
    "/plan/assessment/self_care",
    "/goals",
    "/goals/new",
    f"/goals/{WALK}",
    f"/goals/{WALK}/history",
    "/contact",
    "/messages",
    "/messages/new",
    "/family",
    "/sharing",
    "/sharing/new",
    f"/sharing/{ACTIVE_CONSENT}",
    "/about-me",
    "/calendar",
    "/calendar/address",
    f"/calendar/{MEETING_SOON}",
    f"/calendar/follow-ups/{FOLLOW_UP}",
    "/promises",
    f"/promises/{LATE_PROMISE}/ask",
    "/minutes",
    f"/minutes/{TALK}",
    "/facts",
    "/facts/housing",
    f"/facts/requests/{ASKED}",
    "/rights",
    "/more",
    "/profile",
]
WORK_PAGES = ["/work", "/work/citizens", f"/work/citizens/{ME}", "/profile"]


@pytest.fixture
def plan() -> FakeLife:
    return FakeLife()


@pytest.fixture
def read(plan):
    """Read the outline at an address, in the name of either side."""

    async def reading(path: str, *, role: Role = Role.CITIZEN, language: str = "da") -> Outline:
        plan.side = role
        person = (ME, "Lone Lund") if role is Role.CITIZEN else (METTE, "Mette Holm")
        viewer = Viewer(*person, role=role, language=language)
        return await outline_of(path, plan, viewer, translator(language))

    return reading


def words_of(outline: Outline) -> list[str]:
    found = [outline.title]
    for block in walk(outline.blocks):
        match block:
            case Words(text=text) | Link(text=text):
                found.append(text)
            case Section(title=title):
                found.append(title)
            case Facts(facts=facts):
                found += [part for fact in facts for part in fact]
            case Items(items=items):
                found += [item.title for item in items]
    return found


def links_of(outline: Outline) -> set[str]:
    found = {outline.back.to} if outline.back else set()
    for block in walk(outline.blocks):
        if isinstance(block, Link):
            found.add(block.to)
        elif isinstance(block, Items):
            found |= {item.to for item in block.items if item.to}
    return found


@pytest.mark.parametrize("role", Role)
def test_every_screen_has_an_outline(role):
    (frame,) = routes._ROUTES[role]
    screens = {"/" if route.index else route.path for route in frame.children}
    ours = addresses(role) | {"/", "/:rest*"}
    different = {
        "/goals/:goal_id/:move(pause|take-up|drop|reach)",
        "/sharing/new/:offer/:step(check)?",
    }
    assert screens - different <= ours


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("path", CITIZEN_PAGES)
async def test_a_citizens_outline_has_the_headings_of_the_screen(
    open_app, read, plan, path, language
):
    outline = await read(path, language=language)
    screen = await open_app(path, language=language)
    await screen.until_sees(outline.title)
    assert screen.heading() == outline.title
    of_goals = {goal.title for goal in plan.goals_by_id.values()}
    for block in outline.blocks:
        if isinstance(block, Section) and block.title not in of_goals:
            assert screen.sees(block.title), block.title


@pytest.mark.parametrize("path", WORK_PAGES)
async def test_a_contact_persons_outline_has_the_heading_of_the_screen(open_app, read, plan, path):
    outline = await read(path, role=Role.CONTACT_PERSON)
    screen = await open_app(path, role=Role.CONTACT_PERSON)
    await screen.until_sees(outline.title)
    assert screen.heading() == outline.title


@pytest.mark.parametrize("path", CITIZEN_PAGES)
async def test_links_lead_to_pages_of_the_portal_or_call(read, path):
    for to in links_of(await read(path)):
        assert to.startswith(("/", "tel:+")), to


async def test_the_overview_tells_what_is_unread_beside_what_waits(read, plan):
    assert plan.waiting
    assert "Du har 1 ulæst besked" in words_of(await read("/"))


async def test_the_overview_tells_whom_to_call(read):
    outline = await read("/")
    assert "tel:+4587654321" in links_of(outline)
    assert "Ring 87 65 43 21" in words_of(outline)


async def test_each_message_of_a_thread_is_there(read, plan):
    for thread in plan.threads_by_id.values():
        outline = await read(f"/messages/{thread.id}")
        for message in thread.messages:
            assert message.body in words_of(outline)


async def test_the_plan_shows_each_intervention_once(read):
    words = words_of(await read("/plan"))
    titles = {item.title for item in (await FakeLife().plan()).interventions}
    assert titles & set(words)
    assert all(words.count(title) <= 1 for title in titles)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/goals/not-an-id", f"/goals/{UUID(int=999)}", "/work"]
)
async def test_an_address_that_leads_nowhere_says_so(read, path):
    assert (await read(path)).title == "Siden findes ikke"
