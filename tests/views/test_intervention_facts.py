"""What one kind of help alone has to say, in words."""

from uuid import UUID

import pytest

from i18n import formats
from i18n.translator import translator
from portal.contract.goals import Theme
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
from portal.contract.people import Administration
from portal.contract.plans import Intervention, InterventionState
from views.intervention_facts import facts_of_kind


def help_with(details: InterventionDetails, place: str = "") -> Intervention:
    return Intervention(
        id=UUID(int=1),
        version=1,
        title="Hjælp",
        what="Vi hjælper",
        why="Så det bliver lettere",
        rule="Serviceloven, § 85",
        administration=Administration.ADULT_SOCIAL,
        unit="Bostøtten",
        responsible="Pia Rønholt",
        starts_on=formats.today(),
        theme=Theme.EVERYDAY,
        state=InterventionState.ACTIVE,
        place=place,
        details=details,
    )


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
def test_each_kind_tells_what_it_has(details, facts):
    assert facts_of_kind(translator("da"), help_with(details)) == facts


@pytest.mark.parametrize("given", SupportPlace)
def test_support_says_where_unless_the_place_has_a_name(given):
    support = Support(kind="support", given=given)
    ((name, where),) = facts_of_kind(translator("da"), help_with(support))
    assert name == "Hvor"
    assert where
    assert facts_of_kind(translator("da"), help_with(support, "Hos familien Tranholm")) == []
