"""What one kind of help alone has to say, in words."""

import pytest

from i18n.translator import translator
from portal.contract.intervention_kinds import (
    Course,
    Grant,
    InterventionDetails,
    OtherIntervention,
    Support,
    SupportPlace,
    Talks,
    WorkTrial,
)
from portal.contract.plans import Intervention
from tests.views.fake_life import FakeLife
from views.intervention_facts import facts_of_kind


@pytest.fixture
async def help_with():
    """Make the help of a plan one of another kind."""
    plan = await FakeLife().plan()

    def changed(details: InterventionDetails, place: str = "") -> Intervention:
        return plan.interventions[0].model_copy(update={"details": details, "place": place})

    return changed


@pytest.mark.parametrize(
    ("details", "facts"),
    [
        (
            WorkTrial(kind="work_trial", workplace="Solby Bibliotek", contact="Birthe Munk"),
            [("Arbejdsplads", "Solby Bibliotek"), ("Din kontakt på stedet", "Birthe Munk")],
        ),
        (
            WorkTrial(kind="work_trial", workplace="Solby Bibliotek"),
            [("Arbejdsplads", "Solby Bibliotek")],
        ),
        (
            Course(kind="course", sessions=8, in_group=True),
            [("Form", "På et hold"), ("Antal gange", "8")],
        ),
        (Course(kind="course", in_group=False), [("Form", "Kun dig")]),
        (Talks(kind="talks", sessions=6), [("Antal gange", "6")]),
        (Talks(kind="talks"), []),
        (
            Grant(kind="grant", pays_for="Fodbold i et år"),
            [("Kommunen betaler", "Fodbold i et år")],
        ),
        (OtherIntervention(), []),
    ],
)
async def test_each_kind_tells_what_it_has(help_with, details, facts):
    assert facts_of_kind(translator("da"), help_with(details)) == facts


@pytest.mark.parametrize("given", SupportPlace)
async def test_support_says_where_unless_the_place_has_a_name(help_with, given):
    support = Support(kind="support", given=given)
    ((name, where),) = facts_of_kind(translator("da"), help_with(support))
    assert name == "Hvor"
    assert where
    assert facts_of_kind(translator("da"), help_with(support, "Hos familien Tranholm")) == []
