"""What stands in the calendar: meetings, and the days by which something has to have happened.

Computed from the plan and its follow-ups; drawn by the screen and by its outline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import chain
from uuid import UUID

from i18n import formats
from i18n.translator import Translator
from portal.contract.follow_ups import FollowUp, FollowUpList, FollowUpState
from portal.contract.goals import GoalState, GoalSummary
from portal.contract.plans import Appointment, Decision, Plan, Promise, PromiseState
from portal.plan_client import PlanClient, PlanNotFound
from views import words

_OPEN_GOALS = frozenset({GoalState.ACTIVE, GoalState.PAUSED})


class EntryKind(StrEnum):
    """What a day is about."""

    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    APPEAL = "appeal"
    PROMISE = "promise"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar. ``at`` is absent where a day is meant; ``path`` has more."""

    kind: EntryKind
    day: date
    id: UUID
    title: str
    path: str
    at: datetime | None = None
    until: datetime | None = None
    place: str = ""
    cannot_come: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything with a day, by time; ``has_plan`` is false for a citizen without one."""

    entries: tuple[Entry, ...] = ()
    has_plan: bool = True

    def ahead(self, today: date) -> tuple[Entry, ...]:
        """Return what is today or later."""
        return tuple(entry for entry in self.entries if entry.day >= today)

    def past(self, today: date) -> tuple[Entry, ...]:
        """Return the meetings and days that are over, the latest first."""
        return tuple(entry for entry in reversed(self.entries) if entry.day < today)

    def on(self, day: date) -> tuple[Entry, ...]:
        """Return what a day holds."""
        return tuple(entry for entry in self.entries if entry.day == day)


async def read_calendar(client: PlanClient) -> Calendar:
    """Read what the calendar holds; an empty one where there is no plan."""
    try:
        plan = await client.plan()
    except PlanNotFound:
        return Calendar(has_plan=False)
    return calendar_of(plan, await client.follow_ups(plan.id))


def calendar_of(plan: Plan, follow_ups: FollowUpList) -> Calendar:
    """Return everything of a plan that has a day, by time."""
    entries = chain(
        map(_meeting, plan.appointments),
        _follow_ups(follow_ups.follow_ups),
        map(_appeal, plan.decisions),
        _promises(plan.promises),
        _goals(plan.goals),
    )
    return Calendar(tuple(sorted(entries, key=_order)))


def entry_when(t: Translator, entry: Entry) -> str:
    """Return "i morgen kl. 10.00 til 11.00", or the day."""
    if entry.at is None or entry.until is None:
        return formats.day_in_words(t, entry.day)
    return t(
        "{start} til {end}",
        start=formats.moment_in_words(t, entry.at),
        end=formats.clock_of(t, entry.until),
    )


def entry_what(t: Translator, entry: Entry) -> str:
    """Return what the day means: "Sidste dag, hvis du vil klage"."""
    return {
        EntryKind.MEETING: t("Aftale"),
        EntryKind.FOLLOW_UP: t("Opfølgning"),
        EntryKind.APPEAL: t("Sidste dag, hvis du vil klage"),
        EntryKind.PROMISE: t("Løfte"),
        EntryKind.GOAL: t("Mål, du vil nå"),
    }[entry.kind]


def _order(entry: Entry) -> tuple[date, time, str]:
    moment = entry.at.astimezone(formats.DENMARK).time() if entry.at else time.min
    return entry.day, moment, entry.title


def _meeting(item: Appointment) -> Entry:
    return Entry(
        kind=EntryKind.MEETING,
        day=item.starts_at.astimezone(formats.DENMARK).date(),
        id=item.id,
        title=item.title,
        path=f"/calendar/{item.id}",
        at=item.starts_at,
        until=item.ends_at,
        place=item.place,
        cannot_come=item.answer is not None and item.answer.answer == "cannot",
    )


def _follow_ups(items: tuple[FollowUp, ...]) -> Iterator[Entry]:
    for item in items:
        if item.state is not FollowUpState.CANCELLED:
            first = item.agenda[0].text if item.agenda else ""
            path = f"/calendar/follow-ups/{item.id}"
            yield Entry(EntryKind.FOLLOW_UP, item.day, item.id, first, path)


def _appeal(item: Decision) -> Entry:
    return Entry(EntryKind.APPEAL, item.appeal_by, item.id, item.title, "/plan")


def _promises(items: tuple[Promise, ...]) -> Iterator[Entry]:
    for item in items:
        if item.state is not PromiseState.KEPT:
            yield Entry(EntryKind.PROMISE, item.due, item.id, item.text, "/promises")


def _goals(items: tuple[GoalSummary, ...]) -> Iterator[Entry]:
    for item in items:
        if item.target_date and item.state in _OPEN_GOALS:
            title, path = words.goal_title(item), f"/goals/{item.id}"
            yield Entry(EntryKind.GOAL, item.target_date, item.id, title, path)
