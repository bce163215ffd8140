"""Whose turn it is in a thread, in words for each side."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.messages import ThreadSummary, WaitsFor
from portal.contract.people import Role

_TOMORROW: Final = 1
_A_WEEK: Final = 7


@dataclass(frozen=True)
class Turn:
    """Who waits for whom. ``mine`` where the reader is to answer, ``overdue`` past its day."""

    text: str
    mine: bool = False
    overdue: bool = False


def is_overdue(thread: ThreadSummary, today: date) -> bool:
    """Tell whether the municipality should have answered before ``today``."""
    by = thread.answer_expected_by
    return thread.waits_for is WaitsFor.CONTACT_PERSON and by is not None and by < today


def turn(t: Translator, thread: ThreadSummary, side: Role) -> Turn:
    """Return whose turn it is, as ``side`` reads it."""
    today = formats.today()
    if thread.waits_for is WaitsFor.NOBODY:
        return Turn(t("Ingen venter på svar"))
    if thread.waits_for is WaitsFor.CITIZEN:
        if side is Role.CITIZEN:
            return Turn(t("Venter på dit svar"), mine=True)
        return Turn(t("Venter på {name}", name=thread.citizen.name))
    overdue = is_overdue(thread, today)
    return Turn(
        _waits_for_municipality(t, thread, side, today),
        mine=side is Role.CONTACT_PERSON,
        overdue=overdue,
    )


def _waits_for_municipality(t: Translator, thread: ThreadSummary, side: Role, today: date) -> str:
    by = thread.answer_expected_by
    mine = side is Role.CONTACT_PERSON
    if by is None:
        return t("Venter på dit svar") if mine else t("Venter på din kontaktperson")
    day = _day(t, by, today)
    if by < today:
        return (
            t("Over tiden. Svar senest {day}", day=day)
            if mine
            else t("Venter på din kontaktperson. Svaret skulle være kommet {day}", day=day)
        )
    return (
        t("Svar senest {day}", day=day)
        if mine
        else t("Venter på din kontaktperson. Svar senest {day}", day=day)
    )


def _day(t: Translator, day: date, today: date) -> str:
    """Return a day; one of the days to come by its weekday alone: "torsdag"."""
    if _TOMORROW < (day - today).days < _A_WEEK:
        return formats.weekday(t, day.isoweekday())
    return formats.day_in_words(t, day)
