"""Outlines: they say what the screens say, for every address, with nothing of Flet."""

from datetime import timedelta
from urllib.parse import parse_qsl
from uuid import UUID

import pytest

from i18n.translator import translator
from portal.contract.access import AccessVisitList
from portal.contract.errors import FieldProblem
from portal.contract.messages import ThreadList
from portal.contract.people import Role
from portal.plan_client import PlanInvalid
from tests.support.outlines import walk
from tests.views import fake_messages
from tests.views.citizen.test_about_me_and_log import visit
from tests.views.fake_life import ASKED, FOLLOW_UP, LATE_PROMISE, MEETING_SOON, TALK, FakeLife
from tests.views.fake_messages import LONE, MEETING
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

    async def reading(address: str, *, role: Role = Role.CITIZEN, language: str = "da") -> Outline:
        plan.side = role
        path, _, query = address.partition("?")
        more = dict(parse_qsl(query)).get("more")
        person = (ME, "Lone Lund") if role is Role.CITIZEN else (METTE, "Mette Holm")
        viewer = Viewer(*person, role=role, language=language)
        return await outline_of(path, plan, viewer, translator(language), more)

    return reading


@pytest.fixture
def read_all(read):
    """Read a page and everything that its links lead on to."""

    async def reading_all(path: str) -> list[str]:
        found, ways = [], [path]
        while ways:
            outline = await read(ways.pop())
            found += words_of(outline)
            ways += [link.to for link in outline.more]
        return found

    return reading_all


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


async def test_a_long_thread_goes_on_to_its_first_message(read_all, plan):
    said = [f"Besked {number}." for number in range(120)]
    messages = (fake_messages.message(LONE, one) for one in said)
    plan.threads_by_id[MEETING] = fake_messages.thread(MEETING, "Mødet", *messages)
    words = await read_all(f"/messages/{MEETING}")
    assert [words.count(one) for one in said] == [1] * 120


async def test_a_place_to_go_on_from_that_is_none_leads_nowhere(read, plan):
    async def threads(cursor: str | None = None) -> ThreadList:
        raise PlanInvalid((FieldProblem(path="query.cursor", code="cursor"),))

    plan.threads = threads
    assert (await read("/messages?more=nonsense")).title == "Siden findes ikke"


async def test_the_threads_go_on_to_the_oldest(read_all, plan):
    for number in range(45):
        said = fake_messages.message(LONE, "Hej")
        one = fake_messages.thread(UUID(int=1000 + number), f"Samtale {number}.", said)
        plan.threads_by_id[one.id] = one
    words = await read_all("/messages")
    assert {f"Samtale {number}." for number in range(45)} <= set(words)


async def test_the_log_goes_on_to_the_first_visit(read_all, plan):
    page = AccessVisitList(visits=(visit(2, "Mette Holm", "contact_person", goal=1),))
    pages = {
        None: page.model_copy(update={"next_cursor": "a b"}),
        "a b": AccessVisitList(visits=(visit(1, "Ali Demir", "same_administration", goal=1),)),
    }

    async def access_visits(cursor: str | None = None) -> AccessVisitList:
        return pages[cursor]

    plan.access_visits = access_visits
    words = await read_all("/log")
    assert "Ali Demir læste: et mål" in words


async def test_the_calendar_goes_on_and_back_to_what_was(read_all, plan):
    (meeting, *_) = plan.meetings.values()
    days = [*range(-30, 0), *range(1, 31)]
    for number, days_from_now in enumerate(days):
        at = {
            "id": UUID(int=2000 + number),
            "title": f"Møde {days_from_now}.",
            "starts_at": meeting.starts_at + timedelta(days=days_from_now),
            "ends_at": meeting.ends_at + timedelta(days=days_from_now),
        }
        plan.meetings[at["id"]] = meeting.model_copy(update=at)
    words = await read_all("/calendar")
    assert {f"Møde {days_from_now}." for days_from_now in days} <= set(words)


async def test_the_minutes_go_on_to_the_oldest(read_all, plan):
    (first,) = plan.minutes_by_id.values()
    for number in range(45):
        changed = {"id": UUID(int=3000 + number), "title": f"Referat {number}."}
        plan.minutes_by_id[changed["id"]] = first.model_copy(update=changed)
    words = await read_all("/minutes")
    assert {f"Referat {number}." for number in range(45)} <= set(words)


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
