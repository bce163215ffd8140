"""What a person is told of one kind of help alone: the workplace, how many times, what is paid.

Used by the card of Min plan and by the outline of the same.
"""

from typing import assert_never

from i18n import formats
from i18n.translator import Translator
from portal.contract.intervention_kinds import (
    Course,
    Grant,
    OtherIntervention,
    Support,
    SupportPlace,
    Talks,
    WorkTrial,
)
from portal.contract.plans import Intervention

Fact = tuple[str, str]
"""What it is about, and what there is to say."""


def facts_of_kind(t: Translator, item: Intervention) -> list[Fact]:
    """Return what only this kind of help has, each with its name."""
    match item.details:
        case WorkTrial(workplace=workplace, contact=contact):
            at_work = [(t("Arbejdsplads"), workplace)]
            return [*at_work, (t("Din kontakt på stedet"), contact)] if contact else at_work
        case Course(sessions=sessions, in_group=in_group):
            form = t("På et hold") if in_group else t("Kun dig")
            return [(t("Form"), form), *_times(t, sessions)]
        case Talks(sessions=sessions):
            return _times(t, sessions)
        case Support(given=given):
            # Where the place has a name, that says more.
            return [] if item.place else [(t("Hvor"), _support_place(t, given))]
        case Grant(pays_for=pays_for):
            return [(t("Kommunen betaler"), pays_for)]
        case OtherIntervention():
            return []
        case other:
            assert_never(other)


def _times(t: Translator, sessions: int | None) -> list[Fact]:
    return [] if sessions is None else [(t("Antal gange"), formats.number(t, sessions))]


def _support_place(t: Translator, given: SupportPlace) -> str:
    return {
        SupportPlace.AT_HOME: t("Hjemme hos dig"),
        SupportPlace.AWAY: t("Uden for hjemmet"),
        SupportPlace.HOST_FAMILY: t("Hos en fast familie"),
        SupportPlace.REMOTE: t("På telefon eller video"),
    }[given]
