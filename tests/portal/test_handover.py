"""What a page has read is given to the app once, and only while it is true."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from pydantic import BaseModel

from portal.contract.events import Event
from portal.contract.goals import GoalList
from portal.plan_client import PlanClient
from portal.web.handover import PAGES_PER_LOGIN, Handover
from tests.views.harness import FakeLive


class Answer(BaseModel):
    text: str


@pytest.fixture
def handover() -> Handover:
    return Handover()


async def test_the_app_takes_each_answer_once(handover):
    handover.begin("login").put("/v1/plan", Answer(text="a"))
    app = handover.taker("login")
    assert app.take("/v1/plan") == Answer(text="a")
    assert app.take("/v1/plan") is None
    assert len(handover) == 0


async def test_the_app_has_at_hand_what_the_page_has_read_and_asks_nobody(handover):
    look, asked = handover.begin("login"), []
    answers = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(200))
    async with httpx.AsyncClient(transport=answers, base_url="http://plan.test") as http:
        app = PlanClient(http, str, handover.taker("login"))
        look.put("/v1/goals?None", goals := GoalList())
        assert app.at_hand(app.plan) is None
        assert app.at_hand(app.goals) is goals
        assert app.at_hand(app.goals) is None
    assert asked == []


async def test_another_login_gets_nothing(handover):
    handover.begin("login").put("/v1/plan", Answer(text="a"))
    assert handover.taker("another").take("/v1/plan") is None


async def test_two_pages_have_an_answer_each_the_newest_goes_first(handover):
    handover.begin("login").put("/v1/plan", Answer(text="old"))
    handover.begin("login").put("/v1/plan", Answer(text="new"))
    app = handover.taker("login")
    assert app.take("/v1/plan") == Answer(text="new")
    assert app.take("/v1/plan") == Answer(text="old")


async def test_nothing_outlives_a_change_of_the_persons_topics(handover):
    live, look, topic = FakeLive(), handover.begin("login"), f"plan:{uuid4()}"
    look.only_while_unchanged([topic], live.subscribe)
    look.put("/v1/plan", Answer(text="a"))
    live.send(Event(id=1, topic=topic, kind="goal", resource_id=uuid4()))
    assert handover.taker("login").take("/v1/plan") is None
    look.put("/v1/plan", Answer(text="read before the change, answered after it"))
    assert handover.taker("login").take("/v1/plan") is None


async def test_nothing_outlives_what_the_person_writes(handover):
    handover.begin("login").put("/v1/plan", Answer(text="a"))
    handover.taker("login").clear()
    assert handover.taker("login").take("/v1/plan") is None


async def test_nothing_is_kept_for_long(handover):
    handover = Handover(kept_seconds=0.0)
    handover.begin("login").put("/v1/plan", Answer(text="a"))
    await asyncio.sleep(0.01)
    assert len(handover) == 0


async def test_whoever_opens_many_pages_takes_no_more_room(handover):
    for _ in range(PAGES_PER_LOGIN + 3):
        handover.begin("login").put("/v1/plan", Answer(text="a"))
    assert len(handover) == PAGES_PER_LOGIN
