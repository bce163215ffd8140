"""The outline of an export: all of it in words, nothing that only a screen can do."""

from datetime import timedelta
from uuid import UUID

import pytest

from i18n.translator import translator
from portal.contract.access import AccessEntry
from portal.contract.exports import Export
from portal.contract.people import Role
from tests.support.filled import FITTING, MOMENT, Filler
from tests.support.outlines import walk
from views.outlines.document import Link, Outline, Section
from views.outlines.export import export_outline
from views.outlines.export_trust import visits_of
from views.viewer import Viewer

SAID_IN_WORDS = {
    "access_log.ground",
    "access_log.reader_role",
    "access_log.resource_kind",
    "consents.events.level_of_assurance",
    "consents.events.way",
    "goals.history.entries.after",
    "goals.history.entries.before",
    "goals.history.entries.change",
    "goals.history.entries.resource_kind",
    "households.households.members.relation",
    "plan.assessment.themes.theme.code",
    "plan.facts.facts.topic.code",
    "plan.facts.requests.topic.code",
    "sharing.rows.cells.grounds.code",
}
"""Codes: a sentence says what they mean."""
SAID_ELSEWHERE = {
    "attachments.name",
    "attachments.sent_by.name",
    "goals.goal.created_by.name",
    "goals.goal.next_step",
    "goals.goal.ratings.rated_by.name",
    "goals.goal.steps.done_by.name",
    "handover.leaving.phone",
    "handover.leaving.title",
    "handover.leaving.unit",
    "helpers.helpers.citizen.name",
    "helpers.helping.name",
    "plan.assessment.citizen.name",
    "plan.follow_ups.follow_ups.agenda.added_by.name",
    "plan.follow_ups.follow_ups.created_by.name",
    "plan.plan.appointments.answer.answered_by.name",
    "plan.plan.citizen.name",
    "plan.plan.goals.emoji",
    "plan.plan.goals.next_step",
    "plan.plan.goals.title",
    "requests.requests.citizen.name",
    "threads.citizen.name",
    "threads.excerpt",
    "threads.last_author.name",
}
"""With the message, in the history of the goal, or as "you"."""
FOR_PROGRAMS = {
    "handover.leaving.picture",
    "households.households.members.picture",
    "consents.notice.hash",
    "consents.notice.notice_id",
    "consents.parties.party_id",
    "consents.pii_processing.privacy_rights",
    "consents.pii_processing.recipients",
    "consents.pii_processing.withdrawal_method",
    "me.topics",
    "plan.facts.topics.code",
    "plan.facts.topics.name",
    "plan.minutes.minutes.remarks.author.picture",
    "plan.minutes.minutes.written_by.picture",
    "plan.plan.decisions.appeal_rule.code",
    "plan.plan.decisions.appeal_rule.law",
    "plan.plan.decisions.appeal_rule.section",
    "sharing.rows.cells.grounds.law.law",
    "sharing.rows.cells.grounds.law.section",
    "threads.found",
    "threads.messages.author.picture",
    "threads.older_cursor",
}
JOINT_GOALS = "households.households.goals."
"""They stand among the goals as well."""


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler(FITTING)


@pytest.fixture(scope="module")
def export(filler) -> Export:
    return filler.model(Export)


def outline_in(language: str, export: Export) -> Outline:
    viewer = Viewer(export.me.id, export.me.name, role=Role.CITIZEN, language=language)
    return export_outline(translator(language), export, viewer)


@pytest.mark.parametrize("language", ["da", "ar"])
def test_all_of_the_export_is_there(filler, export, language):
    missing = filler.missing_in(repr(outline_in(language, export)))

    known = SAID_IN_WORDS | SAID_ELSEWHERE | FOR_PROGRAMS
    assert {place for place in missing if not place.startswith(JOINT_GOALS)} == known


def test_every_file_is_named_with_its_size(export):
    drawn = repr(outline_in("da", export))

    for thread in export.threads:
        for message in thread.messages:
            for file in message.attachments:
                assert f"{file.name}, 1 kB" in drawn


def test_nothing_is_there_to_be_tapped(export):
    outline = outline_in("da", export)

    assert not [block for block in walk(outline.blocks) if isinstance(block, Link)]
    assert "Du kan skrive her" not in repr(outline)


def test_an_export_of_a_newcomer_is_short(export):
    nothing = {"helpers": {}, "requests": {}, "households": {}}
    sharing = {"at": MOMENT, "categories": []}
    me = export.me.model_dump()
    empty = Export.model_validate({"made_at": MOMENT, "me": me, "sharing": sharing} | nothing)

    assert not [one for one in outline_in("da", empty).blocks if isinstance(one, Section)]


def reading(number: int, minutes: int, reader: str = "Mette", kind: str = "goal") -> AccessEntry:
    return AccessEntry(
        id=number,
        at=MOMENT - timedelta(minutes=minutes),
        reader=reader,
        reader_role="contact_person",
        resource_kind=kind,
        resource_id=UUID(int=number),
        ground="contact_person",
    )


def test_readings_are_told_as_visits_of_a_quarter():
    log = [
        reading(9, 0),
        reading(8, 5, kind="plan"),
        reading(7, 6, reader="Lone"),
        reading(6, 15),
        reading(5, 16),
    ]

    visits = {one.newest_entry_id: one for one in visits_of(log)}

    assert {number: one.count for number, one in visits.items()} == {9: 3, 7: 1, 5: 1}
    assert visits[9].first_at == MOMENT - timedelta(minutes=15)
    assert [(one.resource_kind, one.count) for one in visits[9].kinds] == [("goal", 2), ("plan", 1)]
