"""A goal to read before the app is there: what is new in it, and when it is talked about next."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from i18n import formats
from i18n.translator import translator
from portal.contract.follow_ups import AgendaItem, FollowUp, FollowUpState
from portal.contract.goals import HistoryEntry
from portal.contract.people import PersonRef, Role
from portal.plan_client import PlanUnavailable
from tests.views.fake_plan import ME, METTE, PLAN, WALK, FakePlan
from views.outlines.document import Outline, Section, Words
from views.outlines.screens import outline_of
from views.viewer import Viewer

HOLM = PersonRef(id=METTE, name="Mette Holm")


@pytest.fixture
def plan() -> FakePlan:
    """Since the last visit, somebody else has rated the goal; a talk about it is planned."""
    plan = FakePlan()
    now = datetime.now(UTC)
    plan.seen[WALK] = 1
    rated = {"resource_kind": "goal", "resource_id": WALK, "change": "rated"}
    plan.entries[WALK] = [HistoryEntry(id=9, at=now, actor=HOLM, after={"value": 7}, **rated)]
    item = AgendaItem(
        id=uuid4(), text="Flere ture?", added_by=HOLM, added_role=Role.CONTACT_PERSON, added_at=now
    )
    plan.planned = (
        FollowUp(
            id=uuid4(),
            version=1,
            plan_id=PLAN,
            goal_id=WALK,
            day=formats.today() + timedelta(days=1),
            state=FollowUpState.PLANNED,
            created_by=HOLM,
            agenda=(item,),
        ),
    )
    return plan


async def sections(plan: FakePlan) -> dict[str, str]:
    viewer = Viewer(ME, "Lone Lund", role=Role.CITIZEN, language="da")
    outline: Outline = await outline_of(f"/goals/{WALK}", plan, viewer, translator("da"))
    return {
        block.title: " ".join(one.text for one in block.blocks if isinstance(one, Words))
        for block in outline.blocks
        if isinstance(block, Section)
    }


async def test_it_says_what_is_new_and_what_is_talked_about_next(plan):
    said = await sections(plan)
    assert "Mette Holm gav målet 7 ud af 10." in said["Siden sidst"]
    assert "I taler om målet i morgen." in said["Opfølgning"]
    assert "Flere ture?" in said["Opfølgning"]
    assert plan.count("mark_goal_seen") == 0, "the app tells it once more, to who reads there"


async def test_it_stands_there_also_where_that_cannot_be_read(plan):
    async def lost(*_):
        raise PlanUnavailable

    plan.goal_history = plan.follow_ups = lost
    said = await sections(plan)
    assert "Skridt" in said
    assert not {"Siden sidst", "Opfølgning"} & set(said)
