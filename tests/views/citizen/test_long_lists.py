"""Somebody whom the municipality has known for long: of each list twenty at first, and a way on."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID, uuid4

import flet as ft
import pytest
from pydantic import BaseModel

from portal.contract.consents import ConsentList
from portal.contract.goals import Goal
from portal.contract.plans import Plan
from tests.views.fake_life import FakeLife
from tests.views.fake_plan import WALK, goal

MANY = 45

Model = TypeVar("Model", bound=BaseModel)


class LongLife(FakeLife):
    """Everything that there is, many times over; the words of each begin with "Nr."."""

    def __init__(self) -> None:
        super().__init__()
        walk = self.goals_by_id[WALK]
        steps = many(walk.steps[:1], "title")
        self.goals_by_id[WALK] = walk.model_copy(update={"steps": steps})
        for number in range(MANY):
            made = goal(uuid4(), f"Nr. {number:02}")
            self.goals_by_id[made.id] = made
        (first, *_) = self.consents_by_id.values()
        self.consents_by_id = {one.id: one for one in many((first,), None)}

    async def plan(self) -> Plan:
        found = await super().plan()
        of_no_goal = [one for one in found.interventions if not one.goal_ids]
        return found.model_copy(
            update={
                "appointments": many(found.appointments[:1], "title"),
                "decisions": many(found.decisions[:1], "title"),
                "promises": many(found.promises[:1], "text"),
                "interventions": many(of_no_goal, "title"),
            }
        )

    async def consents(self) -> ConsentList:
        return ConsentList(consents=tuple(self.consents_by_id.values()), may_give=True)

    async def goal(self, goal_id: UUID) -> Goal:
        return self.goals_by_id[goal_id]


def many(one: Sequence[Model], words: str | None) -> tuple[Model, ...]:
    (first,) = one
    return tuple(
        first.model_copy(update={"id": uuid4(), **({words: f"Nr. {number:02}"} if words else {})})
        for number in range(MANY)
    )


@pytest.fixture
def plan() -> LongLife:
    return LongLife()


def ways_on(screen) -> int:
    return sum(text.startswith("Vis flere (") for text in screen.texts())


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("/goals", 1),
        ("/goals/order", 1),
        (f"/goals/{WALK}", 1),
        ("/plan", 5),
        ("/promises", 1),
        ("/sharing", 1),
    ],
)
async def test_of_each_long_list_twenty_are_drawn_at_first(open_app, path, lists):
    screen = await open_app(path)
    assert ways_on(screen) == lists
    assert not screen.sees("Nr. 20")


@pytest.mark.parametrize(("way", "lists"), [("theme", 4), ("administration", 4)])
async def test_help_comes_twenty_at_a_time_in_every_way_to_see_it(open_app, way, lists):
    screen = await open_app("/plan")
    await screen.choose(way)
    assert ways_on(screen) == lists
    assert not screen.sees("Nr. 20")


async def test_beside_an_open_goal_twenty_others_stand_at_first(open_app):
    screen = await open_app(f"/goals/{WALK}", width=1280)
    await screen.until_sees("Nr. 00")
    assert ways_on(screen) == 2
    assert not screen.sees("Nr. 20")


async def test_the_goal_that_is_open_is_among_those_beside_it_however_far_down_it_stands(
    open_app, plan
):
    far = next(one.id for one in plan.goals_by_id.values() if one.title == "Nr. 30")

    screen = await open_app(f"/goals/{far}", width=1280)
    await screen.until_sees("Nr. 00")

    rows = {row.key: row for row in screen.controls() if isinstance(row, ft.Semantics)}
    assert rows[str(far)].selected
    assert not screen.sees("Nr. 31")
    await screen.click(next(text for text in screen.texts() if text.startswith("Vis flere (")))
    assert screen.sees("Nr. 31")
